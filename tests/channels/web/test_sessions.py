"""Nobody reads or continues another's conversation: what is issued, and what is not believed."""

from __future__ import annotations

import hashlib
import re
import sqlite3
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from itsdangerous import TimestampSigner

from bot import paths
from bot.channels.web.sessions import COOKIE, TOKEN, Sessions, read_secret, secret_file
from bot.errors import StartError
from bot.settings import Settings
from bot.storage.clock import DAY
from tests.channels.conftest import MUSEUM
from tests.support.tiny import Answer, Client, serving, tiny_agent, tiny_model
from tests.support.waiting import wait_until
from tests.support.web import WEB, Reader, code_of, reader, texts

SECRET = "a secret of at least thirty-two characters"

# ---- What is issued ----------------------------------------------------------------


def test_own_page_gets_a_cookie_that_no_script_reads(client: Client) -> None:
    answer = Reader(client).begin()
    assert answer.json == {"token": None, "restored": False}
    name, _, rest = answer.headers["Set-Cookie"].partition("=")
    attributes = {part.strip().lower() for part in rest.split(";")[1:]}
    assert {"path=/", "httponly", "samesite=lax", f"max-age={30 * DAY}"} == attributes
    assert re.fullmatch(r"chat-[0-9a-f]{8}", name)


def test_page_of_another_site_gets_a_token_and_no_cookie(client: Client) -> None:
    answer = Reader(client, MUSEUM).begin()
    assert "Set-Cookie" not in answer.headers
    assert answer.json["restored"] is False
    assert len(answer.json["token"]) > 60


def test_page_over_https_gets_a_secure_cookie_of_this_host_only(client: Client) -> None:
    mine = Reader(client, origin=f"https://127.0.0.1:{client.port}")  # behind a proxy that ends TLS
    cookie = mine.begin().headers["Set-Cookie"]
    assert cookie.startswith("__Host-chat-")
    assert "; Secure" in cookie
    assert "Domain" not in cookie
    mine.say("when?")
    mine.origin = None  # browsers do not tell the origin of a GET
    assert len(mine.history()) == 1


def test_cookie_that_a_neighbour_planted_does_not_count_over_https(client: Client) -> None:
    evil = reader(client)  # a subdomain's page can set a cookie of this name, but none with the prefix
    victim = Reader(client, f"https://127.0.0.1:{client.port}", dict(evil.cookies))
    assert victim.begin().json["restored"] is False
    victim.say("when?")
    victim.origin = None
    assert len(victim.history()) == 1
    assert evil.history() == []


@pytest.mark.parametrize("origin", [None, MUSEUM])
def test_conversation_is_restored(client: Client, origin: str | None) -> None:
    mine = reader(client, origin)
    mine.say("when?")
    assert mine.begin().json["restored"] is True
    assert "Question 2" in texts(mine.say("when?"))


def test_ids_are_random_and_long() -> None:
    ids = {Sessions.new_id() for _ in range(1000)}
    assert len(ids) == 1000
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{24}", session_id) for session_id in ids)  # 24 x 6 = 144 bits


# ---- What is not believed ------------------------------------------------------------


def asking(client: Client, **headers: str) -> list[Answer]:
    """Try everything that needs a conversation."""
    stranger = Reader(client, headers=headers)
    return [
        stranger.get("/history"),
        stranger.get("/transcript.md"),
        stranger.say("when?"),
        stranger.post("/feedback", {"id": "mine-first", "verdict": "down"}),
        stranger.post("/restart", {}),
    ]


def attempts(mine: Reader, museum: Reader) -> dict[str, dict[str, str]]:
    """Return headers by which somebody could try to reach what two readers said."""
    ((name, cookie),) = mine.cookies.items()
    token = museum.token or ""
    mine_id, museum_id = cookie.split(".")[0], token.split(".")[0]
    other = TimestampSigner("another secret, of thirty-two characters", salt="web-cookie", digest_method=hashlib.sha256)
    unsalted = TimestampSigner(SECRET, digest_method=hashlib.sha256)
    swapped = ".".join([museum_id, *cookie.split(".")[1:]])
    return {
        "nothing": {},
        "the bare id": {"Cookie": f"{name}={mine_id}"},
        "the id with its channel": {"Cookie": f"{name}=web:{mine_id}"},
        "the bare id as a token": {"Authorization": f"Bearer {museum_id}"},
        "another's id under an own signature": {"Cookie": f"{name}={swapped}"},
        "a changed id": {"Cookie": f"{name}={'A' if cookie[0] != 'A' else 'B'}{cookie[1:]}"},
        "a changed signature": {"Cookie": f"{name}={cookie[:-1]}{'A' if cookie[-1] != 'A' else 'B'}"},
        "a cut signature": {"Cookie": f"{name}={cookie[:-8]}"},
        "signed with another secret": {"Cookie": f"{name}={other.sign(mine_id).decode()}"},
        "signed for something else": {"Cookie": f"{name}={unsalted.sign(mine_id).decode()}"},
        "a cookie as a token": {"Authorization": f"Bearer {cookie}"},
        "a token as a cookie": {"Cookie": f"{name}={token}"},
        "a token in the address's user": {"Authorization": f"Basic {token}"},
        "a cookie from another site's page": {"Cookie": f"{name}={cookie}", "Origin": MUSEUM},
        "a very long cookie": {"Cookie": f"{name}={cookie}{'x' * 4000}"},
    }


def test_strangers_reach_nothing(client: Client) -> None:
    mine, museum = reader(client), reader(client, MUSEUM)
    for one in (mine, museum):
        one.say("when?", "mine-first")
    before = [mine.history(), museum.history()]
    for name, headers in attempts(mine, museum).items():
        for answer in asking(client, **headers):
            assert code_of(answer) == (401, "no_session"), name
            assert b"Question" not in answer.body
    assert [mine.history(), museum.history()] == before
    assert "Question 2" in texts(mine.say("when?"))


def test_id_in_the_body_or_address_has_no_meaning(client: Client) -> None:
    mine, evil = reader(client), reader(client)
    mine.say("when?")
    ((_, cookie),) = mine.cookies.items()
    session_id = cookie.split(".")[0]
    names = ("sender", "sender_id", "session", "session_id", "conversation_id", "token", "user")
    said = evil.say("when?", **dict.fromkeys(names, session_id), metadata={"sender": session_id})
    assert "Question 1" in texts(said)
    query = "?" + "&".join(f"{name}={session_id}" for name in names)
    turns = evil.get("/history" + query).json["turns"]
    assert len(turns) == 1
    assert len(mine.history()) == 1


def test_rest_sender_does_not_reach_a_web_conversation(client: Client) -> None:
    mine = reader(client)
    mine.say("when?")
    ((_, cookie),) = mine.cookies.items()
    session_id = cookie.split(".")[0]
    for sender in (session_id, f"web:{session_id}"):
        assert "Question 1" in client.say(sender, "when?").text
    assert len(mine.history()) == 1


def test_token_replayed_is_the_same_readers(client: Client) -> None:
    # Whoever holds a token is its reader; on another allowed site's page too, as a browser keeps it per site.
    mine = reader(client, MUSEUM)
    mine.say("when?")
    assert len(Reader(client, token=mine.token).history()) == 1


def test_expired_signature_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    sessions = Sessions(SECRET, days=30)
    signed = {kind: sessions.sign("A" * 24, kind) for kind in (COOKIE, TOKEN)}
    now = time.time()
    for days, found in ((29.9, "A" * 24), (30.1, None), (-0.1, None)):
        monkeypatch.setattr(time, "time", lambda days=days: now + days * DAY)
        assert [sessions.read(signed[kind], kind) for kind in (COOKIE, TOKEN)] == [found, found]


def test_what_we_signed_that_is_no_id_is_refused() -> None:
    sessions = Sessions(SECRET, days=30)
    for value in ("", "short", "A" * 25, "A" * 23 + ":", "web:" + "A" * 20):
        assert sessions.read(sessions.sign(value, COOKIE), COOKIE) is None


# ---- The secret ------------------------------------------------------------------------


def test_secret_lies_beside_the_database_where_that_is_a_file() -> None:
    assert secret_file("/srv/bot/c.sqlite") == Path("/srv/bot/c.secret")
    assert secret_file("postgresql://bot@db/talk") == paths.VAR / "conversations.secret"


def test_secret_is_made_once_and_for_its_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "var" / "c.secret"
    secret = read_secret(None, path)
    assert len(secret) >= 43  # 256 bits
    assert path.stat().st_mode & 0o777 == 0o600
    assert read_secret(None, path) == secret
    assert list(path.parent.iterdir()) == [path]
    assert read_secret("given by the operator", path) == "given by the operator"


def test_processes_that_start_at_once_end_with_one_secret(tmp_path: Path) -> None:
    path = tmp_path / "c.secret"
    with ThreadPoolExecutor(8) as pool:
        assert len(set(pool.map(lambda _: read_secret(None, path), range(32)))) == 1


def test_secret_that_others_could_read_is_closed(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    path = tmp_path / "c.secret"
    secret = read_secret(None, path)
    path.chmod(0o644)
    assert read_secret(None, path) == secret
    assert path.stat().st_mode & 0o777 == 0o600
    assert str(path) in caplog.text
    assert secret not in caplog.text


def test_secret_that_is_too_short_stops_the_start(tmp_path: Path) -> None:
    path = tmp_path / "c.secret"
    path.write_text("short\n")
    with pytest.raises(StartError, match=r"c\.secret holds fewer than 32 characters"):
        read_secret(None, path)


def test_folder_that_cannot_be_used_stops_the_start(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StartError, match="WEB_SECRET"):
        read_secret(None, tmp_path / "file" / "c.secret")


# ---- A server that stops and starts --------------------------------------------------------


@pytest.mark.parametrize("origin", [None, MUSEUM])
def test_conversation_goes_on_after_the_server_was_stopped(
    request: pytest.FixtureRequest, tmp_path: Path, origin: str | None
) -> None:
    model = tiny_model(request.config.cache)
    settings = Settings(database=tmp_path / "c.sqlite", web_origins=frozenset({MUSEUM}))
    with serving(tiny_agent(model, settings), settings) as client:
        mine, left = reader(client, origin), reader(client, origin)
        first = mine.say("when?", "asked-once")
        old = Reader(client, origin, dict(left.cookies), left.token)
        left.post("/restart", {})
    with pytest.raises(OSError, match="refused|reset"):
        mine.say("when?")
    with serving(tiny_agent(model, settings), settings) as client:
        mine.client = old.client = client
        again = mine.say("when?", "asked-once")  # the reply may have been lost on its way
        assert again.json == {**first.json, "repeated": True}
        assert mine.begin().json["restored"] is True
        assert "Question 2" in texts(mine.say("when?"))
        assert len(mine.history()) == 2
        assert code_of(old.get("/history")) == (401, "no_session")


def test_conversations_that_cannot_be_read_are_an_error_and_not_lost(
    request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    settings = Settings(database=tmp_path / "c.sqlite")
    with (
        serving(tiny_agent(tiny_model(request.config.cache), settings), settings) as client,
        closing(sqlite3.connect(settings.database)) as other,
    ):
        mine = reader(client)
        mine.say("when?", "asked-once")
        other.execute("ALTER TABLE turns RENAME TO away")
        feedback = {"id": "asked-once", "verdict": "up"}
        tried = [mine.get("/history"), mine.say("when?", "asked-then"), mine.get("/transcript.md")]
        for answer in [*tried, mine.post("/feedback", feedback)]:
            assert code_of(answer) == (503, "not_stored")
        other.execute("ALTER TABLE ended_sessions RENAME TO away_too")
        for answer in (mine.begin(), mine.get("/history"), mine.post("/restart", {})):
            assert code_of(answer) == (503, "not_stored")
        other.execute("ALTER TABLE away RENAME TO turns")
        other.execute("ALTER TABLE away_too RENAME TO ended_sessions")
        assert "Question 2" in texts(mine.say("when?", "asked-then"))
        assert len(mine.history()) == 2


def test_locked_database_is_an_error_in_time_however_many_wait(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.storage.sqlite.database.BUSY_SECONDS", 0.6)
    settings = Settings(database=tmp_path / "c.sqlite", turn_timeout=1.5, rate_per_second=0)
    with (
        serving(tiny_agent(tiny_model(request.config.cache), settings), settings) as client,
        closing(sqlite3.connect(settings.database, isolation_level=None)) as other,
        ThreadPoolExecutor(10) as pool,
    ):
        readers = [reader(client) for _ in range(10)]
        assert [one.say("when?", "asked-once").status for one in readers] == [200] * 10
        other.execute("BEGIN IMMEDIATE")
        answers = list(pool.map(lambda one: one.post("/feedback", {"id": "asked-once", "verdict": "up"}), readers))
        # In time: those for whom the database would have been waited for too long were cut.
        assert {code_of(answer) for answer in answers} == {(503, "not_stored"), (504, "timed_out")}
        assert len(readers[0].history()) == 1  # reading goes on meanwhile
        other.execute("ROLLBACK")
        # As soon as what queued up meanwhile is done.
        wait_until(lambda: readers[0].post("/feedback", {"id": "asked-once", "verdict": "up"}).status == 200)


def test_paths_of_the_channel_are_these(client: Client) -> None:
    assert client.request("GET", WEB).json == {"status": "ok"}

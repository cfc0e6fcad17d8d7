"""Which pages may speak with the bot: exactly those of its own origin and of the configured ones."""

from __future__ import annotations

import pytest

from bot.settings.origins import read_origin, read_origins
from bot.web import cors
from tests.channels.conftest import MUSEUM
from tests.support.tiny import Client
from tests.support.web import WEB, Reader, code_of, reader, texts

REST = "/webhooks/rest/webhook"

FOREIGN = [
    "https://evil.example",
    "null",
    "http://museum.example",
    "https://museum.example.evil.test",
    "https://evil-museum.example",
    "https://evil.museum.example",
    "https://museum.example:8443",
    "https://museum.example/",
    "https://MUSEUM.example",
    "https://museum.example, https://evil.example",
    "https://museum.example https://evil.example",
    "https://museum.exampl",
    "https://museum-example",
    "museum.example",
    "",
    "*",
    "http://localhost",
    "http://localhost:80001",
    "file://",
    "https://127.0.0.1",
    "http://127.0.0.1:1",
]


def posts(client: Client, origin: str) -> list:
    """Send each request that changes something, as a page of an origin would."""
    stranger = Reader(client, headers={"Origin": origin})
    return [
        stranger.begin(),
        stranger.say("when?"),
        stranger.post("/feedback", {"id": "anything1", "verdict": "up"}),
        stranger.post("/restart", {}),
        client.request("POST", REST, b'{"message": "when?"}', Content_Type="application/json", Origin=origin),
    ]


@pytest.mark.parametrize("origin", FOREIGN, ids=range(len(FOREIGN)))
def test_pages_of_other_sites_change_nothing_and_read_nothing(client: Client, origin: str) -> None:
    for answer in posts(client, origin):
        assert code_of(answer) == (403, "bad_origin")
        assert not _cors(answer.headers)
    for path in (WEB + "/content", WEB + "/history"):
        assert not _cors(client.request("GET", path, Origin=origin).headers)
    for path in (WEB + "/message", REST):
        answer = client.request("OPTIONS", path, Origin=origin, Access_Control_Request_Method="POST")
        assert answer.status == 403
        assert not _cors(answer.headers)


@pytest.mark.parametrize(
    ("origin", "says"),
    [
        ("https://evil.example", "WEB_ORIGINS=https://evil.example"),
        ("http://museum.example", "WEB_ORIGINS=http://museum.example"),
        ("null", "allow-same-origin"),
        ("file://", "No browser"),
        ("https://" + "x" * 5000, "xxx..."),
    ],
    ids=["other", "http", "sandboxed", "file", "long"],
)
def test_refused_page_can_read_which_setting_would_let_it_in(
    client: Client, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch, origin: str, says: str
) -> None:
    monkeypatch.setattr(cors, "_named", set())
    answer = client.request("GET", WEB + "/", Origin=origin)
    assert code_of(answer) == (403, "bad_origin")
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    told = answer.json["error"]["message"]
    assert says in told
    assert len(told) < 800
    posts(client, origin)
    client.request("GET", WEB + "/", Origin="https://another.example")
    logged = [record.getMessage() for record in caplog.records if "may not use this bot" in record.getMessage()]
    assert [text == told for text in logged] == [True, False]
    assert "\x1b" not in "".join(logged)


def test_log_is_not_filled_by_made_up_origins(
    client: Client, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cors, "_named", set())
    monkeypatch.setattr(cors, "MAX_NAMED", 3)
    for number in range(5):
        client.request("GET", WEB + "/", Origin=f"https://{number}.example")
    logged = [record.getMessage() for record in caplog.records if "may not use this bot" in record.getMessage()]
    assert len(logged) == 3


@pytest.mark.parametrize("origin", [MUSEUM, None])
def test_allowed_page_and_programs_hear_that_the_channel_is_there(client: Client, origin: str | None) -> None:
    answer = client.request("GET", WEB + "/", **({"Origin": origin} if origin else {}))
    assert (answer.status, answer.json) == (200, {"status": "ok"})
    assert answer.headers.get("Access-Control-Allow-Origin") == origin


def test_foreign_page_does_not_use_a_readers_cookie(client: Client) -> None:
    mine = reader(client)
    mine.say("when?")
    evil = Reader(client, "https://evil.example", dict(mine.cookies))
    assert evil.say("when?").status == 403
    assert b"Question" not in evil.get("/history").body
    assert len(mine.history()) == 1


@pytest.mark.parametrize("origin", [MUSEUM, "http://localhost:8000"])
def test_allowed_page_is_let_in_without_cookies(client: Client, origin: str) -> None:
    for path in (WEB + "/message", REST):
        asked = client.request(
            "OPTIONS",
            path,
            Origin=origin,
            Access_Control_Request_Method="POST",
            Access_Control_Request_Headers="authorization,content-type",
        )
        assert asked.status == 204
        assert asked.headers["Access-Control-Allow-Origin"] == origin
        assert asked.headers["Access-Control-Allow-Headers"] == "Authorization, Content-Type"
        assert "POST" in asked.headers["Access-Control-Allow-Methods"]
    mine = reader(client, origin)
    said = mine.say("when?")
    assert "Question 1" in texts(said)
    for answer in (said, mine.get("/history"), mine.get("/content"), mine.post("/message", {}), mine.get("/x.png")):
        assert answer.headers["Access-Control-Allow-Origin"] == origin
        assert "Access-Control-Allow-Credentials" not in answer.headers
        assert "Origin" in answer.headers["Vary"]
    said = client.request("POST", REST, b'{"message": "when?"}', Content_Type="application/json", Origin=origin)
    assert (said.status, said.headers["Access-Control-Allow-Origin"]) == (200, origin)


def test_too_large_a_request_of_an_allowed_page_can_be_told_so(client: Client) -> None:
    answer = reader(client, MUSEUM).post("/message", b" " * 1_000_000)
    assert code_of(answer) == (413, "too_large")
    assert answer.headers["Access-Control-Allow-Origin"] == MUSEUM


def test_own_page_is_let_in_under_each_name_of_the_host(client: Client) -> None:
    for host, origin in (
        (f"127.0.0.1:{client.port}", f"http://127.0.0.1:{client.port}"),
        (f"localhost:{client.port}", f"http://localhost:{client.port}"),
        ("bot.example", "https://bot.example"),
        ("bot.example:443", "https://bot.example"),
        ("Bot.Example", "http://bot.example"),
        (f"[::1]:{client.port}", f"http://[::1]:{client.port}"),
    ):
        mine = reader(client, origin, Host=host)
        assert mine.token is None
        assert "Question 1" in texts(mine.say("when?"))


def test_programs_without_an_origin_are_let_in(client: Client) -> None:
    assert "Question 1" in texts(reader(client).say("when?"))
    assert client.say("program", "when?").status == 200


@pytest.mark.parametrize(
    ("written", "origins"),
    [
        ("", set()),
        ("https://a.example", {"https://a.example"}),
        (" https://a.example,http://localhost:8000 \n", {"https://a.example", "http://localhost:8000"}),
        ("HTTPS://A.Example:443/ http://b.example:80", {"https://a.example", "http://b.example"}),
        ("http://[::1]:8000", {"http://[::1]:8000"}),
    ],
)
def test_origins_are_read(written: str, origins: set[str]) -> None:
    assert read_origins(written) == origins


@pytest.mark.parametrize(
    "written",
    [
        "*",
        "null",
        "a.example",
        "https://*.a.example",
        "https://a.example/path",
        "https://a.example?x",
        "https://a.example#x",
        "https://user@a.example",
        "https://a.example:x",
        "https://a.example:99999",
        "https://",
        "ftp://a.example",
        "file:///a",
        "https://a..example",
        "https://a.example|b.example",
        "https://^a.example$",
    ],
)
def test_what_is_not_an_origin_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        read_origin(written)
    with pytest.raises(ValueError, match=r".*"):
        read_origins(f"https://b.example {written}")


def _cors(headers: dict[str, str]) -> list[str]:
    return [name for name in headers if name.lower().startswith("access-control")]

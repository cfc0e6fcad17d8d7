"""The contract of the web channel (docs/web-api.md), on a real server."""

from __future__ import annotations

import datetime
import gzip
import json
import threading
import uuid
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot import messages
from tests.support.tiny import Client
from tests.support.tinyactions import Waiting
from tests.support.waiting import wait_until
from tests.support.web import WEB, Reader, code_of, reader, texts

# ---- Asking ---------------------------------------------------------------------


def test_reply_has_the_shape_of_the_interface(client: Client) -> None:
    answer = reader(client).say("when?", "m" * 8)
    assert answer.status == 200
    assert answer.json["id"] == "m" * 8
    assert answer.json["repeated"] is False
    text, custom = answer.json["messages"]
    assert text == {
        "text": "Question 1: when?\n\nSecond paragraph.",
        "buttons": [{"title": "More", "payload": "when else"}],
    }
    assert custom["custom"]["answer"]["evidence"] == [{"sentence": "P1S1", "start": 0, "end": 4, "quote": "Tiny"}]


def test_conversation_goes_on(client: Client) -> None:
    mine, yours = reader(client), reader(client)
    assert "Question 1" in texts(mine.say("when?"))
    assert "Question 2" in texts(mine.say("when?"))
    assert "Question 1" in texts(yours.say("when?"))


def test_payload_of_a_button_is_asked_in_place_of_its_title(client: Client) -> None:
    mine = reader(client)
    assert texts(mine.say("More", payload="when else")).startswith("Question 1: when else")
    assert texts(mine.say("when?", payload=None)).startswith("Question 2: when?")
    assert [turn["text"] for turn in mine.history()] == ["when else", "when?"]


def test_sentence_that_a_message_is_about_is_kept_with_it(client: Client) -> None:
    mine = reader(client)
    assert mine.say("when?", "about-one", sentence="P3S8").status == 200
    assert mine.say("when?", "about-one", sentence="P3S8").json["repeated"] is True
    mine.say("when?", sentence=None)
    assert [turn["sentence"] for turn in mine.history()] == ["P3S8", None]
    assert "about P3S8" in mine.get("/transcript.md").body.decode()


@pytest.mark.parametrize("sentence", ["P99S1", "", "p3s8", 5, ["P3S8"], {"id": "P3S8"}, "P3S8\n"])
def test_sentence_that_the_article_has_not_is_refused(client: Client, sentence: Any) -> None:
    mine = reader(client)
    answer = mine.say("when?", sentence=sentence)
    assert code_of(answer) == (400, "bad_field")
    assert "P0S1" in answer.json["error"]["message"]
    assert mine.history() == []


def test_message_sent_again_is_answered_once(client: Client) -> None:
    mine = reader(client)
    first = mine.say("when?", "retried-1")
    again = mine.say("when?", "retried-1")
    assert again.json == {**first.json, "repeated": True}
    assert "Question 2" in texts(mine.say("when?"))
    assert [turn["id"] for turn in mine.history()][0] == "retried-1"
    assert len(mine.history()) == 2


def test_message_sent_again_while_it_is_answered_is_answered_once(client: Client) -> None:
    mine = reader(client)
    answers: list[Any] = []
    threads = [threading.Thread(target=lambda: answers.append(mine.say("when?", "at-once-1"))) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {texts(answer) for answer in answers} == {"Question 1: when?\n\nSecond paragraph."}
    assert sorted(answer.json["repeated"] for answer in answers) == [False, True, True, True, True]
    assert len(mine.history()) == 1


def test_same_message_id_in_another_conversation_is_another_message(client: Client) -> None:
    mine, yours = reader(client), reader(client)
    mine.say("when?", "shared-id")
    assert yours.say("who?", "shared-id").json["repeated"] is False


@pytest.mark.parametrize("text", ["/restart", " /restart", '/slot{"count": 0}', "//ask", "\u00a0/session_start"])
def test_typed_command_is_text(client: Client, text: str) -> None:
    mine = reader(client)
    mine.say("when?")
    assert texts(mine.say(text)).startswith("Question 2")
    assert texts(mine.say("More", payload=text)).startswith("Question 3")


@pytest.mark.parametrize(
    ("text", "notice"),
    [
        ("", messages.EMPTY),
        ("\u200b", messages.EMPTY),
        ("when " * 500, messages.TOO_LONG),
        ("x" * 2001, messages.TOO_LONG),
        ("?! " * 301, messages.TOO_LONG),
    ],
)
def test_text_that_is_empty_or_too_long_is_declined_politely(client: Client, text: str, notice: str) -> None:
    mine = reader(client)
    answer = mine.say(text)
    assert texts(answer) == notice
    assert answer.json["messages"][-1]["custom"]["answer"]["status"] == "clarify"
    assert mine.history() == []


# ---- Reading back ----------------------------------------------------------------


def test_history_is_what_was_said(client: Client) -> None:
    mine = reader(client)
    before = datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(seconds=2)
    first, second = mine.say("when?", "first-one"), mine.say("hello", "second-one")
    one, two = mine.history()
    assert (one["id"], one["text"], one["messages"]) == ("first-one", "when?", first.json["messages"])
    assert (two["id"], two["text"], two["messages"]) == ("second-one", "hello", second.json["messages"])
    assert (one["verdict"], one["remark"]) == (None, "")
    asked = datetime.datetime.strptime(one["time"], "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=datetime.timezone.utc)
    assert before < asked < before + datetime.timedelta(seconds=60)


def test_history_and_transcript_of_a_new_conversation_are_empty(client: Client) -> None:
    mine = reader(client)
    assert mine.history() == []
    assert mine.get("/transcript.md").body.startswith(b"# A conversation about")


def test_transcript_is_a_file_with_quotes(client: Client) -> None:
    mine = reader(client)
    mine.say("when <b>*x*</b> [a](javascript:b)?")
    answer = mine.get("/transcript.md")
    assert answer.headers["content-type"] == "text/markdown; charset=utf-8"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="conversation.md"'
    text = answer.body.decode()
    assert "**You:** when \\<b\\>\\*x\\*\\</b\\> \\[a\\](javascript:b)?" in text
    assert "\n\n**Bot:** Question 1: when" in text
    assert "\n\nSecond paragraph.\n\n> P1S1: “Tiny”\n" in text


def test_what_is_private_is_not_kept_by_caches(client: Client) -> None:
    mine = reader(client)
    for answer in (mine.begin(), mine.say("when?"), mine.get("/history"), mine.get("/transcript.md")):
        assert answer.headers["Cache-Control"] == "no-store"


# ---- Restart ---------------------------------------------------------------------


@pytest.mark.parametrize("origin", [None, "https://museum.example"])
def test_restart_begins_anew_and_closes_what_was_before(client: Client, origin: str | None) -> None:
    mine = reader(client, origin)
    mine.say("when?", "before-it")
    old = Reader(client, origin, dict(mine.cookies), mine.token)
    assert mine.post("/restart", {}).status == 200
    assert mine.history() == []
    assert "Question 1" in texts(mine.say("when?", "before-it"))
    for answer in (old.get("/history"), old.say("when?"), old.get("/transcript.md"), old.post("/restart", {})):
        assert code_of(answer) == (401, "no_session")
    assert old.begin().json["restored"] is False
    assert old.history() == []


# ---- Feedback --------------------------------------------------------------------


def test_feedback_is_kept_changed_and_taken_back(client: Client) -> None:
    mine = reader(client)
    mine.say("when?", "judged-it")

    def kept() -> tuple[str | None, str]:
        (turn,) = mine.history()
        return turn["verdict"], turn["remark"]

    answer = mine.post("/feedback", {"id": "judged-it", "verdict": "up"})
    assert (answer.status, answer.json) == (200, {"id": "judged-it", "verdict": "up"})
    assert kept() == ("up", "")
    mine.post("/feedback", {"id": "judged-it", "verdict": "down", "remark": " No <b>year</b>\u200b "})
    assert kept() == ("down", "No <b>year</b>")
    for _ in range(2):
        assert mine.post("/feedback", {"id": "judged-it", "verdict": None}).status == 200
    assert kept() == (None, "")


def test_feedback_on_anothers_answer_is_refused(client: Client) -> None:
    mine, yours = reader(client), reader(client)
    mine.say("when?", "mine-alone")
    answer = yours.post("/feedback", {"id": "mine-alone", "verdict": "down"})
    assert code_of(answer) == (404, "no_such_message")
    assert mine.history()[0]["verdict"] is None


@pytest.mark.parametrize(
    "content",
    [
        {"id": "judged-it"},
        {"id": "judged-it", "verdict": "great"},
        {"id": "judged-it", "verdict": ["up"]},
        {"id": "judged-it", "verdict": "up", "remark": 1},
        {"id": "judged-it", "verdict": "up", "remark": "x" * 1001},
        {"verdict": "up"},
    ],
    ids=range(6),
)
def test_feedback_of_another_form_is_refused(client: Client, content: dict) -> None:
    assert code_of(reader(client).post("/feedback", content)) == (400, "bad_field")


# ---- What the page draws -----------------------------------------------------------


def test_content_is_compressed_and_sent_once(client: Client) -> None:
    plain = client.request("GET", WEB + "/content")
    packed = client.request("GET", WEB + "/content", Accept_Encoding="br;q=1, gzip")
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.body) == plain.body
    assert {"title", "credits", "paragraphs", "timeline", "map", "texts"} == set(plain.json)
    again = client.request("GET", WEB + "/content", If_None_Match=f'"other", W/{plain.headers["ETag"]}')
    assert (again.status, again.body) == (304, b"")


def test_picture_is_drawn_and_sent_once(client: Client) -> None:
    answer = client.request("GET", WEB + "/timeline.png")
    assert (answer.status, answer.headers["content-type"]) == (200, "image/png")
    assert answer.body.startswith(b"\x89PNG")
    assert client.request("GET", WEB + "/timeline.png", If_None_Match=answer.headers["ETag"]).status == 304
    assert code_of(client.request("GET", WEB + "/portrait.png")) == (404, "not_found")


# ---- Refused requests ----------------------------------------------------------------

MALFORMED = [
    (b"", 400, "not_json"),
    (b"{", 400, "not_json"),
    (b"\xff\xfe\xfa", 400, "not_json"),
    (b'{"text":' + b"[" * 30000 + b"]" * 30000 + b"}", 400, "not_json"),
    (b"null", 400, "not_an_object"),
    (b'["when?"]', 400, "not_an_object"),
    (b"{}", 400, "bad_field"),
    (b'{"text": "when?"}', 400, "bad_field"),
    (b'{"text": "when?", "id": ""}', 400, "bad_field"),
    (b'{"text": "when?", "id": "short"}', 400, "bad_field"),
    (b'{"text": "when?", "id": "' + b"x" * 65 + b'"}', 400, "bad_field"),
    (b'{"text": "when?", "id": "\\ud800aaaaaaa"}', 400, "bad_field"),
    (b'{"text": "when?", "id": "aaaa aaaa"}', 400, "bad_field"),
    (b'{"text": "when?", "id": "aaaaaaaa\\n"}', 400, "bad_field"),
    (b'{"text": "when?", "id": 12345678}', 400, "bad_field"),
    (b'{"text": 1, "id": "aaaaaaaa"}', 400, "bad_field"),
    (b'{"id": "aaaaaaaa"}', 400, "bad_field"),
    (b'{"text": "when?", "payload": {}, "id": "aaaaaaaa"}', 400, "bad_field"),
    (b'{"text": "' + b"x" * 70_000 + b'", "id": "aaaaaaaa"}', 413, "too_large"),
    (b" " * 1_000_000, 413, "too_large"),
]


@pytest.mark.parametrize(("body", "status", "code"), MALFORMED, ids=range(len(MALFORMED)))
def test_malformed_message_gets_a_json_error(client: Client, body: bytes, status: int, code: str) -> None:
    mine = reader(client)
    assert code_of(mine.post("/message", body)) == (status, code)
    assert mine.history() == []


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""])
@pytest.mark.parametrize("path", ["/session", "/message", "/feedback", "/restart"])
def test_other_content_types_are_refused(client: Client, path: str, kind: str) -> None:
    # What a form of any page can send without a question beforehand.
    assert code_of(reader(client).post(path, b"{}", Content_Type=kind)) == (415, "not_json")


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS"])
@pytest.mark.parametrize("path", ["/session", "/message", "/history", "/content"])
def test_other_methods_are_refused(client: Client, path: str, method: str) -> None:
    assert code_of(client.request(method, WEB + path)) == (405, "bad_method")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters()),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=10,
)
FIELDS = dict.fromkeys(("payload", "sender", "session", "verdict", "remark"), JSON)
PAYLOADS = st.one_of(
    JSON,
    st.binary(),
    st.fixed_dictionaries({"text": JSON, "id": JSON}, optional=FIELDS),
    st.fixed_dictionaries({"text": st.text(st.characters()), "id": st.uuids().map(str)}, optional=FIELDS),
)


@settings(max_examples=400)
@given(PAYLOADS, st.sampled_from(["/message", "/message", "/message", "/feedback", "/session", "/restart"]))
def test_no_payload_is_a_fault_of_ours(client: Client, payload: Any, path: str) -> None:
    mine = _reader(client) if path == "/restart" else _kept(client)
    answer = mine.post(path, payload)
    assert answer.status < 500
    if answer.status != 200:
        code_of(answer)


@settings(max_examples=100)
@given(st.text(st.characters(min_codepoint=32, max_codepoint=255), max_size=60), st.booleans())
def test_no_credential_is_a_fault_of_ours(client: Client, value: str, token: bool) -> None:
    value = value.encode("latin-1", "ignore").decode("latin-1")
    name, _ = next(iter(_kept(client).cookies.items()))
    headers = {"Authorization": "Bearer " + value} if token else {"Cookie": f"{name}={value}"}
    answer = client.request("GET", WEB + "/history", **headers)
    # Bytes that no header may hold do not even get there.
    refusals = {(401, "no_session")} | (set() if value.isascii() and value.isprintable() else {(400, "bad_request")})
    assert code_of(answer) in refusals


_readers: dict[int, Reader] = {}


def _kept(client: Client) -> Reader:
    if client.port not in _readers:
        _readers[client.port] = _reader(client)
    return _readers[client.port]


def _reader(client: Client) -> Reader:
    return reader(client)


# ---- Faults of ours --------------------------------------------------------------------


def test_failing_action_gets_an_apology_and_can_be_tried_again(client: Client) -> None:
    mine = reader(client)
    for _ in range(2):
        answer = mine.say("break it", "breaks-it")
        assert code_of(answer) == (500, "failed")
        assert answer.json["error"]["message"] == messages.APOLOGY
    assert "Question 1" in texts(mine.say("when?"))


def test_turn_that_takes_too_long_is_cut_with_an_apology(client: Client) -> None:
    mine = reader(client)
    with client.hasty():
        assert code_of(mine.say("wait", "too-slow-1")) == (504, "timed_out")
    assert "Question 1" in texts(mine.say("when?", "too-slow-1"))  # nothing was stored of the turn that was cut


def test_turn_without_a_reply_is_an_error(client: Client) -> None:
    assert code_of(reader(client).say("silence")) == (500, "no_reply")


def test_more_than_may_wait_is_refused_with_a_time_to_come_back(client: Client, waiting: Waiting) -> None:
    mine = reader(client)
    refused: list[Any] = []
    statuses: list[int] = []

    def ask() -> None:
        answer = mine.say("when?")
        statuses.append(answer.status)
        if answer.status == 429:
            refused.append(answer)

    slow = threading.Thread(target=mine.say, args=("wait",))  # holds the queue
    slow.start()
    wait_until(lambda: waiting.under_way)
    asking = [threading.Thread(target=ask) for _ in range(30)]
    for thread in asking:
        thread.start()
    wait_until(lambda: len(refused) == 10)
    waiting.over.set()
    for thread in [*asking, slow]:
        thread.join()
    assert (statuses.count(200), len(refused)) == (20, 10)
    assert code_of(refused[0]) == (429, "too_many")
    assert int(refused[0].headers["Retry-After"]) >= 1
    _, *history = mine.history()  # the first is the one that held the queue
    numbers = [turn["messages"][0]["text"].split(":")[0] for turn in history]
    assert numbers == [f"Question {number}" for number in range(1, 21)]


def test_uuid_with_dashes_is_a_message_id(client: Client) -> None:
    message_id = str(uuid.uuid4())
    assert reader(client).say("when?", message_id).json["id"] == message_id


def test_errors_are_json_everywhere_below_the_channel(client: Client) -> None:
    answer = client.request("GET", WEB + "/nothing-here")
    assert json.loads(answer.body)["error"]["code"] == "not_found"

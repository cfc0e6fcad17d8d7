"""The contract of the REST channel, on a real server."""

from __future__ import annotations

import json
import threading
import uuid
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot import messages
from bot.engine import intake
from bot.engine.processor import BotProcessor
from tests.support.tiny import Client
from tests.support.tinyactions import Waiting
from tests.support.waiting import effort, wait_until

WEBHOOK = "/webhooks/rest/webhook"


def error_of(answer: Any) -> str:
    """Return the code of a JSON error, which always has a text too."""
    error = answer.json["error"]
    assert set(answer.json) == {"error"}
    assert set(error) == {"code", "message"}
    assert error["message"]
    return error["code"]


# ---- What a reply looks like ----------------------------------------------------


def test_reply_is_a_list_of_messages_with_the_record_last(client: Client) -> None:
    answer = client.say("shape", "when?")
    assert answer.status == 200
    text, record = answer.json
    assert text == {
        "recipient_id": "shape",
        "text": "Question 1: when?\n\nSecond paragraph.",  # not split at the blank line
        "buttons": [{"title": "More", "payload": "when else"}],
    }
    assert set(record) == {"recipient_id", "custom"}
    assert record["custom"]["answer"]["evidence"][0]["quote"] == "Tiny"


def test_response_of_the_domain_has_its_record_too(client: Client) -> None:
    answer = client.say("social", "hello")
    assert answer.text.strip() == "Hello."
    assert answer.json[-1]["custom"]["answer"]["status"] == "social"


def test_conversation_goes_on_under_the_same_sender_only(client: Client) -> None:
    client.say("mine", "when?")
    assert "Question 2" in client.say("mine", "when?").text
    assert "Question 1" in client.say("yours", "when?").text


def test_requests_without_a_sender_share_nothing(client: Client) -> None:
    first, second = (client.post({"message": "when?"}) for _ in range(2))
    assert "Question 1" in first.text
    assert "Question 1" in second.text
    assert first.json[0]["recipient_id"] != second.json[0]["recipient_id"]
    assert "Question 1" in client.post({"sender": None, "message": "when?"}).text


def test_the_sender_default_is_nobody_elses(client: Client) -> None:
    assert "Question 1" in client.say("default", "when?").text


def test_what_else_a_client_sends_along_is_ignored(client: Client) -> None:
    body = {"sender": "extra", "message": "when?", "input_channel": "slack", "metadata": {"a": 1}}
    assert client.post(body).status == 200
    assert client.post(body, WEBHOOK + "?stream=true&token=x").json[0]["text"].startswith("Question 2")


def test_charset_of_the_content_type_is_accepted(client: Client) -> None:
    body = json.dumps({"message": "when?"}).encode()
    for kind in ("application/json; charset=utf-8", "Application/JSON"):
        assert client.request("POST", WEBHOOK, body, Content_Type=kind).status == 200


# ---- Refused requests -----------------------------------------------------------

MALFORMED = [
    (b"", 400, "not_json"),
    (b"{", 400, "not_json"),
    (b"\xff\xfe\xfa", 400, "not_json"),
    (b"\x00", 400, "not_json"),
    (b"[" * 30000 + b"]" * 30000, 400, "not_json"),
    (b'{"message":' + b"[" * 30000 + b"]" * 30000 + b"}", 400, "not_json"),
    (b"null", 400, "not_an_object"),
    (b"1e999", 400, "not_an_object"),
    (b'"when"', 400, "not_an_object"),
    (b'[{"message": "when"}]', 400, "not_an_object"),
    (b"{}", 400, "no_message"),
    (b'{"text": "when"}', 400, "no_message"),
    (b'{"message": null}', 400, "no_message"),
    (b'{"message": 123}', 400, "no_message"),
    (b'{"message": true}', 400, "no_message"),
    (b'{"message": ["when"]}', 400, "no_message"),
    (b'{"message": {"text": "when"}}', 400, "no_message"),
    (b'{"message": "when", "sender": ""}', 400, "bad_sender"),
    (b'{"message": "when", "sender": 1}', 400, "bad_sender"),
    (b'{"message": "when", "sender": "\\ud800"}', 400, "bad_sender"),
    (b'{"message": "when", "sender": "a\\u0000"}', 400, "bad_sender"),
    (b'{"message": "when", "sender": "a b"}', 400, "bad_sender"),
    (b'{"message": "when", "sender": "' + b"x" * 129 + b'"}', 400, "bad_sender"),
    (b'{"message": "when", "sender": ["a"]}', 400, "bad_sender"),
    (b'{"message": "' + b"x" * 70_000 + b'"}', 413, "too_large"),
    (b" " * 1_000_000, 413, "too_large"),
]


@pytest.mark.parametrize(("body", "status", "code"), MALFORMED, ids=range(len(MALFORMED)))
def test_malformed_request_gets_a_json_error(client: Client, body: bytes, status: int, code: str) -> None:
    answer = client.post(body)
    assert (answer.status, error_of(answer)) == (status, code)


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""])
def test_other_content_types_are_refused(client: Client, kind: str) -> None:
    answer = client.request("POST", WEBHOOK, b'{"message": "when"}', Content_Type=kind)
    assert (answer.status, error_of(answer)) == (415, "not_json")


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "PATCH", "OPTIONS"])
def test_other_methods_are_refused(client: Client, method: str) -> None:
    answer = client.request(method, WEBHOOK)
    assert (answer.status, error_of(answer)) == (405, "bad_method")


def test_no_origin_is_let_in(client: Client) -> None:
    body = json.dumps({"message": "when?"}).encode()
    answer = client.request("POST", WEBHOOK, body, Content_Type="application/json", Origin="https://evil.example")
    assert not [name for name in answer.headers if name.lower().startswith("access-control")]


# ---- Text that is declined, and text that is only text ---------------------------


@pytest.mark.parametrize("message", ["", "   ", "\n", "\x00", "/", "\u200b"])
def test_empty_message_is_declined_politely(client: Client, message: str) -> None:
    answer = client.say("empty", message)
    assert answer.status == 200
    assert answer.text.strip() == messages.EMPTY
    assert answer.json[-1]["custom"]["answer"] == {
        "status": "clarify",
        "facts": [],
        "derived": False,
        "reason": "empty",
        "evidence": [],
    }


@pytest.mark.parametrize("message", ["when " * 500, "x" * 50_000], ids=["words", "letters"])
def test_long_message_is_declined_at_once(client: Client, message: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """That is: before anything reads it, and what decides it takes hardly any work."""
    monkeypatch.delattr(BotProcessor, "handle_message")
    answer = client.say("long", message)
    assert effort(lambda: intake.read_text(message)) < 0.5
    assert answer.status == 200
    assert answer.text.strip() == messages.TOO_LONG
    assert answer.json[-1]["custom"]["answer"]["reason"] == "too_long"


@pytest.mark.parametrize(
    "message",
    [
        "/restart",
        " /restart",
        "\u00a0/restart",
        "\u200b/restart",
        "//restart",
        "/session_start",
        '/ask{"count": 7}',
        "/ask@0.1",
        "/silent",
        '/x{"a":' + "[" * 500,
    ],
    ids=range(10),
)
def test_typed_command_is_text(client: Client, message: str) -> None:
    sender = uuid.uuid4().hex
    client.say(sender, "when?")
    answer = client.say(sender, message)
    assert answer.status == 200
    assert answer.text.startswith("Question 2: " + message.strip().lstrip("\u200b/")[:5])


def test_restart_typed_by_a_user_forgets_nothing(client: Client) -> None:
    for message in ("when?", "/restart", "/session_start", '/slot{"count": 0}'):
        client.say("restart", message)
    assert "Question 5" in client.say("restart", "when?").text


NASTY = [
    "when <script>alert(1)</script>",
    "when {{7*7}} {count} %s",
    "when'; DROP TABLE turns; --",
    "when \ud800\udfff \x00",
    "when \U0001f600",
    "when \u202e\u0489",
    "когда when",
    "when " + "é" * 900,
]


@pytest.mark.parametrize("message", NASTY, ids=range(len(NASTY)))
def test_odd_text_is_answered(client: Client, message: str) -> None:
    answer = client.say("nasty", message)
    assert answer.status == 200
    assert answer.json[-1]["custom"]["answer"]["status"] == "answered"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters()),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=10,
)


@settings(max_examples=150)
@given(st.one_of(JSON, st.fixed_dictionaries({"message": JSON}, optional={"sender": JSON}), st.binary()))
def test_no_payload_is_a_fault_of_ours(client: Client, payload: Any) -> None:
    answer = client.post(payload)
    assert answer.status < 500
    if answer.status == 200:
        assert isinstance(answer.json, list)
        assert answer.json
    else:
        error_of(answer)


# ---- Faults of ours --------------------------------------------------------------


def test_failing_action_gets_an_apology_and_keeps_the_turn(client: Client) -> None:
    client.say("broken", "when?")
    answer = client.say("broken", "break it")
    assert (answer.status, error_of(answer)) == (500, "failed")
    assert answer.json["error"]["message"] == messages.APOLOGY
    assert "Question 2" in client.say("broken", "when?").text


def test_turn_without_a_reply_is_an_error(client: Client) -> None:
    answer = client.say("silent", "silence")
    assert (answer.status, error_of(answer)) == (500, "no_reply")


def test_turn_that_takes_too_long_is_cut_with_an_apology(client: Client) -> None:
    with client.hasty():
        answer = client.say("slow", "wait")
    assert (answer.status, error_of(answer)) == (504, "timed_out")
    assert "Question 1" in client.say("slow", "when?").text


def test_others_are_served_while_one_waits(client: Client, waiting: Waiting) -> None:
    slow = threading.Thread(target=client.say, args=("waits", "wait"))
    slow.start()
    wait_until(lambda: waiting.under_way)
    assert client.say("other", "when?").status == 200
    assert waiting.under_way
    waiting.over.set()
    slow.join()


def test_burst_in_one_conversation_is_answered_in_turn_and_the_rest_refused(client: Client, waiting: Waiting) -> None:
    statuses: list[int] = []
    texts: list[str] = []

    def ask() -> None:
        answer = client.say("burst", "when?")
        statuses.append(answer.status)
        if answer.status == 200:
            texts.append(answer.text.split(":")[0])
        else:
            assert error_of(answer) == "too_many"

    slow = threading.Thread(target=client.say, args=("burst", "wait"))  # holds the queue
    slow.start()
    wait_until(lambda: waiting.under_way)
    asking = [threading.Thread(target=ask) for _ in range(40)]
    for thread in asking:
        thread.start()
    wait_until(lambda: statuses.count(429) == 20)
    waiting.over.set()
    for thread in [*asking, slow]:
        thread.join()
    assert statuses.count(429) == 20
    assert statuses.count(200) == 20
    assert len(set(texts)) == 20  # no two turns counted the same

"""Only Slack gets in over HTTP, and nothing that it may send is a fault."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.channels.slack.webhook import ACTION, COMMAND, EVENT, NOTHING, Rejected, is_signed, read_posted
from tests.channels.slack.conftest import Serve, ready
from tests.support.slack_api import HTTP, PATH, SIGNING_SECRET, SlackApi
from tests.support.tiny import Answer, Client

JSON = "application/json"
FORM = "application/x-www-form-urlencoded"


@pytest.fixture
def server(serve: Serve, slack: SlackApi) -> Iterator[Client]:
    client = serve(HTTP)
    ready(client, slack)
    yield client
    assert client.request("GET", "/health").status == 200


def post(client: Client, body: bytes, headers: dict[str, str], content_type: str = JSON) -> Answer:
    names = {name.replace("-", "_"): value for name, value in headers.items()}
    return client.request("POST", PATH, body, Content_Type=content_type, **names)


def event(slack: SlackApi, text: str = "when?") -> bytes:
    message = slack.write(text)
    return json.dumps(slack.events_of(message, "DU1")[0]).encode()


# ---- Signatures -------------------------------------------------------------------------


def refusals(slack: SlackApi, body: bytes) -> list[dict[str, str]]:
    now = int(time.time())
    good = slack.sign(body)
    stamp, signature = "X-Slack-Request-Timestamp", "X-Slack-Signature"
    return [
        {},
        {stamp: good[stamp]},
        {signature: good[signature]},
        slack.sign(body, secret="0" * 32),
        slack.sign(body, secret=""),
        slack.sign(body + b" "),
        slack.sign(body, now - 301),
        slack.sign(body, now + 301),
        slack.sign(body, 0),
        {**good, stamp: str(now + 1)},
        {**good, stamp: "soon"},
        {**good, stamp: "-1"},
        {**good, stamp: "1e9"},
        {**good, stamp: "9" * 400},
        {**good, stamp: ""},
        {**good, signature: ""},
        {**good, signature: "v0="},
        {**good, signature: good[signature].upper()},
        {**good, signature: good[signature][3:]},
        {**good, signature: good[signature].replace("v0", "v1")},
        {**good, signature: good[signature] + "0"},
        {**good, signature: "v0=\u00e9\u00e8"},
        {**good, stamp: "\u00b2" * 3},
    ]


@pytest.mark.parametrize("number", range(23))
def test_request_that_is_not_slacks_is_refused(server: Client, slack: SlackApi, number: int) -> None:
    body = event(slack)
    calls = len(slack.calls)
    headers = refusals(slack, body)[number]
    answer = post(server, body, headers)
    # Signs that no header may hold are refused before anybody looks at the signature.
    refused = (401, "bad_signature") if all(map(str.isascii, headers.values())) else (400, "bad_request")
    assert (answer.status, answer.json["error"]["code"]) == refused
    # Work would be begun before the answer; what is let in later shows that nothing of it is still to come.
    assert post(server, body, slack.sign(body)).status == 200
    assert len(slack.called("chat.postMessage")) == 1
    assert [call.method for call in slack.calls[calls:]] == ["chat.postMessage"]


def test_every_refusal_is_tried(slack: SlackApi) -> None:
    assert len(refusals(slack, b"")) == 23


def test_signature_covers_any_body() -> None:
    slack = SlackApi()
    for body in (b"", b"\xff\xfe", b"{", "é".encode()):
        assert is_signed({k.lower(): v for k, v in slack.sign(body).items()}, body, SIGNING_SECRET, time.time())


@pytest.mark.parametrize("age", [-299, 0, 299])
def test_clocks_may_differ_by_minutes(age: int) -> None:
    headers = {k.lower(): v for k, v in SlackApi().sign(b"x", 1_000_000 - age).items()}
    assert is_signed(headers, b"x", SIGNING_SECRET, 1_000_000)


@given(st.text(), st.text(), st.binary())
def test_nobody_gets_in_by_chance(stamp: str, signature: str, body: bytes) -> None:
    headers = {"x-slack-request-timestamp": stamp, "x-slack-signature": signature}
    assert not is_signed(headers, body, SIGNING_SECRET, time.time())
    with pytest.raises(Rejected) as caught:
        read_posted(headers, body, SIGNING_SECRET, time.time())
    assert caught.value.status == 401


# ---- What is signed ------------------------------------------------------------------------


def test_address_is_verified(server: Client, slack: SlackApi) -> None:
    body = json.dumps({"token": "x", "challenge": "3eZbrw1aBm2rZgRNFdxV", "type": "url_verification"}).encode()
    answer = post(server, body, slack.sign(body))
    assert (answer.status, answer.json) == (200, {"challenge": "3eZbrw1aBm2rZgRNFdxV"})
    assert post(server, body, {}).status == 401


@pytest.mark.parametrize("kind", ["application/json; charset=utf-8", "Application/JSON", "application/json"])
def test_charset_of_the_content_type_is_accepted(server: Client, slack: SlackApi, kind: str) -> None:
    body = event(slack)
    assert post(server, body, slack.sign(body), kind).status == 200
    assert len(slack.direct().said) == 1


@pytest.mark.parametrize("text", ["when \ud800\udfff?", "when \x00?", "when \u202e?", "when " + "\u0301" * 500])
def test_odd_text_is_answered(server: Client, slack: SlackApi, text: str) -> None:
    body = event(slack, text)
    assert post(server, body, slack.sign(body)).status == 200
    assert slack.direct().texts[0].startswith("Question 1: when")


def test_replayed_request_runs_nothing_twice(server: Client, slack: SlackApi) -> None:
    body = event(slack)
    headers = slack.sign(body)
    for _ in range(5):
        assert post(server, body, headers).status == 200
    assert len(slack.direct().said) == 1


def test_replayed_command_runs_nothing_twice(server: Client, slack: SlackApi) -> None:
    delivery = slack.command("when?")
    body, content_type = slack.encode("slash_commands", delivery.payload)
    assert post(server, body, slack.sign(body), content_type).status == 200
    assert len(slack.channel("C1").ephemeral) == 1


MALFORMED = [
    (b"", JSON),
    (b"{", JSON),
    (b"\xff\xfe", JSON),
    (b"null", JSON),
    (b"[]", JSON),
    (b'"x"', JSON),
    (b"[" * 20_000, JSON),
    (b'{"type":"url_verification"}', JSON),
    (b'{"type":"url_verification","challenge":7}', JSON),
    (b"", FORM),
    (b"a=b", FORM),
    (b"payload=", FORM),
    (b"payload={", FORM),
    (b"payload=%ff", FORM),
    (b"\xff=\xff", FORM),
    (b"{}", "text/plain"),
    (b"{}", ""),
    (b"{}", "multipart/form-data"),
]


@pytest.mark.parametrize(("body", "kind"), MALFORMED, ids=range(len(MALFORMED)))
def test_malformed_request_is_refused_politely(server: Client, slack: SlackApi, body: bytes, kind: str) -> None:
    answer = post(server, body, slack.sign(body), kind)
    assert (answer.status, answer.json["error"]["code"]) == (400, "bad_request")


UNKNOWN = [
    (b"{}", JSON),
    (b'{"type":"event_callback"}', JSON),
    (b'{"type":"event_callback","event":7}', JSON),
    (b'{"type":"event_callback","event":{"type":["message"]}}', JSON),
    (b'{"type":"event_callback","event":{"type":"message","text":7,"user":7}}', JSON),
    (b'{"type":"event_callback","event_id":7,"event":{"type":"team_join"}}', JSON),
    (b'{"type":"app_rate_limited","team_id":"T1"}', JSON),
    (b'{"type":"\\ud800"}', JSON),
    (b"payload=[]", FORM),
    (b"payload=7", FORM),
    (b"payload=%7B%22type%22%3A%22view_submission%22%7D", FORM),
    (b"payload=%7B%22type%22%3A%22block_actions%22%2C%22actions%22%3A%5B7%5D%7D", FORM),
    (b"command=%2Farticle", FORM),
    (b"command=&text=x", FORM),
    (b"ssl_check=1&token=x", FORM),
]


@pytest.mark.parametrize(("body", "kind"), UNKNOWN, ids=range(len(UNKNOWN)))
def test_what_is_not_known_is_acknowledged_and_ignored(server: Client, slack: SlackApi, body: bytes, kind: str) -> None:
    calls = len(slack.calls)
    assert post(server, body, slack.sign(body), kind).status == 200
    assert len(slack.calls) == calls


def test_large_request_is_refused(server: Client, slack: SlackApi) -> None:
    body = b'{"type":"' + b"x" * 100_000 + b'"}'
    assert post(server, body, slack.sign(body)).status == 413


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(st.characters(), max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner, max_size=3),
    max_leaves=8,
)
EVENTS = st.fixed_dictionaries(
    {"type": st.just("event_callback"), "event": st.dictionaries(st.sampled_from("type text ts".split()), VALUES)},
    optional={"event_id": VALUES},
)


@settings(max_examples=60)
@given(st.one_of(VALUES, EVENTS, st.binary(max_size=50)))
def test_no_signed_request_is_a_fault(server: Client, slack: SlackApi, content: Any) -> None:
    body = content if isinstance(content, bytes) else json.dumps(content).encode()
    for kind in (JSON, FORM):
        assert post(server, body, slack.sign(body), kind).status in (200, 400)
    form = b"payload=" + body
    assert post(server, form, slack.sign(form), FORM).status in (200, 400)


def test_kinds_of_requests_are_told_apart() -> None:
    def read(body: bytes, kind: str, **headers: str) -> Any:
        signed = {k.lower(): v for k, v in SlackApi().sign(body).items()}
        return read_posted({**signed, "content-type": kind, **headers}, body, SIGNING_SECRET, time.time())

    assert read(b'{"type":"event_callback"}', JSON).kind == EVENT
    assert read(b'{"type":"event_callback"}', JSON, **{"x-slack-retry-num": "2"}).retry == 2
    assert read(b'{"type":"event_callback"}', JSON, **{"x-slack-retry-num": "many"}).retry == 0
    assert read(b"payload={}", FORM).kind == ACTION
    assert read(b"command=/a&text=b", FORM).payload == {"command": "/a", "text": "b"}
    assert read(b"command=/a&text=", FORM).kind == COMMAND
    assert read(b'{"type":"app_rate_limited"}', JSON).kind == NOTHING


# ---- Routes ---------------------------------------------------------------------------------


def test_there_is_one_route_and_only_for_posts(server: Client) -> None:
    for method in ("GET", "PUT", "DELETE", "PATCH"):
        assert server.request(method, PATH).status == 405
    for path in ("/webhooks/slack/webhook", "/webhooks/slack/", "/webhooks/slack/interactions"):
        assert server.request("POST", path, b"{}", Content_Type=JSON).status == 404


def test_there_is_no_route_without_a_signing_secret(serve: Serve, slack: SlackApi) -> None:
    client = serve()
    ready(client, slack)
    body = event(slack)
    assert post(client, body, slack.sign(body, secret="")).status == 404

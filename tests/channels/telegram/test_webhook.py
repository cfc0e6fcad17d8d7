"""Updates that Telegram delivers itself, and what else may knock at that address."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from bot.channels.telegram.webhook import SECRET_HEADER, derived_secret
from bot.messages.telegram import DECLINED
from tests.channels.telegram.conftest import Serve
from tests.support.ports import free_port
from tests.support.telegram_api import HANG, TOKEN, TelegramApi, person
from tests.support.telegram_rules import Refused
from tests.support.tiny import Answer, Client

PATH = "/webhooks/telegram/webhook"
SECRET = derived_secret(TOKEN)


@pytest.fixture
def webhook(api: TelegramApi, serve: Serve) -> Iterator[Client]:
    port = free_port()
    with serve(port=port, telegram_webhook_url=f"http://127.0.0.1:{port}") as client:
        api.wait(lambda: api.webhook)
        yield client


def update(text: Any = "when?", update_id: int = 1, user: int = 42, **more: Any) -> dict[str, Any]:
    chat = {"id": user, "type": "private", "first_name": "Ann"}
    message = {"message_id": 1, "date": 1, "chat": chat, "from": person(user), "text": text}
    return {"update_id": update_id, "message": {**message, **more}}


def post(client: Client, content: Any, secret: str | None = SECRET, kind: str = "application/json") -> Answer:
    headers = {"Content_Type": kind, **({} if secret is None else {SECRET_HEADER.replace("-", "_"): secret})}
    body = content if isinstance(content, bytes) else json.dumps(content).encode()
    return client.request("POST", PATH, body, **headers)


# ---- Delivery ------------------------------------------------------------------------


def test_webhook_is_set_with_a_secret(api: TelegramApi, webhook: Client) -> None:
    assert api.webhook["url"] == f"http://127.0.0.1:{webhook.port}{PATH}"
    assert api.webhook["secret_token"] == SECRET
    assert json.loads(api.webhook["allowed_updates"]) == ["message", "channel_post", "callback_query"]
    assert not api.of("getUpdates")
    api.wait(lambda: webhook.request("GET", "/ready").json["channels"]["telegram"]["state"] == "working")


def test_update_is_answered_before_it_is_acknowledged(api: TelegramApi, webhook: Client) -> None:
    api.chat(42)
    api.fail("sendMessage", Refused(429, "Too Many Requests", retry_after=0.4))
    assert post(webhook, update()).status == 200
    # By then the answer was refused once and sent, although that had to be waited for.
    assert [call.status for call in api.of("sendMessage")] == [429, 200]
    assert api.chat(42).texts == ["Question 1: when?\n\nSecond paragraph.\n\nP1S1 “Tiny”"]


@pytest.mark.parametrize("captions", [[None, "when?", None], [None, None]])
def test_album_is_waited_for_without_holding_up_its_other_photos(
    api: TelegramApi, webhook: Client, captions: list[str | None]
) -> None:
    """Telegram delivers a chat's next update only when this one is acknowledged."""
    photo = [{"file_id": "a", "file_unique_id": "a", "width": 1, "height": 1}]
    for caption in captions:
        words = {"caption": caption} if caption else {}
        api.update({"message": api.message(photo=photo, media_group_id="7", **words)})
    api.write("hello")  # whatever would be said of the album is said when the lane behind it is empty
    api.wait(lambda: not api.waiting and len(api.chat(42).said) >= 2)
    first = [text.split("\n")[0] for text in api.chat(42).texts]
    assert sorted(first) == sorted(["Hello.", "Question 1: when?" if any(captions) else DECLINED])


def test_telegram_delivers_and_is_answered(api: TelegramApi, webhook: Client) -> None:
    api.write("when?")
    api.write("who?")
    said = api.wait(lambda: len(api.chat(42).said) == 2 and api.chat(42).said)
    assert [message["text"][:10] for message in said] == ["Question 1", "Question 2"]
    api.press(said[0], said[0]["reply_markup"]["inline_keyboard"][0][0]["callback_data"], query="q1")
    api.wait(lambda: len(api.chat(42).said) == 3)
    api.wait(lambda: not api.waiting)
    assert set(api.deliveries) == {200}


def test_what_cannot_be_sent_is_delivered_again(api: TelegramApi, webhook: Client) -> None:
    api.fail("sendMessage", *[Refused(502, "Bad Gateway")] * 7)
    api.write("when?")
    api.wait(lambda: not api.waiting)
    assert api.deliveries == [503, 200]
    assert [text[:10] for text in api.chat(42).texts] == ["Question 1"]


def test_what_takes_too_long_goes_on_and_is_delivered_again(api: TelegramApi, serve: Serve) -> None:
    api.fail("sendMessage", HANG, HANG)
    port = free_port()
    timing = {"request": 2.0, "redeliver": 1.0}
    with serve(port=port, telegram_webhook_url=f"http://127.0.0.1:{port}", timing=timing):
        api.write("when?")
        api.wait(lambda: not api.waiting)
    assert api.deliveries[0] == 503
    assert api.deliveries[-1] == 200
    assert len(api.of("sendMessage")) == 3
    assert len(api.chat(42).said) == 1


def test_same_update_five_times_at_once_is_answered_once(api: TelegramApi, webhook: Client) -> None:
    api.chat(42)
    answers: list[int] = []
    threads = [
        threading.Thread(target=lambda: answers.append(post(webhook, update(update_id=9)).status)) for _ in range(5)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [200] * 5
    assert post(webhook, update(update_id=9)).status == 200
    assert len(api.of("sendMessage")) == 1
    post(webhook, update(update_id=10))
    assert api.chat(42).texts[1].startswith("Question 2")


def test_same_update_after_a_restart_is_answered_once(api: TelegramApi, serve: Serve) -> None:
    api.chat(42)
    for start in (1, 2):
        with serve(telegram_webhook_url="http://127.0.0.1:9") as client:
            api.wait(lambda n=start: len(api.of("setWebhook")) == n)
            assert post(client, update()).status == 200
    assert len(api.of("sendMessage")) == 1


def test_same_update_at_two_workers_is_answered_once(api: TelegramApi, serve: Serve) -> None:
    url = {"telegram_webhook_url": "http://127.0.0.1:9"}
    api.chat(42)
    with serve(**url) as first, serve(**url) as second:
        api.wait(lambda: len(api.of("setWebhook")) == 2)
        answers: list[int] = []
        for number in range(5):
            threads = [
                threading.Thread(target=lambda c=c, n=number: answers.append(post(c, update(update_id=n)).status))
                for c in (first, second, first, second)
            ]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
    assert answers == [200] * 20
    assert [text.split(":")[0] for text in api.chat(42).texts] == [f"Question {n + 1}" for n in range(5)]


def test_messages_of_a_chat_at_two_workers_are_all_answered(api: TelegramApi, serve: Serve) -> None:
    url = {"telegram_webhook_url": "http://127.0.0.1:9"}
    api.chat(42)
    with serve(**url) as first, serve(**url) as second:
        api.wait(lambda: len(api.of("setWebhook")) == 2)
        threads = [
            threading.Thread(target=post, args=((first, second)[number % 2], update(f"when {number}?", number)))
            for number in range(12)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    texts = sorted(api.chat(42).texts, key=lambda text: int(text.split()[1].strip(":")))
    assert [text.split(":")[0] for text in texts] == [f"Question {number + 1}" for number in range(12)]


def test_button_works_after_a_restart(api: TelegramApi, serve: Serve) -> None:
    url = {"telegram_webhook_url": "http://127.0.0.1:9"}
    api.chat(42)
    with serve(**url) as client:
        api.wait(lambda: api.webhook)
        post(client, update())
    said = api.chat(42).said[0]
    press = {"id": "q", "from": person(42), "message": said, "chat_instance": "1"}
    press["data"] = said["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    with serve(**url) as client:
        api.wait(lambda: len(api.of("setWebhook")) == 2)
        assert post(client, {"update_id": 2, "callback_query": press}).status == 200
    assert api.chat(42).texts[1].startswith("More\n\nQuestion 2: when else")


def test_webhook_that_someone_removed_is_set_again(api: TelegramApi, webhook: Client) -> None:
    api.webhook = {}
    api.wait(lambda: api.webhook)


def test_telegram_that_cannot_get_through_is_told(api: TelegramApi, serve: Serve) -> None:
    with serve(telegram_webhook_url="http://127.0.0.1:9") as client:
        api.write("when?")
        api.wait(lambda: client.request("GET", "/ready").json["channels"]["telegram"]["state"] == "degraded")
        detail = client.request("GET", "/ready").json["channels"]["telegram"]["detail"]
        assert "cannot deliver to http://127.0.0.1:9" in detail


def test_delivery_before_the_bot_knows_itself_is_put_off(api: TelegramApi, serve: Serve) -> None:
    with serve(telegram_webhook_url="http://127.0.0.1:9", telegram_api_url="http://127.0.0.1:9") as client:
        assert post(client, update()).status == 503


def test_secret_of_ones_own_is_used(api: TelegramApi, serve: Serve) -> None:
    with serve(telegram_webhook_url="http://127.0.0.1:9", telegram_webhook_secret="own-secret") as client:
        api.wait(lambda: api.webhook)
        assert api.webhook["secret_token"] == "own-secret"
        assert post(client, update(), "own-secret").status == 200
        assert post(client, update(), SECRET).status == 403


def test_polling_has_no_address(polling: Client) -> None:
    assert post(polling, update()).status == 404


# ---- Refusals --------------------------------------------------------------------------

WRONG = [None, "", "x", SECRET[:-1], SECRET + "x", SECRET.upper(), TOKEN, SECRET * 100]


def test_without_the_right_secret_nothing_happens(api: TelegramApi, webhook: Client) -> None:
    before = len(api.calls)
    for secret in WRONG:
        for content in (update(), b"{", b""):
            answer = post(webhook, content, secret)
            assert answer.status == 403
            assert answer.json["error"]["code"] == "forbidden"
    assert post(webhook, update(), "\u00e9" * 64).status == 400  # no header may hold such bytes
    assert [c for c in api.calls[before:] if c.method != "getWebhookInfo"] == []
    api.chat(42)
    post(webhook, update())
    assert api.chat(42).texts[0].startswith("Question 1")  # none of them was a turn


MALFORMED = [
    (b"", 400),
    (b"{", 400),
    (b"\xff\xfe", 400),
    (b"[" * 30_000, 400),
    (b'{"update_id": 1, "message": ' + b"[" * 30_000, 400),
    (b"null", 400),
    (b"[]", 400),
    (b'"x"', 400),
    (b"{}", 400),
    (b'{"update_id": null}', 400),
    (b'{"update_id": "1"}', 400),
    (b'{"update_id": true}', 400),
    (b'{"update_id": 1.5}', 400),
    (b" " * 1_000_000, 413),
]


@pytest.mark.parametrize(("body", "status"), MALFORMED, ids=range(len(MALFORMED)))
def test_malformed_body_is_refused(webhook: Client, body: bytes, status: int) -> None:
    assert post(webhook, body).status == status


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", ""])
def test_other_content_types_are_refused(webhook: Client, kind: str) -> None:
    assert post(webhook, update(), kind=kind).status == 415


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "PATCH", "HEAD"])
def test_other_methods_are_refused(webhook: Client, method: str) -> None:
    assert webhook.request(method, PATH).status == 405


ODD = [
    {"update_id": 1},
    {"update_id": -1, "message": None},
    {"update_id": 10**30, "message": {}},
    {"update_id": 1, "message": 5},
    {"update_id": 1, "message": []},
    {"update_id": 1, "message": {"message_id": "x", "date": "y", "chat": {}, "text": 1}},
    {"update_id": 1, "callback_query": {}},
    {"update_id": 1, "callback_query": {"id": None, "from": None}},
    update(5),
    update([]),
    update(None),
    update("when?", chat={"id": "\ud800 x", "type": "private"}),
    update("when?", chat={"id": 42, "type": 7}),
    update("when?", entities=[{"type": "mention", "offset": "a", "length": None}]),
    update("when?", entities="x"),
    update("when?", date=10**30),
    update("when?", **{"from": {"id": {}, "is_bot": False, "first_name": "x"}}),
]


def test_updates_of_any_shape_are_survived(api: TelegramApi, webhook: Client) -> None:
    for content in ODD:
        assert post(webhook, content).status == 200, content
    api.chat(42)
    post(webhook, update(update_id=99))
    assert len(api.chat(42).said) == 1


TEXTS = [
    "\ud800\udfff when",
    "when \x00",
    "when \u202e",
    "when " + "\u0301" * 500,
    "когда when",
    "when " + "x" * 50_000,
]


def test_odd_texts_are_answered(api: TelegramApi, webhook: Client) -> None:
    api.chat(42)
    for number, text in enumerate(TEXTS):
        assert post(webhook, update(text, number)).status == 200
    assert len(api.chat(42).said) == len(TEXTS)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters()),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
FIELDS = [
    "message_id",
    "date",
    "chat",
    "from",
    "text",
    "entities",
    "caption",
    "photo",
    "reply_to_message",
    "sender_chat",
]
MESSAGES = st.dictionaries(st.sampled_from(FIELDS), JSON)
UPDATES = st.fixed_dictionaries(
    {"update_id": st.integers()},
    optional={
        "message": MESSAGES | MESSAGES.map(lambda more: {**update()["message"], **more}) | JSON,
        "callback_query": st.dictionaries(st.sampled_from(["id", "from", "message", "data"]), JSON),
        "channel_post": MESSAGES,
    },
)


@hypothesis_settings(max_examples=150)
@given(content=UPDATES | JSON)
def test_no_payload_is_a_fault_of_ours(webhook: Client, content: Any) -> None:
    assert post(webhook, content).status < 500

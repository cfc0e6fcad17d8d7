"""What goes wrong between the bot and Telegram, and comes right."""

from __future__ import annotations

import contextlib
import gc
import sqlite3
import warnings
from pathlib import Path

import pytest

from bot import turns_database
from bot.messages import telegram as telegram_texts
from tests.channels.telegram.conftest import Serve
from tests.support.ports import free_port
from tests.support.telegram_api import HANG, LOST, RESET, TOKEN, TelegramApi
from tests.support.telegram_rules import Refused
from tests.support.tiny import Client
from tests.support.tinyactions import Waiting
from tests.support.waiting import FOR_EVER

FLOOD = Refused(429, "Too Many Requests: retry after 1", retry_after=1)
BRIEF = Refused(429, "Too Many Requests: retry after 0", retry_after=0.3)
"""Telegram counts in whole seconds; this one spares the tests some."""
BROKEN = Refused(502, "Bad Gateway")
INTERNAL = Refused(500, "Internal Server Error")
NOT_ALLOWED = Refused(400, "Bad Request: not enough rights to send text messages to the chat")


def said(api: TelegramApi, chat: int, number: int = 1) -> list[str]:
    """Wait until the bot has said so many things in a chat."""
    return api.wait(lambda: len(api.chat(chat).said) >= number and api.chat(chat).texts)


def settled(api: TelegramApi) -> None:
    """Wait until Telegram has nothing left to deliver."""
    api.wait(lambda: not api.waiting)


def state(client: Client) -> dict[str, str]:
    return client.request("GET", "/ready").json["channels"]["telegram"]


# ---- Sending -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("faults", "least"),
    [
        ([FLOOD, FLOOD], 2.0),
        ([INTERNAL] * 3, 0.1),
        ([BROKEN] * 4, 0.2),
        ([RESET, RESET], 0.05),
        ([HANG], 1.0),
        ([BRIEF, BROKEN, RESET], 0.3),
    ],
    ids=["429-429", "500x3", "502x4", "reset", "hang", "mixed"],
)
def test_send_is_tried_again_in_order(api: TelegramApi, serve: Serve, faults: list, least: float) -> None:
    with serve(timing={"request": 3.0} if HANG in faults else {}):
        api.fail("sendMessage", *faults, chat=42)
        api.write("when 1?", 42)
        api.write("when 2?", 42)
        texts = said(api, 42, 2)
        assert [text.split("\n")[0] for text in texts] == ["Question 1: when 1?", "Question 2: when 2?"]
        settled(api)
    sent = api.of("sendMessage", 42)
    assert len(sent) == len(faults) + 2
    assert sent[-2].time - sent[0].time >= least


def test_others_are_served_while_a_chat_is_tried_again(api: TelegramApi, serve: Serve) -> None:
    with serve(timing={"longest_pause": FOR_EVER, "stop": 0.1}):
        api.fail("sendMessage", Refused(429, "Too Many Requests", retry_after=int(FOR_EVER)), chat=42)
        api.write("when 1?", 42)
        api.wait(lambda: api.of("sendMessage", 42))
        api.write("when 3?", 43)
        said(api, 43)
        assert not api.chat(42).said


@pytest.mark.usefixtures("polling")
def test_send_is_tried_five_times_and_later_anew(api: TelegramApi) -> None:
    api.fail("sendMessage", *[BROKEN] * 5, chat=42)
    api.write("when?", 42)
    api.wait(lambda: len(api.of("sendMessage", 42)) == 5)
    assert api.waiting  # not confirmed to Telegram
    assert said(api, 42) == ["Question 1: when?\n\nSecond paragraph.\n\nP1S1 “Tiny”"]
    settled(api)


def test_send_that_never_works_is_given_up(api: TelegramApi, serve: Serve, caplog) -> None:
    api.fail("sendMessage", *[BROKEN] * 15, chat=42)
    with serve(timing={"first_pause": 0.02, "between_rounds": 0.1}):
        update = api.write("when?", 42)
        settled(api)
        assert len(api.of("sendMessage", 42)) == 15
        assert telegram_texts.update_dropped(update, 3) in caplog.messages
        api.write("when?", 42)  # the turn was kept
        assert said(api, 42)[0].startswith("Question 2")


@pytest.mark.parametrize("refused", [NOT_ALLOWED, Refused(403, "Forbidden: bot was blocked by the user")])
def test_final_refusal_is_not_tried_again(api: TelegramApi, polling: Client, caplog, refused: Refused) -> None:
    api.fail("sendMessage", refused, chat=42)
    api.write("when?", 42)
    api.write("when?", 42)
    assert said(api, 42)[0].startswith("Question 2")
    settled(api)
    assert len(api.of("sendMessage", 42)) == 2
    assert any("refused for good" in m and refused.description[-20:] in m for m in caplog.messages)


def test_blocked_chat_is_left_alone(api: TelegramApi, polling: Client) -> None:
    api.chat(42).blocked = True
    api.write("when?", 42)
    api.write("when?", 43)
    assert said(api, 43)
    settled(api)
    assert len(api.of("sendMessage", 42)) == 1


@pytest.mark.usefixtures("polling")
def test_bad_part_does_not_drop_the_next(api: TelegramApi) -> None:
    api.fail("sendPhoto", Refused(400, "Bad Request: PHOTO_INVALID_DIMENSIONS"))
    api.write("/timeline", 42)
    assert said(api, 42) == ["This is the order."]


@pytest.mark.usefixtures("polling")
def test_part_that_was_sent_is_not_sent_again(api: TelegramApi) -> None:
    api.fail("sendMessage", *[BROKEN] * 5)
    api.write("/timeline", 42)
    assert said(api, 42, 2) == ["First this, then <that>.", "This is the order."]
    settled(api)
    assert len(api.of("sendPhoto")) == 1


@pytest.mark.usefixtures("polling")
def test_group_that_became_a_supergroup_is_followed(api: TelegramApi) -> None:
    group = api.chat(-7, "group")
    api.chat(-1007, "supergroup")
    group.migrated_to = -1007
    api.write("/help", 42, group)
    assert said(api, -1007)[0].startswith("Question 1: help")
    # The conversation and its buttons are of the group that was: they would be someone else's there.
    assert "reply_markup" not in api.chat(-1007).said[0]
    api.write("/help", 42, api.chat(-1007))
    assert api.wait(lambda: len(api.chat(-1007).said) == 2 and api.chat(-1007).said[1]["reply_markup"])


@pytest.mark.usefixtures("polling")
def test_topic_that_telegram_has_lost_sight_of_is_answered_all_the_same(api: TelegramApi) -> None:
    """Old topics, and those of a group that turned topics off, are "not found" (tdlib/telegram-bot-api#596, #693)."""
    forum = api.chat(-1001, "supergroup", forum=True)
    topic = {"message_thread_id": 8, "is_topic_message": True}
    api.write("@article_bot when?", 42, forum, **topic)
    asked = forum.messages[0]
    assert said(api, -1001)[0].startswith("Question 1: when?")
    assert forum.said[0]["reply_to_message"]["message_id"] == asked["message_id"]  # so it stands in the topic
    # A topic that is deleted has no questions any more: nothing is said elsewhere in the group.
    gone = api.message(42, forum, text="/help", entities=[{"type": "bot_command", "offset": 0, "length": 5}], **topic)
    forum.messages.remove(gone)
    api.update({"message": gone})
    settled(api)
    assert len(forum.said) == 1
    # Private chats have topics too, and no replies.
    api.write("when?", 42, **topic)
    assert said(api, 42)[0].startswith("Question 1: when?")
    settled(api)


@pytest.mark.parametrize(
    ("method", "fault"),
    [
        ("sendChatAction", BROKEN),
        ("sendChatAction", HANG),
        ("answerCallbackQuery", NOT_ALLOWED),
        ("answerCallbackQuery", HANG),
        ("editMessageReplyMarkup", FLOOD),
        ("editMessageReplyMarkup", RESET),
    ],
    ids=str,
)
def test_courtesies_may_fail(api: TelegramApi, serve: Serve, method: str, fault: object, caplog) -> None:
    # A request takes for ever here: who waited for that would not be answered.
    with serve(timing={"courtesy": 0.2, "request": FOR_EVER}):
        api.write("when?", 42)
        said(api, 42)
        shown = api.chat(42).said[0]
        api.fail(method, fault)
        api.press(shown, shown["reply_markup"]["inline_keyboard"][0][0]["callback_data"])
        assert said(api, 42, 2)[1].startswith("More\n\nQuestion 2")
        settled(api)
        assert len(api.chat(42).said) == 2
    gc.collect()  # what is lost then, asyncio logs
    assert not [record for record in caplog.records if record.levelname == "ERROR"]


# ---- Asking for updates ------------------------------------------------------------


@pytest.mark.parametrize(
    "faults",
    [[BROKEN], [INTERNAL, BROKEN], [RESET], [HANG], [LOST], [BRIEF], [Refused(409, "Conflict: terminated")]],
    ids=["502", "500", "reset", "hang", "lost", "429", "409"],
)
def test_polling_goes_on_after_faults(api: TelegramApi, serve: Serve, faults: list) -> None:
    api.fail("getUpdates", *faults)
    with serve(timing={"poll": 0.4, "request": 3.0, "longest_pause": 1.2}) as client:
        api.write("when?", 42)
        said(api, 42)
        settled(api)
        assert client.say("a", "when?").status == 200
        api.wait(lambda: state(client)["state"] == "working")
    assert len(api.chat(42).said) == 1


@pytest.mark.usefixtures("polling")
def test_update_is_confirmed_only_after_its_answer(api: TelegramApi, waiting: Waiting) -> None:
    api.write("wait", 42)
    for number in range(3):
        api.write(f"when {number}?", 43)
    said(api, 43, 3)
    asked = len(api.of("getUpdates"))
    api.wait(lambda: len(api.of("getUpdates")) > asked + 3)  # often enough to have confirmed something
    assert len(api.waiting) == 4  # the first is not done, and Telegram confirms from the first on
    waiting.over.set()
    said(api, 42)
    settled(api)
    assert len(api.of("sendMessage")) == 4


def test_other_poller_is_named_and_waited_for(api: TelegramApi, serve: Serve, caplog) -> None:
    conflict = Refused(409, "Conflict: terminated by other getUpdates request")
    api.fail("getUpdates", *[conflict] * 1000)
    with serve(timing={"longest_pause": 0.3}) as client:
        api.wait(lambda: state(client)["state"] == "degraded")
        assert state(client)["detail"] == telegram_texts.CONFLICT
        assert client.request("GET", "/ready").status == 200
        api.heal()
        api.write("when?", 42)
        said(api, 42)
        api.wait(lambda: state(client)["state"] == "working")
    assert sum(telegram_texts.CONFLICT in message for message in caplog.messages) == 1


def test_webhook_set_before_is_removed_for_polling(api: TelegramApi, serve: Serve) -> None:
    api.webhook = {"url": "https://old.example.org/"}
    api.write("when?", 42)
    with serve():
        said(api, 42)


def test_numbers_of_updates_may_begin_anew(api: TelegramApi, polling: Client) -> None:
    api.write("when?", 42)
    said(api, 42)
    settled(api)
    api.update({"message": api.message(42, text="when?")}, update_id=5)
    assert said(api, 42, 2)[1].startswith("Question 2")
    settled(api)


def test_more_updates_than_fit_into_a_batch(api: TelegramApi, polling: Client) -> None:
    api.most_at_once = 3
    for user in range(100, 110):
        api.write("when?", user)
    for user in range(100, 110):
        assert said(api, user)[0].startswith("Question 1")
    settled(api)


# ---- Start -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("method", "fault"),
    [("getMe", BROKEN), ("getMe", HANG), ("setMyCommands", BRIEF), ("setMyCommands", RESET), ("deleteWebhook", LOST)],
    ids=str,
)
def test_start_goes_on_after_faults(api: TelegramApi, serve: Serve, method: str, fault: object) -> None:
    api.fail(method, fault)
    api.write("when?", 42)
    with serve(timing={"request": 3.0} if fault == HANG else {}) as client:
        assert client.say("a", "when?").status == 200
        said(api, 42)


def test_refused_commands_do_not_matter(api: TelegramApi, serve: Serve) -> None:
    api.fail("setMyCommands", Refused(400, "Bad Request: BOT_COMMAND_INVALID"))
    api.write("when?", 42)
    with serve():
        said(api, 42)


def test_unreachable_telegram_leaves_the_server_alone(api: TelegramApi, serve: Serve, caplog) -> None:
    with serve(telegram_api_url="http://127.0.0.1:9") as client:
        assert client.say("a", "when?").status == 200
        api.wait(lambda: state(client)["state"] == "degraded")
        ready = client.request("GET", "/ready")
        assert (ready.status, ready.json["status"]) == (200, "ready")
        assert "cannot be reached" in state(client)["detail"]
    assert sum("cannot be reached" in message for message in caplog.messages) == 1


def test_telegram_that_comes_back_is_used(serve: Serve) -> None:
    api = TelegramApi()
    api.port = free_port()
    with serve(telegram_api_url=api.url) as client:
        api.wait(lambda: state(client)["state"] == "degraded")
        with api.running():
            api.write("when?", 42)
            said(api, 42)
            api.wait(lambda: state(client)["state"] == "working")


@pytest.mark.parametrize("token", ["999:wrong", TOKEN + "x"])
def test_wrong_token_is_named_and_leaves_the_server_alone(api: TelegramApi, serve: Serve, caplog, token: str) -> None:
    with serve(telegram_bot_token=token) as client:
        api.wait(lambda: state(client)["state"] == "degraded")
        assert "BotFather" in state(client)["detail"]
        assert client.say("a", "when?").status == 200
        assert client.request("GET", "/ready").status == 200
    assert token not in caplog.text


def test_token_revoked_on_the_way_and_back(api: TelegramApi, polling: Client) -> None:
    api.write("when?", 42)
    said(api, 42)
    api.tokens.clear()
    api.wait(lambda: state(polling)["state"] == "degraded")
    assert polling.say("a", "when?").status == 200
    api.tokens.add(TOKEN)
    api.write("when?", 42)
    assert said(api, 42, 2)[1].startswith("Question 2")
    api.wait(lambda: state(polling)["state"] == "working")


def test_without_a_token_the_channel_is_off(api: TelegramApi, serve: Serve) -> None:
    with serve(telegram_bot_token=None) as client:
        assert client.request("GET", "/ready").json == {"status": "ready", "model": True, "store": True}
        assert client.request("POST", "/webhooks/telegram/webhook", b"{}").status == 404
    assert not api.calls


# ---- The database ------------------------------------------------------------------


def test_locked_database_is_waited_for(
    api: TelegramApi,
    serve: Serve,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr(turns_database, "BUSY_SECONDS", 0.1)
    with serve(timing={"rounds": 1000}):
        wait_for_the_database(api, tmp_path, caplog)


def wait_for_the_database(api: TelegramApi, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    api.write("when?", 42)
    said(api, 42)
    settled(api)
    with contextlib.closing(sqlite3.connect(tmp_path / "conversations.sqlite")) as other:
        other.execute("BEGIN IMMEDIATE")
        api.write("when?", 42)
        api.wait(lambda: "database is locked" in caplog.text)  # it was given up once
        other.rollback()
    assert said(api, 42, 2)[1].startswith("Question 2")
    settled(api)
    assert len(api.chat(42).said) == 2


# ---- Never awaited -----------------------------------------------------------------


def test_nothing_is_left_unawaited(api: TelegramApi, serve: Serve, waiting: Waiting, recwarn) -> None:
    warnings.simplefilter("always")
    with serve(timing={"stop": 0.1}):
        api.write("when?", 42)
        said(api, 42)
        shown = api.chat(42).said[0]
        api.press(shown, shown["reply_markup"]["inline_keyboard"][0][0]["callback_data"])
        api.write("wait", 43)  # under way when the server stops
        said(api, 42, 2)
        api.wait(lambda: waiting.under_way)
    gc.collect()
    assert not [w for w in recwarn if issubclass(w.category, RuntimeWarning)]


def test_long_answer_comes_in_pieces(api: TelegramApi, serve: Serve) -> None:
    with serve(max_message_chars=10_000, max_message_tokens=2000):
        text = "when " + "\U0001f600 <b> & soandsoandsoandsoandso on. " * 195
        api.write(text, 44)
        first, second, *_ = api.wait(lambda: len(api.chat(44).said) > 1 and api.chat(44).said)
    together = first["text"] + " " + second["text"]
    assert together == f"Question 1: {text.strip()}\n\nSecond paragraph.\n\nP1S1 “Tiny”"
    assert "reply_markup" not in first
    assert second["reply_markup"]

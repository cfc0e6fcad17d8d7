"""Conversations in Telegram, by long polling, as people see them."""

from __future__ import annotations

from typing import Any

import pytest

from bot import messages
from bot.messages import telegram as telegram_texts
from tests.support.telegram_api import TelegramApi
from tests.support.tiny import Client
from tests.support.tinyactions import Waiting

pytestmark = pytest.mark.usefixtures("polling")


def answer(api: TelegramApi, chat: Any, number: int = 1) -> dict[str, Any]:
    """Wait for the bot's message of this number in a chat."""
    return api.wait(lambda: len(chat.said) >= number and chat.said[number - 1])


def button(message: dict[str, Any], title: str) -> str:
    rows = message["reply_markup"]["inline_keyboard"]
    return next(b["callback_data"] for row in rows for b in row if b["text"].endswith(title))


def titles(message: dict[str, Any]) -> list[str]:
    return [b["text"] for row in message["reply_markup"]["inline_keyboard"] for b in row]


# ---- Introduction ------------------------------------------------------------------


def test_bot_introduces_itself_and_its_commands(api: TelegramApi) -> None:
    api.wait(lambda: api.of("getUpdates"))
    assert {command["command"] for command in api.commands} == {"start", "help", "restart", "timeline", "sources"}
    methods = [call.method for call in api.calls[:4]]
    assert methods == ["getMe", "setMyCommands", "deleteWebhook", "getUpdates"]


def test_ready_shows_the_channel(api: TelegramApi, polling: Client) -> None:
    api.wait(lambda: api.of("getUpdates"))
    api.write("when?")
    answer(api, api.chat(42))
    ready = polling.request("GET", "/ready")
    assert ready.status == 200
    assert ready.json["channels"]["telegram"]["state"] == "working"
    assert "@article_bot" in ready.json["channels"]["telegram"]["detail"]


# ---- Private chats -----------------------------------------------------------------


def test_question_is_answered_with_its_evidence(api: TelegramApi) -> None:
    api.write("when & <why>?")
    said = answer(api, api.chat(42))
    assert said["text"] == "Question 1: when & <why>?\n\nSecond paragraph.\n\nP1S1 “Tiny”"
    assert {entity["type"] for entity in said["entities"]} == {"bold", "expandable_blockquote"}
    assert titles(said) == ["More", "👍", "👎"]
    assert "reply_to_message" not in said


def test_typing_is_shown_before_the_answer(api: TelegramApi) -> None:
    api.write("when?")
    answer(api, api.chat(42))
    methods = [call.method for call in api.calls if call.chat == 42]
    assert methods == ["sendChatAction", "sendMessage"]


def test_conversation_goes_on_and_others_have_their_own(api: TelegramApi) -> None:
    for user in (42, 42, 43):
        api.write("when?", user)
    assert answer(api, api.chat(42), 2)["text"].startswith("Question 2")
    assert answer(api, api.chat(43))["text"].startswith("Question 1")


@pytest.mark.parametrize("command", ["/start", "/help", "/restart", "/sources", "/help@article_bot"])
def test_command_is_its_word(api: TelegramApi, command: str) -> None:
    api.write(command)
    assert answer(api, api.chat(42))["text"].startswith(f"Question 1: {command.strip('/').partition('@')[0]}\n")


@pytest.mark.parametrize("text", [" /restart", "\u00a0/restart", '/ask{"count": 7}', "/ask@0.1", "/session_start"])
def test_typed_intent_is_text(api: TelegramApi, text: str) -> None:
    api.write("when?")
    api.write(text)
    assert answer(api, api.chat(42), 2)["text"].startswith("Question 2: ")


def test_timeline_is_a_picture_with_what_it_shows(api: TelegramApi) -> None:
    api.write("/timeline")
    photo = answer(api, api.chat(42), 1)
    text = answer(api, api.chat(42), 2)
    assert photo["photo"][0]["file_size"] > 10_000
    assert photo["caption"] == "First this, then <that>."
    assert text["text"] == "This is the order."
    assert titles(text) == ["👍", "👎"]


@pytest.mark.parametrize("text", ["", "   ", "\u200b"])
def test_empty_message_is_declined(api: TelegramApi, text: str) -> None:
    api.write(text)
    assert answer(api, api.chat(42))["text"] == messages.EMPTY


def test_failed_turn_is_an_apology_and_the_next_works(api: TelegramApi, polling: Client) -> None:
    for text in ("break", "silence"):
        api.write(text)
    answer(api, api.chat(42), 2)
    with polling.hasty():
        api.write("wait")
        answer(api, api.chat(42), 3)
    api.write("when?")
    last = answer(api, api.chat(42), 4)
    assert api.chat(42).texts[:3] == [messages.APOLOGY, messages.APOLOGY, messages.TIMED_OUT]
    assert last["text"].startswith("Question ")


def test_other_media_is_declined_and_a_caption_answered(api: TelegramApi) -> None:
    photo = [{"file_id": "a", "file_unique_id": "a", "width": 1, "height": 1}]
    api.update({"message": api.message(photo=photo)})
    api.update({"message": api.message(photo=photo, caption="when?")})
    answer(api, api.chat(42), 2)
    declined, answered = api.chat(42).texts
    assert declined == telegram_texts.DECLINED
    assert answered.startswith("Question 1: when?")


def test_album_is_answered_once(api: TelegramApi) -> None:
    photo = [{"file_id": "a", "file_unique_id": "a", "width": 1, "height": 1}]
    for caption in ({"caption": "when?"}, {}, {}):
        api.update({"message": api.message(photo=photo, media_group_id="7", **caption)})
    api.write("hello")
    assert answer(api, api.chat(42), 2)["text"] == "Hello."


PHOTO = [{"file_id": "a", "file_unique_id": "a", "width": 1, "height": 1}]


@pytest.mark.parametrize("captions", [[None, "when?"], [None, None, "when?"], ["when?", None], [None, "when?", None]])
def test_words_under_any_photo_of_an_album_are_answered(api: TelegramApi, captions: list[str | None]) -> None:
    for caption in captions:
        words = {"caption": caption} if caption else {}
        api.update({"message": api.message(photo=PHOTO, media_group_id="13456789012345678", **words)})
    api.wait(lambda: not api.waiting)
    assert [text.split("\n")[0] for text in api.chat(42).texts] == ["Question 1: when?"]


def test_each_caption_of_an_album_is_a_question(api: TelegramApi) -> None:
    for number in range(3):
        api.update({"message": api.message(photo=PHOTO, media_group_id="7", caption=f"when {number}?")})
    api.wait(lambda: not api.waiting)
    asked = [text.split("\n")[0] for text in api.chat(42).texts]
    assert asked == [f"Question {number + 1}: when {number}?" for number in range(3)]


def test_album_without_words_is_declined_once(api: TelegramApi) -> None:
    for _ in range(3):
        api.update({"message": api.message(photo=PHOTO, media_group_id="7")})
    api.wait(lambda: not api.waiting)
    assert api.chat(42).texts == [telegram_texts.DECLINED]


def test_edits_bots_and_service_messages_are_ignored(api: TelegramApi) -> None:
    api.chat(42)
    message = api.message(text="when?")
    api.update({"edited_message": {**message, "edit_date": 1}})
    api.update({"message": {**message, "message_id": 9, "from": {**message["from"], "is_bot": True}}})
    api.update({"message": {**message, "message_id": 8, "text": None, "new_chat_title": "t"}})
    api.write("hello")
    assert answer(api, api.chat(42))["text"] == "Hello."
    api.wait(lambda: not api.waiting)
    assert len(api.of("sendMessage")) == 1


# ---- Buttons -----------------------------------------------------------------------


def test_suggestion_is_asked_acknowledged_and_shown(api: TelegramApi) -> None:
    api.write("when?")
    said = answer(api, api.chat(42))
    api.press(said, button(said, "More"), query="q1")
    more = answer(api, api.chat(42), 2)
    assert more["text"].startswith("More\n\nQuestion 2: when else")
    assert more["entities"][0] == {"type": "bold", "offset": 0, "length": 4}
    api.wait(lambda: "q1" in api.answered)
    api.wait(lambda: titles(said) == ["✓ More", "👍", "👎"])
    # The answer's own buttons work too.
    api.press(more, button(more, "More"))
    assert answer(api, api.chat(42), 3)["text"].startswith("More\n\nQuestion 3: when else")


def test_suggestion_pressed_twice_is_asked_once(api: TelegramApi) -> None:
    api.write("when?")
    said = answer(api, api.chat(42))
    for query in ("q1", "q2", "q3"):
        api.press(said, button(said, "More"), query=query)
    api.wait(lambda: len(api.answered) == 3)
    assert api.answered == {"q1": "", "q2": telegram_texts.ASKED, "q3": telegram_texts.ASKED}
    api.wait(lambda: not api.waiting)
    assert len(api.chat(42).said) == 2


def test_button_of_someone_else_does_nothing(api: TelegramApi) -> None:
    group = api.chat(-1001, "supergroup")
    api.write("@article_bot when?", 42, group)
    said = answer(api, group)
    api.press(said, button(said, "More"), user=43, query="q1")
    api.press(said, button(said, "👎"), user=43, query="q2")
    api.wait(lambda: len(api.answered) == 2)
    assert set(api.answered.values()) == {telegram_texts.NOT_YOURS}
    assert len(group.said) == 1
    api.press(said, button(said, "More"), user=42)
    assert answer(api, group, 2)["text"].startswith("More\n\nQuestion 2")


GROUP_BOT = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
CHANNEL_BOT = {"id": 136817688, "is_bot": True, "first_name": "Channel", "username": "Channel_Bot"}
NEWS = {"id": -1001234567890, "type": "channel", "title": "News", "username": "news"}


@pytest.mark.parametrize("thread", [None, 8])
@pytest.mark.parametrize("channel", [False, True], ids=["anonymous administrator", "channel"])
def test_buttons_of_who_is_not_named_work_for_all_who_read_along(
    api: TelegramApi, channel: bool, thread: int | None
) -> None:
    """Telegram says as what they write, never who they are; but of a press it says who presses."""
    group = api.chat(-1009876543210, "supergroup", forum=True)
    group.threads |= {8}
    topic = {"message_thread_id": thread, "is_topic_message": True} if thread else {}
    named = {"from": CHANNEL_BOT, "sender_chat": NEWS} if channel else {"from": GROUP_BOT, "sender_chat": group.data}
    api.write("@article_bot when?", 42, group, **named, **topic)
    said = answer(api, group)
    api.press(said, button(said, "More"), user=42, query="q1")  # who it was
    more = answer(api, group, 2)
    assert more["text"].startswith("More\n\nQuestion 2: when else")
    assert more.get("message_thread_id") == thread
    api.press(more, button(more, "More"), user=43)  # another who reads along
    assert answer(api, group, 3)["text"].startswith("More\n\nQuestion 3: when else")
    api.press(said, button(said, "👎"), user=43, query="q3")
    api.wait(lambda: api.answered.get("q3") == telegram_texts.THANKS)
    # What a person asks under their own name stays theirs.
    api.write("@article_bot when?", 42, group, **topic)
    own = answer(api, group, 4)
    api.press(own, button(own, "More"), user=43, query="q4")
    api.wait(lambda: api.answered.get("q4") == telegram_texts.NOT_YOURS)


@pytest.mark.parametrize("kind", ["private", "supergroup", "topic"])
def test_button_on_a_message_that_telegram_no_longer_shows(api: TelegramApi, kind: str) -> None:
    """Of old and of deleted messages Telegram gives chat and number, and a date of 0."""
    chat = api.chat(42) if kind == "private" else api.chat(-1001, "supergroup", forum=kind == "topic")
    chat.threads |= {8}
    topic = {"message_thread_id": 8, "is_topic_message": True} if kind == "topic" else {}
    api.write("@article_bot when?", 42, chat, **topic)
    said = answer(api, chat)
    old = {"chat": chat.data, "message_id": said["message_id"], "date": 0}
    api.press(old, button(said, "More"), query="q1")
    more = answer(api, chat, 2)
    assert more["text"].startswith("More\n\nQuestion 2: when else")
    assert more.get("message_thread_id") == topic.get("message_thread_id")
    api.press(old, button(said, "👍"), query="q2")
    api.wait(lambda: len(api.answered) == 2)
    assert api.answered == {"q1": "", "q2": telegram_texts.THANKS}


@pytest.mark.parametrize("data", ["/restart", "when else", "q0.1-1.0000000000000000", '/ask{"count": 7}', "x" * 64])
def test_forged_button_does_nothing(api: TelegramApi, data: str) -> None:
    api.write("when?")
    said = answer(api, api.chat(42))
    api.press(said, data, query="q1")
    api.wait(lambda: "q1" in api.answered)
    assert api.answered["q1"] == telegram_texts.OLD_BUTTON
    api.write("when?")
    assert answer(api, api.chat(42), 2)["text"].startswith("Question 2")


def test_thumbs_are_kept_and_shown_and_can_be_changed(api: TelegramApi, polling: Client) -> None:
    api.write("when?")
    said = answer(api, api.chat(42))
    api.press(said, button(said, "👍"), query="q1")
    api.wait(lambda: titles(said) == ["More", "✓ 👍", "👎"])
    api.press(said, button(said, "👎"), query="q2")
    api.wait(lambda: titles(said) == ["More", "👍", "✓ 👎"])
    assert api.answered == {"q1": telegram_texts.THANKS, "q2": telegram_texts.THANKS}
    assert len(api.chat(42).said) == 1


# ---- Groups, topics, channels ------------------------------------------------------


def test_group_is_answered_when_addressed_only(api: TelegramApi) -> None:
    group = api.chat(-1001, "supergroup")
    api.write("when?", 42, group)
    api.write("@article_bot when?", 42, group)
    asked = group.messages[1]
    said = answer(api, group)
    assert said["reply_to_message"]["message_id"] == asked["message_id"]
    assert said["text"].startswith("Question 1: when?")
    api.write("who?", 43, group, reply_to_message=said)
    assert answer(api, group, 2)["text"].startswith("Question 1: who?")  # another person
    api.write("/help", 42, group)
    assert answer(api, group, 3)["text"].startswith("Question 2: help")
    api.wait(lambda: not api.waiting)
    assert len(group.said) == 3


def test_topic_is_answered_in_the_topic(api: TelegramApi) -> None:
    forum = api.chat(-1001, "supergroup", forum=True)
    forum.threads |= {7, 8}
    for thread in (7, 8):
        api.write("@article_bot when?", 42, forum, message_thread_id=thread, is_topic_message=True)
    answer(api, forum, 2)
    assert {said["message_thread_id"] for said in forum.said} == {7, 8}
    assert all(said["text"].startswith("Question 1") for said in forum.said)
    assert {call.params.get("message_thread_id") for call in api.of("sendChatAction")} == {"7", "8"}
    topic = next(said for said in forum.said if said["message_thread_id"] == 7)
    api.press(topic, button(topic, "More"))
    assert answer(api, forum, 3)["message_thread_id"] == 7


def test_channel_is_answered_without_buttons(api: TelegramApi) -> None:
    channel = api.chat(-1002, "channel")
    post = api.message(42, channel, text="@article_bot when?", sender_chat=channel.data)
    post["entities"] = [{"type": "mention", "offset": 0, "length": 12}]
    del post["from"]
    api.update({"channel_post": post})
    said = answer(api, channel)
    assert said["text"].startswith("Question 1: when?")
    assert "reply_markup" not in said


def test_deleted_question_is_answered_all_the_same(api: TelegramApi) -> None:
    group = api.chat(-1001, "supergroup")
    update = api.message(42, group, text="/help", entities=[{"type": "bot_command", "offset": 0, "length": 5}])
    group.messages.clear()
    api.update({"message": update})
    assert "reply_to_message" not in answer(api, group)


# ---- Order and bursts --------------------------------------------------------------


def test_burst_is_answered_in_order_and_the_rest_is_told(api: TelegramApi) -> None:
    for number in range(40):
        api.write(f"when {number}")
    api.wait(lambda: not api.waiting)
    texts = api.chat(42).texts
    answered = [text for text in texts if text != messages.TOO_MANY]
    assert [text.split("\n")[0] for text in answered] == [f"Question {n + 1}: when {n}" for n in range(21)]
    assert texts.count(messages.TOO_MANY) == 1


def test_slow_chat_does_not_hold_up_others(api: TelegramApi, waiting: Waiting) -> None:
    api.write("wait", 42)
    api.wait(lambda: api.of("sendChatAction", 42))
    api.write("when?", 43)
    answer(api, api.chat(43))
    assert not api.chat(42).said
    waiting.over.set()
    answer(api, api.chat(42))

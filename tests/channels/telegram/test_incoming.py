"""What an update asks of the bot."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from telegram import Update, User

from bot.channels.requests import Ignore
from bot.channels.telegram.incoming import read_update, without_spans
from bot.channels.telegram.requests import Ask, Choose, Decline, Judge, Place, Stray
from bot.channels.telegram.tokens import OPINION, QUESTION, Button, Tokens
from tests.support.telegram_api import BOT, person
from tests.support.telegram_rules import entities_of, utf16

ME = User.de_json(BOT, None)
TOKENS = Tokens("1:a")
PRIVATE = {"id": 42, "type": "private", "first_name": "Ann"}
GROUP = {"id": -1001, "type": "supergroup", "title": "Readers"}
FORUM = {**GROUP, "is_forum": True}
CHANNEL = {"id": -1002, "type": "channel", "title": "News"}


def read(content: dict[str, Any]) -> Any:
    return read_update(Update.de_json({"update_id": 7, **content}, None), ME, TOKENS)


def message(text: str | None = None, chat: dict[str, Any] = PRIVATE, user: int = 42, **more: Any) -> Any:
    base = {"message_id": 5, "date": 1, "chat": chat, "from": person(user)}
    if text is not None:
        base.update(text=text, entities=entities_of(text))
    return read({"message": {**base, **more}})


def text_of(request: Any) -> str:
    assert isinstance(request, Ask), request
    return request.text


# ---- Private chats ---------------------------------------------------------------


def test_private_message_is_a_question_of_that_person() -> None:
    assert message("when?") == Ask("tg:42:0:42", "5-7", "when?", Place(42))


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("/start", "start"),
        ("/start deep-link", "start"),
        ("/help", "help"),
        ("/HELP", "help"),
        ("/restart@article_bot", "restart"),
        ("/timeline@Article_Bot", "timeline"),
        ("/sources", "sources"),
        ("/unknown", "/unknown"),
        ("/why@article_bot it left", "/why it left"),
        ("see /help", "see /help"),
        ('/ask{"a": 1}', '/ask{"a": 1}'),
        ("@article_bot when?", "when?"),
        ("https://ex.org/article_bot", "https://ex.org/article_bot"),
    ],
)
def test_commands_are_words_and_other_slashes_are_text(text: str, asked: str) -> None:
    assert text_of(message(text)) == asked


def test_command_for_another_bot_is_ignored() -> None:
    assert message("/help@another_bot") == Ignore("a command for another bot")
    assert message("/help@another_bot", GROUP) == Ignore("a command for another bot")


@pytest.mark.parametrize(
    "media",
    [
        {"photo": [{"file_id": "a", "file_unique_id": "a", "width": 1, "height": 1}]},
        {"voice": {"file_id": "a", "file_unique_id": "a", "duration": 1}},
        {
            "sticker": {
                "file_id": "a",
                "file_unique_id": "a",
                "type": "regular",
                "width": 1,
                "height": 1,
                "is_animated": False,
                "is_video": False,
            }
        },
        {"document": {"file_id": "a", "file_unique_id": "a"}},
        {"video": {"file_id": "a", "file_unique_id": "a", "width": 1, "height": 1, "duration": 1}},
        {"video_note": {"file_id": "a", "file_unique_id": "a", "length": 1, "duration": 1}},
        {"audio": {"file_id": "a", "file_unique_id": "a", "duration": 1}},
        {"location": {"longitude": 1.0, "latitude": 1.0}},
        {"contact": {"phone_number": "1", "first_name": "A"}},
        {"dice": {"emoji": "x", "value": 1}},
    ],
    ids=lambda media: next(iter(media)),
)
def test_media_is_declined_and_its_caption_answered(media: dict[str, Any]) -> None:
    assert isinstance(message(**media), Decline)
    assert text_of(message(**media, caption="when?")) == "when?"
    assert isinstance(message(chat=GROUP, **media), Ignore)


def test_photos_of_an_album_are_declined_once_and_their_words_are_questions() -> None:
    photo = [{"file_id": "a", "file_unique_id": "a", "width": 1, "height": 1}]
    first, second = message(photo=photo, media_group_id="9"), message(photo=photo, media_group_id="9", caption="when?")
    assert isinstance(first, Decline)
    assert text_of(second) == "when?"
    assert first.once == first.album == second.album != ""


# ---- Groups ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("@article_bot when?", "when?"),
        ("@Article_Bot, when?", "when?"),
        ("when, @article_bot?", "when, ?"),
        ("\U0001f600\U0001f600 @article_bot when?", "\U0001f600\U0001f600 when?"),
        ("Does @somebody_else know, @article_bot?", "Does @somebody_else know, ?"),
        ("/help", "help"),
        ("/help@article_bot", "help"),
        ("/when@article_bot it left", "/when it left"),
        ("@article_bot", ""),
    ],
)
def test_group_message_that_names_the_bot_is_for_it(text: str, asked: str) -> None:
    request = message(text, GROUP)
    assert request.place == Place(-1001, None, 5)
    assert request.conversation == "tg:-1001:0:42"
    assert request.text.split() == asked.split()


def test_mention_by_id_is_cut_by_its_place() -> None:
    text = "\U0001f600 Article when?"
    entity = {"type": "text_mention", "offset": 3, "length": 7, "user": BOT}
    assert text_of(message(chat=GROUP, text=text, entities=[entity])) == "\U0001f600  when?"
    other = {**entity, "user": person(43)}
    assert isinstance(message(chat=GROUP, text=text, entities=[other]), Ignore)


@pytest.mark.parametrize(
    "text", ["when?", "/unknown", "article_bot when?", "@article_bot2 when?", "mail@article_bot.org", "see /help"]
)
def test_group_message_to_others_is_ignored(text: str) -> None:
    assert message(text, GROUP) == Ignore("not addressed to the bot")


def test_reply_to_the_bot_is_for_it() -> None:
    answer = {"message_id": 4, "date": 1, "chat": GROUP, "from": BOT, "text": "On a day."}
    assert text_of(message("why?", GROUP, reply_to_message=answer)) == "why?"
    assert isinstance(message("why?", GROUP, reply_to_message={**answer, "from": person(43)}), Ignore)
    opened = {**answer, "forum_topic_created": {"name": "t", "icon_color": 1}}
    assert isinstance(message("why?", FORUM, reply_to_message=opened), Ignore)


def test_each_person_and_topic_has_a_conversation() -> None:
    ids = {
        message("@article_bot a", chat, user, **topic).conversation
        for chat in (FORUM, {**FORUM, "id": -1003})
        for user in (42, 43)
        for topic in ({}, {"message_thread_id": 8, "is_topic_message": True})
    }
    assert len(ids) == 8
    # The thread of an ordinary group is a chain of replies, not a topic.
    assert message("@article_bot a", GROUP, message_thread_id=8).place.thread is None


def test_caption_that_names_the_bot_is_answered() -> None:
    photo = [{"file_id": "a", "file_unique_id": "a", "width": 1, "height": 1}]
    caption = "@article_bot when?"
    request = message(chat=GROUP, photo=photo, caption=caption, caption_entities=entities_of(caption))
    assert text_of(request) == "when?"


@pytest.mark.parametrize(
    "entity",
    [
        {"type": "mention", "offset": -3, "length": 2},
        {"type": "mention", "offset": 0, "length": 10**9},
        {"type": "bot_command", "offset": 0, "length": 0},
        {"type": "text_mention", "offset": 10**9, "length": 7, "user": BOT},
        {"type": "unheard_of", "offset": 0, "length": 1},
    ],
)
def test_odd_entities_do_no_harm(entity: dict[str, Any]) -> None:
    assert text_of(message(text="when?", entities=[entity])) == "when?"


@given(st.text(st.sampled_from("ab \U0001f600é")), st.text(st.sampled_from("x\U0001f600")), st.text(max_size=5))
def test_span_is_cut_in_utf16(before: str, span: str, after: str) -> None:
    assert without_spans(before + span + after, [(utf16(before), utf16(span))]) == before + span * (not span) + after


# ---- Others ------------------------------------------------------------------------


def test_bots_are_ignored_and_anonymous_admins_are_not() -> None:
    assert message("when?", **{"from": {**person(9), "is_bot": True}}) == Ignore("not from a person")
    anonymous = {"from": {"id": 1087968824, "is_bot": True, "first_name": "Group"}, "sender_chat": GROUP}
    assert message("@article_bot when?", GROUP, **anonymous).conversation == "tg:-1001:0:-1001"
    assert isinstance(message("@article_bot a", GROUP, sender_chat=CHANNEL, is_automatic_forward=True), Ignore)


def test_channel_post_is_answered_when_addressed_and_has_no_buttons() -> None:
    post = {"message_id": 5, "date": 1, "chat": CHANNEL, "sender_chat": CHANNEL, "text": "@article_bot when?"}
    request = read({"channel_post": {**post, "entities": entities_of(post["text"])}})
    assert request == Ask("tg:-1002:0:-1002", "5-7", "when?", Place(-1002, None, 5, False, author=-1002))
    assert isinstance(read({"channel_post": {**post, "text": "News"}}), Ignore)


USER = person(42)
MEMBER = {"user": BOT, "status": "member"}
CHANGE = {
    "chat": GROUP,
    "from": USER,
    "date": 1,
    "old_chat_member": {"user": BOT, "status": "left"},
    "new_chat_member": MEMBER,
}
TEXT = {"message_id": 5, "date": 1, "chat": PRIVATE, "from": USER, "text": "when?"}
POLL = {
    "id": "1",
    "question": "q",
    "options": [{"text": "a", "voter_count": 0, "persistent_id": "1"}],
    "total_voter_count": 0,
    "is_closed": False,
    "is_anonymous": True,
    "type": "regular",
    "allows_multiple_answers": False,
    "allows_revoting": False,
    "members_only": False,
}
OTHER_KINDS: list[dict[str, Any]] = [
    {"edited_message": {**TEXT, "edit_date": 2}},
    {"edited_channel_post": {**TEXT, "chat": CHANNEL, "edit_date": 2}},
    {"inline_query": {"id": "1", "from": USER, "query": "when?", "offset": ""}},
    {"chosen_inline_result": {"result_id": "1", "from": USER, "query": "when?"}},
    {"shipping_query": {"id": "1", "from": USER, "invoice_payload": "p", "shipping_address": {
        "country_code": "KZ", "state": "", "city": "", "street_line1": "", "street_line2": "", "post_code": ""}}},
    {"pre_checkout_query": {"id": "1", "from": USER, "currency": "XTR", "total_amount": 1, "invoice_payload": "p"}},
    {"poll": POLL},
    {"poll_answer": {"poll_id": "1", "option_ids": [0], "option_persistent_ids": ["1"], "user": USER}},
    {"my_chat_member": CHANGE},
    {"chat_member": CHANGE},
    {"chat_join_request": {"chat": GROUP, "from": USER, "user_chat_id": 42, "date": 1}},
    {"message_reaction": {"chat": PRIVATE, "message_id": 5, "user": USER, "date": 1, "old_reaction": [],
                          "new_reaction": [{"type": "emoji", "emoji": "\U0001f44d"}]}},
    {"message_reaction_count": {"chat": GROUP, "message_id": 5, "date": 1, "reactions": []}},
    {"chat_boost": {"chat": GROUP, "boost": {"boost_id": "1", "add_date": 1, "expiration_date": 2,
                                             "source": {"source": "premium", "user": USER}}}},
    {"removed_chat_boost": {"chat": GROUP, "boost_id": "1", "remove_date": 1,
                            "source": {"source": "premium", "user": USER}}},
    {"business_connection": {"id": "1", "user": USER, "user_chat_id": 42, "date": 1, "is_enabled": True}},
    {"business_message": TEXT},
    {"edited_business_message": TEXT},
    {"deleted_business_messages": {"business_connection_id": "1", "chat": PRIVATE, "message_ids": [5]}},
    {"purchased_paid_media": {"from": USER, "paid_media_payload": "p"}},
    {"managed_bot": {"user": USER, "bot": BOT}},
    {"guest_message": TEXT},
    {"something_new": {"a": 1}},
    {},
]  # fmt: skip


@pytest.mark.parametrize("content", OTHER_KINDS, ids=lambda content: next(iter(content), "empty"))
def test_updates_of_other_kinds_are_ignored(content: dict[str, Any]) -> None:
    assert isinstance(read(content), Ignore)


def test_every_kind_of_update_is_tried() -> None:
    answered = {"message", "channel_post", "callback_query"}
    assert {str(kind.value) for kind in Update.ALL_TYPES} - answered <= {next(iter(c), "") for c in OTHER_KINDS}


@pytest.mark.parametrize(
    "service",
    [
        {"new_chat_members": [USER]},
        {"left_chat_member": USER},
        {"pinned_message": TEXT},
        {"new_chat_title": "t"},
        {"migrate_to_chat_id": -1001},
        {"forum_topic_created": {"name": "t", "icon_color": 1}},
        {"message_auto_delete_timer_changed": {"message_auto_delete_time": 1}},
        {"video_chat_started": {}},
        {},
    ],
    ids=lambda service: next(iter(service), "empty"),
)
def test_service_messages_are_ignored(service: dict[str, Any]) -> None:
    assert message(**service) == Ignore("service message")


# ---- Buttons -----------------------------------------------------------------------


def press(data: str, user: int = 42, chat: dict[str, Any] = PRIVATE, **more: Any) -> Any:
    shown = {"message_id": 9, "date": 1, "chat": chat, "from": BOT, "text": "On a day.", **more}
    query = {"id": "1", "from": person(user), "message": shown, "chat_instance": "1", "data": data}
    return read({"callback_query": query})


def test_press_of_ones_own_button_chooses_or_judges() -> None:
    chosen = press(TOKENS.make("tg:42:0:42", Button(QUESTION, "2", "5-7")))
    assert isinstance(chosen, Choose)
    assert (chosen.conversation, chosen.asked, chosen.number) == ("tg:42:0:42", "5-7", 2)
    again = press(TOKENS.make("tg:42:0:42", Button(QUESTION, "2", "5-7")))
    assert again.once == chosen.once
    judged = press(TOKENS.make("tg:42:0:42", Button(OPINION, "down", "5-7")))
    assert isinstance(judged, Judge)
    assert judged.verdict == "down"


def test_press_of_anything_else_is_astray() -> None:
    mine = TOKENS.make("tg:-1001:0:42", Button(QUESTION, "2", "5-7"))
    assert isinstance(press(mine, 43, GROUP), Stray)
    shared = TOKENS.make("tg:-1001:0:-1001", Button(QUESTION, "2", "5-7", author=-1001))
    assert isinstance(press(shared, 42, CHANNEL), Stray)
    assert isinstance(press(shared.replace(TOKENS.make("", Button("q", "2", "5-7"))[:6], "q3.5-7"), 42, GROUP), Stray)
    assert isinstance(press("/greet"), Stray)
    assert isinstance(press("q0.5-7.0000000000000000"), Stray)
    topic = {"message_thread_id": 8, "is_topic_message": True}
    assert isinstance(press(mine, 42, FORUM, **topic), Stray)


def test_press_of_an_old_or_foreign_message() -> None:
    token = TOKENS.make("tg:42:0:42", Button(QUESTION, "0", "5-7"))
    old = {"chat": PRIVATE, "message_id": 9, "date": 0}
    query = {"id": "1", "from": USER, "chat_instance": "1", "data": token}
    assert isinstance(read({"callback_query": {**query, "message": old}}), Choose)
    in_topic = TOKENS.make("tg:-1001:8:42", Button(QUESTION, "0", "5-7", thread=8))
    chosen = read({"callback_query": {**query, "data": in_topic, "message": {**old, "chat": FORUM}}})
    assert isinstance(chosen, Choose)
    assert (chosen.conversation, chosen.place, chosen.press.message) == ("tg:-1001:8:42", Place(-1001, 8, 9), None)
    assert isinstance(read({"callback_query": {**query, "inline_message_id": "x"}}), Ignore)
    assert isinstance(read({"callback_query": {**query, "data": None, "game_short_name": "g"}}), Ignore)

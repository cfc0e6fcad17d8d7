"""What Slack sends is read as what is wanted of the bot, or ignored; no payload is a fault."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.channels.requests import Ignore
from bot.channels.slack.incoming import read_action, read_command, read_event
from bot.channels.slack.requests import (
    ANOTHER_APP,
    OWN_APP,
    Ask,
    BotIdentity,
    Choose,
    ChooseExample,
    Decline,
    Judge,
    OpenHome,
    React,
    choice_id,
)
from bot.engine import intake

ME = BotIdentity("T1", "U0BOT", "B0BOT")
FILE = [{"id": "F1", "mimetype": "image/png"}]


def message(**fields: Any) -> dict[str, Any]:
    event = {
        "type": "message",
        "user": "U1",
        "text": "when?",
        "ts": "17.5",
        "channel": "D1",
        "channel_type": "im",
        **fields,
    }
    return {"type": "event_callback", "team_id": "T1", "event_id": "Ev1", "event": event}


def in_channel(**fields: Any) -> dict[str, Any]:
    return message(**{"channel": "C1", "channel_type": "channel", **fields})


def test_direct_message_is_a_question() -> None:
    ask = read_event(message(), ME)
    assert isinstance(ask, Ask)
    assert (ask.conversation, ask.message_id, ask.text) == ("sl:T1:D1", "17.5", "when?")
    assert (ask.place.channel, ask.place.thread, ask.only_known) == ("D1", None, False)


def test_thread_in_direct_messages_is_a_conversation_of_its_own() -> None:
    ask = read_event(message(thread_ts="3.1"), ME)
    assert isinstance(ask, Ask)
    assert (ask.conversation, ask.place.thread) == ("sl:T1:D1:3.1", "3.1")


def test_channel_message_is_answered_only_when_the_bot_is_mentioned() -> None:
    assert read_event(in_channel(), ME) == Ignore("not addressed")
    ask = read_event(in_channel(text="<@U0BOT> when?"), ME)
    assert isinstance(ask, Ask)
    assert (ask.text, ask.conversation, ask.place.thread, ask.only_known) == ("when?", "sl:T1:C1:17.5", "17.5", False)


def test_mention_and_message_are_one_request() -> None:
    mention = in_channel(text="<@U0BOT> when?", type="app_mention")
    mention["event_id"] = "Ev2"
    assert read_event(mention, ME) == read_event(in_channel(text="<@U0BOT> when?"), ME)


def test_message_in_a_thread_is_for_those_who_take_part() -> None:
    ask = read_event(in_channel(thread_ts="3.1"), ME)
    assert isinstance(ask, Ask)
    assert (ask.conversation, ask.only_known) == ("sl:T1:C1:3.1", True)
    assert read_event(in_channel(thread_ts="3.1", text="<@U7> what do you think?"), ME) == Ignore("not addressed")


@pytest.mark.parametrize("kind", ["channel", "group", "mpim"])
def test_group_messages_are_channels(kind: str) -> None:
    assert isinstance(read_event(message(channel="G1", channel_type=kind), ME), Ignore)
    assert isinstance(read_event(message(channel="G1", channel_type=kind, text="<@U0BOT> why"), ME), Ask)


def test_mention_without_a_word_asks_for_help() -> None:
    ask = read_event(in_channel(text="<@U0BOT>"), ME)
    assert isinstance(ask, Ask)
    assert ask.text == "help"


@pytest.mark.parametrize("subtype", ["file_share", "thread_broadcast", "me_message"])
def test_other_ways_of_writing_are_answered(subtype: str) -> None:
    assert isinstance(read_event(message(subtype=subtype), ME), Ask)


SUBTYPES = """assistant_app_thread bot_add bot_message bot_remove channel_archive channel_convert_to_private
channel_join channel_leave channel_name channel_posting_permissions channel_purpose channel_topic
channel_unarchive document_mention
ekm_access_denied file_comment file_mention group_archive group_join group_leave group_name group_purpose group_topic
group_unarchive huddle_thread message_changed message_deleted message_replied pinned_item reminder_add reply_broadcast
tombstone unpinned_item something_new""".split()


@pytest.mark.parametrize("subtype", SUBTYPES)
def test_all_other_subtypes_are_ignored(subtype: str) -> None:
    assert read_event(message(subtype=subtype), ME) == Ignore("subtype")
    assert read_event(in_channel(subtype=subtype, text="<@U0BOT> when?"), ME) == Ignore("subtype")


@pytest.mark.parametrize(
    "fields",
    [
        {"user": "U0BOT"},  # its own, without a bot id
        {"bot_id": "B0BOT", "user": "U0BOT"},
        {"bot_id": "B0BOT"},  # its own app, whoever is said to have written
        {"bot_profile": {"id": "B0BOT"}},
        {"bot_id": "B7", "user": None},
        {"bot_id": "B7", "user": "USLACKBOT"},
        {"user": "USLACKBOT"},
        {"hidden": True},
        {"edited": {"user": "U1", "ts": "18.0"}},
    ],
)
def test_bots_and_edits_are_ignored(fields: dict[str, Any]) -> None:
    assert isinstance(read_event(message(**fields), ME), Ignore)
    assert isinstance(read_event(in_channel(type="app_mention", text="<@U0BOT> when?", **fields), ME), Ignore)


BY_APP = {
    "bot_id": "B0BUDMNPD26",
    "app_id": "A0BSH7L7N9E",
    "bot_profile": {"id": "B0BUDMNPD26", "app_id": "A0BSH7L7N9E", "name": "Front desk", "deleted": False},
}
"""What Slack adds to a message that an app posts: with the token of a person's, or of the app's own bot."""


@pytest.mark.parametrize("own", ["A0BSH7L7N9E", "A1", ""])
def test_post_through_an_app_may_be_a_persons(own: str) -> None:
    for payload in (message(**BY_APP), in_channel(text="<@U0BOT> when?", **BY_APP)):
        payload["api_app_id"] = own
        ask = read_event(payload, ME)
        assert isinstance(ask, Ask)
        assert ask.through == (OWN_APP if own == BY_APP["app_id"] else ANOTHER_APP)
    declined = read_event(message(subtype="file_share", text="", files=FILE, **BY_APP), ME)
    assert isinstance(declined, Decline)
    assert declined.through == ANOTHER_APP
    assert read_event(message(), ME).through == ""


QUOTED = [{"blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": "CC <@U0BOT>"}}], "fallback": "-"}]


def test_mention_that_is_only_quoted_is_none() -> None:
    """Slack sends app_mention for these too (slack-go/slack#961)."""
    assert read_event(in_channel(type="app_mention"), ME) == Ignore("not addressed")
    assert read_event(in_channel(type="app_mention", attachments=QUOTED), ME) == Ignore("not addressed")
    assert read_event(in_channel(type="app_mention", text="", attachments=QUOTED), ME) == Ignore("not addressed")
    # In a thread in which the bot has answered it is a message like any other.
    ask = read_event(in_channel(type="app_mention", thread_ts="3.1", attachments=QUOTED), ME)
    assert isinstance(ask, Ask)
    assert ask.only_known
    assert isinstance(read_event(in_channel(text="<@U0BOT> when?", attachments=QUOTED), ME), Ask)


@pytest.mark.parametrize(
    "block",
    [
        {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": [
            {"type": "user", "user_id": "U0BOT"}, {"type": "text", "text": " when?"}]}]},
        {"type": "section", "text": {"type": "mrkdwn", "text": "<@U0BOT> when?"}},
        {"type": "section", "fields": [{"type": "mrkdwn", "text": "<@U0BOT|bot> when?"}]},
    ],
    ids=["rich text", "section", "fields"],
)  # fmt: skip
def test_mention_in_the_blocks_of_a_message_is_one(block: dict[str, Any]) -> None:
    """An app's text beside its blocks may leave the mention out."""
    ask = read_event(in_channel(type="app_mention", blocks=[block]), ME)
    assert isinstance(ask, Ask)
    assert (ask.text, ask.only_known) == ("when?", False)


def test_nested_blocks_are_no_fault() -> None:
    nested: Any = {"type": "user", "user_id": "U0BOT"}
    for _ in range(5000):
        nested = {"elements": [nested]}
    assert read_event(in_channel(blocks=[nested]), ME) == Ignore("not addressed")


@pytest.mark.parametrize("field", ["user", "channel", "ts"])
@pytest.mark.parametrize("value", [None, "", 7, [], {}, "a b", "\ud800", "x" * 100])
def test_incomplete_messages_are_ignored(field: str, value: Any) -> None:
    assert isinstance(read_event(message(**{field: value}), ME), Ignore)


def test_files_without_words_are_declined_where_they_are_for_the_bot() -> None:
    declined = read_event(message(subtype="file_share", text="", files=FILE), ME)
    assert isinstance(declined, Decline)
    assert isinstance(read_event(message(subtype="file_share", text="why?", files=FILE), ME), Ask)
    assert isinstance(read_event(in_channel(text="", files=FILE, thread_ts="3.1"), ME), Ignore)
    assert isinstance(read_event(in_channel(text="<@U0BOT>", files=FILE), ME), Decline)


def test_home_is_opened_by_its_own_tab() -> None:
    event = {"type": "app_home_opened", "user": "U1", "channel": "D1", "tab": "home"}
    payload = {"type": "event_callback", "event_id": "Ev5", "event": event}
    assert read_event(payload, ME) == OpenHome("sl:T1:Ev5", "U1")
    event["tab"] = "messages"
    assert isinstance(read_event(payload, ME), Ignore)


@pytest.mark.parametrize(
    ("name", "verdict"), [("+1", "up"), ("-1", "down"), ("thumbsup", "up"), ("+1::skin-tone-2", "up"), ("tada", None)]
)
def test_thumbs_to_its_own_messages_are_opinions(name: str, verdict: str | None) -> None:
    event = {"type": "reaction_added", "user": "U1", "reaction": name, "item_user": "U0BOT"}
    event |= {"item": {"type": "message", "channel": "C1", "ts": "9.1"}}
    read = read_event({"event_id": "Ev1", "event": event}, ME)
    assert read == (React("sl:T1:Ev1", "C1", "9.1", verdict) if verdict else Ignore("reaction"))
    if verdict:
        taken = read_event({"event_id": "Ev2", "event": {**event, "type": "reaction_removed"}}, ME)
        assert taken == React("sl:T1:Ev2", "C1", "9.1", None)
    for other in ({"item_user": "U7"}, {"user": "U0BOT"}, {"item": {"type": "file", "file": "F1"}}, {"item": None}):
        assert isinstance(read_event({"event_id": "Ev1", "event": {**event, **other}}, ME), Ignore)


def action(action_id: str, value: str, **fields: Any) -> dict[str, Any]:
    return {
        "type": "block_actions",
        "user": {"id": "U1"},
        "team": {"id": "T9"},
        "trigger_id": "1.2.3",
        "container": {"type": "message", "message_ts": "20.1", "channel_id": "C1", "is_ephemeral": False},
        "channel": {"id": "C1"},
        "message": {"ts": "20.1", "thread_ts": "17.5"},
        "response_url": "https://hooks.slack.com/actions/x",
        "actions": [{"type": "button", "action_id": action_id, "value": value, "action_ts": "21.1"}],
        **fields,
    }


def test_pressed_button_belongs_to_the_conversation_it_stands_in() -> None:
    press = read_action(action("choice.1", "1 17.5"), ME)
    assert isinstance(press, Choose)
    assert (press.conversation, press.asked, press.number, press.ts) == ("sl:T1:C1:17.5", "17.5", 1, "20.1")


def test_button_pressed_twice_is_one_request() -> None:
    again = action("choice.1", "1 17.5")
    again["actions"][0]["action_ts"] = "21.9"
    again["trigger_id"] = "4.5.6"
    assert read_action(again, ME) == read_action(action("choice.1", "1 17.5"), ME)


def test_button_that_only_one_person_sees_is_of_their_conversation() -> None:
    container = {"type": "message", "message_ts": "20.1", "channel_id": "C1", "is_ephemeral": True}
    press = read_action(action("choice.0", "0 command.ab", container=container, message=None), ME)
    assert isinstance(press, Choose)
    assert press.conversation == "sl:T1:C1:U1"
    assert press.place.response_url == "https://hooks.slack.com/actions/x"


def test_thumb_is_an_opinion() -> None:
    judge = read_action(action("verdict", "down 17.5"), ME)
    assert isinstance(judge, Judge)
    assert (judge.conversation, judge.asked, judge.verdict) == ("sl:T1:C1:17.5", "17.5", "down")


def test_example_needs_no_message() -> None:
    read = read_action(action("example.2", "2 home", container={"type": "view"}, channel=None, message=None), ME)
    assert isinstance(read, ChooseExample)
    assert (read.number, read.user) == (2, "U1")


@pytest.mark.parametrize(
    ("action_id", "value"),
    [
        ("choice.1", "x 17.5"),
        ("choice.1", "-1 17.5"),
        ("choice.1", "17.5"),
        ("choice.1", ""),
        ("choice.1", "1 " + "x" * 300),
        ("verdict", "sideways 17.5"),
        ("example.1", "one home"),
        ("other", "1 17.5"),
        ("", "1 17.5"),
    ],
)
def test_forged_buttons_are_ignored(action_id: str, value: str) -> None:
    assert isinstance(read_action(action(action_id, value), ME), Ignore)


@pytest.mark.parametrize(
    "payload", [{"type": "view_submission"}, {"type": "shortcut"}, {"type": "message_action"}, {}, None, [], "x"]
)
def test_other_interactions_are_ignored(payload: Any) -> None:
    assert isinstance(read_action(payload, ME), Ignore)


COMMAND = {
    "command": "/article",
    "text": "when &amp; why?",
    "channel_id": "C1",
    "channel_name": "general",
    "user_id": "U1",
    "response_url": "https://hooks.slack.com/commands/x",
    "trigger_id": "1.2.3",
}


def test_command_is_a_question_in_a_conversation_of_ones_own() -> None:
    ask = read_command(COMMAND, ME)
    assert isinstance(ask, Ask)
    assert (ask.text, ask.conversation, ask.direct) == ("when & why?", "sl:T1:C1:U1", False)
    assert ask.place.response_url == COMMAND["response_url"]
    assert intake.is_conversation_id(ask.conversation)


def test_command_without_a_word_asks_for_help() -> None:
    ask = read_command({**COMMAND, "text": "  "}, ME)
    assert isinstance(ask, Ask)
    assert ask.text == "help"


@pytest.mark.parametrize("field", ["channel_id", "user_id", "response_url", "trigger_id"])
def test_incomplete_commands_are_ignored(field: str) -> None:
    assert isinstance(read_command({**COMMAND, field: ""}, ME), Ignore)


def test_ids_of_choices_do_not_grow() -> None:
    asked = "17.5"
    for number in range(20):
        asked = choice_id(asked, number)
        assert len(asked) < 40
    assert choice_id("17.5", 0) != choice_id("17.5", 1)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(), max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=10), inner, max_size=3),
    max_leaves=8,
)
EVENT_FIELDS = """type subtype user text ts thread_ts channel channel_type files bot_id bot_profile app_id blocks edited
hidden tab reaction item item_user""".split()
ACTION_FIELDS = "user container channel message actions response_url trigger_id team".split()
KNOWN = st.sampled_from(
    ["message", "app_mention", "app_home_opened", "reaction_added", "im", "home", "+1", "U1", "C1", "1.5", "<@U0BOT> a"]
)


@settings(max_examples=50)
@given(st.dictionaries(st.sampled_from(EVENT_FIELDS), KNOWN | JSON), JSON)
def test_no_event_is_a_fault(event: dict, payload: Any) -> None:
    read_event({"event": event, "event_id": payload}, ME)
    read_event(payload, ME)
    read_event({"event": payload}, ME)


@settings(max_examples=50)
@given(st.dictionaries(st.sampled_from(ACTION_FIELDS), KNOWN | JSON), st.dictionaries(KNOWN | st.text(), JSON))
def test_no_interaction_is_a_fault(fields: dict, one: dict) -> None:
    read_action({"type": "block_actions", **fields}, ME)
    read_action({"type": "block_actions", **fields, "actions": [{**one, "action_id": "choice.1", "value": "1 a"}]}, ME)
    read_command(fields, ME)
    read_command(one, ME)

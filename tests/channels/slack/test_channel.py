"""The Slack channel as people meet it: the tiny bot, a stand-in for Slack, real sockets between them."""

from __future__ import annotations

import asyncio
import threading
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from bot import messages
from bot.messages import slack as slack_texts
from bot.storage.store import ConversationStore
from tests.channels.slack.conftest import Serve, ready
from tests.support.slack_api import BOT_USER, HTTP, PNG, SOCKET, SlackApi, buttons, small_print, visible
from tests.support.tiny import Client
from tests.support.tinyactions import Waiting


def opinions(folder: Path) -> list[tuple[str, str]]:
    """Questions and verdicts that are stored."""

    async def read() -> list[tuple[str, str]]:
        store = ConversationStore(address=folder / "conversations.sqlite")
        try:
            return [(opinion.question, opinion.verdict) for opinion in await store.feedback.all()]
        finally:
            store.close()

    return asyncio.run(read())


def said_times(slack: SlackApi, channel: str = "DU1") -> int:
    return len(slack.channel(channel).said)


# ---- Asking ------------------------------------------------------------------------


def test_direct_message_is_answered_with_evidence_and_buttons(either: Client, slack: SlackApi) -> None:
    assert slack.say("when?").statuses in (["ack"], [200])
    (said,) = slack.direct().said
    assert visible(said) == "Question 1: when?\n\nSecond paragraph."
    assert small_print(said) == ["“Tiny” (P1S1)"]
    assert buttons(said) == ["More"]
    assert said["text"].startswith("Question 1: when?")
    assert "thread_ts" not in said


def test_signs_and_emoji_are_read_and_shown_as_they_are(bot: Client, slack: SlackApi) -> None:
    slack.say("when <did> A & B :wave: <!channel>?")
    (said,) = slack.direct().said
    assert visible(said).startswith("Question 1: when <did> A & B 👋 <!channel>?")
    assert "<" not in said["text"]


def test_people_have_conversations_of_their_own(bot: Client, slack: SlackApi) -> None:
    slack.say("when?", "U1")
    slack.say("when?", "U1")
    slack.say("when?", "U2")
    assert slack.direct("U1").texts[-1].startswith("Question 2")
    assert slack.direct("U2").texts[-1].startswith("Question 1")


def test_channel_is_answered_in_a_thread_when_the_bot_is_mentioned(either: Client, slack: SlackApi) -> None:
    slack.say("when?", channel="C1")
    assert slack.channel("C1").said == []
    slack.say("@bot when?", channel="C1")
    asked = slack.channel("C1").messages[1]
    (said,) = slack.channel("C1").said  # although it comes as two events, a message and a mention
    assert said["thread_ts"] == asked["ts"]
    assert visible(said).startswith("Question 1: when?")


def test_thread_that_the_bot_takes_part_in_goes_on_without_mentions(either: Client, slack: SlackApi) -> None:
    slack.say("@bot when?", channel="C1")
    top = slack.channel("C1").messages[0]["ts"]
    slack.say("when else?", "U2", channel="C1", thread=top)
    assert slack.channel("C1").texts[-1].startswith("Question 2: when else?")
    slack.say("<@U7> what do you think?", channel="C1", thread=top)  # typed, so no mention
    assert said_times(slack, "C1") == 3
    message = slack.write("<@U7> what do you think?", channel="C1", thread=top)
    for event in slack.events_of(message, "C1"):
        slack.deliver(event)
    assert said_times(slack, "C1") == 3


def test_other_threads_are_left_alone(bot: Client, slack: SlackApi) -> None:
    top = slack.write("Lunch?", channel="C1")["ts"]
    slack.say("when?", channel="C1", thread=top)
    assert slack.channel("C1").said == []
    slack.say("@bot when?", channel="C1", thread=top)
    slack.say("when else?", channel="C1", thread=top)
    assert slack.channel("C1").texts[-1].startswith("Question 2")
    assert all(said["thread_ts"] == top for said in slack.channel("C1").said)


def test_threads_are_conversations_of_their_own(bot: Client, slack: SlackApi) -> None:
    slack.say("@bot when?", channel="C1")
    slack.say("@bot when?", channel="C1")
    assert [text.split(":")[0] for text in slack.channel("C1").texts] == ["Question 1", "Question 1"]


def test_threads_in_direct_messages_are_answered_there(bot: Client, slack: SlackApi) -> None:
    slack.say("when?")
    top = slack.direct().messages[0]["ts"]
    slack.say("when?", thread=top)
    assert slack.direct().said[-1]["thread_ts"] == top
    assert slack.direct().texts[-1].startswith("Question 1")


@pytest.mark.parametrize(
    "fields",
    [
        {"user": BOT_USER},
        {"user": BOT_USER, "bot_id": "B0BOT"},
        {"bot_id": "B7", "subtype": "bot_message"},
        {"bot_id": "B7", "user": "U7BOT", "app_id": "A7"},  # as bots post today
        {"subtype": "channel_join"},
        {"subtype": "message_changed", "message": {"text": "when?"}},
        {"subtype": "message_deleted", "deleted_ts": "1.1"},
    ],
)
def test_bots_edits_and_joins_are_not_answered(bot: Client, slack: SlackApi, fields: dict[str, Any]) -> None:
    for channel in ("DU1", "C1"):
        message = {**slack.write(f"<@{BOT_USER}> when?", channel=channel), **fields}
        for event in slack.events_of(message, channel):
            assert slack.deliver(event).acknowledged
    assert not slack.called("chat.postMessage")


def test_bot_never_talks_to_itself(bot: Client, slack: SlackApi) -> None:
    """Slack sends the bot its own messages too, now with its bot id, now with its user id only."""
    slack.say("hello")
    slack.say("@bot when?", channel="C1")
    for channel in (slack.direct(), slack.channel("C1")):
        before = len(channel.said)
        for message in list(channel.said) * 3:
            alone = {key: value for key, value in message.items() if key not in ("bot_id", "app_id")}
            for own in (message, alone, {**alone, "text": "<@U0BOT> when?"}):
                for event in slack.events_of(own, channel.id):
                    assert slack.deliver(event).acknowledged
        assert len(channel.said) == before


def test_files_are_declined_politely(bot: Client, slack: SlackApi) -> None:
    slack.say("", subtype="file_share", files=[{"id": "F1", "mimetype": "image/png"}])
    assert slack.direct().texts == [slack_texts.DECLINED]


@pytest.mark.parametrize("text", ["x" * 3000, "when " * 500])
def test_long_message_is_declined(bot: Client, slack: SlackApi, text: str) -> None:
    slack.say(text)
    assert slack.direct().texts == [messages.TOO_LONG]


@pytest.mark.parametrize("text", ["/restart", "\u00a0/restart", '/ask{"count": 7}', "/x@1"])
def test_typed_intent_is_text(bot: Client, slack: SlackApi, text: str) -> None:
    slack.say("when?")
    slack.say(text)
    assert slack.direct().texts[-1].startswith("Question 2: " + text.strip("\u00a0/")[:3])


@pytest.mark.parametrize(
    ("text", "notice"),
    [("break it", messages.APOLOGY), ("silence", messages.APOLOGY), ("wait", messages.TIMED_OUT)],
)
def test_failing_turn_gets_an_apology(bot: Client, slack: SlackApi, text: str, notice: str) -> None:
    if text == "wait":
        with bot.hasty():
            assert slack.say(text).acknowledged
    else:
        assert slack.say(text).acknowledged
    assert slack.direct().texts == [notice]
    slack.say("when?")
    assert "Question 1" in slack.direct().texts[-1]


# ---- Buttons -----------------------------------------------------------------------


def test_pressed_button_is_shown_and_answered(either: Client, slack: SlackApi) -> None:
    slack.say("when?")
    (said,) = slack.direct().said
    assert slack.press(said, "More").acknowledged
    assert buttons(said) == []
    assert small_print(said) == ["“Tiny” (P1S1)", "Chosen: *More*"]
    assert slack.direct().texts[-1].startswith("Question 2: when else")


def test_pressed_button_in_a_thread_is_answered_there(bot: Client, slack: SlackApi) -> None:
    slack.say("@bot when?", channel="C1")
    (said,) = slack.channel("C1").said
    slack.press(said, "More", user="U2")
    answer = slack.channel("C1").said[-1]
    assert visible(answer).startswith("Question 2: when else")
    assert answer["thread_ts"] == said["thread_ts"]


def test_button_pressed_in_haste_is_answered_once(either: Client, slack: SlackApi) -> None:
    slack.say("when?")
    said = dict(slack.direct().said[0])
    deliveries = [slack.press(said, "More", wait=False) for _ in range(5)]
    for delivery in deliveries:
        assert delivery.wait().acknowledged
    assert said_times(slack) == 2


def test_buttons_of_buttons_work(bot: Client, slack: SlackApi) -> None:
    slack.say("when?")
    for number in range(2, 6):
        slack.press(slack.direct().said[-1], "More")
        assert slack.direct().texts[-1].startswith(f"Question {number}: when else")


def test_button_works_after_a_restart(serve: Serve, slack: SlackApi) -> None:
    with ExitStack() as first:
        ready(serve(stop=first), slack)
        slack.say("when?")
    slack.wait_for(lambda: not slack.sockets)
    ready(serve(), slack)
    slack.press(slack.direct().said[0], "More")
    assert slack.direct().texts[-1].startswith("Question 2: when else")
    assert buttons(slack.direct().said[0]) == []


def test_button_of_another_conversation_does_nothing(bot: Client, slack: SlackApi) -> None:
    slack.say("when?", "U1")
    slack.say("hello", "U2")
    theirs = slack.direct("U1").said[0]
    forged = {**theirs, "channel": "DU2", "ts": slack.direct("U2").said[0]["ts"]}
    assert slack.press(forged, "More", user="U2").acknowledged
    assert said_times(slack, "DU2") == 1
    assert [visible(message) for message in slack.wait_for(lambda: slack.direct("U2").ephemeral)] == [
        slack_texts.OLD_BUTTON
    ]


@pytest.mark.parametrize("value", ["7 {asked}", "0 1.5", "0 nonsense"])
def test_button_that_nobody_offered_does_nothing(bot: Client, slack: SlackApi, value: str) -> None:
    slack.say("when?")
    said = slack.direct().said[0]
    element = {"type": "button", "action_id": "choice.0", "text": {"type": "plain_text", "text": "x"}}
    slack.act(said, element, value.format(asked=slack.direct().messages[0]["ts"]))
    assert said_times(slack) == 1
    assert [visible(message) for message in slack.wait_for(lambda: slack.direct().ephemeral)] == [
        slack_texts.OLD_BUTTON
    ]


@pytest.mark.parametrize("via", [SOCKET, HTTP])
def test_button_is_acknowledged_in_time_although_the_answer_is_not(serve: Serve, slack: SlackApi, via: str) -> None:
    ready(serve(via, timing={"acknowledge": 0.5}), slack)
    slack.say("when?")
    taken = threading.Event()
    slack.fail("chat.postMessage", taken)
    assert slack.press(slack.direct().said[0], "More").acknowledged
    assert said_times(slack) == 1
    taken.set()
    slack.wait_for(lambda: said_times(slack) == 2)


# ---- Opinions ----------------------------------------------------------------------


def test_thumbs_under_a_reply_are_kept(either: Client, slack: SlackApi, tmp_path: Path) -> None:
    slack.say("when?")
    slack.press(slack.direct().said[0], "👎")
    assert opinions(tmp_path) == [("when?", "down")]
    slack.press(slack.direct().said[0], "👍")
    assert opinions(tmp_path) == [("when?", "up")]
    assert visible(slack.wait_for(lambda: slack.direct().ephemeral)[-1]) == slack_texts.THANKS


def test_thumbs_as_reactions_are_kept_and_taken_back(either: Client, slack: SlackApi, tmp_path: Path) -> None:
    slack.say("when?")
    slack.say("@bot who?", channel="C1")
    slack.react(slack.direct().said[0], "+1")
    slack.react(slack.channel("C1").said[0], "-1", "U2")
    slack.react(slack.channel("C1").said[0], "tada", "U2")
    slack.react(slack.channel("C1").messages[0], "+1", "U2")  # not the bot's message
    assert sorted(opinions(tmp_path)) == [("when?", "up"), ("who?", "down")]
    slack.react(slack.direct().said[0], "+1", kind="reaction_removed")
    assert opinions(tmp_path) == [("who?", "down")]


def test_what_a_message_carries_is_believed_for_its_own_channel_only(
    bot: Client, slack: SlackApi, tmp_path: Path
) -> None:
    slack.say("when?", "U1")
    slack.say("hello", "U2")
    slack.direct("U2").said[0]["metadata"] = slack.direct("U1").said[0]["metadata"]
    slack.react(slack.direct("U2").said[0], "-1", "U2")
    assert opinions(tmp_path) == []


# ---- Commands and the home page ---------------------------------------------------------


def test_command_is_answered_for_one_person_only(either: Client, slack: SlackApi) -> None:
    slack.channel("C1").member = False  # it may not even be there
    assert slack.command("when?").acknowledged
    said_in = slack.channel("C1").ephemeral
    (said,) = slack.wait_for(lambda: list(said_in))
    assert (said["user"], visible(said)) == ("U1", "Question 1: when?\n\nSecond paragraph.")
    assert not slack.called("chat.postMessage")
    slack.command("when?", "U2")
    slack.wait_for(lambda: len(said_in) == 2)
    assert visible(said_in[-1]).startswith("Question 1")
    slack.command("when?", "U1")
    slack.wait_for(lambda: len(said_in) == 3)
    assert visible(said_in[-1]).startswith("Question 2")


def test_button_under_a_private_answer_works(either: Client, slack: SlackApi) -> None:
    slack.command("when?")
    (said,) = slack.channel("C1").ephemeral
    slack.press(said, "More")
    assert small_print(said)[-1] == "Chosen: *More*"
    assert visible(slack.channel("C1").ephemeral[-1]).startswith("Question 2: when else")
    assert not slack.called("chat.postMessage")


def test_thumb_under_a_private_answer_is_kept(bot: Client, slack: SlackApi, tmp_path: Path) -> None:
    slack.command("when?")
    slack.press(slack.channel("C1").ephemeral[0], "👍")
    assert opinions(tmp_path) == [("when?", "up")]
    assert visible(slack.channel("C1").ephemeral[0]).startswith("Question 1")  # still there


def test_command_in_the_direct_messages_is_part_of_them(bot: Client, slack: SlackApi) -> None:
    slack.say("when?")
    slack.command("when?", channel="DU1")
    assert slack.direct().texts[-1].startswith("Question 2")
    # The direct messages of two people are none of the bot's.
    slack.command("when?", channel="DU2U1")
    assert visible(slack.channel("DU2U1").ephemeral[0]).startswith("Question 1")


def test_command_without_a_word_asks_for_help(bot: Client, slack: SlackApi) -> None:
    slack.command("")
    assert visible(slack.channel("C1").ephemeral[0]).startswith("Question 1: help")


def test_home_page_shows_examples_that_are_answered_in_direct_messages(either: Client, slack: SlackApi) -> None:
    slack.open_home()
    titles = buttons(slack.views["U1"])
    assert len(titles) >= 3
    assert slack.press_home(1).acknowledged
    question, answer = slack.direct().said
    assert titles[1] in small_print(question)[0]
    assert visible(answer).startswith(f"Question 1: {titles[1]}")
    slack.open_home(tab="messages")
    assert len(slack.called("views.publish")) == 1


# ---- Pictures ----------------------------------------------------------------------------


def test_timeline_is_a_picture_with_words_for_it(either: Client, slack: SlackApi) -> None:
    slack.say("timeline")
    slack.wait_for(lambda: said_times(slack) == 2)
    text, picture = slack.direct().said
    assert visible(text) == "This is the order."
    (file,) = picture["files"]
    assert file["content"].startswith(PNG)
    assert file["alt_txt"] == "First this, then <that>."
    assert file["filename"] == "timeline.png"


def test_picture_in_a_thread_stays_there(bot: Client, slack: SlackApi) -> None:
    slack.say("@bot timeline", channel="C1")
    slack.wait_for(lambda: said_times(slack, "C1") == 2)
    assert slack.channel("C1").said[1]["thread_ts"] == slack.channel("C1").messages[0]["ts"]


def test_words_stand_for_a_picture_without_the_scope(bot: Client, slack: SlackApi) -> None:
    slack.scopes.remove("files:write")
    slack.say("timeline")
    assert slack.direct().texts == ["This is the order.", "First this, then <that>."]


@pytest.mark.parametrize("method", ["files.getUploadURLExternal", "upload", "files.completeUploadExternal"])
def test_words_stand_for_a_picture_that_cannot_be_uploaded(bot: Client, slack: SlackApi, method: str) -> None:
    slack.fail(method, *[500] * 5)
    slack.say("timeline")
    slack.wait_for(lambda: said_times(slack) == 2)
    assert slack.direct().texts == ["This is the order.", "First this, then <that>."]


def test_upload_that_fails_at_first_is_tried_again(bot: Client, slack: SlackApi) -> None:
    slack.fail("upload", 500)
    slack.say("timeline")
    slack.wait_for(lambda: said_times(slack) == 2)
    assert slack.direct().said[1]["files"]


def test_words_stand_for_a_picture_in_a_private_answer(bot: Client, slack: SlackApi) -> None:
    slack.command("timeline")
    said = [visible(message) for message in slack.channel("C1").ephemeral]
    assert said == ["This is the order.", "First this, then <that>."]


# ---- Typing --------------------------------------------------------------------------------


def test_slow_answer_is_announced_in_a_thread(announcing: Client, slack: SlackApi, waiting: Waiting) -> None:
    delivery = slack.say("@bot wait", channel="C1", wait=False)
    slack.wait_for(lambda: slack.statuses == [slack_texts.TYPING])
    waiting.over.set()
    assert delivery.wait().acknowledged
    assert slack.channel("C1").texts == ["Waited."]


def test_slow_answer_is_announced_by_an_hourglass_elsewhere(
    announcing: Client, slack: SlackApi, waiting: Waiting
) -> None:
    delivery = slack.say("wait", wait=False)
    slack.wait_for(lambda: slack.direct().messages[0].get("reactions"))
    assert [call.params["name"] for call in slack.called("reactions.add")] == ["hourglass_flowing_sand"]
    waiting.over.set()
    assert delivery.wait().acknowledged
    assert slack.direct().messages[0]["reactions"] == []
    assert slack.direct().texts == ["Waited."]


def test_quick_answer_is_not_announced(bot: Client, slack: SlackApi) -> None:
    slack.say("when?")
    slack.say("@bot when?", channel="C1")
    assert not slack.statuses
    assert not slack.called("reactions.add")


def test_answer_comes_although_it_cannot_be_announced(announcing: Client, slack: SlackApi, waiting: Waiting) -> None:
    slack.scopes -= {"reactions:write"}
    slack.fail("assistant.threads.setStatus", "not_allowed")
    for channel, method in (("DU1", "reactions.add"), ("C1", "assistant.threads.setStatus")):
        delivery = slack.say("@bot wait", channel=channel, wait=False)
        slack.wait_for(lambda method=method: slack.called(method))
        waiting.over.set()
        assert delivery.wait().acknowledged
        slack.say("@bot wait", channel=channel)
        assert slack.channel(channel).texts == ["Waited."] * 2
        waiting.reset()
    # The second answer is not there at once either, but what was refused is not asked for again.
    assert len(slack.called("assistant.threads.setStatus")) == 1
    assert len(slack.called("reactions.add")) == 1

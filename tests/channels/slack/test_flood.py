"""Slack says for how long it takes nothing (Retry-After): that is waited for, however long, and nothing gets lost."""

from __future__ import annotations

import contextlib
import sqlite3
from contextlib import ExitStack
from pathlib import Path

import pytest

from bot import messages
from tests.channels.slack.conftest import Serve, ready
from tests.support.slack_api import HTTP, SOCKET, TEAM, SlackApi

BAN = (429, 3600)
"""Longer than the tests have time for: they put the clock forward (`end_ban`)."""
SLOW = 20.0
"""Seconds that a turn may take on a busy machine."""


def texts(slack: SlackApi, channel: str = "DU1") -> list[str]:
    return [text.splitlines()[0] for text in slack.channel(channel).texts]


def end_ban(slack: SlackApi, folder: Path, place: str = f"sl:{TEAM}:DU1") -> None:
    """Have the time of a ban pass in the database of the bot; what it sends before would be taken, and seen."""
    with contextlib.closing(sqlite3.connect(folder / "conversations.sqlite")) as database, database:
        assert database.execute("UPDATE pauses SET until = 1 WHERE place = ?", (place,)).rowcount == 1


@pytest.mark.parametrize("via", [SOCKET, HTTP])
def test_conversation_is_left_alone_and_answered_in_order(
    serve: Serve, slack: SlackApi, tmp_path: Path, caplog: pytest.LogCaptureFixture, via: str
) -> None:
    ready(serve(via, turn_timeout=SLOW), slack)
    slack.fail("chat.postMessage", BAN)
    for number in range(3):
        assert slack.say(f"when {number}?").acknowledged
    slack.say("when?", "U2")
    assert texts(slack, "DU2") == ["Question 1: when?"]
    assert texts(slack) == []
    end_ban(slack, tmp_path)
    assert slack.say("when 3?").acknowledged
    slack.wait_for(lambda: len(texts(slack)) == 4)
    assert texts(slack) == [f"Question {number + 1}: when {number}?" for number in range(4)]
    assert len(slack.called("chat.postMessage")) == 6
    assert sum("nothing can be sent to" in message for message in caplog.messages) == 1


@pytest.mark.parametrize("via", [SOCKET, HTTP])
def test_ban_outlasts_a_restart_and_slacks_redeliveries(
    serve: Serve, slack: SlackApi, tmp_path: Path, via: str
) -> None:
    with ExitStack() as first:
        ready(serve(via, stop=first, turn_timeout=SLOW), slack)
        slack.fail("chat.postMessage", BAN)
        assert slack.say("when 0?").acknowledged
        shown = slack.say("when 1?")
        assert shown.acknowledged
    slack.wait_for(lambda: not slack.sockets)
    slack.bots.clear()
    ready(serve(via, turn_timeout=SLOW), slack)
    assert slack.deliver(shown.payload).acknowledged  # once more
    assert texts(slack) == []
    end_ban(slack, tmp_path)
    slack.wait_for(lambda: len(texts(slack)) == 2)
    assert slack.say("when 2?").acknowledged
    slack.wait_for(lambda: len(texts(slack)) == 3)
    assert texts(slack) == [f"Question {number + 1}: when {number}?" for number in range(3)]


def test_button_that_is_never_delivered_again_is_answered_after_a_ban(
    serve: Serve, slack: SlackApi, tmp_path: Path
) -> None:
    ready(serve(turn_timeout=SLOW), slack)
    slack.say("when?")
    slack.fail("chat.postMessage", BAN)
    slack.press(slack.direct().said[0], "More")
    slack.wait_for(lambda: len(slack.called("chat.postMessage")) == 2)
    slack.wait_for(lambda: waiting(tmp_path))
    end_ban(slack, tmp_path)
    slack.wait_for(lambda: len(texts(slack)) == 2)
    assert texts(slack)[1].startswith("Question 2: when else")


def test_many_messages_during_a_ban_are_bounded(serve: Serve, slack: SlackApi, tmp_path: Path) -> None:
    ready(serve(turn_timeout=SLOW, max_waiting=3), slack)
    slack.fail("chat.postMessage", BAN)
    for number in range(8):
        assert slack.say(f"when {number}?").acknowledged
    end_ban(slack, tmp_path)
    slack.wait_for(lambda: len(texts(slack)) == 4)
    assert texts(slack) == [*[f"Question {number + 1}: when {number}?" for number in range(3)], messages.TOO_MANY]


def test_pauses_that_slack_asks_for_cost_no_attempts(serve: Serve, slack: SlackApi) -> None:
    ready(serve(turn_timeout=SLOW), slack)
    slack.fail("chat.postMessage", *[(429, 0.1)] * 9)
    assert slack.say("when?").acknowledged
    assert texts(slack) == ["Question 1: when?"]
    assert len(slack.called("chat.postMessage")) == 10


def waiting(folder: Path) -> int:
    with contextlib.closing(sqlite3.connect(folder / "conversations.sqlite")) as database:
        return database.execute("SELECT count(*) FROM postponed").fetchone()[0]

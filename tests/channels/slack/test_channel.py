"""The Slack channel as people meet it: the tiny bot, a stand-in for Slack, real sockets between them."""

from __future__ import annotations

from tests.support.slack_api import SlackApi, buttons, small_print, visible
from tests.support.tiny import Client


def test_direct_message_is_answered_with_evidence_and_buttons(bot: Client, slack: SlackApi) -> None:
    assert slack.say("when?").acknowledged
    (said,) = slack.direct().said
    assert visible(said) == "Question 1: when?\n\nSecond paragraph."
    assert small_print(said) == ["“Tiny” (P1S1)"]
    assert buttons(said) == ["More"]
    assert said["text"].startswith("Question 1: when?")
    assert "thread_ts" not in said

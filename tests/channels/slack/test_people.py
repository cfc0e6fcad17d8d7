"""Who posts through an app is answered if it is a person; bots never are, and nobody without an end."""

from __future__ import annotations

from typing import Any

import pytest

from bot.channels.slack import people
from bot.channels.slack.people import MOST_AT_ONCE
from bot.messages import slack as slack_texts
from tests.channels.slack.conftest import Serve, ready
from tests.support.slack_api import APP, TEAM, SlackApi
from tests.support.tiny import Client

FRONT_DESK = {"bot_id": "B0BUDMNPD26", "app_id": "A0BSH7L7N9E", "client_msg_id": None}
"""As Slack marks what an app posts, in its own name or with the token of a person."""


def first_lines(slack: SlackApi, channel: str) -> list[str]:
    return [text.splitlines()[0] for text in slack.channel(channel).texts]


@pytest.mark.parametrize("app", [FRONT_DESK, {**FRONT_DESK, "app_id": APP}], ids=["another app", "this app"])
def test_person_who_posts_through_an_app_is_answered(either: Client, slack: SlackApi, app: dict[str, Any]) -> None:
    slack.say("when?", **app)
    assert slack.say("@bot when?", channel="C1", **app).acknowledged
    assert first_lines(slack, "DU1") == first_lines(slack, "C1") == ["Question 1: when?"]
    assert len(slack.called("users.info")) == (app["app_id"] != APP)  # asked once for each user


def test_bots_are_never_answered(bot: Client, slack: SlackApi) -> None:
    thread = slack.say("@bot when?", channel="C1").payload["event"]["ts"]
    for _ in range(3):
        assert slack.say("@bot when?", user="U7BOT", channel="C1", **FRONT_DESK).acknowledged
        assert slack.say("when?", user="U7BOT", channel="C1", thread=thread, **FRONT_DESK).acknowledged
    # Its own replies come back as events too.
    for message in list(slack.channel("C1").said):
        for event in slack.events_of(message, "C1"):
            assert slack.deliver(event).acknowledged
    assert first_lines(slack, "C1") == ["Question 1: when?"]
    assert len(slack.called("users.info")) == 1


@pytest.mark.parametrize("unknown", ["missing scope", "unknown user"])
def test_who_is_not_known_to_be_a_person_is_not_answered_and_the_operator_is_told(
    bot: Client, slack: SlackApi, unknown: str, caplog: pytest.LogCaptureFixture
) -> None:
    if unknown == "missing scope":
        slack.scopes.discard("users:read")
    else:
        slack.strangers.add("U1")
    for _ in range(2):
        assert slack.say("when?", **FRONT_DESK).acknowledged
    assert not slack.channel("DU1").said
    assert sum("users:read" in message for message in caplog.messages) == 1


def test_person_is_looked_up_again_where_slack_could_not_say(bot: Client, slack: SlackApi) -> None:
    slack.fail("users.info", 500, (429, 0.1), 503)
    assert slack.say("when?", **FRONT_DESK).acknowledged
    assert first_lines(slack, "DU1") == ["Question 1: when?"]


def test_program_that_answers_each_answer_comes_to_an_end(
    serve: Serve, slack: SlackApi, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With a person's token, for all Slack knows a person."""
    monkeypatch.setattr(people, "SECONDS_EACH", 1e9)
    ready(serve(), slack)
    for number in range(MOST_AT_ONCE + 3):
        assert slack.say(f"when {number}?", **FRONT_DESK).acknowledged
    assert len(slack.channel("DU1").said) == MOST_AT_ONCE
    assert slack_texts.too_many_by_app("U1", f"sl:{TEAM}:DU1") in caplog.messages
    slack.say("when typed?")  # what is typed is answered all the same
    assert first_lines(slack, "DU1")[-1] == f"Question {MOST_AT_ONCE + 1}: when typed?"

"""Each event is answered once, in order, whatever fails on the way."""

from __future__ import annotations

import random
import sqlite3
import threading
from contextlib import ExitStack
from pathlib import Path

import pytest

from bot import messages
from bot.storage.sqlite import database
from tests.channels.slack.conftest import Serve, ready
from tests.support.slack_api import HANG, HTTP, LOST, RESET, SOCKET, SlackApi, visible
from tests.support.tiny import Client
from tests.support.tinyactions import Waiting
from tests.support.waiting import CEILING, random_moment


def texts(slack: SlackApi, channel: str = "DU1") -> list[str]:
    """What the bot said, the first line of each."""
    return [text.splitlines()[0] for text in slack.channel(channel).texts]


# ---- Deliveries ---------------------------------------------------------------------------


def test_event_delivered_several_times_at_once_is_answered_once(either: Client, slack: SlackApi) -> None:
    event = slack.events_of(slack.write("when?"), "DU1")[0]
    deliveries = [slack.deliver(event, wait=False) for _ in range(5)]
    assert all(delivery.wait().acknowledged for delivery in deliveries)
    assert slack.deliver(event).acknowledged
    assert texts(slack) == ["Question 1: when?"]
    slack.say("when?")
    assert texts(slack)[-1] == "Question 2: when?"  # one turn was taken


@pytest.mark.parametrize(
    "reason",
    ["http_timeout", "http_error", "connection_failed", "ssl_error", "too_many_redirects", "unknown_error", "new"],
)
def test_redelivery_is_known_whatever_its_reason(serve: Serve, slack: SlackApi, reason: str) -> None:
    client = serve(HTTP)
    ready(client, slack)
    body, kind = slack.encode("events_api", slack.events_of(slack.write("when?"), "DU1")[0])
    for number in range(4):
        retry = {"X_Slack_Retry_Num": str(number), "X_Slack_Retry_Reason": reason} if number else {}
        signed = {name.replace("-", "_"): value for name, value in slack.sign(body).items()}
        assert (
            client.request("POST", "/webhooks/slack/events", body, Content_Type=kind, **signed, **retry).status == 200
        )
    assert texts(slack) == ["Question 1: when?"]


def test_redelivery_alone_is_answered(serve: Serve, slack: SlackApi) -> None:
    """The first delivery may have died with its server: a retry header is no reason to drop an event."""
    client = serve(HTTP)
    ready(client, slack)
    body, kind = slack.encode("events_api", slack.events_of(slack.write("when?"), "DU1")[0])
    signed = {name.replace("-", "_"): value for name, value in slack.sign(body).items()}
    retry = {"X_Slack_Retry_Num": "1", "X_Slack_Retry_Reason": "http_timeout"}
    assert client.request("POST", "/webhooks/slack/events", body, Content_Type=kind, **signed, **retry).status == 200
    assert texts(slack) == ["Question 1: when?"]


def test_mention_and_message_in_either_order_are_answered_once(bot: Client, slack: SlackApi) -> None:
    for turn in range(6):
        message = slack.write("<@U0BOT> when?", channel="C1")
        events = slack.events_of(message, "C1")
        assert len(events) == 2
        deliveries = [slack.deliver(event, wait=False) for event in (events if turn % 2 else events[::-1])]
        assert all(delivery.wait().acknowledged for delivery in deliveries)
    assert len(slack.channel("C1").said) == 6


@pytest.mark.parametrize("via", [SOCKET, HTTP])
def test_two_servers_answer_an_event_once(serve: Serve, slack: SlackApi, via: str) -> None:
    for client in (serve(via), serve(via)):
        ready(client, slack)
    for number in range(5):
        event = slack.events_of(slack.write(f"when {number}?"), "DU1")[0]
        deliveries = [slack.deliver(event, wait=False) for _ in range(4)]
        assert all(delivery.wait().acknowledged for delivery in deliveries)
    assert texts(slack) == [f"Question {number + 1}: when {number}?" for number in range(5)]


def test_event_delivered_again_after_a_restart_is_known(serve: Serve, slack: SlackApi) -> None:
    with ExitStack() as first:
        ready(serve(stop=first), slack)
        event = slack.say("when?").payload
    slack.wait_for(lambda: not slack.sockets)
    ready(serve(), slack)
    assert slack.deliver(event).acknowledged
    assert texts(slack) == ["Question 1: when?"]


@pytest.mark.parametrize("via", [SOCKET, HTTP])
def test_message_that_comes_while_the_bot_restarts_is_answered_afterwards(
    serve: Serve, slack: SlackApi, via: str
) -> None:
    with ExitStack() as first:
        ready(serve(via, stop=first), slack)
    slack.wait_for(lambda: not slack.sockets)
    with slack.holding(1):
        delivery = slack.say("when?", wait=False)
        # An event that is posted fails at once, the other waits for a connection.
        slack.wait_for(lambda: delivery.statuses or via == SOCKET)
        slack.bots.clear()
        ready(serve(via), slack)
    assert delivery.wait().acknowledged
    assert texts(slack) == ["Question 1: when?"]


def test_burst_in_one_conversation_is_answered_in_order(bot: Client, slack: SlackApi) -> None:
    deliveries = [slack.say(f"when {number}?", wait=False) for number in range(10)]
    assert all(delivery.wait().acknowledged for delivery in deliveries)
    assert texts(slack) == [f"Question {number + 1}: when {number}?" for number in range(10)]


def test_posted_burst_in_one_conversation_is_answered_one_by_one(serve: Serve, slack: SlackApi) -> None:
    """Requests posted at once may arrive in any order."""
    ready(serve(HTTP), slack)
    deliveries = [slack.say(f"when {number}?", wait=False) for number in range(10)]
    assert all(delivery.wait().acknowledged for delivery in deliveries)
    turns, asked = zip(*(text.split(": ") for text in texts(slack)), strict=True)
    assert list(turns) == [f"Question {number + 1}" for number in range(10)]
    assert sorted(asked) == [f"when {number}?" for number in range(10)]


def test_flood_in_one_conversation_is_answered_or_told_so(serve: Serve, slack: SlackApi, waiting: Waiting) -> None:
    ready(serve(max_waiting=5), slack)
    slow = slack.say("wait", wait=False)
    slack.wait_for(lambda: waiting.under_way)
    deliveries = [slack.say(f"when {number}?", wait=False) for number in range(30)]
    slack.wait_for(lambda: sum(delivery.acknowledged for delivery in deliveries) == 25)
    assert texts(slack) == [messages.TOO_MANY]
    waiting.over.set()
    assert all(delivery.wait().acknowledged for delivery in [slow, *deliveries])
    answers = [f"Question {number + 1}: when {number}?" for number in range(5)]
    assert texts(slack) == [messages.TOO_MANY, "Waited.", *answers]


def test_others_are_answered_while_one_waits(bot: Client, slack: SlackApi, waiting: Waiting) -> None:
    slow = slack.say("wait", "U1", wait=False)
    slack.wait_for(lambda: waiting.under_way)
    slack.say("when?", "U2")
    assert texts(slack) == []  # nobody waited for it
    waiting.over.set()
    assert slow.wait().acknowledged
    assert texts(slack) == ["Waited."]


# ---- Sending --------------------------------------------------------------------------------

PASSING = [
    [(429, 0.2), (429, 0.2)],
    [500, 500, 500],
    [503, (429, 0.1), 500, RESET],
    [RESET],
    [HANG],
    [LOST],
    ["internal_error"],
    ["ratelimited"],
]


@pytest.mark.parametrize("faults", PASSING, ids=str)
def test_reply_gets_through_once_whatever_passes(serve: Serve, slack: SlackApi, faults: list) -> None:
    # Time-outs, too, of what would have got through do no harm.
    ready(serve(timing={"request": 1.0} if HANG in faults else {}), slack)
    slack.fail("chat.postMessage", *faults)
    slack.say("when?")
    slack.say("when?")
    assert texts(slack) == ["Question 1: when?", "Question 2: when?"]


def test_slack_is_not_asked_before_it_says(bot: Client, slack: SlackApi) -> None:
    slack.fail("chat.postMessage", (429, 1))
    slack.say("when?")
    first, second = slack.called("chat.postMessage")
    assert second.time - first.time >= 1


def test_pauses_grow(serve: Serve, slack: SlackApi) -> None:
    ready(serve(timing={"first_pause": 0.1}), slack)
    slack.fail("chat.postMessage", 500, 500, 500, 500)
    slack.say("when?")
    times = [call.time for call in slack.called("chat.postMessage")]
    pauses = [later - earlier for earlier, later in zip(times, times[1:], strict=False)]
    # 0.1, 0.2, 0.4 and 0.8 s, each taken from half to one and a half times.
    assert [pause >= least for pause, least in zip(pauses, (0.05, 0.1, 0.2, 0.4), strict=True)] == [True] * 4


def test_replies_stay_in_order_although_one_is_put_off(bot: Client, slack: SlackApi) -> None:
    slack.fail("chat.postMessage", (429, 0.5), 500)
    deliveries = [slack.say(f"when {number}?", wait=False) for number in range(5)]
    for delivery in deliveries:
        delivery.wait()
    assert texts(slack) == [f"Question {number + 1}: when {number}?" for number in range(5)]


def test_reply_is_sent_by_a_redelivery_when_slack_is_down_for_longer(either: Client, slack: SlackApi) -> None:
    slack.patience = (1.5, 1.5, CEILING)
    slack.fail("chat.postMessage", *[500] * 5)  # as often as a delivery tries
    with slack.holding(1):
        delivery = slack.say("when?", wait=False)
        slack.wait_for(lambda: delivery.statuses and len(slack.called("chat.postMessage")) == 5)
        assert texts(slack) == []
    assert delivery.wait().acknowledged
    # Refused before the reply went out.
    assert delivery.statuses[0] in (503, "timeout")
    assert delivery.statuses[-1] in (200, "ack")
    assert texts(slack) == ["Question 1: when?"]
    slack.say("when?")
    assert texts(slack)[-1] == "Question 2: when?"


@pytest.mark.parametrize("error", ["channel_not_found", "is_archived", "restricted_action", "missing_scope"])
def test_refused_reply_is_logged_and_the_turn_kept(
    bot: Client, slack: SlackApi, caplog: pytest.LogCaptureFixture, error: str
) -> None:
    slack.fail("chat.postMessage", error)
    assert slack.say("when?").acknowledged
    assert len(slack.called("chat.postMessage")) == 1  # it is no use trying again
    assert [record.getMessage() for record in caplog.records if error in record.getMessage()]
    slack.say("when?")
    assert texts(slack) == ["Question 2: when?"]


def test_one_bad_part_does_not_take_the_next_with_it(bot: Client, slack: SlackApi) -> None:
    slack.fail("chat.postMessage", "restricted_action")
    slack.say("timeline")
    slack.wait_for(lambda: slack.direct().said)
    assert slack.direct().said[0]["files"]


def test_blocks_that_slack_refuses_are_not_the_end_of_the_answer(bot: Client, slack: SlackApi) -> None:
    slack.fail("chat.postMessage", "invalid_blocks")
    slack.say("when?")
    (said,) = slack.direct().said
    assert "blocks" not in said
    assert visible(said).startswith("Question 1: when?\n\nSecond paragraph.\n“Tiny” (P1S1)")


def test_private_answer_gets_through(bot: Client, slack: SlackApi) -> None:
    slack.fail("response_url", (429, 0.2), 500)
    slack.command("when?")
    assert [visible(message).splitlines()[0] for message in slack.channel("C1").ephemeral] == ["Question 1: when?"]


def test_reply_that_was_cut_off_is_finished_by_the_next_delivery(serve: Serve, slack: SlackApi) -> None:
    """Killed between two parts of a reply: the first is not sent again, the second is."""
    with ExitStack() as first:
        ready(serve(stop=first, timing={"stop": 0.1}), slack)
        slack.fail("files.getUploadURLExternal", HANG)
        delivery = slack.say("timeline", wait=False)
        slack.wait_for(lambda: slack.called("files.getUploadURLExternal"))
    ready(serve(), slack)
    assert delivery.wait().acknowledged
    text, picture = slack.direct().said
    assert visible(text) == "This is the order."
    assert picture["files"]


@pytest.mark.parametrize("fault", [LOST, HANG])
def test_reply_that_got_through_unnoticed_is_not_sent_again_after_a_restart(
    serve: Serve, slack: SlackApi, fault: str
) -> None:
    with ExitStack() as first:
        ready(serve(stop=first, timing={"stop": 0.1, "first_pause": 30.0, "longest_pause": 60.0}), slack)
        slack.fail("chat.postMessage", fault)
        delivery = slack.say("when?", wait=False)
        slack.wait_for(lambda: slack.called("chat.postMessage"))
    ready(serve(), slack)
    assert delivery.wait().acknowledged
    assert texts(slack) == ["Question 1: when?"]


# ---- Time ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("via", [SOCKET, HTTP])
def test_answer_that_takes_longer_than_slack_waits_comes_once(
    serve: Serve, slack: SlackApi, via: str, waiting: Waiting
) -> None:
    """An unfinished event is not acknowledged, so nothing is lost if the server dies over it; redeliveries join in."""
    ready(serve(via, timing={"redeliver": 1.0}), slack)
    slack.patience = (0.4, 0.4, CEILING) if via == SOCKET else CEILING
    with slack.holding(2):
        delivery = slack.say("wait", wait=False)
        slack.wait_for(lambda: len(delivery.statuses) == 2)
        assert (texts(slack), waiting.under_way) == ([], 1)
        waiting.over.set()
        slack.wait_for(lambda: texts(slack))
    assert delivery.wait().acknowledged
    assert delivery.statuses[:2] == (["timeout"] if via == SOCKET else [503]) * 2
    assert texts(slack) == ["Waited."]


def test_event_is_refused_in_time_when_it_is_not_finished(serve: Serve, slack: SlackApi, waiting: Waiting) -> None:
    ready(serve(HTTP, timing={"redeliver": 1.0}), slack)
    with slack.holding(1):
        delivery = slack.say("wait", wait=False)
        slack.wait_for(lambda: delivery.statuses)
        assert delivery.statuses == [503]
        assert waiting.under_way == 1  # before the answer
        waiting.over.set()
        slack.wait_for(lambda: texts(slack))
    assert delivery.wait().acknowledged


@pytest.mark.parametrize("via", [SOCKET, HTTP])
def test_message_is_answered_when_the_database_is_free_again(
    serve: Serve, slack: SlackApi, tmp_path: Path, via: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.1)
    ready(serve(via), slack)
    slack.say("when?")
    locked = sqlite3.connect(tmp_path / "conversations.sqlite", isolation_level=None)
    locked.execute("BEGIN EXCLUSIVE")
    slack.patience = (0.5, 0.5, 0.5, CEILING)
    with slack.holding(3):  # the last time that Slack brings it
        delivery = slack.say("when?", wait=False)
        slack.wait_for(lambda: len(delivery.statuses) == 3)
        assert len(slack.direct().said) == 1
        locked.execute("ROLLBACK")
        locked.close()
    assert delivery.wait().acknowledged
    assert texts(slack) == ["Question 1: when?", "Question 2: when?"]


def test_person_is_told_when_an_event_is_given_up(
    serve: Serve, slack: SlackApi, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "BUSY_SECONDS", 0.1)
    ready(serve(HTTP), slack)
    slack.say("when?")
    locked = sqlite3.connect(tmp_path / "conversations.sqlite", isolation_level=None)
    locked.execute("BEGIN EXCLUSIVE")
    slack.redeliver_after = (0.0, 0.1, 0.1)
    assert not slack.say("when?").acknowledged
    slack.wait_for(lambda: texts(slack)[-1] == messages.NOT_STORED)
    slack.command("when?")
    slack.wait_for(lambda: slack.channel("C1").ephemeral)
    top = slack.write("Lunch?", channel="C2")["ts"]
    slack.say("Yes.", channel="C2", thread=top)  # none of the bot's business
    assert visible(slack.channel("C1").ephemeral[0]) == messages.NOT_STORED
    locked.execute("ROLLBACK")
    locked.close()
    slack.say("when?")
    assert texts(slack) == ["Question 1: when?", messages.NOT_STORED, "Question 2: when?"]
    assert slack.channel("C2").said == []


# ---- Tokens -----------------------------------------------------------------------------------------


def state(client: Client) -> dict[str, str]:
    answer = client.request("GET", "/ready")
    assert answer.status == 200
    return answer.json["channels"]["slack"]


def test_server_serves_others_while_slack_is_away(serve: Serve, slack: SlackApi) -> None:
    slack.fail("auth.test", *[RESET, 500, "internal_error"] * 1000)
    client = serve(timing={"reconnect": 0.15})
    slack.wait_for(lambda: state(client)["state"] == "degraded")
    assert "cannot be reached" in state(client)["detail"]
    assert client.say("a", "when?").status == 200
    slack.heal()
    ready(client, slack)
    slack.say("when?")
    assert texts(slack) == ["Question 1: when?"]


def test_nobody_there_at_start_is_no_reason_to_stop(serve: Serve, slack: SlackApi) -> None:
    client = serve(slack_api_url="http://127.0.0.1:9/api")
    slack.wait_for(lambda: state(client)["state"] == "degraded")
    assert client.say("a", "when?").status == 200


@pytest.mark.parametrize(("which", "named"), [("tokens", "SLACK_BOT_TOKEN"), ("app_tokens", "SLACK_APP_TOKEN")])
def test_wrong_token_is_named_once_and_tried_again(
    serve: Serve, slack: SlackApi, caplog: pytest.LogCaptureFixture, which: str, named: str
) -> None:
    held = set(getattr(slack, which))
    getattr(slack, which).clear()
    client = serve(timing={"reconnect": 0.15})
    slack.wait_for(lambda: len(slack.called("auth.test") + slack.called("apps.connections.open")) > 4)
    assert state(client)["state"] == "degraded"
    assert named in state(client)["detail"]
    told = [record for record in caplog.records if named in record.getMessage()]
    assert len(told) == 1
    getattr(slack, which).update(held)
    ready(client, slack)
    slack.say("when?")
    assert len(slack.direct().said) == 1


def test_revoked_token_is_seen_and_gotten_over(bot: Client, slack: SlackApi) -> None:
    tokens = set(slack.tokens)
    slack.tokens.clear()
    slack.patience = (0.5, CEILING)
    with slack.holding(1):
        delivery = slack.say("when?", wait=False)
        slack.wait_for(lambda: state(bot)["state"] == "degraded")
        assert "SLACK_BOT_TOKEN" in state(bot)["detail"]
        slack.tokens.update(tokens)
        slack.wait_for(lambda: delivery.statuses)
    assert delivery.wait().acknowledged
    ready(bot, slack)
    assert texts(slack) == ["Question 1: when?"]


# ---- Many at once -----------------------------------------------------------------------------------


def test_chaos_loses_and_doubles_nothing(serve: Serve, slack: SlackApi) -> None:
    ready(serve(), slack)
    faults = [None, (429, 0.1), None, 500, LOST, None, RESET, None]
    slack.fail("chat.postMessage", *faults * 20)
    stop, chance = threading.Event(), random.Random()
    slack.patience = (20.0, 20.0, 20.0, CEILING)

    def disturb() -> None:
        while not stop.wait(0.12):
            slack.spare_the_last_attempts()
            slack.drop()

    thread = threading.Thread(target=disturb)
    thread.start()
    try:
        for number in range(60):
            slack.say(f"when {number}?", user=f"U{number % 6}", wait=False)
            random_moment(chance, 0.03)
    finally:
        stop.set()
        thread.join()
    for delivery in slack.deliveries:
        delivery.wait()
    for user in range(6):
        said = [text.split(": ")[1] for text in texts(slack, f"DU{user}")]
        assert sorted(said) == sorted(f"when {number}?" for number in range(user, 60, 6))

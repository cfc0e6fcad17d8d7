"""Socket Mode: events over connections that come and go."""

from __future__ import annotations

import asyncio
import logging
import random
from contextlib import ExitStack
from typing import Any

import pytest
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse
from slack_sdk.web.async_client import AsyncWebClient

from tests.channels.slack.conftest import Serve, ready
from tests.support.slack_api import APP_TOKEN, BOT_TOKEN, RESET, SlackApi
from tests.support.tiny import Client
from tests.support.tinyactions import Waiting
from tests.support.waiting import CEILING, random_moment, until


def state(client: Client) -> str:
    return client.request("GET", "/ready").json["channels"]["slack"]["state"]


def texts(slack: SlackApi, channel: str = "DU1") -> list[str]:
    return [text.splitlines()[0] for text in slack.channel(channel).texts]


def test_stand_in_serves_the_library_s_own_client(slack: SlackApi) -> None:
    """The stand-in is what Slack's library takes it for: greeting, envelopes, acknowledgements."""
    seen: list[str] = []

    async def take(client: Any, request: SocketModeRequest) -> None:
        seen.append(f"{request.type} {request.payload['event']['text']} {request.retry_attempt}")
        if request.retry_attempt:
            await client.send_socket_mode_response(SocketModeResponse(envelope_id=request.envelope_id))

    async def run() -> None:
        client = SocketModeClient(APP_TOKEN, web_client=AsyncWebClient(BOT_TOKEN, base_url=slack.url))
        client.socket_mode_request_listeners.append(take)
        await client.connect()
        slack.patience = (0.2, CEILING)
        delivery = slack.deliver(slack.events_of(slack.write("when?"), "DU1")[0], wait=False)
        await until(delivery.done.is_set)
        assert delivery.statuses == ["timeout", "ack"]
        await client.close()

    asyncio.run(run())
    assert seen == ["events_api when? 0", "events_api when? 1"]


def test_one_connection_is_kept(serve: Serve, slack: SlackApi) -> None:
    # A heartbeat that is longer than a request may take: the connection has outlived that.
    ready(serve(timing={"request": 2.0, "heartbeat": 4.0}), slack)
    assert len(slack.sockets) == 1
    slack.wait_for(lambda: slack.pings)
    assert len(slack.called("apps.connections.open")) == 1
    assert slack.say("when?").statuses == ["ack"]


def test_new_connection_is_opened_before_the_old_one_goes(bot: Client, slack: SlackApi) -> None:
    old = slack.sockets[0]
    with slack.refreshing():
        slack.wait_for(lambda: slack.sockets)
        assert not old.closed
    assert slack.say("when?").statuses == ["ack"]
    assert state(bot) == "working"


def test_event_on_a_connection_that_is_about_to_go_is_acknowledged(
    bot: Client, slack: SlackApi, waiting: Waiting
) -> None:
    delivery = slack.say("wait", wait=False)
    slack.wait_for(lambda: waiting.under_way)
    with slack.refreshing():
        waiting.over.set()
        assert delivery.wait().statuses == ["ack"]
    assert texts(slack) == ["Waited."]


@pytest.mark.parametrize("reason", ["warning", "refresh_requested", "link_disabled", "too_many_websockets"])
def test_connection_that_slack_ends_is_replaced(bot: Client, slack: SlackApi, reason: str) -> None:
    slack.refresh(reason, close_after=0.0)
    assert slack.say("when?").statuses == ["ack"]


def test_connection_that_breaks_is_replaced(bot: Client, slack: SlackApi) -> None:
    for number in range(1, 4):
        slack.drop()
        assert slack.say("when?").acknowledged
        assert texts(slack)[-1] == f"Question {number}: when?"


def test_connection_that_falls_silent_is_replaced(serve: Serve, slack: SlackApi) -> None:
    slack.silent = True
    ready(serve(timing={"heartbeat": 2.0}), slack)
    silent = slack.sockets[0]
    slack.silent = False
    slack.wait_for(lambda: slack.sockets and slack.sockets[-1] is not silent)
    slack.sockets = slack.sockets[-1:]
    assert slack.say("when?").acknowledged


def test_answer_under_way_survives_its_connection(bot: Client, slack: SlackApi, waiting: Waiting) -> None:
    delivery = slack.say("wait", wait=False)
    slack.wait_for(lambda: waiting.under_way)
    slack.drop()
    slack.wait_for(lambda: delivery.statuses)
    waiting.over.set()
    assert delivery.wait().statuses == ["closed", "ack"]
    assert texts(slack) == ["Waited."]


def test_pauses_between_attempts_grow_and_the_state_tells(
    serve: Serve, slack: SlackApi, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    bot = serve(timing={"first_pause": 0.02, "reconnect": 0.2, "settled": 600.0})
    ready(bot, slack)
    slack.fail("apps.connections.open", *[500] * 6)
    began = len(slack.called("apps.connections.open"))
    slack.drop()
    slack.wait_for(lambda: slack.sockets)
    slack.wait_for(lambda: state(bot) == "working")
    told = [record.levelname for record in caplog.records if record.name == "bot.channels.channel_state"]
    assert told == ["INFO", "WARNING", "INFO"]  # working, degraded, working
    times = [call.time for call in slack.called("apps.connections.open")[began:]]
    assert len(times) == 7
    # At least half of 0.02, 0.04, 0.08, 0.16 and twice 0.2 s; pauses that do not grow would come to 0.18 s at most.
    assert times[-1] - times[0] >= 0.35


def test_ticket_is_not_used_twice(serve: Serve, slack: SlackApi) -> None:
    """Where the connection itself fails, a new address is asked for: each connects once."""
    ready(serve(timing={"reconnect": 0.1}), slack)
    slack.fail("apps.connections.open", RESET, 500)
    for _ in range(5):
        slack.drop()
        slack.wait_for(lambda: slack.sockets)
    assert len(slack.called("apps.connections.open")) >= 6


def test_messages_that_are_no_envelopes_are_ignored(bot: Client, slack: SlackApi) -> None:
    async def send(text: str) -> None:
        await slack.sockets[0].send_str(text)

    for text in ("", "{", "[]", "null", '{"type":"hello"', '{"envelope_id":7}', '{"type":"new"}', "[" * 5000):
        slack._submit(send(text)).result(CEILING)
    assert slack.say("when?").statuses == ["ack"]


def test_nothing_is_lost_or_doubled_over_twenty_disconnects(serve: Serve, slack: SlackApi) -> None:
    ready(serve(timing={"reconnect": 0.1}), slack)
    slack.redeliver_after = (0.1, 0.5, 2.0)
    chance = random.Random()
    for number in range(200):
        slack.say(f"when {number}?", user=f"U{number % 20}", wait=False)
        if number % 10 == 5:
            slack.wait_for(lambda: slack.sockets)
            slack.spare_the_last_attempts()
            slack.refresh(close_after=0.05) if number % 20 == 5 else slack.drop()
        random_moment(chance, 0.01)
    for delivery in slack.deliveries:
        delivery.wait()
    said = [text.split(": ")[1] for user in range(20) for text in texts(slack, f"DU{user}")]
    assert sorted(said) == sorted(f"when {number}?" for number in range(200))


def test_stopped_server_finishes_and_acknowledges(serve: Serve, slack: SlackApi) -> None:
    with ExitStack() as first:
        ready(serve(stop=first), slack)
        slack.fail("chat.postMessage", (429, 0.5))
        delivery = slack.say("when?", wait=False)
        slack.wait_for(lambda: slack.called("chat.postMessage"))
    assert delivery.wait().statuses == ["ack"]
    assert texts(slack) == ["Question 1: when?"]
    slack.wait_for(lambda: not slack.sockets)

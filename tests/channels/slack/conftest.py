"""The tiny bot in a workspace of the stand-in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from bot.engine.agent import BotAgent
from bot.settings import Settings
from tests.support.slack_api import APP_TOKEN, BOT_TOKEN, HTTP, SIGNING_SECRET, SOCKET, SlackApi
from tests.support.tiny import Client, lent_agent, serving, tiny_model

TIMING = {
    "first_pause": 0.05,
    "longest_pause": 3.0,
    "reconnect": 0.4,
    # Only what a test is about runs out: on a busy machine anything may take long.
    "request": 60.0,
    "redeliver": 60.0,
    "acknowledge": 60.0,
    "typing": 60.0,
    "settled": 1.0,
    "heartbeat": 60.0,
    "hello": 60.0,
    "drain": 60.0,
    "stop": 60.0,
    "resume": 0.1,
}

Serve = Callable[..., Client]


@pytest.fixture
def slack() -> Iterator[SlackApi]:
    api = SlackApi()
    with api.running():
        yield api


@pytest.fixture
def serve(request: pytest.FixtureRequest, tmp_path: Path, slack: SlackApi, agents: list[BotAgent]) -> Iterator[Serve]:
    """Start a server with the channel, as often as wanted; all share one database."""
    model = tiny_model(request.config.cache)
    with ExitStack() as stack:

        def start(
            via: str = SOCKET, stop: ExitStack = stack, timing: dict[str, float] | None = None, **more: Any
        ) -> Client:
            given = {
                "database": tmp_path / "conversations.sqlite",
                "turn_timeout": 60.0,
                "slack_bot_token": BOT_TOKEN,
                "slack_app_token": APP_TOKEN if via == SOCKET else None,
                "slack_signing_secret": SIGNING_SECRET if via == HTTP else None,
                "slack_api_url": slack.url,
            }
            settings = Settings(**(given | more))
            credentials = credentials_in(tmp_path, timing)
            agent = stop.enter_context(lent_agent(agents, model, settings))
            client = stop.enter_context(serving(agent, settings, credentials=credentials))
            slack.via = via
            slack.bots.append(f"http://127.0.0.1:{client.port}")
            return client

        yield start


@pytest.fixture
def bot(serve: Serve, slack: SlackApi) -> Client:
    """The bot in the workspace, over Socket Mode."""
    client = serve()
    ready(client, slack)
    return client


@pytest.fixture
def announcing(serve: Serve, slack: SlackApi) -> Client:
    """The bot in the workspace, which soon says that an answer is on its way."""
    client = serve(timing={"typing": 0.1})
    ready(client, slack)
    return client


@pytest.fixture(params=[SOCKET, HTTP])
def either(request: pytest.FixtureRequest, serve: Serve, slack: SlackApi) -> Client:
    """The bot in the workspace: once over Socket Mode, once over the Events API."""
    client = serve(request.param)
    ready(client, slack)
    return client


def credentials_in(folder: Path, timing: dict[str, float] | None = None) -> Path:
    """Write what the server reads of its channels: less patience than with Slack."""
    options = "".join(f"  {name}: {value}\n" for name, value in (TIMING | (timing or {})).items())
    credentials = folder / "credentials.yml"
    credentials.write_text("bot.channels.rest.RestChannel:\nbot.channels.slack.channel.SlackChannel:\n" + options)
    return credentials


def ready(client: Client, slack: SlackApi) -> None:
    """Wait until the channel works."""
    slack.wait_for(lambda: client.request("GET", "/ready").json["channels"]["slack"]["state"] == "working")

"""The tiny bot in Telegram, by long polling and by webhook, on a stand-in for Telegram."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import pytest

from bot.engine.agent import BotAgent
from bot.settings import Settings
from tests.support.telegram_api import TOKEN, TelegramApi
from tests.support.tiny import Client, lent_agent, serving, tiny_model

TIMING = {
    "poll": 2,
    "first_pause": 0.05,
    "longest_pause": 2,
    "between_rounds": 0.3,
    "album": 0.5,
    "resume": 0.1,
    "look_again": 0.05,
    "watch": 0.3,
    # Only what a test is about runs out: on a busy machine anything may take long.
    "request": 60,
    "courtesy": 60,
    "redeliver": 60,
    "stop": 60,
}
"""Shorter pauses than with Telegram."""

Serve = Callable[..., AbstractContextManager[Client]]


@pytest.fixture
def api() -> Iterator[TelegramApi]:
    with TelegramApi().running() as api:
        yield api


@pytest.fixture(scope="session")
def model(request: pytest.FixtureRequest) -> Path:
    return tiny_model(request.config.cache)


@pytest.fixture
def serve(model: Path, agents: list[BotAgent], tmp_path: Path, api: TelegramApi) -> Serve:
    """Serve the tiny bot with the same conversations each time; keyword arguments are settings."""

    @contextmanager
    def serve(timing: dict[str, float] | None = None, **changes: Any) -> Iterator[Client]:
        credentials = credentials_in(tmp_path, timing)
        settings = Settings(
            **{
                "database": tmp_path / "conversations.sqlite",
                "turn_timeout": 60.0,
                "telegram_bot_token": TOKEN,
                "telegram_api_url": api.url,
                **changes,
            }
        )
        with (
            lent_agent(agents, model, settings) as agent,
            serving(agent, settings, credentials=credentials) as client,
        ):
            yield client

    return serve


def credentials_in(folder: Path, timing: dict[str, float] | None = None) -> Path:
    """Write what the server reads of its channels."""
    options = "".join(f"  {name}: {value}\n" for name, value in (TIMING | (timing or {})).items())
    credentials = folder / "credentials.yml"
    credentials.write_text("bot.channels.rest.RestChannel:\nbot.channels.telegram.channel.TelegramChannel:\n" + options)
    return credentials


@pytest.fixture
def polling(serve: Serve) -> Iterator[Client]:
    with serve() as client:
        yield client

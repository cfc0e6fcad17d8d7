"""The tiny bot in Telegram, by long polling and by webhook, on a stand-in for Telegram."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import pytest

from bot.agent import BotAgent
from bot.settings import Settings
from bot.store import ConversationStore
from tests.support.telegram_api import TOKEN, TelegramApi
from tests.support.tiny import Client, serving, tiny_agent, tiny_model

TIMING = """
bot.channels.rest.RestChannel:
bot.channels.telegram.channel.TelegramChannel:
  poll: 2
  request: 1
  first_pause: 0.05
  longest_pause: 2
  between_rounds: 0.3
  courtesy: 0.2
  redeliver: 1.5
  look_again: 0.05
  watch: 0.3
"""
"""Less patience than with Telegram."""

Serve = Callable[..., AbstractContextManager[Client]]


@pytest.fixture
def api() -> Iterator[TelegramApi]:
    with TelegramApi().running() as api:
        yield api


@pytest.fixture(scope="session")
def model(request: pytest.FixtureRequest) -> Path:
    return tiny_model(request.config.cache)


@pytest.fixture(scope="session")
def agents() -> list[BotAgent]:
    """Agents that nobody uses: a model takes longer to load than most of these tests take."""
    return []


@pytest.fixture
def serve(model: Path, agents: list[BotAgent], tmp_path: Path, api: TelegramApi) -> Serve:
    """Serve the tiny bot with the same conversations each time; keyword arguments are settings."""
    credentials = tmp_path / "credentials.yml"
    credentials.write_text(TIMING)

    @contextmanager
    def serve(**changes: Any) -> Iterator[Client]:
        settings = Settings(
            **{
                "database": tmp_path / "conversations.sqlite",
                "turn_timeout": 1.0,
                "telegram_bot_token": TOKEN,
                "telegram_api_url": api.url,
                **changes,
            }
        )
        agent = agents.pop() if agents else tiny_agent(model, settings)
        agent.settings = settings
        agent.tracker_store = agent.processor.tracker_store = ConversationStore(
            agent.domain, path=settings.database, retention_days=settings.retention_days
        )
        with serving(agent, settings, credentials=credentials) as client:
            yield client
        agents.append(agent)

    return serve


@pytest.fixture
def polling(serve: Serve) -> Iterator[Client]:
    with serve() as client:
        yield client

"""One tiny bot on loopback for all tests of the channels."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.engine.agent import BotAgent
from bot.settings import Settings
from tests.support.processes import warm_up
from tests.support.tiny import Client, serving, tiny_agent, tiny_model
from tests.support.tinyactions import WAITING, Waiting

MUSEUM = "https://museum.example"
"""A site whose pages may embed the chat."""


@pytest.fixture(scope="session")
def agents() -> list[BotAgent]:
    """Agents that nobody uses."""
    return []


@pytest.fixture(scope="session", autouse=True)
def forks() -> None:
    """Have the servers that are to be killed imported while other tests run."""
    warm_up()


@pytest.fixture(scope="session")
def client(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    settings = Settings(
        database=tmp_path_factory.mktemp("channels") / "conversations.sqlite",
        turn_timeout=60.0,  # what is to be cut says so: Client.hasty
        web_origins=frozenset({MUSEUM, "http://localhost:8000"}),
        web_secret="of the tests, and long enough to be one",
        rate_per_second=0,  # limits have tests of their own
    )
    agent = tiny_agent(tiny_model(request.config.cache), settings)
    with serving(agent, settings) as client:
        yield client


@pytest.fixture
def waiting() -> Iterator[Waiting]:
    """How many turns of "wait" are under way, and their end."""
    WAITING.reset()
    yield WAITING
    WAITING.over.set()
    WAITING.reset()

"""One tiny bot on loopback for all tests of the channels."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.settings import Settings
from tests.support.tiny import Client, serving, tiny_agent, tiny_model


@pytest.fixture(scope="session")
def client(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    settings = Settings(database=tmp_path_factory.mktemp("channels") / "conversations.sqlite", turn_timeout=1.0)
    agent = tiny_agent(tiny_model(request.config.cache), settings)
    with serving(agent, settings) as client:
        yield client

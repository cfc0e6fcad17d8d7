"""The tiny bot behind an address of the stand-in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import pytest

from bot.engine.agent import BotAgent
from bot.settings import Settings
from tests.support.mail_server import MailServer
from tests.support.tiny import Client, lent_agent, serving, tiny_model

TIMING = {"poll": 0.05, "first_pause": 0.01, "longest_pause": 0.05, "request": 60, "stop": 60}

Serve = Callable[..., AbstractContextManager[Client]]


@pytest.fixture
def mail() -> Iterator[MailServer]:
    with MailServer().running() as server:
        yield server


@pytest.fixture
def serve(request: pytest.FixtureRequest, agents: list[BotAgent], tmp_path: Path, mail: MailServer) -> Serve:
    """Serve the tiny bot with the same conversations each time; keyword arguments are settings."""
    model = tiny_model(request.config.cache)
    credentials = tmp_path / "credentials.yml"
    options = "".join(f"  {name}: {value}\n" for name, value in TIMING.items())
    credentials.write_text("bot.channels.rest.RestChannel:\nbot.channels.email.channel.EmailChannel:\n" + options)

    @contextmanager
    def serve(**changes: Any) -> Iterator[Client]:
        given = {"database": tmp_path / "conversations.sqlite", "turn_timeout": 60.0, **mail.settings(), **changes}
        settings = Settings(**given)
        with (
            lent_agent(agents, model, settings) as agent,
            serving(agent, settings, credentials=credentials) as client,
        ):
            yield client

    return serve


@pytest.fixture
def bot(serve: Serve) -> Iterator[Client]:
    with serve() as client:
        yield client

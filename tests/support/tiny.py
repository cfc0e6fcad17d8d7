"""A tiny bot for tests of the server: a keyword model, five actions, a server on loopback.

"when ..." and "who ..." are answered by repeating them, "hello" by a response, "timeline" with a
picture; "break" fails, "wait" takes as long as the test says and "silence" says nothing (tests/support/tinyactions).
"""

from __future__ import annotations

import fcntl
import hashlib
import http.client
import itertools
import json
import logging
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

import bot.engine.light_imports  # noqa: F401  (before Rasa)
from bot.engine.agent import BotAgent, load_agent
from bot.logs import set_up_structlog
from bot.settings import Settings
from bot.storage.store import ConversationStore
from bot.web.connections import BoundedHttp
from bot.web.server import create_app, open_socket
from converse.drivers import allow_another_server
from tests.support.waiting import CEILING

PROJECT = Path(__file__).parent / "tinybot"
ACTIONS = "tests.support.tinyactions"


_numbers = itertools.count()  # Sanic wants each app of a process to have its own name


def tiny_model(cache: pytest.Cache) -> Path:
    """Return the model, trained once and kept in pytest's cache until the tiny bot changes."""
    content = b"".join(path.read_bytes() for path in sorted(PROJECT.rglob("*.yml")))
    name = "tiny-" + hashlib.sha256(content).hexdigest()[:12]
    folder = cache.mkdir("tinybot")
    model = folder / f"{name}.tar.gz"
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # several test processes may want it at once
        if not model.exists():
            _train(folder, name)
    return model


def tiny_agent(model: Path, settings: Settings) -> BotAgent:
    """Load the tiny bot with the stores of endpoints.yml."""
    set_up_structlog(logging.WARNING)
    return load_agent(settings, model, actions=ACTIONS)


@contextmanager
def lent_agent(pool: list[BotAgent], model: Path, settings: Settings) -> Iterator[BotAgent]:
    """Lend an agent that nobody uses, with conversations of its own: loading one takes longer than most tests."""
    agent = pool.pop() if pool else tiny_agent(model, settings)
    agent.settings = settings
    agent.tracker_store = agent.processor.tracker_store = ConversationStore(
        agent.domain, address=settings.database, retention_days=settings.retention_days
    )
    yield agent
    pool.append(agent)


@dataclass(frozen=True)
class Answer:
    """What came back over HTTP."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def text(self) -> str:
        """All texts of a reply."""
        return "\n".join(message.get("text", "") for message in self.json)


@dataclass(frozen=True)
class Client:
    """Talk to a server under test."""

    port: int
    settings: Settings | None = None
    """Of a server in this process."""

    def request(self, method: str, path: str, body: bytes | None = None, **headers: str) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=CEILING)
        try:
            names = {name.replace("_", "-"): value for name, value in headers.items()}
            connection.request(method, path, body, names)
            response = connection.getresponse()
            return Answer(response.status, dict(response.getheaders()), response.read())
        finally:
            connection.close()

    def post(self, content: Any, path: str = "/webhooks/rest/webhook") -> Answer:
        """Post JSON; bytes are sent as they are."""
        body = content if isinstance(content, bytes) else json.dumps(content).encode()
        return self.request("POST", path, body, Content_Type="application/json")

    def say(self, sender: str, message: str) -> Answer:
        return self.post({"sender": sender, "message": message})

    @contextmanager
    def hasty(self, seconds: float = 0.3) -> Iterator[None]:
        """Have turns that begin while the block runs be cut after a moment, not those after it."""
        assert self.settings
        patience = self.settings.turn_timeout
        object.__setattr__(self.settings, "turn_timeout", seconds)
        try:
            yield
        finally:
            object.__setattr__(self.settings, "turn_timeout", patience)


@contextmanager
def serving(agent: BotAgent, settings: Settings, **more: Any) -> Iterator[Client]:
    """Serve on a free port of loopback (or the settings' port, unless it is the default), in a thread of its own."""
    settings = settings.copy()  # which `Client.hasty` changes for a while
    allow_another_server()
    app = create_app(agent, settings, name=f"tiny{next(_numbers)}", **more)
    listener = open_socket("127.0.0.1", 0 if settings.port == Settings().port else settings.port)
    started = threading.Event()
    loops: list[Any] = []

    async def start(app: Any, loop: Any) -> None:
        loops.append(loop)
        started.set()

    app.register_listener(start, "after_server_start")
    thread = threading.Thread(
        target=app.run,
        kwargs={
            "sock": listener,
            "protocol": BoundedHttp,
            "register_sys_signals": False,
            "access_log": False,
            "motd": False,
        },
        daemon=True,
    )
    thread.start()
    if not started.wait(CEILING):
        raise RuntimeError("the tiny server did not start")
    try:
        yield Client(listener.getsockname()[1], settings)
    finally:
        loops[0].call_soon_threadsafe(app.stop)
        thread.join(CEILING)
        listener.close()
        assert not thread.is_alive(), "the tiny server did not stop"


def _train(folder: Path, name: str) -> None:
    command = [sys.executable, "-m", "rasa", "train", "--quiet", "--out", str(folder), "--fixed-model-name", name]
    environment = {**os.environ, "RASA_TELEMETRY_ENABLED": "false"}
    subprocess.run(command, cwd=PROJECT, env=environment, check=True, capture_output=True)

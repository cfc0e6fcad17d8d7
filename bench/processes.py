"""Starts a bot as its users start it, waits for its first answer, and measures the memory that it holds."""

from __future__ import annotations

import http.client
import json
import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from bench.places import ACTION_PORT, LOGS, PORT, PYTHON, RASA, ROOT, WORK

ROUTE = "/webhooks/rest/webhook"
_START_SECONDS = 600
_STOP_SECONDS = 20


@dataclass(frozen=True)
class Bot:
    """How a bot is started: its commands, the folder they run in, and what else is in their environment."""

    name: str
    commands: list[list[str]]
    folder: Path
    environment: dict[str, str] = field(default_factory=dict)


@dataclass
class Running:
    """A bot that answers."""

    processes: list[psutil.Process]
    seconds: float
    """From its start to its first answer."""

    def memory(self) -> float:
        """Return the resident memory of all its processes, in MB."""
        return sum(process.memory_info().rss for process in self._all()) / 1e6

    def cpu(self) -> float:
        """Return the processor seconds that it has used."""
        return sum(sum(process.cpu_times()[:2]) for process in self._all())

    def _all(self) -> Iterator[psutil.Process]:
        for process in self.processes:
            yield process
            yield from process.children(recursive=True)


def stock(project: Path, model: Path) -> Bot:
    """Return stock Rasa: a server and an action server."""
    server = [str(RASA), "run", "--model", str(model), "--port", str(PORT), "--endpoints", "endpoints.yml"]
    actions = [str(RASA), "run", "actions", "--port", str(ACTION_PORT)]
    return Bot("stock", [actions, [*server, "--credentials", "credentials.yml"]], project)


def ours(command: list[str] | None = None, **settings: str) -> Bot:
    """Return our bot, with an empty database; `command` starts something else in its place."""
    database = WORK / "conversations.sqlite"
    for file in WORK.glob(f"{database.name}*"):
        file.unlink()
    fixed = {"PORT": str(PORT), "HOST": "127.0.0.1", "DATABASE": str(database), "LOG_LEVEL": "WARNING"}
    # A token in the environment would start a channel.
    tokens = dict.fromkeys(("TELEGRAM_BOT_TOKEN", "SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"), "")
    return Bot("ours", [command or [str(PYTHON), "-m", "bot", "serve"]], ROOT, {**fixed, **tokens, **settings})


@contextmanager
def running(bot: Bot) -> Iterator[Running]:
    """Start a bot, hand it over when it has answered, and stop it."""
    LOGS.mkdir(parents=True, exist_ok=True)
    environment = {**os.environ, **_common(), **bot.environment}
    started, processes = time.monotonic(), []
    try:
        for number, command in enumerate(bot.commands):
            log = (LOGS / f"{bot.name}-{number}.log").open("wb")
            process = psutil.Popen(command, cwd=bot.folder, stdout=log, stderr=subprocess.STDOUT, env=environment)
            processes.append(process)
        _wait_for_answer(bot, processes)
        yield Running(processes, time.monotonic() - started)
    finally:
        _stop(processes)


def ask(text: str, sender: str) -> list[dict]:
    """Ask one question and return the reply; OSError or ValueError where there is none."""
    connection = http.client.HTTPConnection("127.0.0.1", PORT, timeout=60)
    try:
        body = json.dumps({"sender": sender, "message": text})
        connection.request("POST", ROUTE, body, {"Content-Type": "application/json"})
        return json.loads(connection.getresponse().read())
    finally:
        connection.close()


def _common() -> dict[str, str]:
    return {
        "RASA_TELEMETRY_ENABLED": "false",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
        # Compiled modules are kept for both alike, whatever the environment says about it.
        "PYTHONPYCACHEPREFIX": str(WORK / "pycache"),
        "PYTHONDONTWRITEBYTECODE": "",
    }


def _wait_for_answer(bot: Bot, processes: list[psutil.Popen]) -> None:
    end = time.monotonic() + _START_SECONDS
    while time.monotonic() < end:
        try:
            if any(message.get("text") for message in ask("hello", "first")):
                return
        except (OSError, ValueError, AttributeError, http.client.HTTPException):
            pass
        if any(process.poll() is not None for process in processes):
            raise SystemExit(f"{bot.name} stopped before it answered; what it said is in {LOGS}/{bot.name}-*.log")
        time.sleep(0.1)
    raise SystemExit(f"{bot.name} did not answer within {_START_SECONDS} s; what it said is in {LOGS}")


def _stop(processes: list[psutil.Popen]) -> None:
    found = [child for process in processes if process.is_running() for child in process.children(recursive=True)]
    for process in (*processes, *found):
        if process.is_running():
            process.terminate()
    for process in psutil.wait_procs([*processes, *found], _STOP_SECONDS)[1]:
        process.kill()

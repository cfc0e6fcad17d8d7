"""The bot's real commands in processes of their own, with the tiny bot in place of the trained one.

Each process says on standard error when anything but SQLite opens the conversations' database or its companions.
"""

from __future__ import annotations

import os
import queue
import re
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from bot import paths
from tests.support.tiny import ACTIONS, Client

RAW_OPEN = "raw open of"
_PROGRAM = """
import functools, os, sys
from pathlib import Path

def watch(event, arguments):
    if event == "open" and isinstance(arguments[0], (str, bytes, os.PathLike)):
        if os.fsdecode(arguments[0]).startswith(os.environ["DATABASE"]):
            print("RAW_OPEN", arguments, file=sys.stderr, flush=True)

sys.addaudithook(watch)
import bot.engine.agent, bot.web.server
from bot.__main__ import main
model, actions = Path(sys.argv[1]), sys.argv[2]
bot.web.server.serve = functools.partial(bot.web.server.serve, model_path=model, actions=actions)
bot.engine.agent.load_agent = functools.partial(bot.engine.agent.load_agent, model_path=model, actions=actions)
sys.exit(main(sys.argv[3:]))
""".replace("RAW_OPEN", RAW_OPEN)


def command(model: Path, *arguments: str) -> list[str]:
    """Return how to run a command of the bot, with the tiny model."""
    return [sys.executable, "-c", _PROGRAM, str(model), ACTIONS, *arguments]


def environment(database: Path, **more: str) -> dict[str, str]:
    """Return what such a process finds in its environment."""
    ours = {name: value for name, value in os.environ.items() if not name.startswith(("TELEGRAM_", "SLACK_"))}
    return {
        **ours,
        "DATABASE": str(database),
        "PORT": "0",
        "PYTHONPATH": str(paths.ROOT),
        "MALLOC_ARENA_MAX": "2",
    } | more


def run(model: Path, given: Mapping[str, str], *arguments: str, said: str = "") -> tuple[str, str]:
    """Run a command to its end and return what it wrote; it must end well."""
    done = subprocess.run(
        command(model, *arguments), env=given, cwd=paths.ROOT, input=said, capture_output=True, text=True, timeout=240
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout, done.stderr


class Served:
    """A command that serves, once it is ready."""

    def __init__(self, model: Path, given: Mapping[str, str], name: str = "serve") -> None:
        self._process = subprocess.Popen(
            command(model, name), env=given, cwd=paths.ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        self._lines: queue.Queue[str] = queue.Queue()
        self.log: list[str] = []
        self._reading = threading.Thread(target=self._read, daemon=True)
        self._reading.start()
        self.client = Client(self._port(240))

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def running(self) -> bool:
        return self._process.poll() is None

    def open_files(self) -> list[str]:
        """Return the names of the files that the process holds."""
        names = []
        for descriptor in Path(f"/proc/{self.pid}/fd").iterdir():
            try:
                names.append(os.readlink(descriptor))
            except FileNotFoundError:  # closed meanwhile
                continue
        return names

    def stop(self) -> int:
        """Tell it to stop, and return its exit code."""
        self._process.terminate()
        return self._end()

    def kill(self) -> None:
        """Kill it, as a crash or the end of memory does."""
        self._process.kill()
        self._end()

    def _end(self) -> int:
        code = self._process.wait(120)
        self._reading.join(60)
        return code

    def _port(self, seconds: float) -> int:
        deadline = time.monotonic() + seconds
        while True:
            line = self._lines.get(timeout=max(0.1, deadline - time.monotonic()))
            found = re.search(r"Ready: http://.*:(\d+)/", line)
            if found:
                return int(found.group(1))
            assert line, "".join(self.log)

    def _read(self) -> None:
        for line in self._process.stdout:
            self.log.append(line)
            self._lines.put(line)
        self._lines.put("")


@contextmanager
def served(model: Path, given: Mapping[str, str], name: str = "serve") -> Iterator[Served]:
    """Serve until the block ends; what was not stopped in it is killed."""
    server = Served(model, given, name)
    try:
        yield server
    finally:
        server.kill()

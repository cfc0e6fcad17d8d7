"""Servers of the tiny bot in processes of their own, to be killed and started again.

They are forked from one process that has imported everything already, which turns four seconds of start into a fraction
of one. That `python -m bot` starts from nothing is proved elsewhere.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from multiprocessing import forkserver
from pathlib import Path

from tests.support.tiny import ACTIONS
from tests.support.waiting import CEILING

QUICK_LEASE = 1.0
"""Seconds after which what a killed server had begun may be taken over; the real lease is longer."""

_forks = multiprocessing.get_context("forkserver")
_forks.set_forkserver_preload(["tests.support.preloaded"])


def warm_up() -> None:
    """Have the imports done in the background, before the first server is wanted."""
    forkserver.ensure_running()


class Process:
    """A server under test, and its log."""

    def __init__(
        self,
        model: Path,
        folder: Path,
        environment: Mapping[str, str],
        credentials: Path | None = None,
        lease: float = QUICK_LEASE,
    ) -> None:
        self.log_file = folder / "log.txt"
        given = (model, folder, dict(environment), credentials, lease, self.log_file)
        self._process = _forks.Process(target=_serve, args=given, daemon=True)
        self._process.start()

    @property
    def running(self) -> bool:
        return self._process.is_alive()

    @property
    def pid(self) -> int:
        assert self._process.pid
        return self._process.pid

    @property
    def log(self) -> str:
        """What this server and those before it in the same folder wrote."""
        return self.log_file.read_text(errors="replace") if self.log_file.exists() else ""

    def kill(self) -> None:
        """Kill it, as a crash or the end of memory does."""
        self._process.kill()
        self.wait()

    def stop(self) -> int:
        """Tell it to stop, and return its exit code."""
        if self.running:
            os.kill(self.pid, signal.SIGTERM)
        return self.wait()

    def wait(self, seconds: float = CEILING) -> int:
        self._process.join(seconds)
        assert self._process.exitcode is not None, f"still running after {seconds} s"
        return self._process.exitcode


@contextmanager
def process(
    model: Path, folder: Path, environment: Mapping[str, str], credentials: Path | None = None
) -> Iterator[Process]:
    """Run a server of the model, in a folder, until the block ends; whatever was not stopped in it is killed."""
    server = Process(model, folder, environment, credentials)
    try:
        yield server
    finally:
        server.kill()


def _serve(
    model: Path, folder: Path, environment: dict[str, str], credentials: Path | None, lease: float, log: Path
) -> None:
    from bot import paths
    from bot.storage import deliveries
    from bot.web.server import serve

    deliveries.LEASE = lease
    warnings.simplefilter("error", RuntimeWarning)  # such as "coroutine was never awaited"
    output = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.dup2(output, 1)
    os.dup2(output, 2)
    for name in [name for name in os.environ if name.startswith(("TELEGRAM_", "SLACK_"))]:
        del os.environ[name]
    os.environ.update(environment)
    os.chdir(folder)
    serve(model_path=model, credentials=credentials or paths.CREDENTIALS, actions=ACTIONS)

"""A server stops when it is told, at whatever point of its start."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

import pytest

from tests.support.processes import Process
from tests.support.tiny import tiny_model

LAST = 8
"""The last of the servers is up when it is told."""


def test_server_told_to_stop_while_it_starts_stops(request: pytest.FixtureRequest, tmp_path: Path) -> None:
    model = tiny_model(request.config.cache)
    codes = []
    for step in range(LAST + 1):
        folder = tmp_path / str(step)
        folder.mkdir()
        server = Process(model, folder, {"PORT": "0", "DATABASE": str(folder / "conversations.sqlite")})
        deadline = time.monotonic() + 20
        while "Model loaded" not in server.log and time.monotonic() < deadline:
            time.sleep(0.001)
        time.sleep(step * 0.015)
        while step == LAST and "Ready" not in server.log and time.monotonic() < deadline:
            time.sleep(0.001)
        os.kill(server.pid, signal.SIGTERM)
        codes.append(server.wait(10))
        assert "Traceback" not in server.log
    # Killed by the signal before there was anything to stop, or stopped.
    assert set(codes) <= {-15, 0}
    assert codes[-1] == 0

"""A server stops when it is told, at whatever point of its start."""

from __future__ import annotations

import os
import random
import signal
from pathlib import Path

import pytest

from tests.support.processes import Process
from tests.support.tiny import tiny_model
from tests.support.waiting import random_moment, wait_until

LAST = 8
"""The last of the servers is up when it is told."""


def test_server_told_to_stop_while_it_starts_stops(request: pytest.FixtureRequest, tmp_path: Path) -> None:
    model = tiny_model(request.config.cache)
    codes, chance = [], random.Random()
    for step in range(LAST + 1):
        folder = tmp_path / str(step)
        folder.mkdir()
        server = Process(model, folder, {"PORT": "0", "DATABASE": str(folder / "conversations.sqlite")})
        wait_until(lambda server=server: "Model loaded" in server.log)
        if step == LAST:
            wait_until(lambda server=server: "Ready" in server.log)
        else:
            random_moment(chance, step * 0.03)  # anywhere in what is left of the start
        os.kill(server.pid, signal.SIGTERM)
        codes.append(server.wait())
        assert "Traceback" not in server.log
    # Killed by the signal before there was anything to stop, or stopped.
    assert set(codes) <= {-15, 0}
    assert codes[-1] == 0

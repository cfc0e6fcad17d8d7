"""A server that is killed and stopped at the worst moments: every message is answered, and once."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from bot import paths
from tests.support.ports import free_port
from tests.support.tiny import ACTIONS, Client, tiny_model
from tests.support.waiting import CEILING, random_moment, wait_until
from tests.support.web import Reader

KILLS = (signal.SIGKILL, signal.SIGTERM)
READERS = 4
SERVE = f"""
from pathlib import Path; import sys
from bot.web.server import serve
serve(model_path=Path(sys.argv[1]), actions="{ACTIONS}")
"""


def test_messages_are_answered_once_however_the_server_dies(request: pytest.FixtureRequest, tmp_path: Path) -> None:
    port, chance = free_port(), random.Random()
    model = tiny_model(request.config.cache)
    environment = {**os.environ, "PORT": str(port), "DATABASE": str(tmp_path / "c.sqlite"), "RATE_PER_SECOND": "0"}
    stop = threading.Event()
    talks: list[tuple[Reader, list[tuple[str, str]]]] = [(Reader(Client(port)), []) for _ in range(READERS)]

    def start() -> subprocess.Popen:
        command = [sys.executable, "-c", SERVE, str(model)]
        environment["PYTHONPATH"] = str(paths.ROOT)
        server = subprocess.Popen(
            command, env=environment, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        lines = iter(server.stdout.readline, "")
        assert any("Ready" in line for line in lines)
        threading.Thread(target=lambda: list(lines), daemon=True).start()  # so that it can go on writing
        return server

    def keep_asking(reader: Reader, mine: list[tuple[str, str]], name: int) -> None:
        """Ask one question after the other, each until it is answered, as the widget does."""
        number = 0
        while not stop.is_set():
            number += 1
            message_id = f"reader-{name}-{number}"
            while True:
                try:
                    answer = reader.say("when?", message_id)
                    if answer.status == 200:
                        break
                except (OSError, ValueError):
                    pass
                random_moment(chance, 0.1)
            mine.append((message_id, answer.json["messages"][0]["text"].split(":")[0]))

    server = start()
    try:
        for reader, _ in talks:
            assert reader.begin().status == 200
        threads = [threading.Thread(target=keep_asking, args=(r, s, n)) for n, (r, s) in enumerate(talks)]
        for thread in threads:
            thread.start()
        for kill in KILLS:
            # Amid messages, at whatever moment of one.
            answered = len(talks[0][1])
            wait_until(lambda answered=answered: len(talks[0][1]) > answered)
            random_moment(chance, 0.1)
            server.send_signal(kill)
            server.wait(CEILING)
            server = start()
        wait_until(lambda: all(len(mine) > len(KILLS) for _, mine in talks))
        stop.set()
        for thread in threads:
            thread.join(CEILING)
        for reader, mine in talks:
            turns = [(turn["id"], turn["messages"][0]["text"].split(":")[0]) for turn in reader.history()]
            assert len(mine) > len(KILLS)
            assert turns == mine[-len(turns) :]
            # Each question was counted once, whatever became of the reply.
            assert [said for _, said in mine] == [f"Question {number}" for number in range(1, len(mine) + 1)]
    finally:
        stop.set()
        server.kill()
        server.wait()

"""The load, for Locust: people who ask one question after the other, each waiting for the answer.

Reads LOAD_QUESTIONS (a JSON list), LOAD_SECONDS and LOAD_WARM_UP from the environment, and writes the seconds that
each message took to LOAD_RESULT.
"""

from __future__ import annotations

import itertools
import json
import os
import time
from pathlib import Path
from typing import Any

from locust import FastHttpUser, events, task

QUESTIONS = json.loads(Path(os.environ["LOAD_QUESTIONS"]).read_text(encoding="utf-8"))
WARM_UP = float(os.environ["LOAD_WARM_UP"])
TURNS = 5
"""Questions that one person asks before the next one comes."""

_asked = itertools.count()
_numbers = itertools.count()
_took: list[float] = []
_failed: list[str] = []
_times: list[float] = []


class Person(FastHttpUser):
    """Asks questions that nobody has asked in this run."""

    def on_start(self) -> None:
        self.turn, self.sender = 0, ""

    @task
    def ask(self) -> None:
        if self.turn % TURNS == 0:
            self.sender = f"load-{os.getpid()}-{next(_numbers)}"
        self.turn += 1
        question = QUESTIONS[next(_asked) % len(QUESTIONS)]
        self.client.post("/webhooks/rest/webhook", json={"sender": self.sender, "message": question}, name="ask")


@events.test_start.add_listener
def start(**_: Any) -> None:
    _times.append(time.monotonic())


@events.request.add_listener
def keep(response_time: float, response_length: int, exception: Exception | None, response: Any, **_: Any) -> None:
    if time.monotonic() - _times[0] < WARM_UP:
        return
    if exception or response_length < 3:  # "[]": no answer
        _failed.append(str(exception or "no answer"))
    else:
        _took.append(response_time / 1000)
    _times.append(time.monotonic())


@events.quitting.add_listener
def write(**_: Any) -> None:
    seconds = _times[-1] - _times[0] - WARM_UP if len(_times) > 1 else 0
    result = {"took": _took, "failed": _failed[:5], "failures": len(_failed), "seconds": seconds}
    Path(os.environ["LOAD_RESULT"]).write_text(json.dumps(result), encoding="utf-8")

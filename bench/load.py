"""Puts load on the running bot with Locust."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from bench.places import LOGS, PORT, WORK

WARM_UP = 3.0
"""Seconds at the start of a run that do not count."""


@dataclass(frozen=True)
class Load:
    """How a bot bore some clients: milliseconds a message, and messages a second."""

    p50: float
    p95: float
    p99: float
    mean: float
    rate: float
    messages: int
    failures: int


def put(clients: int, seconds: float, questions: list[str]) -> Load:
    """Have so many clients ask questions for a while, each waiting for its answer before the next."""
    WORK.mkdir(parents=True, exist_ok=True)
    asked, result = WORK / "questions.json", WORK / "load.json"
    asked.write_text(json.dumps(questions), encoding="utf-8")
    result.unlink(missing_ok=True)
    environment = {
        **os.environ,
        "LOAD_QUESTIONS": str(asked),
        "LOAD_RESULT": str(result),
        "LOAD_WARM_UP": str(WARM_UP),
    }
    command = [sys.executable, "-m", "locust", "--locustfile", str(Path(__file__).with_name("locustfile.py"))]
    command += ["--headless", "--only-summary", "--users", str(clients), "--spawn-rate", str(clients)]
    command += ["--run-time", f"{round(seconds + WARM_UP)}s", "--host", f"http://127.0.0.1:{PORT}"]
    with (LOGS / "locust.log").open("wb") as log:
        # Its exit code is 1 where a message failed; failures are counted in the result.
        subprocess.run(command, stdout=log, stderr=subprocess.STDOUT, env=environment, check=False)
    if not result.is_file():
        raise SystemExit(f"Locust did not finish; what it said is in {LOGS / 'locust.log'}")
    found = json.loads(result.read_text(encoding="utf-8"))
    if not found["took"]:
        raise SystemExit(f"no message was answered under load: {found['failed']}")
    return _summed_up(found)


def _summed_up(found: dict) -> Load:
    took = sorted(1000 * seconds for seconds in found["took"])
    p50, p95, p99 = (took[min(int(len(took) * share), len(took) - 1)] for share in (0.5, 0.95, 0.99))
    rate = len(took) / found["seconds"]
    return Load(p50, p95, p99, statistics.mean(took), rate, len(took), found["failures"])

"""Trains the stock project and ours, and keeps what it took: seconds on the clock and of the processor."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from bench.places import LOGS, PYTHON, RASA, ROOT, STOCK_MODELS

MODEL = "stock.tar.gz"
_COST = "training.json"


@dataclass(frozen=True)
class Cost:
    """What a training run took."""

    wall: float
    """Seconds on the clock."""
    cpu: float
    """Seconds of the processor, all cores and children together."""
    cached: bool = False
    """Taken from an earlier run."""


def stock(project: Path, digest: str, fresh: bool = False) -> tuple[Path, Cost]:
    """Return the stock project's model, trained now unless there is one for the same data, and what it took."""
    kept = STOCK_MODELS / digest
    if not fresh and (kept / MODEL).is_file():
        return kept / MODEL, Cost(**{**json.loads((kept / _COST).read_text("utf-8")), "cached": True})
    shutil.rmtree(project / ".rasa", ignore_errors=True)
    made = kept.with_name(kept.name + ".partial")
    shutil.rmtree(made, ignore_errors=True)
    made.mkdir(parents=True)
    command = [str(RASA), "train", "--out", str(made), "--fixed-model-name", MODEL]
    cost = measure(command, project, "train-stock")
    (made / _COST).write_text(json.dumps({"wall": cost.wall, "cpu": cost.cpu}) + "\n", encoding="utf-8")
    shutil.rmtree(kept, ignore_errors=True)
    made.rename(kept)
    return kept / MODEL, cost


def ours(folder: Path) -> Cost:
    """Train our bot from the start in a copy of the repository, so that the model in use stays where it is."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for name in ("bot", "actions", "data", "config.yml", "domain.yml", "endpoints.yml", "credentials.yml"):
        source = ROOT / name
        copy = shutil.copytree if source.is_dir() else shutil.copyfile
        copy(source, folder / name)
    (folder / "models").mkdir()
    shutil.copytree(ROOT / "models" / "encoder", folder / "models" / "encoder")
    return measure([str(PYTHON), "-m", "bot", "train", "--force"], folder, "train-ours")


def measure(command: list[str], folder: Path, log: str) -> Cost:
    """Run a command to its end and return what it took; what it says goes to the log of that name."""
    LOGS.mkdir(parents=True, exist_ok=True)
    environment = {**os.environ, "RASA_TELEMETRY_ENABLED": "false", "TF_CPP_MIN_LOG_LEVEL": "3"}
    with (LOGS / f"{log}.log").open("wb") as out:
        started = time.monotonic()
        process = subprocess.Popen(command, cwd=folder, stdout=out, stderr=subprocess.STDOUT, env=environment)
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.monotonic() - started
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(command)} failed; what it said is in {LOGS / log}.log")
    return Cost(round(wall, 1), round(usage.ru_utime + usage.ru_stime, 1))

"""Trains the stock project and ours, and keeps what it took: seconds on the clock and of the processor."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import time
from dataclasses import asdict, dataclass, replace
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
    questions: int = 0
    """How many training questions there were."""
    share: float = 1.0
    """How much of all questions that is."""
    cached: bool = False
    """Taken from an earlier run."""


def stock(project: Path, digest: str, questions: int, share: float = 1.0, fresh: bool = False) -> tuple[Path, Cost]:
    """Return a model of the stock project and what its training took.

    Training takes long (hours on all questions), so a kept model does unless `fresh`: one of the same data, or else
    the latest of the same share of them.
    """
    kept = STOCK_MODELS / digest
    found = kept if (kept / MODEL).is_file() else _latest(share)
    if found and not fresh:
        return found / MODEL, _read(found)
    shutil.rmtree(project / ".rasa", ignore_errors=True)
    made = kept.with_name(kept.name + ".partial")
    shutil.rmtree(made, ignore_errors=True)
    made.mkdir(parents=True)
    command = [str(RASA), "train", "--out", str(made), "--fixed-model-name", MODEL]
    cost = replace(measure(command, project, "train-stock"), questions=questions, share=share)
    _write(made, cost)
    shutil.rmtree(kept, ignore_errors=True)
    made.rename(kept)
    return kept / MODEL, cost


def ours(folder: Path, digest: str, questions: int, fresh: bool = False) -> Cost:
    """Train our bot from the start in a copy of the repository, so that the model in use stays where it is."""
    kept = STOCK_MODELS / f"ours-{digest}"
    if not fresh and (kept / _COST).is_file():
        return _read(kept)
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for name in ("bot", "actions", "data", "config.yml", "domain.yml", "endpoints.yml", "credentials.yml"):
        source = ROOT / name
        (shutil.copytree if source.is_dir() else shutil.copyfile)(source, folder / name)
    shutil.copytree(ROOT / "models" / "reader", folder / "models" / "reader")
    cost = replace(measure([str(PYTHON), "-m", "bot", "train", "--anew"], folder, "train-ours"), questions=questions)
    shutil.rmtree(folder)
    kept.mkdir(parents=True, exist_ok=True)
    _write(kept, cost)
    return cost


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


def _latest(share: float) -> Path | None:
    found = [file.parent for file in STOCK_MODELS.glob(f"*/{MODEL}") if not file.parent.name.endswith(".partial")]
    found = [folder for folder in found if _read(folder).share == share]
    return max(found, key=lambda folder: folder.stat().st_mtime, default=None)


def _read(folder: Path) -> Cost:
    return Cost(**{**json.loads((folder / _COST).read_text(encoding="utf-8")), "cached": True})


def _write(folder: Path, cost: Cost) -> None:
    (folder / _COST).write_text(json.dumps(asdict(cost)) + "\n", encoding="utf-8")

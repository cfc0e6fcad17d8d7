"""Where the benchmark finds and keeps things, and on which ports it serves."""

from __future__ import annotations

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PYTHON = ROOT / ".venv" / "bin" / "python"
RASA = ROOT / ".venv" / "bin" / "rasa"
"""Stock Rasa is the same installed Rasa, run by its own command."""

WORK = ROOT / "var" / "bench"
"""Projects, databases and logs of a run; safe to delete."""
LOGS = WORK / "logs"
STOCK_MODELS = ROOT / "models" / "stock-bench"
"""What was trained, with what it took: a folder for each digest of what it was trained on."""
DOCUMENT = ROOT / "docs" / "benchmarks.md"

PORT = int(os.environ.get("BENCH_PORT", "5160"))
"""Where the bot under test answers; stock Rasa's action server is at the next one."""
ACTION_PORT = PORT + 1

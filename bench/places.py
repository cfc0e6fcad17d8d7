"""Where the benchmark finds and keeps things."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PYTHON = ROOT / ".venv" / "bin" / "python"
RASA = ROOT / ".venv" / "bin" / "rasa"
"""Stock Rasa is the same installed Rasa, run by its own command."""

WORK = ROOT / "var" / "bench"
"""Projects, databases and logs of a run; safe to delete."""
LOGS = WORK / "logs"
STOCK_MODELS = ROOT / "models" / "stock-bench"
"""A folder for each digest of the stock project's training data."""
DOCUMENT = ROOT / "docs" / "benchmarks.md"

"""The terminal client with the trained bot, started as a person starts it."""

from __future__ import annotations

import os
import subprocess
import sys

from bot import paths


def test_piped_questions_are_answered_with_citations(tmp_path):
    done = subprocess.run(
        [sys.executable, "-m", "bot", "chat"],
        input="when did it leave?\n2\nhow do you know\n",
        capture_output=True,
        text=True,
        timeout=120,
        cwd=paths.ROOT,
        env={**os.environ, "DATABASE": str(tmp_path / "conversations.sqlite")},
    )
    assert done.returncode == 0, done.stderr
    assert "Russia left the USSR on December 12th" in done.stdout
    assert "P3S8" in done.stdout
    assert "Traceback" not in done.stderr

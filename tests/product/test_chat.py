"""The terminal client with the trained bot, started as a person starts it."""

from __future__ import annotations

import os
import subprocess
import sys

from bot import paths
from converse.plugin import BENCH
from converse.reading import read_scripts
from converse.runner import PASSED
from converse.show import plain_text


def test_piped_questions_are_answered_with_citations_and_recorded_as_a_case_that_passes(tmp_path, request):
    done = subprocess.run(
        [sys.executable, "-m", "bot", "chat", "--record", str(tmp_path / "chat.yml")],
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
    (script,) = read_scripts([tmp_path / "chat.yml"]).scripts
    (case,) = script.cases
    assert [turn.user for turn in case.turns] == ["when did it leave?", "Russia", "how do you know"]
    outcome = request.config.stash[BENCH].run(case)
    assert outcome.status == PASSED, plain_text(outcome)

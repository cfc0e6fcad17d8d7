"""The scripts of tests/conversations on the trained bot: they hold, and between them ask about every fact.

`pytest tests/conversations` runs each case as a test of its own. Here they are counted, because the model is learnt
anew on each machine and a turn on the brink may fall either way.
"""

from __future__ import annotations

import pytest

from bot import paths
from bot.facts.loader import load
from converse import show
from converse.coverage import measure
from converse.known import settle
from converse.plugin import BENCH
from converse.reading import read_scripts
from converse.runner import FAILED, CaseOutcome

MOST_FAILURES = 0.03
"""Share of the cases that may fail without being listed in known_failures.txt."""


@pytest.fixture(scope="session")
def outcomes(request: pytest.FixtureRequest) -> list[CaseOutcome]:
    bench = request.config.stash[BENCH]
    scripts = read_scripts([paths.ROOT / "tests" / "conversations"]).scripts
    return [settle(bench.run(case)) for script in scripts for case in script.cases]


def test_conversations_hold(outcomes: list[CaseOutcome]) -> None:
    failed = [outcome for outcome in outcomes if outcome.status == FAILED]
    told = "\n\n".join(show.plain_text(outcome) for outcome in failed)
    assert len(failed) <= MOST_FAILURES * len(outcomes), told


def test_there_are_as_many_as_a_reader_may_expect(outcomes: list[CaseOutcome]) -> None:
    assert len({outcome.case.script for outcome in outcomes}) >= 60
    assert sum(len(outcome.case.turns) for outcome in outcomes) >= 300


def test_every_fact_is_asked_about_in_some_script(outcomes: list[CaseOutcome]) -> None:
    missed = measure(outcomes, load(paths.FACTS), []).facts.missed
    assert not missed, f"no script in tests/conversations gets an answer from: {', '.join(missed)}"


def test_all_of_them_are_held_in_a_minute_and_a_half(outcomes: list[CaseOutcome]) -> None:
    assert sum(outcome.busy for outcome in outcomes) < 90

"""Known failures are listed with a reason, and taken off the list when they pass."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from bot.errors import BotError
from converse.driver import TurnResult
from converse.grounded import Grounds
from converse.known import LIST, reason_of, settle
from converse.runner import FAILED, KNOWN, PASSED, CaseOutcome, Runner
from converse.script import Case
from tests.support.conversing import FixedBot, read, reply
from tests.support.factbase import small


def listed(folder: Path, *lines: str) -> Path:
    (folder / "noise").mkdir()
    (folder / LIST).write_text("# why each fails\n\n" + "\n".join(lines) + "\n", encoding="utf-8")
    return folder / "noise" / "typos.yml"


def outcome(script: Path, name: str, status: str) -> CaseOutcome:
    return settle(CaseOutcome(Case(script, name, 1, ()), status))


def test_listed_failure_is_no_failure(tmp_path: Path) -> None:
    script = listed(tmp_path, "noise/typos.yml::by ear | names spelt by ear are not recognised")
    got = outcome(script, "by ear", FAILED)
    assert (got.status, got.reason) == (KNOWN, "names spelt by ear are not recognised")


def test_listed_case_that_passes_is_pointed_out(tmp_path: Path) -> None:
    script = listed(tmp_path, "noise/typos.yml::by ear | not recognised")
    got = outcome(script, "by ear", PASSED)
    assert got.status == PASSED
    assert LIST in got.reason


@pytest.mark.parametrize(
    ("said", "status"),
    [
        (reply("Brennock left on a Monday.", facts=["brennock_leaves"]), FAILED),  # made up
        (TurnResult([], [], "failed: Sorry"), FAILED),
        (reply("Hello!", "social"), KNOWN),
    ],
)
def test_answer_that_is_made_up_or_missing_is_a_failure_though_the_case_is_listed(
    tmp_path: Path, said: TurnResult, status: str
) -> None:
    script = listed(tmp_path, "noise/typos.yml::by ear | not recognised")
    (case,), _ = read("test_cases: [{test_case: by ear, steps: [user: x, bot: y]}]", str(script))
    runner = Runner(FixedBot({"x": said}), Grounds(small()))
    assert settle(asyncio.run(runner.run_case(case))).status == status


def test_case_that_is_not_listed_has_to_pass(tmp_path: Path) -> None:
    script = listed(tmp_path, "noise/typos.yml::by ear | not recognised")
    assert outcome(script, "by eye", FAILED).status == FAILED
    assert outcome(script, "by eye", PASSED).status == PASSED


def test_line_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    script = listed(tmp_path, "noise/typos.yml::by ear")
    with pytest.raises(BotError, match=r"known_failures.txt:3: .*why it fails"):
        reason_of(Case(script, "by ear", 1, ()))

"""Cases known to fail: listed beside the scripts with a reason, until they pass and can be taken off the list.

The model is learnt anew on each machine, so a case on the brink may fail here and pass there: one that is listed and
passes is pointed out, and is no failure. An answer that is not grounded, or none at all, is a failure in any case.

known_failures.txt, a case a line:   noise/misspells_everything.yml::typos | "Gorbatschow" is not recognised
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from bot.errors import BotError
from bot.messages import converse as converse_texts
from converse.runner import FAILED, KNOWN, PASSED, CaseOutcome
from converse.script import GROUNDED, REPLY, Case

LIST = "known_failures.txt"


def reason_of(case: Case) -> str | None:
    """Return why a case is known to fail, None where it must pass; BotError for a line that can't be read."""
    script = case.script.resolve()
    for folder in script.parents:
        if (folder / LIST).is_file():
            return _read(folder / LIST).get(f"{script.relative_to(folder).as_posix()}::{case.name}")
    return None


def can_be_excused(outcome: CaseOutcome) -> bool:
    """Say whether a failure is of a kind that may be listed: a wrong answer, not one made up and not one missing."""
    if outcome.broken:
        return False
    turn = outcome.failed_turn
    found = turn.failures if turn else []
    return not any(finding.check.kind == REPLY or finding.check.kind == GROUNDED for finding in found)


def settle(outcome: CaseOutcome) -> CaseOutcome:
    """Count a failure that is known as such, and point out a case that need not be listed any more."""
    reason = reason_of(outcome.case)
    if reason is not None and outcome.status == FAILED and can_be_excused(outcome):
        outcome.status, outcome.reason = KNOWN, reason
    elif reason is not None and outcome.status == PASSED:
        outcome.reason = converse_texts.fails_no_more(LIST)
    return outcome


@lru_cache(maxsize=8)
def _read(path: Path) -> dict[str, str]:
    found = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        case, bar, reason = line.partition(" | ")
        if not bar or "::" not in case or not reason.strip():
            raise BotError(converse_texts.bad_known_failure(path, number))
        found[case.strip()] = reason.strip()
    return found

"""Runs cases: says what the user says, holds each reply against what must be so, stops at the first that fails."""

from __future__ import annotations

import time
import uuid
from dataclasses import dataclass, field

from bot.errors import BotError
from bot.messages import converse as converse_texts
from converse.assertions import FAILED, NOT_CHECKED, Finding, judge
from converse.driver import Driver, PresettingDriver, TurnResult, Unreachable
from converse.grounded import Grounds
from converse.script import Case, ScriptedTurn

PASSED, SKIPPED, KNOWN = "passed", "skipped", "known to fail"


@dataclass(frozen=True)
class TurnOutcome:
    """What came back in one turn, and what became of its checks."""

    turn: ScriptedTurn
    result: TurnResult
    findings: tuple[Finding, ...]

    @property
    def failures(self) -> list[Finding]:
        """The checks that failed."""
        return [finding for finding in self.findings if finding.outcome == FAILED]


@dataclass
class CaseOutcome:
    """What became of a case: passed, failed, known to fail, or skipped; `reason` says why it was not run to its end."""

    case: Case
    status: str = PASSED
    turns: list[TurnOutcome] = field(default_factory=list)
    seconds: float = 0.0
    busy: float = 0.0
    """Seconds of this process's processor time, which other programs do not lengthen."""
    reason: str = ""
    broken: bool = False
    """Whether it could not be held at all, whatever the bot would have said."""

    @property
    def not_checked(self) -> int:
        """How many checks could not be made over this way to the bot."""
        return sum(finding.outcome == NOT_CHECKED for turn in self.turns for finding in turn.findings)

    @property
    def failed_turn(self) -> TurnOutcome | None:
        """The first turn that is not as it must be."""
        return next((turn for turn in self.turns if turn.failures), None)


@dataclass(frozen=True)
class Runner:
    """Runs cases over one driver; `way` is the channel that it goes through, None in process."""

    driver: Driver
    grounds: Grounds | None = None
    way: str | None = None
    stop_at_failure: bool = True

    async def run_case(self, case: Case) -> CaseOutcome:
        """Hold one conversation; one that cannot be held is a failure, so that the others are held all the same.

        Raises:
            Unreachable: when none of the others can be held either.
        """
        outcome = CaseOutcome(case)
        started, busy = time.perf_counter(), time.process_time()
        try:
            await self._hold(case, outcome)
        except Unreachable:
            raise
        except BotError as error:
            outcome.status, outcome.reason, outcome.broken = FAILED, str(error), True
        outcome.seconds, outcome.busy = time.perf_counter() - started, time.process_time() - busy
        return outcome

    async def _hold(self, case: Case, outcome: CaseOutcome) -> None:
        if self.way and case.channel and case.channel != self.way:
            outcome.status, outcome.reason = SKIPPED, converse_texts.other_channel(case.channel)
            return
        conversation = uuid.uuid4().hex
        if case.slots:
            if not isinstance(self.driver, PresettingDriver):
                outcome.status, outcome.reason = FAILED, converse_texts.no_presets(self.way or "this driver")
                return
            await self.driver.preset(conversation, case.slots)
        for turn in case.turns:
            result = await self.driver.say(conversation, turn.user, turn.metadata)
            outcome.turns.append(TurnOutcome(turn, result, tuple(judge(turn, result, self.grounds))))
            if outcome.turns[-1].failures:
                outcome.status = FAILED
                if self.stop_at_failure or result.failure:
                    break

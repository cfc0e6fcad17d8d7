"""One run of scripts: one bot, the scripts once or, where something is accepted, twice; then summary and reports.

Whatever ends a run early, what was held until then is summed up and reported.
"""

from __future__ import annotations

import argparse
import asyncio
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from bot.errors import BotError
from bot.facts.base import FactBase
from bot.messages import converse as converse_texts
from bot.messages.visible import visible
from converse import edit, show
from converse.accept import Acceptance, differences
from converse.coverage import Coverage, measure, read_intents
from converse.drivers import Load, Target, connect
from converse.grounded import Grounds
from converse.known import settle
from converse.reading import FoundScripts, read_scripts
from converse.report import Run, write_html, write_junit
from converse.runner import FAILED, PASSED, SKIPPED, CaseOutcome, Runner
from converse.script import Case, Script

BROKEN = 2
"""Exit code where a script, or the rest of them, could not be run."""

Ask = Callable[[str], str]


class Session:
    """One call of the command."""

    def __init__(self, options: argparse.Namespace, reading: FoundScripts, ask: Ask | None = None) -> None:
        self.options = options
        self.reading = reading
        self.console = Console(highlight=False)
        self.ask = ask or (input if sys.stdin.isatty() else None)
        self.target = Target(options.url, options.channel)
        self.outcomes = _not_run(_cases(reading.scripts))
        self.seconds: float | None = None
        self.stopped = ""
        """Why not all was run."""

    async def run(self, load: Load | None = None) -> int:
        """Run the scripts, accept, report; return the exit code."""
        from bot.facts.loader import load as load_facts
        from bot.logs import set_up_logs

        set_up_logs("ERROR")
        base = load_facts()
        self._tell_of_scripts()
        interruption: BaseException | None = None
        try:
            if self.outcomes:
                await self._connect(base, load)
        except BotError as error:
            self._stop(str(error))
        except (asyncio.CancelledError, KeyboardInterrupt) as error:
            self._stop(converse_texts.INTERRUPTED)
            interruption = error
        code = self._finish(base)
        if interruption:
            raise interruption
        return code

    async def _connect(self, base: FactBase, load: Load | None) -> None:
        if not self.target.url:
            self._say(converse_texts.STARTING, "dim")
        async with connect(self.target, load) as driver:
            runner = Runner(driver, Grounds(base), self.target.way)
            scripts: Sequence[Script] = self.reading.scripts
            if self.options.accept:
                await self._run_all(scripts, replace(runner, stop_at_failure=False), quiet=True)
                changed = self._accept(scripts)
                if not changed:
                    return
                chosen = {case.id for case in _cases(scripts)}
                again = read_scripts(path for path in dict.fromkeys(s.path for s in scripts) if path in changed)
                scripts = [replace(s, cases=tuple(c for c in s.cases if c.id in chosen)) for s in again.scripts]
            await self._run_all(scripts, runner)

    async def _run_all(self, scripts: Sequence[Script], runner: Runner, quiet: bool = False) -> None:
        """Run cases with a progress bar, showing each that fails as it does."""
        cases = _cases(scripts)
        self.outcomes = _not_run(cases)
        started = time.perf_counter()
        with _progress(self.console) as progress:
            task = progress.add_task("", total=len(cases))
            for number, case in enumerate(cases):
                outcome = await runner.run_case(case)
                self.outcomes[number] = outcome if quiet else settle(outcome)
                self.seconds = None if quiet else time.perf_counter() - started
                progress.update(task, advance=1, description=visible(case.script.stem))
                if not quiet:
                    self._show(outcome)

    def _stop(self, reason: str) -> None:
        """Keep why the run ended early, also for each case that was not run."""
        self.stopped = reason
        for outcome in self.outcomes:
            if outcome.status == SKIPPED and not outcome.reason:
                outcome.reason = converse_texts.not_run(reason)

    def _finish(self, base: FactBase) -> int:
        """Sum up and write the reports; return the exit code."""
        run = Run(self.outcomes, self.reading, self.stopped, self.seconds)
        coverage = measure(self.outcomes, base, read_intents())
        if self.options.coverage:
            self._show_coverage(coverage)
        code = self._summarise(run)
        faults = []
        reports = (
            (self.options.junit, lambda path: write_junit(run, path)),
            (self.options.html, lambda path: write_html(run, path, coverage)),
        )
        for file, write in reports:
            try:
                if file:
                    write(Path(file))
            except BotError as error:
                faults.append(str(error))
        if faults:
            raise BotError("\n".join(faults))
        return code

    def _tell_of_scripts(self) -> None:
        """Tell what is wrong with the scripts, and what should be known of them."""
        for problem in self.reading.problems:
            print(visible(problem), file=sys.stderr)
        for note in self.reading.notes:
            self._say(note, "yellow")

    def _show(self, outcome: CaseOutcome) -> None:
        if outcome.status == FAILED:
            self._print(show.failure(outcome))
        elif outcome.status == PASSED and outcome.reason:
            self._say(f"{outcome.case.id}: {outcome.reason}", "yellow")
        elif self.options.verbose:
            self._say(f"{show.mark(outcome)} {outcome.case.id}", "bold")
            self._print(show.transcript(outcome.turns))

    def _accept(self, scripts: Sequence[Script]) -> set[Path]:
        """Show what differs, change the files where that is accepted, and return which."""
        changed: set[Path] = set()
        all_of_them = self.options.yes or self.ask is None
        for script in scripts:
            acceptance = Acceptance(script.document)
            for outcome in (o for o in self.outcomes if o.case.script == script.path and o.failed_turn):
                self._print(differences(outcome))
                reply = "y" if all_of_them else self.ask(converse_texts.ACCEPT_QUESTION).strip().lower()[:1]
                all_of_them = all_of_them or reply == "a"
                if reply in ("y", "a"):
                    acceptance.take([outcome])
            for finding in acceptance.left:
                self._say(converse_texts.not_acceptable(script.path, finding.check.line, finding.check.kind), "yellow")
            if acceptance.edits:
                edit.write(script.path, acceptance.text())
                changed.add(script.path)
                self._say(converse_texts.accepted(acceptance.accepted, script.path), "green")
        return changed

    def _summarise(self, run: Run) -> int:
        """Show what became of all, and return the exit code."""
        broken = self.reading.broken
        failed = [outcome for outcome in run.outcomes if outcome.status == FAILED]
        for outcome in failed:
            self._say(f"{show.mark(outcome)} {outcome.case.id}", "red")
        if run.outcomes:
            self._say(run.summary, "bold red" if failed or self.stopped else "bold green")
            unseen = sum(outcome.not_checked for outcome in run.outcomes)
            if unseen:
                self._say(converse_texts.not_checked(unseen), "yellow")
        if broken:
            number = len(self.reading.problems)
            refused = converse_texts.refused_scripts(number, list(broken))
            print(visible(refused if run.outcomes else converse_texts.nothing_run(number)), file=sys.stderr)
        if not run.outcomes and self.options.k:
            print(visible(converse_texts.no_cases_left(self.options.k)), file=sys.stderr)
            return BROKEN
        if not run.outcomes and not broken:
            self._say(converse_texts.NOTHING_TO_RUN, "yellow")
        if self.stopped:
            print(visible(converse_texts.stopped(self.stopped)), file=sys.stderr)
        return BROKEN if broken or self.stopped else int(bool(failed))

    def _show_coverage(self, coverage: Coverage) -> None:
        table = Table("Of all", "Reached", "Never reached", title=converse_texts.COVERAGE, title_justify="left")
        for section in coverage.sections():
            if section.seen:
                share = f"{len(section.reached)} of {section.total}"
                table.add_row(section.name, share, Text(visible(", ".join(section.missed)) or "none"))
            else:
                table.add_row(section.name, "not seen", Text(converse_texts.NOT_SEEN))
        self.console.print(table)

    def _print(self, lines: Iterable[show.Line]) -> None:
        for line in show.rich_lines(lines):
            self.console.print(line, soft_wrap=not self.console.is_terminal)
        self.console.print()

    def _say(self, text: str, style: str) -> None:
        self.console.print(Text(visible(text), style=style), soft_wrap=True)


def _cases(scripts: Sequence[Script]) -> list[Case]:
    return [case for script in scripts for case in script.cases]


def _not_run(cases: Sequence[Case]) -> list[CaseOutcome]:
    return [CaseOutcome(case, SKIPPED) for case in cases]


def _progress(console: Console) -> Progress:
    columns = (BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TextColumn("{task.description}", markup=False))
    return Progress(*columns, console=console)

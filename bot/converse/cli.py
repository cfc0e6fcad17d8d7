"""`python -m bot converse PATH...`: runs scripts of conversations and shows what became of them."""

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

from bot.converse import edit, show
from bot.converse.accept import Acceptance, differences
from bot.converse.coverage import Coverage, measure, read_intents
from bot.converse.drivers import CHANNELS, Load, Target, connect
from bot.converse.grounded import Grounds
from bot.converse.known import settle
from bot.converse.parse import ScriptError, read_scripts
from bot.converse.report import write_html, write_junit
from bot.converse.runner import FAILED, KNOWN, PASSED, SKIPPED, CaseOutcome, Runner
from bot.converse.script import Case, Script
from bot.messages import converse as converse_texts

BROKEN = 2
"""Exit code for scripts that cannot be run."""

Ask = Callable[[str], str]


def main(arguments: list[str], load: Load | None = None, ask: Ask | None = None) -> int:
    """Run the scripts named on the command line; 0: all passed, 1: some failed, 2: nothing could be run."""
    options = _parser().parse_args(arguments)
    console = Console(highlight=False)
    try:
        scripts = [_narrowed(script, options.k) for script in read_scripts(options.paths)]
    except ScriptError as error:
        for problem in error.problems:
            print(problem, file=sys.stderr)
        print(converse_texts.refused_script(len(error.problems)), file=sys.stderr)
        return BROKEN
    if not any(script.cases for script in scripts):
        print(converse_texts.no_cases_left(options.k), file=sys.stderr)
        return BROKEN
    return asyncio.run(_Session(options, console, load, ask).run(scripts))


class _Session:
    """One call of the command: one bot, the scripts once or, where something is accepted, twice."""

    def __init__(self, options: argparse.Namespace, console: Console, load: Load | None, ask: Ask | None) -> None:
        self.options = options
        self.console = console
        self.load = load
        self.ask = ask or (input if sys.stdin.isatty() else None)
        self.target = Target(options.url, options.channel)

    async def run(self, scripts: Sequence[Script]) -> int:
        """Run scripts, accept, report; return the exit code."""
        from bot.facts.loader import load as load_facts
        from bot.logs import set_up_logs

        set_up_logs("ERROR")
        base = load_facts()
        if not self.target.url:
            self._say(converse_texts.STARTING, "dim")
        async with connect(self.target, self.load) as driver:
            runner = Runner(driver, Grounds(base), self.target.way)
            if self.options.accept:
                outcomes = await self._run_all(scripts, replace(runner, stop_at_failure=False), quiet=True)
                changed = self._accept(scripts, outcomes)
                scripts = [script for script in scripts if script.path in changed]
                if not scripts:
                    return self._summarise(outcomes)
                scripts = [_narrowed(script, self.options.k) for script in read_scripts(s.path for s in scripts)]
            started = time.perf_counter()
            outcomes = await self._run_all(scripts, runner)
            seconds = time.perf_counter() - started
        coverage = measure(outcomes, base, read_intents())
        if self.options.coverage:
            self._show_coverage(coverage)
        code = self._summarise(outcomes, seconds)
        if self.options.junit:
            write_junit(outcomes, Path(self.options.junit))
        if self.options.html:
            write_html(outcomes, Path(self.options.html), coverage, _summary(outcomes, seconds))
        return code

    async def _run_all(self, scripts: Sequence[Script], runner: Runner, quiet: bool = False) -> list[CaseOutcome]:
        """Run cases with a progress bar, showing each that fails as it does."""
        cases = [case for script in scripts for case in script.cases]
        outcomes: list[CaseOutcome] = []
        with _progress(self.console) as progress:
            task = progress.add_task("", total=len(cases))
            async for outcome in runner.run(cases):
                if not quiet:
                    settle(outcome)
                outcomes.append(outcome)
                progress.update(task, advance=1, description=outcome.case.script.stem)
                if not quiet:
                    self._show(outcome)
        return outcomes

    def _show(self, outcome: CaseOutcome) -> None:
        if outcome.status == FAILED:
            self._print(show.failure(outcome))
        elif outcome.status == PASSED and outcome.reason:
            self._say(f"{outcome.case.id}: {outcome.reason}", "yellow")
        elif self.options.verbose:
            self._say(f"{show.mark(outcome)} {outcome.case.id}", "bold")
            self._print(show.transcript(outcome.turns))

    def _accept(self, scripts: Sequence[Script], outcomes: Sequence[CaseOutcome]) -> set[Path]:
        """Show what differs, change the files where that is accepted, and return which."""
        changed: set[Path] = set()
        all_of_them = self.options.yes or self.ask is None
        for script in scripts:
            acceptance = Acceptance(script.document)
            for outcome in (o for o in outcomes if o.case.script == script.path and o.failed_turn):
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

    def _summarise(self, outcomes: Sequence[CaseOutcome], seconds: float | None = None) -> int:
        failed = [outcome for outcome in outcomes if outcome.status == FAILED]
        for outcome in failed:
            self._say(f"{show.mark(outcome)} {outcome.case.id}", "red")
        self._say(_summary(outcomes, seconds), "bold red" if failed else "bold green")
        unseen = sum(outcome.not_checked for outcome in outcomes)
        if unseen:
            self._say(converse_texts.not_checked(unseen), "yellow")
        return 1 if failed else 0

    def _show_coverage(self, coverage: Coverage) -> None:
        table = Table("Of all", "Reached", "Never reached", title=converse_texts.COVERAGE, title_justify="left")
        for section in coverage.sections():
            if section.seen:
                share = f"{len(section.reached)} of {section.total}"
                table.add_row(section.name, share, Text(", ".join(section.missed) or "none"))
            else:
                table.add_row(section.name, "not seen", Text(converse_texts.NOT_SEEN))
        self.console.print(table)

    def _print(self, lines: Iterable[show.Line]) -> None:
        for line in show.rich_lines(lines):
            self.console.print(line, soft_wrap=not self.console.is_terminal)
        self.console.print()

    def _say(self, text: str, style: str) -> None:
        self.console.print(Text(show.visible(text), style=style), soft_wrap=True)


def _summary(outcomes: Sequence[CaseOutcome], seconds: float | None) -> str:
    counts = {status: sum(o.status == status for o in outcomes) for status in (PASSED, FAILED, KNOWN, SKIPPED)}
    seconds = sum(outcome.seconds for outcome in outcomes) if seconds is None else seconds
    return converse_texts.summary(counts, sum(len(outcome.turns) for outcome in outcomes), seconds)


def _narrowed(script: Script, words: str | None) -> Script:
    """Return a script with those of its cases whose path or name holds all the words."""
    wanted = (words or "").lower().split()
    return replace(script, cases=tuple(case for case in script.cases if _holds(case, wanted)))


def _holds(case: Case, words: Sequence[str]) -> bool:
    return all(word in case.id.lower() for word in words)


def _progress(console: Console) -> Progress:
    columns = (BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TextColumn("{task.description}", markup=False))
    return Progress(*columns, console=console)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m bot converse",
        description="Run scripted conversations and show what became of them.",
        epilog="Exit code: 0 all passed, 1 some failed, 2 nothing could be run. How to write scripts: "
        "docs/conversations.md",
    )
    add = parser.add_argument
    add("paths", nargs="+", metavar="PATH", help="a script, a folder of scripts, or 'path::case name'")
    way = parser.add_mutually_exclusive_group()
    way.add_argument("--url", help="talk to a running server, such as http://127.0.0.1:5005")
    way.add_argument("--channel", metavar="NAME", help="go through a channel's own connector: " + ", ".join(CHANNELS))
    add("-k", metavar="WORDS", help="only cases whose path or name holds all these words")
    add("-v", "--verbose", action="store_true", help="show the transcript of every case, not of failed ones only")
    add("--coverage", action="store_true", help="show what the scripts reach of what the bot knows, and what never")
    add("--junit", metavar="FILE", help="write a report as JUnit's XML")
    add("--html", metavar="FILE", help="write a report as an HTML page")
    add("--accept", action="store_true", help="show the differences and make what the bot says what is expected")
    add("--yes", action="store_true", help="with --accept: do not ask for each case")
    return parser

"""`python -m bot converse PATH...`: runs scripts of conversations and shows what became of them."""

from __future__ import annotations

import argparse
import asyncio
import sys
import time
from collections.abc import Iterable

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.text import Text

from bot import messages
from bot.converse import show
from bot.converse.drivers import CHANNELS, Load, Target, connect
from bot.converse.grounded import Grounds
from bot.converse.parse import ScriptError, read_scripts
from bot.converse.runner import FAILED, PASSED, SKIPPED, CaseOutcome, Runner
from bot.converse.script import Case

BROKEN = 2
"""Exit code for scripts that cannot be run."""


def main(arguments: list[str]) -> int:
    """Run the scripts named on the command line; 0: all passed, 1: some failed, 2: nothing could be run."""
    options = _parser().parse_args(arguments)
    console = Console(highlight=False)
    try:
        scripts = read_scripts(options.paths)
    except ScriptError as error:
        for problem in error.problems:
            print(problem, file=sys.stderr)
        print(messages.refused_script(len(error.problems)), file=sys.stderr)
        return BROKEN
    cases = [case for script in scripts for case in script.cases if _matches(case, options.k)]
    if not cases:
        print(messages.no_cases_left(options.k), file=sys.stderr)
        return BROKEN
    outcomes = asyncio.run(run(cases, Target(options.url, options.channel), console, verbose=options.verbose))
    return 1 if any(outcome.status == FAILED for outcome in outcomes) else 0


async def run(
    cases: list[Case], target: Target, console: Console, load: Load | None = None, verbose: bool = False
) -> list[CaseOutcome]:
    """Run cases with a progress bar, showing each that fails as it does, and then a summary."""
    from bot.facts.loader import load as load_facts
    from bot.logs import set_up_logs

    set_up_logs("ERROR")
    outcomes: list[CaseOutcome] = []
    if not target.url:
        console.print(Text(messages.CONVERSE_STARTING, style="dim"))
    async with connect(target, load) as driver:
        runner = Runner(driver, Grounds(load_facts()), target.url or target.channel)
        started = time.perf_counter()
        with _progress(console) as progress:
            task = progress.add_task("", total=len(cases))
            async for outcome in runner.run(cases):
                outcomes.append(outcome)
                progress.update(task, advance=1, description=outcome.case.script.stem)
                _show(outcome, progress.console, verbose)
        _summarise(outcomes, console, time.perf_counter() - started)
    return outcomes


def _show(outcome: CaseOutcome, console: Console, verbose: bool) -> None:
    if outcome.status == FAILED:
        lines = show.failure(outcome)
    elif verbose:
        console.print(Text(f"{show.marks(outcome)} {outcome.case.id}", style="bold"))
        lines = show.transcript(outcome.turns)
    else:
        return
    for line in show.rich_lines(lines):
        console.print(line, soft_wrap=not console.is_terminal)
    console.print()


def _summarise(outcomes: Iterable[CaseOutcome], console: Console, seconds: float) -> None:
    outcomes = list(outcomes)
    of = {status: [o for o in outcomes if o.status == status] for status in (PASSED, FAILED, SKIPPED)}
    for outcome in of[FAILED]:
        console.print(Text(f"✗ {outcome.case.id}", style="red"), soft_wrap=True)
    turns = sum(len(outcome.turns) for outcome in outcomes)
    text = messages.converse_summary(len(of[PASSED]), len(of[FAILED]), len(of[SKIPPED]), turns, seconds)
    console.print(Text(text, style="bold red" if of[FAILED] else "bold green"))
    unseen = sum(outcome.not_checked for outcome in outcomes)
    if unseen:
        console.print(Text(messages.not_checked(unseen), style="yellow"), soft_wrap=True)


def _progress(console: Console) -> Progress:
    return Progress(
        BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TextColumn("{task.description}"), console=console
    )


def _matches(case: Case, words: str | None) -> bool:
    return not words or words.lower() in case.id.lower()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m bot converse", description="Run scripted conversations and show what became of them."
    )
    parser.add_argument("paths", nargs="+", metavar="PATH", help="a script, a folder of scripts, or path::case name")
    way = parser.add_mutually_exclusive_group()
    way.add_argument("--url", help="talk to a running server, such as http://127.0.0.1:5005")
    way.add_argument("--channel", metavar="NAME", help="go through a channel's own connector: " + ", ".join(CHANNELS))
    parser.add_argument("-k", metavar="WORDS", help="only cases whose path or name holds these words")
    parser.add_argument("-v", "--verbose", action="store_true", help="show the transcript of every case")
    return parser

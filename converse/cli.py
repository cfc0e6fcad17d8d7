"""`python -m bot converse PATH...`: runs scripts of conversations and shows what became of them."""

from __future__ import annotations

import argparse
import asyncio
from collections.abc import Sequence
from dataclasses import replace

from converse.drivers import CHANNELS, Load
from converse.reading import read_scripts, read_slots
from converse.script import Case, Script
from converse.session import Ask, Session


def main(arguments: list[str], load: Load | None = None, ask: Ask | None = None) -> int:
    """Run the scripts named on the command line.

    Returns:
        0: all passed; 1: some failed; 2: some scripts, or the rest of them, could not be run.
    """
    options = _parser().parse_args(arguments)
    reading = read_scripts(options.paths, read_slots())
    reading.scripts = [_narrowed(script, options.k) for script in reading.scripts]
    return asyncio.run(Session(options, reading, ask).run(load))


def _narrowed(script: Script, words: str | None) -> Script:
    """Return a script with those of its cases whose path or name holds all the words."""
    wanted = (words or "").lower().split()
    return replace(script, cases=tuple(case for case in script.cases if _holds(case, wanted)))


def _holds(case: Case, words: Sequence[str]) -> bool:
    return all(word in case.id.lower() for word in words)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m bot converse",
        description="Run scripted conversations and show what became of them.",
        epilog="Exit code: 0 all passed, 1 some failed, 2 a script, or the rest of them, could not be run. "
        "How to write scripts: docs/conversations.md",
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

"""`python -m bot facts check` and `python -m bot facts show [ID]`.

It stands here and not with the facts because their check has to know the operations and the training questions.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from bot import paths
from bot.answers.operations import CHECKED
from bot.facts.base import FactBase
from bot.facts.checks import check
from bot.facts.loader import load
from bot.facts.model import Claim, Event, Fact
from bot.messages.visible import visible
from bot.questions.training_data import intents_of


def main(argv: list[str]) -> int:
    """Run a facts command; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m bot facts", description="Check or show the fact base.")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("check", help="report every problem of the fact base, one line each")
    show = commands.add_parser("show", help="print a fact with its evidence and what it connects to, or list all ids")
    show.add_argument("id", nargs="?", help="id of an entity, event, claim or answer")
    options = parser.parse_args(argv)
    return _check() if options.command == "check" else _show(load(), options.id)


def problems_of(folder: Path = paths.FACTS, questions: Path = paths.NLU) -> list[str]:
    """Return the problems of a fact base and its training questions, one line each."""
    return check(folder, questions, intents_of(questions), CHECKED)


def _check() -> int:
    problems = problems_of()
    for problem in problems:
        print(visible(problem))
    if problems:
        print(f"{len(problems)} problem(s) in the fact base")
        return 1
    base = load()
    print(
        f"The fact base is sound: {len(base.entities)} entities, {len(base.events)} events, {len(base.claims)} claims, "
        f"{len(base.answers)} answers, {len(base.article.sentences)} sentences."
    )
    return 0


def _show(base: FactBase, name: str | None) -> int:
    if name is None:
        for title, records in (
            ("entities", base.entities),
            ("events", base.events),
            ("claims", base.claims),
            ("answers", base.answers),
        ):
            print(f"{title}: {', '.join(records)}")
        return 0
    lines = describe(base, name)
    if not lines:
        print(visible(f"There is no {name} in the fact base; `python -m bot facts show` lists what there is."))
        return 1
    print(visible("\n".join(lines)))
    return 0


def describe(base: FactBase, name: str) -> list[str]:
    """Return what is known of an id, as lines to print; none where there is no such id."""
    lines: list[str] = []
    if name in base.entities:
        entity = base.entities[name]
        lines += [f"{name} ({entity.type}): {entity.about or entity.name}"]
        lines += [f"  also called: {', '.join(entity.aliases)}"] if entity.aliases else []
        lines += [f"  facts: {', '.join(base.facts_of[name])}"] if base.facts_of[name] else []
    elif name in base.facts:
        fact = base.facts[name]
        lines += [f"{name} ({fact.type if isinstance(fact, Event) else fact.kind}): {fact.says}"]
        lines += [f"  about: {', '.join(fact.entities())}"] if fact.entities() else []
        lines += _event_lines(base, fact) if isinstance(fact, Event) else _claim_lines(fact)
        led_from = [f.id for f in base.facts.values() if name in _connected(f)]
        lines += [f"  connected from: {', '.join(led_from)}"] if led_from else []
    elif name in base.answers:
        entry = base.answers[name]
        lines += [
            f"{name} ({base.topics[name]}): {entry.question}",
            f"  answer: {entry.answer or 'worked out: ' + str(entry.operation)}",
        ]
        lines += [f"  facts: {', '.join(entry.facts)}"] if entry.facts else []
        lines += [f"    {quote.sentence}: “{quote.quote}”" for quote in base.quotes(entry.facts)]
        return lines
    if lines:
        lines += [f"  {quote.sentence}: “{quote.quote}”" for quote in base.quotes([name])]
        answered = [
            n for n, entry in base.answers.items() if name in entry.facts + entry.no_facts or name == entry.event
        ]
        lines += [f"  answers: {', '.join(answered)}"] if answered else []
    return lines


def _connected(fact: Fact) -> list[str]:
    """Return the facts that a fact names as its causes, reasons or outcomes."""
    return [*fact.causes, *fact.outcomes] if isinstance(fact, Event) else fact.because


def _event_lines(base: FactBase, event: Event) -> list[str]:
    lines = []
    date = base.dates.get(event.id)
    if date:
        counted = f", counted: {date.days} days after {date.counted_from}" if date.counted else ", stated"
        lines.append(f"  date: {date.text}{counted}")
    for label, value in (
        ("place", event.place),
        ("purpose", event.purpose),
        ("causes", ", ".join(event.causes)),
        ("outcomes", ", ".join(event.outcomes)),
    ):
        if value:
            lines.append(f"  {label}: {value}")
    return lines


def _claim_lines(claim: Claim) -> list[str]:
    return [f"  because: {', '.join(claim.because)}"] if claim.because else []

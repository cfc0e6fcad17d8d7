"""Outcomes in words: the transcript of a case, and the difference where it fails; coloured in terminals only."""

from __future__ import annotations

import difflib
from collections.abc import Iterator

from rich.text import Text

from bot.messages import converse as converse_texts
from bot.messages.visible import visible
from converse import script as kinds
from converse.assertions import Finding
from converse.runner import FAILED, CaseOutcome, TurnOutcome

USER, BOT = "user> ", "bot>  "

Line = tuple[str, str]
"""A line and what it is: a key of `STYLES`."""

STYLES = {
    "head": "bold",
    "user": "cyan",
    "bot": "",
    "beside": "dim",
    "note": "yellow",
    "expected": "green",
    "got": "red",
    "place": "bold red",
}


def transcript(turns: list[TurnOutcome]) -> Iterator[Line]:
    """Yield a conversation, a line a message."""
    for outcome in turns:
        yield USER + outcome.turn.user, "user"
        if outcome.result.failure:
            yield BOT + f"({outcome.result.failure})", "got"
        for message in outcome.result.messages:
            if message.get("text"):
                yield BOT + message["text"], "bot"
            for button in message.get("buttons") or ():
                yield f"        [{button.get('title')}]", "beside"
        record = outcome.result.record
        if record:
            yield " " * len(BOT) + record_line(record), "beside"


def record_line(record: dict) -> str:
    """Return an answer record in one line."""
    parts = [str(record.get("status")) + (", derived" if record.get("derived") else "")]
    if record.get("reason"):
        parts.append(f"reason {record['reason']}")
    if record.get("facts"):
        parts.append("facts " + " ".join(record["facts"]))
    if record.get("evidence"):
        parts.append("evidence " + " ".join(dict.fromkeys(quote["sentence"] for quote in record["evidence"])))
    return "; ".join(parts)


def failure(outcome: CaseOutcome) -> Iterator[Line]:
    """Yield why a case failed: where, what was said until then, what was expected and what came."""
    turn = outcome.failed_turn
    line = turn.turn.line if turn else outcome.case.line
    yield f'{outcome.case.script}:{line}: case "{outcome.case.name}"', "place"
    if outcome.reason:
        yield outcome.reason, "note"
    if turn is None:
        return
    until = outcome.turns[: outcome.turns.index(turn) + 1]
    yield from transcript(until)
    yield f"question: {turn.turn.user}", "head"
    yield converse_texts.DIFFERENCE_KEY, "beside"
    for finding in turn.failures:
        yield from difference(finding)


def difference(finding: Finding) -> Iterator[Line]:
    """Yield what was expected (+) and what came (-), as Rasa Pro marks them."""
    name = finding.check.kind
    own = name == kinds.GROUNDED and not finding.check.wanted
    yield f"{name} (line {finding.check.line})" + (f": {converse_texts.GROUNDED_BY_DEFAULT}" if own else ""), "note"
    expected, got = finding.expected.splitlines(), finding.got.splitlines()
    for line in difflib.ndiff(got, expected):
        if line.startswith("+"):
            yield f"  {line}", "expected"
        elif line.startswith("-"):
            yield f"  {line}", "got"
        elif line.startswith(" "):
            yield f"  {line}", "beside"


def rich_lines(lines: Iterator[Line]) -> Iterator[Text]:
    """Colour lines."""
    for text, style in lines:
        yield Text(visible(text), style=STYLES[style])


def plain_text(outcome: CaseOutcome) -> str:
    """Return why a case failed as plain text."""
    return "\n".join(visible(text) for text, _ in failure(outcome))


def mark(outcome: CaseOutcome) -> str:
    """Return one sign for a case: passed, failed, skipped."""
    return {"passed": "✓", FAILED: "✗"}.get(outcome.status, "-")

"""Suppositions: "If it had left a week later, when ...?": what is supposed, clause by clause, and what is asked."""

from __future__ import annotations

import re
from typing import NamedTuple

LATER, SOONER = "later", "sooner"

_SUPPOSED = re.compile(
    r"\b(if|suppose|supposing|supposed|assuming|assume|imagine|imagining|provided|say(?= (it|that|\w+ had))|"
    r"in case|had(?= (it|they|he|she|the|every|all|each|[A-Z]\w+|"
    r"\w+ (waited|left|come|been|gone|followed|stayed|met))\b))",
)
_AT_START = re.compile(r"^\W*(?:(?:and|but|so|ok|okay|well|now|what|then)\b\W*)*(?=\w)", re.I)
_ASKING = re.compile(
    r"\b(when|on (what|which|that)|(what|which) (date|day|month)|(what|which) would|how (many|long)|who|would|"
    r"could|in that case|the (date|day) (is|would))\b",
    re.I,
)
_CLAUSE_END = re.compile(r"\s*(?:[,;:.]|\band\b|\bbut\b|\bwith\b(?! it\b))\s*", re.I)
_ALL = re.compile(
    r"\b(all|every|each|both|any)( (of )?the)?( \w+)? (gap|interval|pause|wait|distance|step|time|break|delay)s?\b",
    re.I,
)
_LATER = re.compile(r"\b(later|longer|more|another|further|extra|additional|afterwards|after)\b", re.I)
_SOONER = re.compile(r"\b(earlier|sooner|before|less|shorter|fewer)\b", re.I)
_ADDED = re.compile(r"\b(longer|more|another|further|extra|additional)\b", re.I)
_FROM_OWN = re.compile(r"\b(later|earlier|sooner|longer|shorter|less|more|another|further|extra|additional)\b", re.I)
_AFTER_IT = re.compile(r"\b(after|following|since)\W+(?:the )?$", re.I)


class Clause(NamedTuple):
    """A piece of a text: `text[start:end]`."""

    start: int
    end: int


def parted(text: str) -> tuple[list[Clause], Clause | None]:
    """Return the clauses that suppose something, and the one that asks; no clauses where nothing is supposed.

    >>> text = "Had it left on the 5th and the other a day later, when would that be?"
    >>> [text[c.start : c.end] for c in parted(text)[0]]
    ['Had it left on the 5th', 'the other a day later']
    """
    lead = _AT_START.match(text)
    begin = lead.end() if lead else 0
    lowered = text[:begin] + text[begin : begin + 1].lower() + text[begin + 1 :]
    found = _SUPPOSED.search(lowered)
    if not found:
        return [], Clause(0, len(text))
    if found.start() > begin and _ASKING.search(text[: found.start()]):
        return _clauses(text, found.end() if found.group() == "if" else found.start(), len(text)), Clause(
            0, found.start()
        )
    ends = [
        m.end()
        for m in re.finditer(r"[,.;:?!]\s+", text)
        if _ASKING.search(text[m.end() :]) and m.start() > found.end()
    ]
    asking = _ASKING.search(text, found.end())
    at = ends[-1] if ends else asking.start() if asking else len(text)
    return _clauses(text, found.start(), at), Clause(at, len(text)) if at < len(text) else None


def asks_length(text: str) -> bool:
    """True where the time between two things is asked for: "how many days would there have been"."""
    return bool(re.search(r"\bhow (many|long|far|much (time|later|earlier))\b", text, re.I))


def says_by(text: str) -> bool:
    """True where it is asked whether something would have come by a day."""
    return bool(re.search(r"\b(by|no later than|not later than)\b", text, re.I))


def supposes_all(text: str) -> bool:
    """True where something is supposed of every gap."""
    return bool(_ALL.search(text))


def direction(text: str) -> str | None:
    """Return whether something is supposed to have come later or sooner than it did, None where it does not tell."""
    if _SOONER.search(text):
        return SOONER
    return LATER if _LATER.search(text) else None


def starts_from_own_day(text: str) -> bool:
    """True where it is counted from when it really was ("ten days later"), not from another event."""
    return bool(_FROM_OWN.search(text))


def adds_to_wait(text: str) -> bool:
    """True where a wait is made longer by so much ("ten days longer"), not set to it ("ten days")."""
    return bool(_ADDED.search(text))


def comes_after(text: str, start: int) -> bool:
    """True where what stands at a place is what something else came after ("the wait after X")."""
    return bool(_AFTER_IT.search(text[:start]))


def _clauses(text: str, start: int, end: int) -> list[Clause]:
    found, at = [], start
    for match in _CLAUSE_END.finditer(text, start, end):
        found.append(Clause(at, match.start()))
        at = match.end()
    found.append(Clause(at, end))
    return [clause for clause in found if re.search(r"\w", text[clause.start : clause.end])]

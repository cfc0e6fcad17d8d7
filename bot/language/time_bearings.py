"""How a text relates something to a date: on it, before it, after it, by it, so far from it."""

from __future__ import annotations

import re
from dataclasses import dataclass

ON, BEFORE, AFTER, BY, FROM = "on", "before", "after", "by", "from"

_BEARINGS = (
    (BEFORE, r"before|prior to|earlier than|ahead of|sooner than"),
    (AFTER, r"after|later than|following|past"),
    (BY, r"by|no later than|not later than|on or before"),
    (FROM, r"from"),
    (None, r"until|till|since|between|end of|start of|beginning of|middle of|early|late|around|about|near|and|or|to"),
    (ON, r"on|in|date|at|year"),
)
_BEFORE_DATE = tuple(
    (kind, re.compile(rf"\b(?P<word>{words})\W+(?:(?:the|date|year|day|of|month)\W+){{0,2}}$", re.I))
    for kind, words in _BEARINGS
)
_LASTING = re.compile(r"\b(?:already|yet|still)\b", re.I)


@dataclass(frozen=True)
class Bearing:
    """How a date is related, and where the words that say so begin; kind None where that cannot be told."""

    kind: str | None
    start: int


def bearing_before(text: str, start: int) -> Bearing:
    """Return how what stands before a date relates to it; the date may itself begin with "on"."""
    if re.match(r"(?:on|in)\b", text[start:], re.I):
        return Bearing(ON, start)
    for kind, pattern in _BEFORE_DATE:
        if found := pattern.search(text[:start]):
            return Bearing(kind, found.start("word"))
    return Bearing(ON, start)


def says_lasting(text: str, start: int) -> bool:
    """True where something is said to have been so by a date: "already", "not yet"."""
    return bool(_LASTING.search(text[:start]))


def bearing_of(connective: str) -> str:
    """Return how a clause of time relates what stands before it to what it says: "by the time that", "once"."""
    word = connective.lower().split()[-1]
    if word in ("before", "until"):
        return BEFORE
    return AFTER if word in ("after", "once", "since", "following") else ON

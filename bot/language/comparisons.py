"""Words that compare lengths of time: longer, shorter, the same, twice as long; and periods: the same week."""

from __future__ import annotations

import datetime
import re

from bot.language.numbers import NUMBER_OF_WORD, alternatives, number_of

LONGER, SHORTER, EQUAL = "longer", "shorter", "equal"

_COMPARED = {
    EQUAL: r"\b(equal(ly)?|same|as (long|short|big|large) as|identical)\b",
    LONGER: r"\b(longer|longest|bigger|larger|greater|more (days|time)|wider)\b",
    SHORTER: r"\b(shorter|shortest|smaller|less|fewer|quicker|narrower)\b",
}
_PATTERNS = {value: re.compile(pattern, re.I) for value, pattern in _COMPARED.items()}
_TIMES = re.compile(
    rf"\b(?P<n>\d{{1,2}}|{alternatives(NUMBER_OF_WORD, least=2)})(?:x| times)\s+(?:as|longer|the)\b", re.I
)
_TWICE, _HALF = re.compile(r"\b(twice|double[ds]?|doubling)\b", re.I), re.compile(r"\b(half|halve[ds]?)\b", re.I)
_PERIOD = re.compile(r"\bsame\s+(?:calendar\s+)?(?P<period>day|week|month|year)\b", re.I)


def compared(text: str) -> str | None:
    """Return how a text compares two lengths of time, None where it does not."""
    return next((value for value, pattern in _PATTERNS.items() if pattern.search(text)), None)


def factor(text: str) -> float | None:
    """Return by how much a text multiplies a length of time ("twice as long" is 2), None where it does not."""
    if _TWICE.search(text):
        return 2.0
    if _HALF.search(text):
        return 0.5
    times = _TIMES.search(text)
    return float(number_of(times["n"])) if times else None


def period(text: str) -> str | None:
    """Return the period that things are said to fall into together: day, week, month, year; None for none."""
    found = _PERIOD.search(text)
    return found["period"].lower() if found else None


def period_of(day: datetime.date, kind: str) -> tuple[int, ...]:
    """Return what days of the same period have in common; weeks begin on Monday (ISO 8601)."""
    if kind == "week":
        return tuple(day.isocalendar())[:2]
    return {"day": (day.year, day.month, day.day), "month": (day.year, day.month), "year": (day.year,)}[kind]

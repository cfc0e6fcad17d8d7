"""Lengths of time in English: "four days", "a fortnight", "the next day"."""

from __future__ import annotations

import re

from bot.language.numbers import NUMBER_OF_WORD, alternatives, number_of
from bot.language.words import Found

_DAYS = {
    "hour": 1 / 24,
    "hr": 1 / 24,
    "day": 1,
    "dy": 1,
    "week": 7,
    "wk": 7,
    "fortnight": 14,
    "month": 30,
    "year": 365,
    "decade": 3650,
}
_DURATION = re.compile(
    rf"\b(?P<n>\d{{1,4}}|{alternatives(NUMBER_OF_WORD)})"
    r"(?:\s+(?:whole|full|entire|more|few))?[\s-]*"
    r"(?P<unit>hours?|hrs?|days?|dys?|weeks?|wks?|fortnights?|months?|years?|decades?)\b",
    re.I | re.A,
)
_ONE_DAY = re.compile(r"\bthe (?:very )?(?:next|following|previous) day\b|\bthe day (?=after\b|before\b)", re.I)


def durations(text: str) -> list[Found]:
    """Return the lengths of time that a text names, in days."""
    found = []
    for match in _DURATION.finditer(text):
        days = number_of(match["n"]) * _DAYS[match["unit"].lower().rstrip("s")]
        found.append(Found(f"{days:g}", match.start(), match.end()))
    # "The day after" and "the next day" are one day away.
    return found + [Found("1", match.start(), match.end()) for match in _ONE_DAY.finditer(text)]

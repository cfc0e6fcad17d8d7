"""Lengths of time in English: "four days", "a fortnight", "the next day"."""

from __future__ import annotations

import re

from bot.language.numbers import NUMBER_OF_ORDINAL, NUMBER_OF_WORD, alternatives, number_of
from bot.language.words import Found

_DAYS = {
    "hour": 1 / 24,
    "hr": 1 / 24,
    "day": 1,
    "night": 1,
    "dy": 1,
    "week": 7,
    "wk": 7,
    "fortnight": 14,
    "month": 30,
    "year": 365,
    "decade": 3650,
}
_DURATION = re.compile(
    rf"(?<!\bhalf )\b(?P<n>\d{{1,4}}|{alternatives(NUMBER_OF_WORD)})"
    r"(?:\s+(?:of|whole|full|entire|more|further|extra|additional|few|single|other))*[\s-]*"
    r"(?P<unit>hours?|hrs?|days?|dys?|nights?|weeks?|wks?|fortnights?|months?|years?|decades?)"
    r"(?P<half>\s+and\s+a\s+half)?\b",
    re.I | re.A,
)
_HALF = re.compile(r"\bhalf an? (?P<unit>day|week|fortnight|month|year)\b", re.I)
_NTH_DAY = re.compile(rf"\b(?P<n>{alternatives(NUMBER_OF_ORDINAL, least=1)})\s+day (?=after\b|before\b|from\b)", re.I)
_ONE_DAY = re.compile(r"\bthe (?:very )?(?:next|following|previous) day\b|\bthe day (?=after\b|before\b)", re.I)


def durations(text: str) -> list[Found]:
    """Return the lengths of time that a text names, in days."""
    found = []
    for match in _DURATION.finditer(text):
        days = (number_of(match["n"]) + bool(match["half"]) / 2) * _DAYS[match["unit"].lower().rstrip("s")]
        found.append(Found(f"{days:g}", match.start(), match.end()))
    found += [Found(f"{_DAYS[m['unit'].lower()] / 2:g}", m.start(), m.end()) for m in _HALF.finditer(text)]
    # "The third day after" is three days away.
    found += [Found(str(NUMBER_OF_ORDINAL[m["n"].lower()]), m.start(), m.end()) for m in _NTH_DAY.finditer(text)]
    # "The day after" and "the next day" are one day away.
    return found + [Found("1", match.start(), match.end()) for match in _ONE_DAY.finditer(text)]

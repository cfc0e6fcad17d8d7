"""Words of order: before, after, first, last, and places in an order."""

from __future__ import annotations

import re

from bot.language.words import Found

BEFORE, AFTER, FIRST, LAST = "before", "after", "first", "last"

_WORDS = {
    BEFORE: (
        r"before|b4|bfore|befor|prior to|earlier|ahead of|preced\w*|previous\w*|sooner|until|in front of|"
        r"first of the two|by the time|penultimate|last but one|(?:second|2nd|next)[- ](?:(?:to|2)[- ])?last"
    ),
    AFTER: (
        r"after\w*|aftr|afer|later|follow\w*|next(?![- ](?:to|2)[- ]last)|behind|since|once|succeed\w*|subsequent\w*|"
        r"trail\w*"
    ),
    FIRST: r"first|1st|frst|earliest|initially|started it|began it",
    LAST: r"last|lst|final|latest|penultimate",
}
_PATTERNS = {value: re.compile(rf"\b(?:{pattern})\b", re.I | re.A) for value, pattern in _WORDS.items()}
_UNTIL = ("until", "till")
_MIDDLE = re.compile(r"\b(middle|in[- ]between)\b", re.I)
_PLACES = {"first": 0, "earliest": 0, "second": 1, "third": 2, "fourth": 3, "last": -1, "latest": -1, "final": -1}
_PLACE = re.compile(rf"\b({'|'.join(_PLACES)})\b", re.I)


def order_words(text: str) -> list[Found]:
    """Return the words of order in a text: before, after, first, last."""
    return [
        Found(value, match.start(), match.end())
        for value, pattern in _PATTERNS.items()
        for match in pattern.finditer(text)
    ]


def means_until(word: str) -> bool:
    """True for "until", which puts what stands before it behind what follows it ("waited until X had gone")."""
    return word.lower() in _UNTIL


def asks_for_middle(text: str) -> bool:
    """True where a text asks for what lies between two others."""
    return bool(_MIDDLE.search(text))


def places_in_order(text: str, most: int) -> list[int]:
    """Return the places in an order of so many that a text asks for ("first", "the last"), from 0, each once."""
    named = [_PLACES[match.group().lower()] for match in _PLACE.finditer(text)]
    found = [place + most if place < 0 else place for place in named]
    return [place for place in dict.fromkeys(found) if place < most]

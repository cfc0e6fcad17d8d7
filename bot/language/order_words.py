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
CLAUSE_END = re.compile(
    r"[,;:?]|\b(before|after|when|once|until|till|while|and|or|than|then|by the time|by|prior to|to|from|times|as)\b",
    re.I,
)
"""Where another clause or another thing begins."""
_PLACES = {"first": 0, "earliest": 0, "second": 1, "third": 2, "fourth": 3, "last": -1, "latest": -1, "final": -1}
_PLACE = re.compile(rf"\b({'|'.join(_PLACES)})\b", re.I)


_BETWEEN = (
    (True, r"before or after|after or before"),
    (True, r"(followed|succeeded) by"),
    (False, r"preceded by"),
    (
        True,
        r"before|b4|bfore|befor|prior to|earlier( than)?|sooner than|(earlier|sooner) \w+ than|ahead of|"
        r"preced\w*|predat\w*|by the time|by then",
    ),
    (
        False,
        r"after\w*|aftr|afer|later( \w+)? than|longer than|outlast\w*|outliv\w*|follow\w*|since|"
        r"once|succeed\w*|behind|until|till|subsequent to|postdat\w*|on the heels of",
    ),
)
"""How what stands between two things tells which came first: True for the former. "Before or after" leaves it open."""
_OPEN_ORDER = re.compile(
    r"\b(before|earlier|sooner|first|prior)\b[^?]*\bor\b[^?]*\b(after|later|last|second)\b|"
    r"\b(after|later)\b[^?]*\bor\b[^?]*\b(before|earlier|sooner|first)\b|"
    r"\b(already|still)\b[^?]*\bor\b[^?]*\b(still|already)\b",
    re.I,
)
_BETWEEN_TWO = tuple((former, re.compile(rf"\b(?:{words})\b", re.I)) for former, words in _BETWEEN[1:])
_LEADING = re.compile(r"\b(?P<word>before|prior to|after|once|when|as soon as|by the time)\b[^,?]*$", re.I)
_WHEN = re.compile(r"\b(when|by the time|as of|by|at the time of|while)\b", re.I)
_ALREADY, _STILL = (
    re.compile(r"\b(already|by then|yet|had|have|out|gone)\b", re.I),
    re.compile(r"\b(still|not yet|yet to)\b", re.I),
)
_AND_THEN = re.compile(r"\b(then|later|next|only then|second|afterwards)\b", re.I)
_SEQUENCE = re.compile(r"\b(order|sequence|chronolog\w*|succession)\b", re.I)
_LATER_ONE = re.compile(r"\b(later|last|latest|longer|longest|afterwards)\b", re.I)
_SOONER_ONE = re.compile(r"\b(first|earlier|earliest|sooner|before)\b", re.I)
_HARDLY = re.compile(r"\W*(?:(?:the|both|had|that|when|only)\W+)*", re.I)
_BEFORE_IT = re.compile(r"\b(?:before|prior to|ahead of)\W+(?:the\W+)?$", re.I)
_AMID = re.compile(r"\b(between|in between|amid)\b", re.I)


def asks_order_openly(text: str) -> bool:
    """True where both are offered: "before or after"."""
    return bool(_OPEN_ORDER.search(text))


def speaks_of_order(text: str) -> bool:
    """True where a text speaks of an order as such ("is this the order?")."""
    return bool(_SEQUENCE.search(text))


def says_between(text: str) -> bool:
    """True where one thing is put between two others."""
    return bool(_AMID.search(text))


def is_next(between: str) -> bool:
    """True where hardly anything stands between two words: "after the", "once"."""
    return bool(_HARDLY.fullmatch(between))


def before_directly(text: str, at: int) -> bool:
    """True where "before" stands right before a place in a text."""
    return bool(_BEFORE_IT.search(text[:at]))


def asks_for_later(text: str) -> bool:
    """True where it is asked which came later, or last, of several."""
    return bool(_LATER_ONE.search(text)) and not _SOONER_ONE.search(text)


def former_first(text: str, one: tuple[int, int], two: tuple[int, int]) -> bool | None:
    """Tell which of two things, `one` named before `two`, a text claims to have come first; None for neither.

    >>> former_first("Did A go before B?", (4, 5), (16, 17))
    True
    >>> former_first("Before A went, had B gone?", (7, 8), (19, 20))
    False
    """
    if asks_order_openly(text) or two[0] < one[1]:
        return None
    lead, between, tail = text[: one[0]], text[one[1] : two[0]], text[two[1] :]
    found = [(m.start(), former) for former, pattern in _BETWEEN_TWO for m in pattern.finditer(between)]
    if found:
        # "Followed by" is looked for before "followed".
        return min(found, key=lambda place: place[0])[1]
    leading = _LEADING.search(lead)
    if leading:
        word = leading["word"].lower()
        if word in ("before", "prior to"):
            return False
        if word in ("after", "once", "as soon as"):
            return True
        return True if _STILL.search(text) else False if _ALREADY.search(text) else None
    if _WHEN.search(between):
        before = f"{lead} {between}"
        return False if _STILL.search(before) else True if _ALREADY.search(before) else None
    if re.search(r"\bfirst\b", between, re.I) or _AND_THEN.search(between):
        return True
    if re.search(r"\b(later|after that|last)\b", between, re.I):
        return False
    return True if re.search(r"\bin (that|this) order\b", tail, re.I) else None


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

"""Words for how many of all: all, none, any, and all but some."""

from __future__ import annotations

import re

ALL, NONE, ANY = "all", "none", "any"

_WORDS = {
    NONE: r"none|nobody|no one|no (state|country|republic|member|one)s?|not (one|a single|any)|neither",
    ALL: r"all|every|everyone|everybody|each|both|the whole lot",
    ANY: r"any|anyone|anybody|someone|somebody|some|at least one",
}
_PATTERNS = {name: re.compile(rf"\b(?:{words})\b", re.I) for name, words in _WORDS.items()}
_EXCEPT = re.compile(
    r"\b(except(ing)?( for)?|besides|but(?! (not|also|did|had|was)\b)|other than|apart from|aside from|bar|save( for)?)\b",
    re.I,
)
_STILL_IN = re.compile(r"\b(still|remain\w*|not yet|yet to|stay\w*)\b", re.I)


def quantifier(text: str) -> str | None:
    """Return whether a text speaks of all, none or any of several, None where it does not.

    >>> quantifier("Had everyone left?"), quantifier("Had none of them left?"), quantifier("Had it left?")
    ('all', 'none', None)
    """
    return next((name for name, pattern in _PATTERNS.items() if pattern.search(text)), None)


def exception(text: str) -> int | None:
    """Return where a text begins to except something from all ("all except ..."), None where it does not."""
    found = _EXCEPT.search(text)
    return found.start() if found else None


def speaks_of_staying(text: str) -> bool:
    """True where a text speaks of who was still there, not of who had gone."""
    return bool(_STILL_IN.search(text))

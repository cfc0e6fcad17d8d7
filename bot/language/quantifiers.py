"""Words for how many of all: all, none, any, and all but some."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache

from bot.language.numbers import NUMBER_OF_WORD, alternatives, number_of

ALL, NONE, ANY = "all", "none", "any"

_WORDS = {
    NONE: r"none|nobody|no one|not (one|a single|any)|neither|"
    r"no (?!(longer|doubt|more|less|fewer|later|sooner|earlier|than|other)\b)\w+",
    ALL: r"all|every|everyone|everybody|each|both|the whole lot",
    ANY: r"any|anyone|anybody|someone|somebody|some|at least one",
}
_PATTERNS = {name: re.compile(rf"\b(?:{words})\b", re.I) for name, words in _WORDS.items()}
_EXCEPT = re.compile(
    r"\b(except(ing)?( for)?|besides|but(?! (not|also|did|had|was)\b)|other than|apart from|"
    r"aside from|bar|save( for)?)\b",
    re.I,
)
_SINGLE = ("one", "a single", "only one", "just one", "a sole")
_MEMBERS = ("member", "members")
_ONLY = re.compile(r"\b(only|sole|solely|alone|lone|nobody else|no one else)\b", re.I)
_OUT = re.compile(
    r"\b(out(?! of \w+ \w+ed)|(had|have|has|already|all|were|was) (\w+ )?(left|gone|quit)|outside)\b", re.I
)
_THERE_WAS = re.compile(r"\b(was|were) there\b|\bstill (exist\w*|had a)\b", re.I)
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


def says_only(text: str) -> bool:
    """True where a text speaks of the only one, or only some."""
    return bool(_ONLY.search(text))


def speaks_of_going(text: str) -> bool:
    """True where a text speaks of who was out: "out of it", "had gone"."""
    return bool(_OUT.search(text))


def speaks_of_one(text: str) -> bool:
    """True where a text asks whether there was one at all: "was there still a member?"."""
    return bool(_THERE_WAS.search(text))


def count_claimed(text: str, plurals: Collection[str], nouns: Collection[str]) -> int | None:
    """Return how many of what some nouns stand for a text speaks of, None where it gives no number.

    >>> count_claimed("Were only two small states left?", ["states"], ["state"])
    2
    >>> count_claimed("Was no state left?", ["states"], ["state"])
    0
    """
    words = tuple(sorted({*plurals, *nouns, *_MEMBERS}))
    found = _counted(words).search(text)
    if not found:
        return None
    word = found["n"].lower()
    return 0 if word in ("no", "zero", "not a single", "without any") else 1 if word in _SINGLE else number_of(word)


@lru_cache(16)
def _counted(nouns: tuple[str, ...]) -> re.Pattern[str]:
    numbers = "|".join(
        ["no", "not a single", "without any", *_SINGLE, r"\d{1,2}", alternatives(NUMBER_OF_WORD, least=2)]
    )
    return re.compile(
        rf"\b(?P<n>{numbers})\s+(?!(?:of|other)\b)(?:[^\W\d]+\s+){{0,2}}?(?:{'|'.join(map(re.escape, nouns))})\b", re.I
    )


def speaks_of_staying(text: str) -> bool:
    """True where a text speaks of who was still there, not of who had gone."""
    return bool(_STILL_IN.search(text))

"""What an abbreviation is claimed to stand for: "Does CIS mean Community of Islands?"."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import NamedTuple

from bot.language.function_words import ARTICLE
from bot.language.words import bare_words, fold

_STANDS_FOR = re.compile(
    r"\b(means?|meaning|stands? for|stood for|standing for|short for|abbreviat\w+ (?:of|for)|spelled out|in full)\b"
    r"[\s:,]*(?:as\s+)?(?:the\s+)?",
    re.I,
)
_ASKS_MEANING = re.compile(
    r"\b(?:stands?|stood|standing) for\b|\bshort (?:for|form)\b|\babbreviat\w+|\bacronyms?\b|\binitials\b|"
    r"\bwhat (?:do|are) the (?:\w+ )?letters\b|\b(?:full|long) form\b|"
    r"\b(?:write|spell|say|what) .{0,25}\bin full\b|^\W*[\w.]+ in full\W*$|"
    r"\b(?:spell(?:ed|s|t)?|written|write) (?:it )?out\b|\b(?:un)?expand(?:ed|s)?\b|"
    r"\b(?:does|do|did|(?:what|which) (?:is|are)) (?:the )?[\w.\"“”'‘’]+ mean\b|\bspelled in full\b",
    re.I,
)
_TOKEN = re.compile(r"(?:[^\W\d_]\.){2,}[^\W\d_]?|[^\W\d_]+")
_QUOTED = re.compile(r"^[\"“”„«'‘](.+?)[\"“”»'’](?=\W|$)")
_CLAUSE_END = re.compile(r"[,;.?!\"“”]|\s+-|$")
_WITH_SHORT = re.compile(r"^(?:the\s+)?(?P<long>.+?)\s*\((?P<short>[^)]+)\)$", re.I)


class ClaimedMeaning(NamedTuple):
    """What a text says that something means: `text[start:end]`, behind the verb that begins at `verb`."""

    text: str
    verb: int
    start: int
    end: int
    quoted: bool


def claimed_meaning(text: str) -> ClaimedMeaning | None:
    """Return what a text claims something to mean or to be short for, None where it has no such verb."""
    verb = _STANDS_FOR.search(text)
    if not verb:
        return None
    rest = text[verb.end() :]
    quoted = _QUOTED.match(rest)
    ends = _CLAUSE_END.search(rest)
    claimed = quoted.group(1) if quoted else rest[: ends.start() if ends else len(rest)]
    start = text.find(claimed, verb.end())
    return ClaimedMeaning(claimed, verb.start(), start, start + len(claimed.rstrip()), bool(quoted))


def asked_in_full(text: str, shorts: Collection[str]) -> str | None:
    """Return which of some abbreviations a text wants spelt out, or says to be short for something; None for none.

    >>> asked_in_full("what does N.S.L. stand for?", ["NSL"]), asked_in_full("When was the NSL founded?", ["NSL"])
    ('NSL', None)
    """
    if not _ASKS_MEANING.search(text):
        return None
    known = {_pointless(short): short for short in shorts}
    return next((known[key] for m in _TOKEN.finditer(text) if (key := _pointless(m.group())) in known), None)


def same_in_full(claimed: str, long: str) -> bool:
    """True where two texts spell out the same, articles and the plural aside."""
    return _bare(claimed) == _bare(long)


def _bare(text: str) -> list[str]:
    return [word.rstrip("s") for word in bare_words(fold(text)) if word != ARTICLE]


def long_form(name: str, short: str) -> str | None:
    """Return what a name such as "The North Sea League (NSL)" is in full, where `short` is its abbreviation ("N.S.L.").

    None where it has none, or another.
    """
    match = _WITH_SHORT.match(name)
    return match["long"] if match and _pointless(match["short"]) == _pointless(short) else None


def _pointless(abbreviation: str) -> str:
    return fold(abbreviation).replace(".", "")

"""What an abbreviation is claimed to stand for: "Does CIS mean Community of Islands?"."""

from __future__ import annotations

import re
from typing import NamedTuple

from bot.language.words import fold

_STANDS_FOR = re.compile(
    r"\b(means?|meaning|stands? for|stood for|standing for|short for|abbreviat\w+ (?:of|for)|spelled out|in full)\b"
    r"[\s:,]*(?:as\s+)?(?:the\s+)?",
    re.I,
)
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


def long_form(name: str, short: str) -> str | None:
    """Return what a name such as "The North Sea League (NSL)" is in full, where `short` is its abbreviation ("N.S.L.").

    None where it has none, or another.
    """
    match = _WITH_SHORT.match(name)
    return match["long"] if match and _pointless(match["short"]) == _pointless(short) else None


def _pointless(abbreviation: str) -> str:
    return fold(abbreviation).replace(".", "")

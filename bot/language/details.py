"""What kind of detail an open question asks for: when, where, how many, which ones, or why."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

TIME, PLACE, NUMBER, NAMES, REASON = "time", "place", "number", "names", "reason"
DETAILS = (TIME, PLACE, NUMBER, NAMES, REASON)

_NO_WORD = r"(?!)"
_TIME = re.compile(
    r"\b(on )?(what|which) (exact |precise |very )?(date|day|month|time|weekday)\b|\bday of the week\b|"
    r"^\W*(and |so )?(when|wen) (exactly )?(did|was|were|had)\b",
    re.I,
)
# "Where did the mandates come from?" asks for a source, not for a place.
_WHERE = (
    r"^\W*(and |so )?where (exactly )?(did|was|were|had)\b(?!.*\b(come|came|stem|originate|derive)\w* from\b)|"
    r"\b(in|at|to|from) (what|which) (?:{places})\b"
)
_NUMBER = re.compile(r"^\W*(and |so )?how many\b", re.I)
# "What did foreign countries admit?" asks for what they admitted.
_WHICH = (
    r"\b(which|what|wich) (?!(did|do|does|had|has|have|was|were|is|are|would|could|can)\b)(\w+ ){{0,3}}(?:{plurals})\b|"
    r"\b(give|list|name) (me )?(the|those|all|them|their)\b|\bnames? of\b|\btheir names?\b"
)
_REASON = re.compile(r"^\W*((and|so|but|ok|okay|well|then) )?(why|how come|what made|for what reason)\b", re.I)
_COUNTED = (
    r"\bhow many (?P<noun>[^\W\d_]+(?: [^\W\d_]+){{0,2}}?)"
    r"(?= (?:were|was|are|is|did|do|does|had|have|has|in|of|at|there|that|which|who|{verbs})\b|\W*$)"
)


def detail_asked(text: str, places: Sequence[str] = (), plurals: Sequence[str] = ()) -> str | None:
    """Return which of DETAILS a question asks for where its wording leaves no doubt, None where it asks for another.

    `places` are what a place is asked by ("in which city"), `plurals` what is asked for the names of ("which states").
    """
    patterns = (
        (TIME, _TIME),
        (PLACE, _filled(_WHERE, "places", tuple(places))),
        (NUMBER, _NUMBER),
        (NAMES, _filled(_WHICH, "plurals", tuple(plurals))),
        (REASON, _REASON),
    )
    return next((detail for detail, pattern in patterns if pattern.search(text)), None)


def counted_noun(text: str, verbs: Sequence[str] = ()) -> str | None:
    """Return what a question wants the number of, in lower case; `verbs` are forms that may follow it.

    >>> counted_noun("And how many old lamps were there?")
    'old lamps'
    """
    found = _filled(_COUNTED, "verbs", tuple(verbs)).search(text)
    return found["noun"].lower() if found else None


@lru_cache(32)
def _filled(form: str, name: str, words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(form.format(**{name: "|".join(map(re.escape, words)) or _NO_WORD}), re.I)

"""Words that steer a conversation: "tell me more about ...", "forget it, ...", the start of a question."""

from __future__ import annotations

import re
from typing import NamedTuple

_MORE_ABOUT = re.compile(
    r"^\W*(?:(?:ok|okay|so|and|well|yes|please|pls|now|then|can you|could you|would you|will you|"
    r"i(?:'d| would)? (?:want|like|love|wish)(?: you)? to(?: (?:hear|know|learn|read))?|let me (?:hear|know))\b\W*)*"
    r"(?:please )?(?:(?:tell|give|show|say) (?:me |us )?)?"
    r"(?:(?:(?:a (?:bit|little|lot)|some|any|even|much|something|anything|everything) )?"
    r"(?:more|further|extra|details?|info|information)(?: (?:details?|info|information|facts?|words?))?"
    r"(?: there is| you (?:have|know))? (?:about|on|of|regarding|concerning)|"
    r"explain|elaborate on|expand on|clarify|simplify|go (?:deeper|further) into|go on about)\s+(?:to me\s+)?"
    r"(?P<object>.+?)\W*$",
    re.I,
)
_POINTS_BACK = re.compile(
    r"^(?:it|this|that|these|those|him|her|them|which|what|the (?:last|previous|above)\b.*|"
    r"(?:your|the|that|this) (?:last |previous )?(?:answer|reply|point|sentence|statement|part|bit|topic|subject))\b",
    re.I,
)
_DISMISSED = re.compile(
    r"^\W*(ok(ay)?|oh|well|ah)?[\s,]*(forget (it|that|about (it|that))|never ?mind( that)?|nvm|anyway|"
    r"(drop|leave|skip|scrap) (it|that)|whatever|(it )?does(n'?t| not) matter)\s*[,.;:!–—-]+\s*",
    re.I,
)
_ASKS_ANEW = re.compile(
    r"^\W*(?:(?:no|well|ok|okay|actually|sorry)\b\W*)*"
    r"(who|whom|whose|what|which|when|where|why|how|is|are|was|were|did|does|do|has|had|can|could)\b",
    re.I,
)
_PARTICULAR = re.compile(r"\b(who|whom|whose|when|where|why|how|which)\b", re.I)
_TO_ONE_BOT = re.compile(r"(?<=\w)@\w+$")


class Object(NamedTuple):
    """What a message wants more about: its words, and where they begin."""

    text: str
    start: int


def wants_more_about(text: str) -> Object | None:
    """Return what a message wants to be told more about, None where it wants none, or of what was said before.

    >>> wants_more_about("Tell me more about the harbour").text, wants_more_about("more about that")
    ('the harbour', None)
    """
    found = _MORE_ABOUT.match(text)
    if not found or _POINTS_BACK.match(found["object"]):
        return None
    return Object(found["object"], found.start("object"))


def after_dismissal(text: str) -> str | None:
    """Return what follows "Forget it, ..." or "Never mind: ...", None where nothing is dismissed."""
    dismissed = _DISMISSED.match(text)
    return text[dismissed.end() :] if dismissed else None


def begins_a_question(text: str) -> bool:
    """True where a message begins as questions do, after "no" and "well"."""
    return bool(_ASKS_ANEW.match(text))


def asks_for_one_thing(text: str) -> bool:
    """True where a word asks for one thing (who, when, why), where "what does this mean" asks for all of it."""
    return bool(_PARTICULAR.search(text))


def command_word(text: str) -> str:
    """Return a message as a command is written: "/Start@name!" is "start". In groups a command says for which bot."""
    return _TO_ONE_BOT.sub("", text.strip(" /!.")).lower()

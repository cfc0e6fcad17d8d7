"""Two questions in one message: "Who was sent to Moscow, and did it help?" is answered one after the other."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache
from typing import NamedTuple

MOST = 3
"""Questions of one message that are answered, at most."""

_ASKS = r"(?:who|whom|whose|what|which|when|where|why|how)"
_DOES = r"(?:is|are|was|were|did|does|do|had|has|have|could|can|would|will|should)"
_OF_SEVERAL = re.compile(
    r"\b(?:(?:which|what) (?:two|three)|both|each of|each|respectively|differen\w+ between)\b", re.I
)
_IT = r"(?:it|he|she|they|that|this|there|these|those)"
_MUCH = r"long|old|far|well|often|much|many\s+\w+|day|one"
_SENTENCE = re.compile(r"(?<=[.?!])[\"'”’)]*\s+|\n+")
_ASKING = re.compile(
    r"^\W*(?:(?:and|but|also|then|so|plus)\b[\s,]*)*"
    rf"(?:(?:(?:on|in|at|by|to|from|of|with|for)\s+)?{_ASKS}|{_DOES})\b",
    re.I,
)
_LAST = (
    r"(?:why|when|where|how|where\s+(?:to|from)|(?:for\s+)?how\s+long|"
    r"(?:by|with|to|for|from|on|in|at|under)\s+(?:whom|how|where|(?:what|which)(?:\s+\w+)?))"
)
_PAST = (
    r"(?:\w+ed|led|sent|left|made|met|went|took|held|began|became|chose|won|came|stood|did|wrote|gave|got|said|ran)"
)
_WHICH = rf"(?:which|what)\s+(?:(?:of\s+(?:them|these|those)|\w+|\w+\s+\w+)\s+)?{_PAST}"
_TOLD = re.compile(
    r"^\W*(?:(?:can|could|would|will) you (?:please )?|please )?"
    rf"(?:tell me|explain|say|do you know|i (?:want|need|would like|['’]?d like) to know)\s+(?={_ASKS}\b)",
    re.I,
)
_TOLD_TOO = re.compile(rf"\s*,?\s+and\s+(?:also\s+)?(?={_ASKS}\b)", re.I)
_AFTERWARDS = re.compile(rf"^{_LAST}\W*$", re.I)
_ABOUT = re.compile(r"^\W*(?:(?:and|so|but)\s+)?(?:what|how)\s+about\b", re.I)
_TWO_WORDS = re.compile(rf"^\W*({_ASKS})\s*(?:and|&|,)\s*({_ASKS})\s+(?={_DOES}\b)", re.I)
# "How many days passed between when Belarus left and when did Russia leave": one question about two things.
_ONE = re.compile(r"\b(between|than|whether|versus|vs|compare\w*|differ\w*)\b", re.I)


class _Beginnings(NamedTuple):
    """What finds where a question begins: behind "and", behind a comma, at the start of a part."""

    joint: re.Pattern[str]
    comma: re.Pattern[str]
    formed: re.Pattern[str]


@lru_cache(4)
def _beginnings(nouns: frozenset[str]) -> _Beginnings:
    much = "|".join([_MUCH, *(re.escape(noun) for noun in sorted(nouns, key=len, reverse=True))])
    form = (
        rf"(?:{_ASKS}\s+(?:(?:{much})\s+)?{_DOES}|{_ASKS}['’]s|(?:what|how)\s+about|"
        rf"what\s+(?:happened|came|followed)|who\s+(?:else\s+)?{_PAST}|{_DOES}\s+{_IT}|"
        rf"{_WHICH}|which\s+of\s+(?:them|these|those)\s+{_DOES}|{_DOES}\s+(?:his|her|its|their)\s+\w+)\b"
    )
    return _Beginnings(
        re.compile(rf"\s*,?\s+(?:and|but|plus)\s+(?:also\s+|then\s+)?(?={form}|{_LAST}\s*\?*\s*$)", re.I),
        re.compile(rf",\s+(?={form}|{_LAST}\s*\?*\s*$)", re.I),
        re.compile(rf"^\W*(?:(?:and|so|but)\s+)?{form}", re.I),
    )


def questions_in(text: str, nouns: Collection[str] = ()) -> list[str]:
    """Return the questions that a message asks, each in words of its own, or [] where it asks but one.

    `nouns` are what "which ...?" may ask for ("and which town was it?").

    >>> questions_in("Where and when did they meet?")
    ['Where did they meet?', 'when did they meet?']
    """
    asking = [part.strip() for part in _SENTENCE.split(text) if part.rstrip("\"'”’) ").endswith("?")]
    asking = asking if len(asking) > 1 else [text.strip()]
    found = [question for sentence in asking for question in _within(sentence, _beginnings(frozenset(nouns)))]
    asks = all(_ASKING.match(question) or _TOLD.match(question) or _AFTERWARDS.match(question) for question in found)
    return found if 1 < len(found) <= MOST and asks else []


def asks_of_several(text: str) -> bool:
    """True where one question asks for several things: "Which two ships ...?", "What did each want?"."""
    return bool(_OF_SEVERAL.search(text))


def _within(sentence: str, begins: _Beginnings) -> list[str]:
    if two := _TWO_WORDS.match(sentence):
        return [f"{word} {sentence[two.end() :]}" for word in two.groups()]
    if told := _TOLD.match(sentence):
        # "Tell me who she was and what she wanted": both are to be told.
        return [told.group() + part for part in _TOLD_TOO.split(sentence[told.end() :])]
    parts = begins.joint.split(sentence)
    if any(map(_ONE.search, parts[:-1] or parts)):
        return [sentence]
    commas = begins.comma.split(sentence)
    if len(parts) == 1 and not _ABOUT.match(sentence) and all(map(begins.formed.match, commas)):
        parts = commas
    if len(parts) > 1:
        # "Where did they meet, who came, and what was said?"
        parts = [piece for part in parts for piece in _listed(part, begins)]
    return [*(f"{part.rstrip(' ?')}?" for part in parts[:-1]), parts[-1]]


def _listed(part: str, begins: _Beginnings) -> list[str]:
    """Return the questions that stand in a part one after the other, with a comma between them."""
    pieces = begins.comma.split(part)
    return pieces if all(_ASKING.match(piece) or _AFTERWARDS.match(piece) for piece in pieces) else [part]

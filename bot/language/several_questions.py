"""Two questions in one message: "Who was sent to Moscow, and did it help?" is answered one after the other."""

from __future__ import annotations

import re

MOST = 3
"""Questions of one message that are answered, at most."""

_ASKS = r"(?:who|whom|whose|what|which|when|where|why|how)"
_DOES = r"(?:is|are|was|were|did|does|do|had|has|have|could|can|would|will|should)"
_IT = r"(?:it|he|she|they|that|this|there|these|those)"
_MUCH = r"(?:long|old|far|well|often|much|many\s+\w+|country|state|day|one)"
_SENTENCE = re.compile(r"(?<=[.?!])[\"'”’)]*\s+|\n+")
_ASKING = re.compile(rf"^\W*(?:(?:and|but|also|then|so|plus)\b[\s,]*)*(?:{_ASKS}|{_DOES})\b", re.I)
_LAST = r"(?:why|when|where|how|(?:by|with|to|for|from)\s+(?:whom|what|where))"
_FORM = (
    rf"(?:{_ASKS}\s+(?:{_MUCH}\s+)?{_DOES}|{_ASKS}['’]s|(?:what|how)\s+about|what\s+(?:happened|came|followed)|who\s+(?:\w+ed|led|sent|left|made|met|went|took|held|began)|"
    rf"{_DOES}\s+{_IT})\b"
)
_JOINT = re.compile(rf"\s*,?\s+(?:and|but|plus)\s+(?:also\s+|then\s+)?(?={_FORM}|{_LAST}\s*\?*\s*$)", re.I)
_TOLD = re.compile(
    r"^\W*(?:(?:can|could|would|will) you (?:please )?|please )?"
    rf"(?:tell me|explain|say|do you know|i (?:want|need|would like|['’]?d like) to know)\s+(?={_ASKS}\b)",
    re.I,
)
_TOLD_TOO = re.compile(rf"\s*,?\s+and\s+(?:also\s+)?(?={_ASKS}\b)", re.I)
_AFTERWARDS = re.compile(rf"^{_LAST}\W*$", re.I)
_COMMA = re.compile(rf",\s+(?={_FORM})", re.I)
_ABOUT = re.compile(r"^\W*(?:(?:and|so|but)\s+)?(?:what|how)\s+about\b", re.I)
_FORMED = re.compile(rf"^\W*(?:(?:and|so|but)\s+)?{_FORM}", re.I)
_TWO_WORDS = re.compile(rf"^\W*({_ASKS})\s*(?:and|&|,)\s*({_ASKS})\s+(?={_DOES}\b)", re.I)
# "How many days passed between when Belarus left and when did Russia leave": one question about two things.
_ONE = re.compile(r"\b(between|than|whether|versus|vs|compare\w*|differ\w*)\b", re.I)


def questions_in(text: str) -> list[str]:
    """Return the questions that a message asks, each in words of its own, or [] where it asks but one.

    >>> questions_in("Where and when did they meet?")
    ['Where did they meet?', 'when did they meet?']
    """
    asking = [part.strip() for part in _SENTENCE.split(text) if part.rstrip("\"'”’) ").endswith("?")]
    asking = asking if len(asking) > 1 else [text.strip()]
    found = [question for sentence in asking for question in _within(sentence)]
    asks = all(_ASKING.match(question) or _TOLD.match(question) or _AFTERWARDS.match(question) for question in found)
    return found if 1 < len(found) <= MOST and asks else []


def _within(sentence: str) -> list[str]:
    if _ONE.search(sentence):
        return [sentence]
    if two := _TWO_WORDS.match(sentence):
        return [f"{word} {sentence[two.end() :]}" for word in two.groups()]
    if told := _TOLD.match(sentence):
        # "Tell me who she was and what she wanted": both are to be told.
        return [told.group() + part for part in _TOLD_TOO.split(sentence[told.end() :])]
    parts = _JOINT.split(sentence)
    if len(parts) == 1 and not _ABOUT.match(sentence) and all(map(_FORMED.match, commas := _COMMA.split(sentence))):
        parts = commas
    return [*(f"{part.rstrip(' ?')}?" for part in parts[:-1]), parts[-1]]

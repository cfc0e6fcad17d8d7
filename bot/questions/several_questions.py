"""Two questions in one message: "Who was sent to Moscow, and did it help?" is answered one after the other."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.answers.reply import ANSWERED, Reply

MOST = 3
"""Questions of one message that are answered, at most."""

_REPEATED = 0.75
"""How much of a sentence must have been told for it to tell nothing new."""
_TOLD_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_SAYS_NOTHING = frozenset(
    """
    a also an and as at by for from he her him his in is it its more nearest of on or says that the their them then they
    this to too was were which who with
    """.split()
)
_STATEMENT = re.compile(r"(?<=[.!?])\s+(?=[A-Z“\"])")
_VERDICTS = ("yes", "no")

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


def without_repeats(replies: list[Reply]) -> list[Reply]:
    """Return replies to be read one after the other, less the sentences that tell what another has told.

    >>> told = [Reply("Ada was a clerk and left.", "answered"), Reply("Ada left. She was old.", "answered")]
    >>> [reply.text for reply in without_repeats(told)]
    ['Ada was a clerk and left.', 'She was old.']
    """
    kept: list[Reply] = []
    for at, reply in enumerate(replies):
        before = _words(" ".join(one.text for one in kept))
        sentences = _STATEMENT.split(reply.text)
        new = [text for text in sentences if not _is_told(text, before, _REPEATED)]
        rest = " ".join(other.text for other in replies[at + 1 :] if other.status == ANSWERED)
        if kept or not _is_told(reply.text, _words(rest), 1.0):
            kept += [replace(reply, text=" ".join(new))] if new else []
    return kept or replies


def _is_told(sentence: str, told: set[str], share: float) -> bool:
    """True where a sentence says hardly anything that was not told; a Yes or No always does."""
    words = _words(sentence)
    return bool(words) and not words & set(_VERDICTS) and len(words & told) >= share * len(words)


def _words(text: str) -> set[str]:
    return {word.lower() for word in _TOLD_WORD.findall(text)} - _SAYS_NOTHING

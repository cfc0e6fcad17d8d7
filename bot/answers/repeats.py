"""Several replies to one message: what one has told, the next does not tell again."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.answers.reply import ANSWERED, Reply
from bot.language.function_words import TELLS_NOTHING, YES_OR_NO

_REPEATED = 0.75
"""How much of a sentence must have been told for it to tell nothing new."""
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_STATEMENT = re.compile(r"(?<=[.!?])\s+(?=[A-Z“\"])")


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
    return bool(words) and not words & YES_OR_NO and len(words & told) >= share * len(words)


def _words(text: str) -> set[str]:
    return {word.lower() for word in _WORD.findall(text)} - TELLS_NOTHING

"""Replies to several questions of one message, told as one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TypeVar

from bot.answers.reply import ANSWERED, Reply
from bot.language.function_words import TELLS_NOTHING
from bot.language.words import words_of

T = TypeVar("T")

MOST_WORDS = 90
"""Words of several replies told as one, at most: more is not read."""
_OFFERED = 3
_REPEATED = 0.75
"""How much of a sentence must have been told for it to tell nothing new."""


def without_repeats(replies: list[Reply]) -> list[Reply]:
    """Return replies to be read one after the other, less the sentences that tell what another has told.

    >>> told = [Reply(("Ada was a clerk and left.",), "answered"), Reply(("Ada left.", "She was old."), "answered")]
    >>> [reply.text for reply in without_repeats(told)]
    ['Ada was a clerk and left.', 'She was old.']
    """
    kept: list[Reply] = []
    for at, reply in enumerate(replies):
        before = _words(" ".join(one.text for one in kept))
        new = tuple(text for text in reply.sentences if not _is_told(text, before, _REPEATED))
        rest = _words(" ".join(other.text for other in replies[at + 1 :] if other.status == ANSWERED))
        says_verdict = reply.verdict is not None
        if kept or says_verdict or not _is_told(reply.text, rest, 1.0):
            # A Yes or No is never told before, and stands for what it is said of.
            kept += [replace(reply, sentences=new or reply.sentences)] if new or says_verdict else []
    return kept or replies


def joined(replies: list[Reply]) -> Reply:
    """Return several answers as one reply, with what all of them rest on."""
    is_answered = any(reply.status == ANSWERED for reply in replies)
    return Reply(
        tuple(sentence for reply in replies for sentence in (reply.lead, *reply.sentences) if sentence),
        ANSWERED if is_answered else replies[-1].status,
        _each_once(fact for reply in replies for fact in reply.facts),
        any(reply.derived for reply in replies),
        _each_once(quote for reply in replies for quote in reply.evidence),
        _each_once(text for reply in replies for text in reply.buttons)[:_OFFERED],
        reason=None if is_answered else replies[-1].reason,
        about=_each_once(i for reply in replies for i in reply.about),
    )


def _each_once(values: Iterable[T]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(values))


def _is_told(sentence: str, told: set[str], share: float) -> bool:
    """True where a sentence says hardly anything that was not told."""
    words = _words(sentence)
    return bool(words) and len(words & told) >= share * len(words)


def _words(text: str) -> set[str]:
    return {*words_of(text)} - TELLS_NOTHING

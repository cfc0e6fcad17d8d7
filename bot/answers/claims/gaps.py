"""Claims about the days between two events: just so many, within so many, at least or about so many; and denials."""

from __future__ import annotations

import datetime

from bot.answers.operations.events_named import day_of, gap_between, subjects_of
from bot.facts.base import FactBase
from bot.facts.model import Answer
from bot.language.claim_words import (
    EXACTLY,
    contrast_at,
    denials,
    fits_length,
    is_a_choice,
    measure,
    statement,
    straight,
)
from bot.language.order_words import AFTER, BEFORE
from bot.questions.mentions import DURATION, ORDER
from bot.questions.question import Question


def lies_apart(base: FactBase, entry: Answer, question: Question) -> bool | None:
    """Return whether two events lie as far apart as a claim says, None where it names no two of them, or no length."""
    events = [event for event in subjects_of(base, entry, question, by_names=True) if day_of(base, event)]
    lengths = [m for m in question.mentions if m.entity == DURATION and m.end > m.start]
    if len(events) < 2 or len(lengths) != 1 or is_a_choice(straight(question.text), lengths[0].start):
        return None
    days = sorted(events, key=lambda e: day_of(base, e) or datetime.date.max)
    gap = gap_between(base, days[0], days[-1]) or 0
    length = lengths[0]
    kind, _, factor = measure(straight(question.text), length.start, length.end)
    if kind == EXACTLY and len(events) > 2:
        return None
    fits = fits_length(kind, gap, float(length.value) * factor)
    ordered = _in_order(question, length.start, length.end, events[0] is days[0]) if len(events) == 2 else True
    return (fits and ordered) is not is_denied(question)


def is_denied(question: Question) -> bool:
    """True where a claim as a whole is denied: "It did not leave before the other", "Is it wrong that ...?"."""
    claim = statement(question.text)
    text = straight(question.text)[claim.start : claim.end]
    contrast = contrast_at(text)
    return (len(denials(text[: contrast if contrast is not None else len(text)])) % 2 == 1) is not claim.turned


def _in_order(question: Question, start: int, end: int, first_named_is_first: bool) -> bool:
    """True unless "Y left four days after X" has them the wrong way round."""
    words = {m.value for m in question.mentions if m.entity == ORDER and end <= m.start <= end + 2}
    if len(words & {BEFORE, AFTER}) != 1:
        return True
    named = [m for m in question.mentions if m.entity not in (ORDER, DURATION) and m.end > m.start]
    if not any(m.end <= start for m in named) or not any(m.start >= end for m in named):
        return True
    return first_named_is_first == (BEFORE in words)

"""The day that a conversation speaks of, from which "four days after that" is counted."""

from __future__ import annotations

import datetime

from bot.answers.reply import Reply
from bot.facts.base import FactBase
from bot.language.dates import is_day
from bot.questions.mentions import DATE
from bot.questions.question import Question

_GAPS = "days_between"


def day_of_turn(base: FactBase, question: Question, reply: Reply) -> str | None:
    """Return the day that a turn was about as 1991-12-12: the one asked about, or that of what was answered."""
    known = [date.day for fact in reply.facts if (date := base.dates.get(fact)) and date.day]
    asked = [value for value in question.values(DATE) if is_day(value)]
    if asked:
        return whole_day(asked[-1], known or base.known_days)
    if not known:
        return None
    entry = base.answers.get(question.intent)
    return (max(known) if entry and entry.operation == _GAPS else known[0]).isoformat()


def whole_day(value: str, known: list[datetime.date]) -> str | None:
    """Return a mentioned day with the year and month of a known one where it names none; None if no calendar has it."""
    like = known[0] if known else None
    year, month, day = value[:-6], value[-5:-3].strip("-"), value[-2:]
    if like is None and not (year.isdigit() and month):
        return None
    try:
        return datetime.date(int(year) if year.isdigit() else like.year, int(month or like.month), int(day)).isoformat()
    except ValueError:
        return None

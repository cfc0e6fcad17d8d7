"""Answers about the middle of the time between two events, or two days."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from bot.answers.operations.events_named import day_of, places_named
from bot.answers.operations.gaps import facts_of, known_day, one_before, spelt
from bot.answers.operations.outcome import Outcome
from bot.answers.operations.phrases import fill, refuse
from bot.facts.base import FactBase
from bot.facts.model import Answer, Event
from bot.language.dates import completed, is_day
from bot.language.numbers import amount_in_words, days_in_words
from bot.language.order_words import AFTER, BEFORE
from bot.questions.mentions import DATE, DURATION, ORDER
from bot.questions.question import Question


def halfway(base: FactBase, entry: Answer, question: Question) -> Outcome:
    """Which day lies halfway between two events, or two days."""
    every = [n.event for n in places_named(base, entry, question)]
    named = [event for event in every if day_of(base, event)]
    if len(named) < len(every):
        return refuse(base, "no_date_between", noun=next(e.noun for e in every if not day_of(base, e)))
    named = list({event.id: event for event in named}.values())
    like = next(iter(base.known_days), None)
    days = [
        day for m in question.mentions if m.entity == DATE and is_day(m.value) and (day := completed(m.value, like))
    ]
    if len(named) == 1 and (before := one_before(base, entry, named[0])) and len(days) < 2:
        named = [before, named[0]]
    ends = sorted({known_day(base, event) for event in named[:2]} if len(named) > 1 else set(days[:2]))
    if len(ends) < 2:
        return refuse(base, "no_gaps")
    length = (ends[1] - ends[0]).days
    middle = ends[0] + datetime.timedelta(days=length // 2)
    text = fill(
        base,
        "dates",
        "halfway" if length % 2 == 0 else "halfway_between",
        date=spelt(base, middle),
        next=spelt(base, middle + datetime.timedelta(days=1)),
        first=_at(base, named, ends[0]),
        second=_at(base, named, ends[1]),
        days=days_in_words(length),
        half=amount_in_words(length / 2),
    )
    facts = facts_of(base, [e for day in ends for e in base.events_dated(f"{day:%Y-%m-%d}")])
    return Outcome((text,), facts, True, _middle_holds(base, question, named, days, ends, length))


def _middle_holds(
    base: FactBase,
    question: Question,
    named: list[Event],
    days: list[datetime.date],
    ends: list[datetime.date],
    length: int,
) -> bool | None:
    """Check what is claimed of the middle: its day, how far it is from each end, or what it came before."""
    if not question.polar:
        return None
    middle = ends[0] + datetime.timedelta(days=length / 2)
    words = set(question.values(ORDER))
    before, after = BEFORE in words, AFTER in words
    lengths = [float(value) for value in question.values(DURATION)]
    if len(named) > 2 and before != after:
        away = (known_day(base, named[2]) - middle).days if before else (middle - known_day(base, named[2])).days
        return away == lengths[0] if lengths else away > 0
    claimed = [day for day in days if day not in ends]
    if claimed:
        return length % 2 == 0 and claimed[0] == middle
    return abs(lengths[0] - length / 2) < 0.25 if lengths else None


def _at(base: FactBase, named: Sequence[Event], day: datetime.date) -> str:
    event = next((e for e in named if day_of(base, e) == day), None)
    return fill(base, "dates", "noun_on", noun=event.noun, date=spelt(base, day)) if event else spelt(base, day)

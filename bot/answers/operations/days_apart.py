"""How many days lay between two events."""

from __future__ import annotations

import datetime

from bot.answers.operations.events_named import day_of, gap_between, participants, subjects_of, which
from bot.answers.operations.outcome import Outcome
from bot.answers.operations.phrases import fill, refuse
from bot.facts.base import FactBase
from bot.facts.model import Answer, Event
from bot.language.numbers import days_in_words
from bot.language.words import capitalised
from bot.questions.mentions import DURATION
from bot.questions.question import Question


def days_apart(base: FactBase, entry: Answer, question: Question) -> Outcome:
    """How many days lay between two events: "How long after Belarus did Russia leave?" """
    events = _two(base, entry, subjects_of(base, entry, question, by_names=True))
    if len(events) < 2:
        return which(base, entry)
    undated = [event for event in events if day_of(base, event) is None]
    if undated:
        return refuse(base, "no_date_between", noun=undated[0].noun)
    first, second = sorted(events, key=lambda e: _day(base, e))
    gap = gap_between(base, first, second) or 0
    one, two = base.dates[first.id], base.dates[second.id]
    counted, stated = one.counted or two.counted, two.counted_from == first.id
    days = days_in_words(gap)
    text = fill(
        base,
        "dates",
        "apart_stated" if stated else "apart_counted" if counted else "apart",
        Days=capitalised(days),
        days=days,
        first=first.says,
        first_date=one.text,
        second=second.says,
        second_date=two.text,
    )
    claimed = [float(value) for value in question.values(DURATION)]
    claims = bool(claimed) and (question.polar or question.false > question.ask)
    holds = any(abs(length - gap) < 0.5 for length in claimed) if claims else None
    counted_from = [date.counted_from for date in (one, two) if date.counted_from]
    facts = tuple(dict.fromkeys([first.id, second.id, *counted_from]))
    about = participants(entry, first, second)
    # An event that nobody took part in by that role is none of those "which of them" could mean.
    listed = about if first.entities(entry.role) and second.entities(entry.role) else ()
    return Outcome((text,), facts, not stated or not counted, holds, about=about, listed=listed)


def _two(base: FactBase, entry: Answer, named: list[Event]) -> list[Event]:
    """Return the two events to count between: of one the other end is found, of several the ends are taken."""
    if len(named) == 1:
        # "How long after Kazakhstan left was it over?": the other end is the last event, or the one before.
        (event,), last, of_type = named, base.last_event, base.events_of_type(entry.events or "")
        if last and event is not last and of_type and event is of_type[-1]:
            return [event, last]
        return [*[e for e in of_type if e.order == (event.order or 0) - 1], event][:2]
    if len(named) > 2:
        known = [event for event in named if day_of(base, event)]
        ends = [min(known, key=lambda e: _day(base, e)), max(known, key=lambda e: _day(base, e))] if known else []
        return ends if len(known) > 1 else named[:2]
    return named


def _day(base: FactBase, event: Event) -> datetime.date:
    return day_of(base, event) or datetime.date.max

"""Which events a question is about, by whom, what or which day it names."""

from __future__ import annotations

import datetime

from bot.answers.operations.outcome import Outcome
from bot.facts.base import FactBase
from bot.facts.dates import days_between
from bot.facts.model import Answer, Event
from bot.questions.mentions import ADJECTIVE, Mention
from bot.questions.question import Question


def subjects_of(base: FactBase, entry: Answer, question: Question, by_names: bool = False) -> list[Event]:
    """Return the events that a question names by those who took part, or (by_names) by words of their own."""
    by_entity = base.event_of(entry.events or "", entry.role)
    # "The Russian parliament" names no departure, but "the Russian departure" does: adjectives only count alone.
    strict = [m for m in question.mentions if m.value in by_entity and m.form != ADJECTIVE]
    loose = [m for m in question.mentions if m.value in by_entity]
    found: list[tuple[int, Event]] = [(m.start, by_entity[m.value]) for m in (strict or loose)]
    if by_names:
        if len({e.id for _, e in found}) < 2:
            found += [(m.start, by_entity[m.value]) for m in loose]
        found += [(m.start, base.events[m.value]) for m in question.mentions if m.entity == "event"]
    if by_names and len({e.id for _, e in found}) < 2:
        # "... between the 10th and the Kazakh exit": a date stands for what happened on it.
        found += [
            (m.start, event)
            for m in question.mentions
            if m.entity == "date" and is_day(m.value)
            for event in base.events_dated(m.value)
        ]
    return list({event.id: event for _, event in sorted(found, key=lambda pair: pair[0])}.values())


def named_states(base: FactBase, question: Question) -> list[Mention]:
    """Return the states that a question names, those that the article does not mention among them."""
    return [m for m in question.mentions if m.entity == "state" and m.value in base.entities]


def which(base: FactBase, entry: Answer) -> Outcome:
    """Return the question back, which of all that took part is meant: in their order, those with a date first."""
    events = base.events_of_type(entry.events or "")
    events.sort(key=lambda e: not (e.id in base.dates and base.dates[e.id].day))
    return Outcome(choices=tuple(dict.fromkeys(i for e in events for i in e.entities(entry.role))))


def participants(entry: Answer, *events: Event) -> tuple[str, ...]:
    """Return the ids of those who took part in events, in the role that an answer is about where that is given."""
    found = (i for event in events for i in event.entities(entry.role) or event.entities())
    return tuple(dict.fromkeys(found))


def events_on(base: FactBase, day: datetime.date) -> list[Event]:
    """Return what happened on a day."""
    return base.events_dated(f"{day:%Y-%m-%d}")


def gap_between(base: FactBase, one: Event, two: Event) -> int | None:
    """Return the days from one event to another, None where a day is unknown."""
    first, second = base.dates.get(one.id), base.dates.get(two.id)
    return days_between(first, second) if first and second else None


def matches(value: str, day: datetime.date | None) -> bool:
    """True where a mentioned date, as far as it is known ("--12-10", "1991-12"), agrees with a day."""
    if day is None:
        return False
    if value.startswith("---"):
        return day.day == int(value[3:])
    if value.startswith("--"):
        return f"{day:%m-%d}".startswith(value[2:])
    return f"{day:%Y-%m-%d}".startswith(value)


def is_day(value: str) -> bool:
    """True where a mentioned date names a day, not a whole month or year."""
    return value.startswith("--") and len(value) in (5, 7) or len(value) == 10

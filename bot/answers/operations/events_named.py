"""Which events a question is about: by whom, what or which day it names; and what is told of them."""

from __future__ import annotations

import datetime

from bot.answers.operations.outcome import Outcome
from bot.facts.base import FactBase
from bot.facts.dates import Dated, days_between
from bot.facts.model import Answer, Event
from bot.facts.vocabulary import Kind
from bot.language.dates import is_day
from bot.language.order_words import AFTER, BEFORE
from bot.questions.mentions import ADJECTIVE, DATE, EVENT, ORDER, Mention
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
        found += [(m.start, base.events[m.value]) for m in question.mentions if m.entity == EVENT]
    if by_names and len({e.id for _, e in found}) < 2:
        # "... between the 10th and the Kazakh exit": a date stands for what happened on it.
        found += [
            (m.start, event)
            for m in question.mentions
            if m.entity == DATE and is_day(m.value)
            for event in base.events_dated(m.value)
        ]
    return _in_order(question, found)


def named_in(base: FactBase, entry: Answer, question: Question) -> list[Event]:
    """Return events of any kind that a question names, in its order: by who took part, by name, or by what came of them.

    An agreement stands for the event in which it was made: the first fact that tells of it.
    """
    by_entity = base.event_of(entry.events or "", entry.role)
    found: list[tuple[int, Event]] = []
    for mention in question.mentions:
        if mention.entity == EVENT:
            found.append((mention.start, base.events[mention.value]))
        elif mention.value in by_entity and mention.form != ADJECTIVE:
            found.append((mention.start, by_entity[mention.value]))
        elif made := _made(base, mention):
            found.append((mention.start, made))
    return _in_order(question, found)


def _in_order(question: Question, found: list[tuple[int, Event]]) -> list[Event]:
    """Return events, each once, in the order of their places in a question; a place below 0 was put in by the context.

    What the context puts in is the subject ("And before Russia?"), unless a name stands before the word of order: then
    it stands behind that word ("Was Russia before it?").
    """
    words = [m.start for m in question.mentions if m.entity == ORDER and m.start >= 0]
    own = [start for start, _ in found if start >= 0]
    behind = bool(words and own) and min(own) < min(words)
    place = len(question.text) if behind else -1
    ordered = sorted(found, key=lambda pair: pair[0] if pair[0] >= 0 else place)
    return list({event.id: event for _, event in ordered}.values())


def _made(base: FactBase, mention: Mention) -> Event | None:
    """Return the event in which something that is named came about, None for people, places and the like."""
    entity = base.entities.get(mention.value)
    if entity is None or not base.vocabulary.kinds.get(entity.type, Kind()).made:
        return None
    return next((base.events[fact] for fact in entity.facts if fact in base.events), None)


def of_those_taking_part(base: FactBase, entry: Answer, question: Question) -> list[Mention]:
    """Return what a question names of the kinds that take part, what the article does not mention among it."""
    kinds = base.kinds_in(entry.events or "", entry.role)
    return [m for m in question.mentions if m.entity in kinds and m.value in base.entities]


def which(base: FactBase, entry: Answer) -> Outcome:
    """Return the question back, which of all that took part is meant: in their order, those with a date first."""
    events = base.events_of_type(entry.events or "")
    events.sort(key=lambda e: day_of(base, e) is None)
    return Outcome(choices=tuple(dict.fromkeys(i for e in events for i in e.entities(entry.role))))


def participants(entry: Answer, *events: Event) -> tuple[str, ...]:
    """Return the ids of those who took part in events, in the role that an answer is about where that is given."""
    found = (i for event in events for i in event.entities(entry.role) or event.entities())
    return tuple(dict.fromkeys(found))


def name_of(base: FactBase, entry: Answer, event: Event) -> str:
    """Return the name of who took part in an event in the role that an answer is about."""
    return base.entities[event.entities(entry.role)[0]].name


def day_of(base: FactBase, event: Event) -> datetime.date | None:
    """Return the day of an event, None where it is not known to the day."""
    date = base.dates.get(event.id)
    return date.day if date else None


def date_of(base: FactBase, event: Event) -> Dated | None:
    """Return the date of an event that is known to the day, None for any other."""
    date = base.dates.get(event.id)
    return date if date and date.day else None


def events_on(base: FactBase, day: datetime.date) -> list[Event]:
    """Return what happened on a day."""
    return base.events_dated(f"{day:%Y-%m-%d}")


def gap_between(base: FactBase, one: Event, two: Event) -> int | None:
    """Return the days from one event to another, None where a day is unknown."""
    first, second = base.dates.get(one.id), base.dates.get(two.id)
    return days_between(first, second) if first and second else None


def asks_back(question: Question) -> bool:
    """True where a question asks for what came before, not after."""
    orders = question.values(ORDER)
    return BEFORE in orders and AFTER not in orders

"""Which events a question is about: by whom, what or which day it names; and what is told of them."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from bot.answers.operations.outcome import Outcome
from bot.facts.base import FactBase
from bot.facts.dates import Dated, days_between
from bot.facts.model import Answer, Event
from bot.facts.vocabulary import Kind
from bot.language.dates import is_day
from bot.language.order_words import AFTER, BEFORE, CLAUSE_END
from bot.language.words import has_any, place_of_any
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
    place = _place_of_context(question, [start for start, _ in found])
    found.sort(key=lambda pair: pair[0] if pair[0] >= 0 else place)
    return list({event.id: event for _, event in found}.values())


def _place_of_context(question: Question, starts: Sequence[int]) -> int:
    """Return where what the context put into a question stands in it, by the places of what it names itself.

    It is the subject and stands first ("And before Russia?"), unless a name stands before the word of order: then it
    stands behind that word ("Was Russia before it?").
    """
    words = [m.start for m in question.mentions if m.entity == ORDER and m.start >= 0]
    own = [start for start in starts if start >= 0]
    return len(question.text) if words and own and min(own) < min(words) else -1


_NEAR = 24
"""Letters between an event and who took part in it, at most: "the islanders, all of them, met"."""


@dataclass(frozen=True)
class Named:
    """An event that a question names, and where; `start` is -1 where it comes from the conversation."""

    event: Event
    start: int
    end: int


def named_in(base: FactBase, entry: Answer, question: Question) -> list[Event]:
    """Return events of any kind that a question names, in its order, each once."""
    found = places_named(base, entry, question)
    events = list({named.event.id: named.event for named in found}.values())
    if len(events) == 1:
        # "... the 10th and the Kazakh exit": a date stands for what happened on it.
        days = [m.value for m in question.mentions if m.entity == DATE and is_day(m.value)]
        events += [event for day in days for event in base.events_dated(day)]
    return list({event.id: event for event in events}.values())


def places_named(base: FactBase, entry: Answer, question: Question) -> list[Named]:
    """Return all that a question names, in its order and as often as it does: events of any kind, and where.

    Events are named by who took part, by words of their own, or by what came of them: an agreement stands for the
    event in which it was made, the first fact that tells of it. Who took part in an event that is named beside them
    names no other one ("the island's renaming"), but where a verb says so ("the island left before its renaming").
    """
    by_entity = base.event_of(entry.events or "", entry.role)
    found = [Named(base.events[m.value], m.start, m.end) for m in question.mentions if m.entity == EVENT]
    found += [Named(made, m.start, m.end) for m in question.mentions if (made := event_made(base, m))]
    taking_part = [m for m in question.mentions if m.value in by_entity]
    found += _several(base, question, {by_entity[m.value].id for m in taking_part})
    named = [m for m in taking_part if m.form != ADJECTIVE]
    if len({n.event.id for n in found} | {m.value for m in named}) < 2:
        named = taking_part
    own = [m for m in named if not any(_takes_part(base, entry, question, m, other) for other in found)]
    found += [Named(by_entity[m.value], m.start, m.end) for m in own]
    if len({n.event.id for n in found}) < 2:
        # "Was Kazakhstan renamed before it left?": then it names both.
        end = len(question.text)
        found += [Named(by_entity[m.value], end, end) for m in named if m not in own]
    place = _place_of_context(question, [n.start for n in found])
    return sorted(found, key=lambda n: n.start if n.start >= 0 else place)


def _several(base: FactBase, question: Question, alone: set[str]) -> list[Named]:
    """Return the events that a question names several at a time ("the last three"), unless it names one of them."""
    places = {}
    for at, several in enumerate(base.vocabulary.several):
        if len(several.events) > 2 and alone.intersection(several.events):
            # "The exits of Belarus and Russia" are no others.
            continue
        if place := place_of_any(question.text, several.names):
            places[at] = place
    # "The declaration" is no name of its own in "the declaration of independence".
    return [
        Named(base.events[event], start, end)
        for at, (start, end) in places.items()
        if not any(o < end and start < p and p - o > end - start for other, (o, p) in places.items() if other != at)
        for event in base.vocabulary.several[at].events
    ]


def _takes_part(base: FactBase, entry: Answer, question: Question, mention: Mention, other: Named) -> bool:
    """True where a mention only tells who took part in another event that is named in the same clause."""
    if mention.value not in other.event.entities() or other.event.type == entry.events:
        return False
    if mention.start < 0:
        return True
    between = question.text[min(mention.end, other.end) : max(mention.start, other.start)]
    if len(between) > _NEAR:
        return False
    return not CLAUSE_END.search(between) and not has_any(between, base.vocabulary.verbs.get(entry.events or "", ()))


def event_made(base: FactBase, mention: Mention) -> Event | None:
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

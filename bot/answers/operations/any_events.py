"""Answers about events of any kind: their order, the gaps between them, what fell into the same week."""

from __future__ import annotations

import datetime
from itertools import pairwise

from bot.answers.operations.events_named import date_of, day_of, named_in, participants
from bot.answers.operations.outcome import Outcome
from bot.answers.operations.phrases import fill, refuse
from bot.facts.base import FactBase
from bot.facts.model import Answer, Event
from bot.language.comparisons import EQUAL, LONGER, SHORTER, compared, factor, period, period_of
from bot.language.dates import spell
from bot.language.numbers import days_in_words
from bot.language.order_words import AFTER, BEFORE, FIRST, LAST
from bot.language.words import capitalised, join
from bot.questions.mentions import DURATION, ORDER
from bot.questions.question import Question


def events_order(base: FactBase, entry: Answer, question: Question) -> Outcome:
    """The order of several events, whatever they are: "Which came first, the agreement or the meeting?" """
    events = named_in(base, entry, question)
    if len(events) < 2:
        events = [event for event in base.events.values() if date_of(base, event)]
    ordered = _in_order(base, events)
    if ordered is None:
        return refuse(base, "unknown_order_of", events=join([event.noun for event in events]))
    steps = [_step(base, event) for event in ordered]
    text = fill(base, "order", "list", steps=base.wording["order"]["between_steps"].join(steps))
    holds = None
    if len(events) == 2 and (question.polar or question.false > question.ask):
        words = set(question.values(ORDER))
        before, after = bool(words & {BEFORE, FIRST}), bool(words & {AFTER, LAST})
        holds = (events[0] is ordered[0]) == before if before != after else None
    return Outcome((capitalised(text),), tuple(event.id for event in ordered), True, holds)


def same_period(base: FactBase, entry: Answer, question: Question) -> Outcome:
    """Whether events fell into the same day, week, month or year: "Did both leave in the same week?" """
    events = [event for event in named_in(base, entry, question) if day_of(base, event)]
    if len(events) < 2:
        events = [event for event in base.events_of_type(entry.events or "") if day_of(base, event)]
    kind = period(question.text)
    falls = {period_of(_day(base, event), kind) for event in events} if kind else set()
    steps = join([fill(base, "dates", "step", says=e.says, date=_date_text(base, e)) for e in events])
    holds = len(falls) == 1 if kind else None
    return Outcome((capitalised(f"{steps}."),), _facts(base, events), True, holds, about=participants(entry, *events))


def compare_gaps(base: FactBase, entry: Answer, question: Question) -> Outcome:
    """Which of two gaps between events is the longer: "Was it longer from A to B than from B to C?" """
    events = [event for event in named_in(base, entry, question) if day_of(base, event)]
    if len(events) < 3:
        events = [event for event in base.events_of_type(entry.events or "") if day_of(base, event)]
    if len(events) < 3:
        return refuse(base, "no_gaps")
    # Four name two pairs; three in their order share the middle one.
    pairs = [tuple(events[:2]), tuple(events[2:4])] if len(events) == 4 else list(pairwise(_by_day(base, events)))[:2]
    one, two = (tuple(_by_day(base, list(pair))) for pair in pairs)
    lengths = [(_day(base, b) - _day(base, a)).days for a, b in (one, two)]
    is_as = EQUAL if lengths[0] == lengths[1] else LONGER if lengths[0] > lengths[1] else SHORTER
    long, short = (one, two) if is_as != SHORTER else (two, one)
    text = fill(
        base,
        "dates",
        "gaps_equal" if is_as == EQUAL else "gaps",
        Longer=days_in_words(max(lengths)).capitalize(),
        shorter=days_in_words(min(lengths)),
        first=long[0].noun,
        second=long[1].noun,
        third=short[0].noun,
        fourth=short[1].noun,
    )
    claimed = compared(question.text)
    holds = claimed == is_as if question.polar and claimed else None
    return Outcome((text,), _facts(base, [*one, *two]), True, holds)


def halfway(base: FactBase, entry: Answer, question: Question) -> Outcome:
    """Which day lies halfway between two events."""
    events = _by_day(base, [event for event in named_in(base, entry, question) if day_of(base, event)])
    if len(events) < 2:
        return refuse(base, "no_gaps")
    first, last = events[0], events[-1]
    days = (_day(base, last) - _day(base, first)).days
    middle = _day(base, first) + datetime.timedelta(days=days // 2)
    key = "halfway" if days % 2 == 0 else "halfway_between"
    text = fill(
        base,
        "dates",
        key,
        date=spell(middle, base.vocabulary.dates.day_first),
        next=spell(middle + datetime.timedelta(days=1), base.vocabulary.dates.day_first),
        first=first.noun,
        second=last.noun,
    )
    return Outcome((text,), _facts(base, [first, last]), True)


def supposed(base: FactBase, entry: Answer, question: Question) -> Outcome:
    """When something would have been, had it come sooner or later: "Had it waited twice as long, when would it ...?" """
    events = [event for event in named_in(base, entry, question) if day_of(base, event)]
    dated = [event for event in base.events_of_type(entry.events or "") if day_of(base, event)]
    event = events[-1] if events else dated[-1] if dated else None
    before = _before(base, event, dated) if event else None
    times, lengths = factor(question.text), [float(value) for value in question.values(DURATION)]
    if event is None or before is None or not (times or lengths):
        return refuse(base, "no_supposition")
    days = (_day(base, event) - _day(base, before)).days
    would = round(days * times) if times else round(lengths[0])
    if not times and {AFTER, LAST} & set(question.values(ORDER)) and compared(question.text) == LONGER:
        would += days
    text = fill(
        base,
        "dates",
        "supposed",
        date=spell(_day(base, before) + datetime.timedelta(days=would), base.vocabulary.dates.day_first),
        length=days_in_words(would),
        first=before.noun,
        days=days_in_words(days),
    )
    return Outcome((text,), _facts(base, [event, before]), True)


def _in_order(base: FactBase, events: list[Event]) -> list[Event] | None:
    """Return events in the order in which they happened, None where that is not known of all of them."""
    ordered = sorted(events, key=lambda event: sum(event.id in base.later_than[other.id] for other in events))
    known = all(two.id in base.later_than[one.id] for one, two in pairwise(ordered))
    return ordered if known else None


def _step(base: FactBase, event: Event) -> str:
    date = base.dates.get(event.id)
    if date is None:
        return event.noun
    return fill(base, "order", "step", entity=event.noun, date=date.text) if date.day else event.noun


def _before(base: FactBase, event: Event, dated: list[Event]) -> Event | None:
    """Return the event that another one is counted from, or that came before it among those of its type."""
    date = base.dates[event.id]
    if date.counted_from:
        return base.events[date.counted_from]
    earlier = [other for other in dated if _day(base, other) < _day(base, event)]
    return max(earlier, key=lambda other: _day(base, other), default=None)


def _by_day(base: FactBase, events: tuple[Event, ...] | list[Event]) -> list[Event]:
    return sorted(events, key=lambda event: _day(base, event))


def _day(base: FactBase, event: Event) -> datetime.date:
    return day_of(base, event) or datetime.date.max


def _date_text(base: FactBase, event: Event) -> str:
    return base.dates[event.id].text


def _facts(base: FactBase, events: list[Event]) -> tuple[str, ...]:
    counted_from = [base.dates[event.id].counted_from for event in events if event.id in base.dates]
    return tuple(dict.fromkeys([*(event.id for event in events), *filter(None, counted_from)]))

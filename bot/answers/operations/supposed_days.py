"""The days as they would have been: what each clause of a supposition puts where."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.answers.operations.events_named import Named, day_of
from bot.answers.operations.gaps import one_before, spelt
from bot.answers.operations.phrases import fill
from bot.facts.base import FactBase
from bot.facts.model import Answer, Event
from bot.language.comparisons import at_once, factor
from bot.language.dates import completed, is_day
from bot.language.numbers import days_in_words
from bot.language.suppositions import (
    SOONER,
    Clause,
    adds_to_wait,
    comes_after,
    direction,
    starts_from_own_day,
    supposes_all,
)
from bot.questions.mentions import DATE, DURATION, Mention
from bot.questions.question import Question


@dataclass
class World:
    """The days as they would have been, and how each one that changed was counted."""

    days: dict[str, datetime.date]
    how: dict[str, str] = field(default_factory=dict)
    changed: list[Event] = field(default_factory=list)

    def put(self, event: Event, day: datetime.date, how: str) -> None:
        """Put an event on a day; `how` tells from what that was counted, "" where it was named."""
        self.days[event.id] = day
        self.changed = [*(other for other in self.changed if other is not event), event]
        self.how[event.id] = how


@dataclass(frozen=True)
class _Supposed:
    """What one clause supposes: of which event, beside which other, and what it says in numbers."""

    text: str
    event: Event
    beside: Event | None
    previous: Event | None
    day: datetime.date | None
    length: int | None
    times: float | None


def suppose(
    base: FactBase,
    entry: Answer,
    question: Question,
    world: World,
    clause: Clause,
    named: Sequence[Named],
    asked: Sequence[Event],
    previous: Event | None,
) -> Event | None:
    """Put an event on the day that a clause supposes; return it, or the one supposed before where it supposes none."""
    text = question.text[clause.start : clause.end]
    times = factor(text)
    if times and supposes_all(text):
        return _all_multiplied(base, world, times)
    dates = [m for m in inside(question, clause, DATE) if is_day(m.value)]
    lengths = [round(float(m.value)) for m in inside(question, clause, DURATION)]
    here = within(named, clause)
    events = list({n.event.id: n.event for n in here}.values())
    if len(events) == 1 and (times or lengths) and not (dates or previous):
        events = [*_waiting_for(base, entry, question, here[0]), *events]
    events = events or _not_named(base, entry, named, asked, previous)
    if not events:
        return previous
    day = completed(dates[0].value, day_of(base, events[0])) if dates else None
    if day and lengths and comes_after(question.text, dates[0].start):
        # "Ten days after December 14th"
        day += datetime.timedelta(days=lengths[0])
    found = _Supposed(
        text,
        events[0],
        next(iter(events[1:]), None),
        previous if previous is not events[0] else None,
        day,
        lengths[0] if lengths else None,
        times,
    )
    placed = _placed(base, entry, world, found)
    if placed:
        world.put(events[0], *placed)
    return events[0] if placed else previous


def _waiting_for(base: FactBase, entry: Answer, question: Question, named: Named) -> list[Event]:
    """Return what came next after an event, where a wait is spoken of: "the wait after Russia's exit"."""
    if not comes_after(question.text, named.start):
        return []
    return [e for e in base.events.values() if day_of(base, e) and one_before(base, entry, e) is named.event][:1]


def _not_named(
    base: FactBase, entry: Answer, named: Sequence[Named], asked: Sequence[Event], previous: Event | None
) -> list[Event]:
    """Return whom a clause means that names nobody: whoever the question asks about, or was spoken of, or the last."""
    of_type = [event for event in asked if event.type == entry.events]
    spoken_of = [n.event for n in named if n.start < 0]
    latest = [event for event in base.events_of_type(entry.events or "") if day_of(base, event)]
    return (of_type or spoken_of or ([previous] if previous else []) or latest)[-1:]


def _placed(base: FactBase, entry: Answer, world: World, of: _Supposed) -> tuple[datetime.date, str] | None:
    """Return the day on which an event would have been, and how that is counted, None where nothing is supposed."""
    own = world.days[of.event.id]
    reference = of.beside or one_before(base, entry, of.event)
    if of.day and not of.times:
        return of.day, ""
    if of.times and reference:
        gap = (own - world.days[reference.id]).days
        return _after(base, world, reference, round(gap * of.times), gap)
    if of.length is not None:
        return _by_length(base, world, of, own, reference)
    if at_once(of.text) and of.beside:
        return _after(base, world, of.beside, 0, (own - world.days[of.beside.id]).days)
    return None


def _by_length(
    base: FactBase, world: World, of: _Supposed, own: datetime.date, reference: Event | None
) -> tuple[datetime.date, str] | None:
    length, back = of.length or 0, direction(of.text) == SOONER
    if of.beside and not adds_to_wait(of.text):
        gap = (own - world.days[of.beside.id]).days
        return _after(base, world, of.beside, -length if back else length, gap)
    if of.previous and not of.beside and not adds_to_wait(of.text):
        return _after(base, world, of.previous, -length if back else length, None)
    if starts_from_own_day(of.text):
        day = own + datetime.timedelta(days=-length if back else length)
        key = "supposed_sooner" if back else "supposed_later"
        return day, fill(base, "dates", key, length=days_in_words(length), was=spelt(base, own))
    if reference is None:
        return None
    return _after(base, world, reference, length, (own - world.days[reference.id]).days)


def _after(base: FactBase, world: World, reference: Event, days: int, instead: int | None) -> tuple[datetime.date, str]:
    day = world.days[reference.id] + datetime.timedelta(days=days)
    key = "supposed_after" if instead in (None, days) else "supposed_instead"
    key = "supposed_before" if days < 0 else key if days else "supposed_at_once"
    how = fill(
        base,
        "dates",
        key,
        length=days_in_words(abs(days)),
        first=reference.noun,
        first_date=spelt(base, world.days[reference.id]),
        days=days_in_words(instead or 0),
    )
    return day, how


def _all_multiplied(base: FactBase, world: World, times: float) -> Event | None:
    """Multiply every gap; the first event stays where it was."""
    events = sorted((base.events[i] for i in world.days), key=lambda event: world.days[event.id])
    first, was = events[0], dict(world.days)
    for before, event in zip(events, events[1:], strict=False):
        gap = (was[event.id] - was[before.id]).days
        world.put(event, *_after(base, world, before, round(gap * times), gap))
    return first


def move_along(base: FactBase, entry: Answer, world: World, target: Event) -> None:
    """Let what follows a changed event follow it as soon as it really did, as far as what is asked for."""
    was = {event.id: day for event in base.events.values() if (day := day_of(base, event))}
    first = min(world.changed, key=lambda event: was[event.id])
    order = sorted((base.events[i] for i in was), key=lambda event: was[event.id])
    for before, event in zip(order, order[1:], strict=False):
        if event in world.changed or was[event.id] <= was[first.id] or was[event.id] > was[target.id]:
            continue
        gap = (was[event.id] - was[before.id]).days
        world.put(event, *_after(base, world, before, gap, None))


def within(named: Sequence[Named], clause: Clause | None) -> list[Named]:
    """Return what is named in a clause."""
    return [n for n in named if clause and clause.start <= n.start < clause.end]


def inside(question: Question, clause: Clause | None, kind: str) -> list[Mention]:
    """Return what a clause mentions of a kind."""
    return [m for m in question.mentions if m.entity == kind and clause and clause.start <= m.start < clause.end]

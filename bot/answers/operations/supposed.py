"""When something would have been, had it come sooner or later: arithmetic over supposed days."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.answers.operations.events_named import Named, day_of, places_named
from bot.answers.operations.gaps import facts_of, one_before, spelt
from bot.answers.operations.outcome import Outcome
from bot.answers.operations.phrases import fill, refuse
from bot.facts.base import FactBase
from bot.facts.model import Answer, Event
from bot.language.comparisons import at_once, factor
from bot.language.dates import agrees, completed, is_day
from bot.language.numbers import days_in_words
from bot.language.order_words import AFTER, BEFORE, LAST, former_first
from bot.language.suppositions import (
    SOONER,
    Clause,
    adds_to_wait,
    comes_after,
    direction,
    parted,
    starts_from_own_day,
    supposes_all,
)
from bot.language.words import capitalised
from bot.questions.mentions import DATE, DURATION, ORDER, Mention
from bot.questions.question import Question


@dataclass
class _World:
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


def supposed(base: FactBase, entry: Answer, question: Question) -> Outcome:
    """When something would have been, had it come sooner or later: "Had it waited twice as long, when would it ...?" """
    named = [n for n in places_named(base, entry, question) if day_of(base, n.event)]
    clauses, main = parted(question.text)
    asked = list({n.event.id: n.event for n in _within(named, main)}.values()) if main else []
    world = _World({event.id: day for event in base.events.values() if (day := day_of(base, event))})
    previous: Event | None = None
    for clause in clauses:
        previous = _suppose(base, entry, question, world, clause, named, asked, previous)
    if not world.changed:
        return _plain_sum(base, question, named) or refuse(base, "no_supposition")
    words = set(question.values(ORDER)) if main is None else {m.value for m in _inside(question, main, ORDER)}
    if asked and main and {BEFORE, AFTER} & words and question.polar and not _inside(question, main, DATE):
        return _compared(base, question, world, named, asked, main)
    if main and LAST in words and asked and all(event.type == entry.events for event in asked):
        return _last_of_all(base, entry, question, world, asked[0])
    if len(asked) == 2 and main and not question.polar:
        return _apart(base, world, asked)
    moved = [event for event in asked if event not in world.changed]
    if moved:
        _move_along(base, entry, world, moved[-1])
    target = moved[-1] if moved else asked[-1] if asked else world.changed[-1]
    return _told(base, question, world, target, main)


def _suppose(
    base: FactBase,
    entry: Answer,
    question: Question,
    world: _World,
    clause: Clause,
    named: Sequence[Named],
    asked: Sequence[Event],
    previous: Event | None,
) -> Event | None:
    """Put an event on the day that a clause supposes; return it, or the one supposed before where it supposes none."""
    text = question.text[clause.start : clause.end]
    dates = [m.value for m in _inside(question, clause, DATE) if is_day(m.value)]
    lengths = [round(float(m.value)) for m in _inside(question, clause, DURATION)]
    times = factor(text)
    if times and supposes_all(text):
        return _all_multiplied(base, world, times)
    here = _within(named, clause)
    events = list({n.event.id: n.event for n in here}.values())
    of_type = [event for event in asked if event.type == entry.events]
    spoken_of = [n.event for n in named if n.start < 0]
    latest = [event for event in base.events_of_type(entry.events or "") if day_of(base, event)]
    if (
        len(events) == 1
        and (times or lengths)
        and not dates
        and comes_after(question.text, here[0].start)
        and not previous
    ):
        # "Had the wait after Russia's exit been longer": then it is the next one that waited.
        later = [e for e in base.events.values() if day_of(base, e) and one_before(base, entry, e) is events[0]]
        events = [*later[:1], *events]
    if not events:
        events = (of_type or spoken_of or ([previous] if previous else []) or latest)[-1:]
    if not events:
        return previous
    day = completed(dates[0], day_of(base, events[0])) if dates else None
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


def _placed(base: FactBase, entry: Answer, world: _World, of: _Supposed) -> tuple[datetime.date, str] | None:
    """Return the day on which an event would have been, and how that is counted, None where nothing is supposed."""
    own = world.days[of.event.id]
    reference = of.beside or one_before(base, entry, of.event)
    if of.day and of.length is None and not of.times:
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
    base: FactBase, world: _World, of: _Supposed, own: datetime.date, reference: Event | None
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


def _after(
    base: FactBase, world: _World, reference: Event, days: int, instead: int | None
) -> tuple[datetime.date, str]:
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


def _all_multiplied(base: FactBase, world: _World, times: float) -> Event | None:
    """Multiply every gap; the first event stays where it was."""
    events = sorted((base.events[i] for i in world.days), key=lambda event: world.days[event.id])
    first, was = events[0], dict(world.days)
    for before, event in zip(events, events[1:], strict=False):
        gap = (was[event.id] - was[before.id]).days
        world.put(event, *_after(base, world, before, round(gap * times), gap))
    return first


def _move_along(base: FactBase, entry: Answer, world: _World, target: Event) -> None:
    """Let what follows a changed event follow it as soon as it really did, as far as what is asked for."""
    was = {event.id: day for event in base.events.values() if (day := day_of(base, event))}
    first = min(world.changed, key=lambda event: was[event.id])
    order = sorted((base.events[i] for i in was), key=lambda event: was[event.id])
    for before, event in zip(order, order[1:], strict=False):
        if event in world.changed or was[event.id] <= was[first.id] or was[event.id] > was[target.id]:
            continue
        gap = (was[event.id] - was[before.id]).days
        world.put(event, *_after(base, world, before, gap, None))


def _told(base: FactBase, question: Question, world: _World, target: Event, main: Clause | None) -> Outcome:
    day = world.days[target.id]
    told = sorted(world.changed, key=lambda event: world.days[event.id]) if len(world.changed) > 1 else world.changed
    told = told[: told.index(target) + 1] if target in told else told
    if len(told) == 1 and (how := world.how.get(target.id)):
        text = fill(base, "dates", "supposed", date=spelt(base, day), how=how)
    else:
        steps = base.wording["order"]["between_steps"].join(_steps(base, world, told))
        text = fill(base, "dates", "supposed_chain", date=spelt(base, day), steps=steps)
    holds = None
    claimed = [m.value for m in (_inside(question, main, DATE) if main else [])]
    if question.polar and claimed:
        words = {m.value for m in _inside(question, main, ORDER)} if main else set()
        before, after = BEFORE in words, AFTER in words
        other = completed(claimed[0], day_of(base, target))
        holds = (day < other) == before if before != after and other else agrees(claimed[0], day)
    return Outcome((capitalised(text),), facts_of(base, [*told, target]), True, holds, about=participants_of(told))


def _steps(base: FactBase, world: _World, events: Sequence[Event]) -> list[str]:
    """Say on which day each of several would have been, and how long after the one before it."""
    steps, before = [], None
    for event in events:
        day = world.days[event.id]
        length = (day - world.days[before.id]).days if before else 0
        key = "supposed_next" if length else "supposed_step"
        steps.append(fill(base, "dates", key, noun=event.noun, date=spelt(base, day), length=days_in_words(length)))
        before = event
    return steps


def participants_of(events: Sequence[Event]) -> tuple[str, ...]:
    """Return the ids of all who took part in events."""
    return tuple(dict.fromkeys(i for event in events for i in event.entities()))


def _compared(
    base: FactBase, question: Question, world: _World, named: Sequence[Named], asked: Sequence[Event], main: Clause
) -> Outcome:
    """Tell whether one would have come before another, which stays where it was."""
    places = [next((n.start, n.end) for n in _within(named, main) if n.event is event) for event in asked]
    if len(asked) == 1:
        # "Would it still have come before the meeting?"
        asked, places = [world.changed[-1], *asked], [(main.start, main.start), *places]
    text = question.text[main.start : main.end]
    former = former_first(text, *((start - main.start, end - main.start) for start, end in places[:2]))
    target = next((event for event in asked if event in world.changed), asked[0])
    other = next(event for event in asked if event is not target)
    found = _told(base, question.with_(mentions=()), world, target, None)
    more = fill(base, "dates", "noun_was_on", Noun=capitalised(other.noun), date=spelt(base, world.days[other.id]))
    one, two = (world.days[event.id] for event in asked[:2])
    holds = None if former is None or one == two else (one < two) == former
    return Outcome((*found.sentences, more), (*found.facts, other.id), True, holds, about=found.about)


def _last_of_all(base: FactBase, entry: Answer, question: Question, world: _World, event: Event) -> Outcome:
    """Tell the order in which they would have come, and whether one would have been the last."""
    events = sorted(
        (e for e in base.events_of_type(entry.events or "") if e.id in world.days), key=lambda e: world.days[e.id]
    )
    steps = [fill(base, "dates", "supposed_step", noun=e.noun, date=spelt(base, world.days[e.id])) for e in events]
    text = fill(base, "order", "list", steps=base.wording["order"]["between_steps"].join(steps))
    holds = events[-1] is event if question.polar else None
    return Outcome((capitalised(text),), facts_of(base, events), True, holds, about=participants_of(events))


def _apart(base: FactBase, world: _World, asked: Sequence[Event]) -> Outcome:
    """Tell how many days would have lain between two events."""
    first, second = sorted(asked, key=lambda event: world.days[event.id])
    text = fill(
        base,
        "dates",
        "supposed_apart",
        Days=capitalised(days_in_words((world.days[second.id] - world.days[first.id]).days)),
        first=first.noun,
        date=spelt(base, world.days[first.id]),
        second=second.noun,
        second_date=spelt(base, world.days[second.id]),
    )
    return Outcome((text,), facts_of(base, [first, second]), True, about=participants_of([first, second]))


def _plain_sum(base: FactBase, question: Question, named: Sequence[Named]) -> Outcome | None:
    """Count from an event, or compare a day with it, where nothing is supposed: "the third day after Russia left"."""
    if len({n.event.id for n in named}) != 1:
        return None
    event, words = named[-1].event, set(question.values(ORDER))
    was = day_of(base, event) or datetime.date.max
    lengths = [round(float(value)) for value in question.values(DURATION)]
    days = [day for value in question.values(DATE) if is_day(value) and (day := completed(value, was))]
    if (BEFORE in words) == (AFTER in words):
        return None
    if lengths:
        length = -lengths[0] if BEFORE in words else lengths[0]
        day = was + datetime.timedelta(days=length)
        key = "sum_before" if length < 0 else "sum_after"
        text = fill(base, "dates", key, date=spelt(base, day), length=days_in_words(abs(length)), first=event.noun, first_date=spelt(base, was))  # fmt: skip
        holds = days[0] == day if days and question.polar else None
        return Outcome((text,), facts_of(base, [event]), True, holds, about=participants_of([event]))
    if days and question.polar and days[0] != was:
        text = fill(base, "dates", "noun_was_on", Noun=capitalised(event.noun), date=spelt(base, was))
        return Outcome((text,), facts_of(base, [event]), True, (days[0] < was) == (BEFORE in words))
    return None


def _within(named: Sequence[Named], clause: Clause | None) -> list[Named]:
    return [n for n in named if clause and clause.start <= n.start < clause.end]


def _inside(question: Question, clause: Clause | None, kind: str) -> list[Mention]:
    return [m for m in question.mentions if m.entity == kind and clause and clause.start <= m.start < clause.end]

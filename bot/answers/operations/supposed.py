"""When something would have been, had it come sooner or later: arithmetic over supposed days."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from bot.answers.operations.events_named import Named, day_of, places_named
from bot.answers.operations.gaps import facts_of, spelt
from bot.answers.operations.outcome import Outcome
from bot.answers.operations.phrases import fill, refuse
from bot.answers.operations.supposed_days import World, inside, move_along, suppose, within
from bot.facts.base import FactBase
from bot.facts.model import Answer, Event
from bot.language.comparisons import factor
from bot.language.dates import agrees, completed, is_day
from bot.language.numbers import days_in_words
from bot.language.order_words import AFTER, BEFORE, LAST, former_first
from bot.language.suppositions import Clause, asks_length, parted, says_by
from bot.language.words import capitalised
from bot.questions.mentions import DATE, DURATION, ORDER
from bot.questions.question import Question


def supposed(base: FactBase, entry: Answer, question: Question) -> Outcome:
    """When something would have been: "Had it waited twice as long, when would it have left?" """
    named = places_named(base, entry, question)
    if undated := [n.event for n in named if not day_of(base, n.event)]:
        return refuse(base, "no_date_between", noun=undated[0].noun)
    clauses, main = parted(question.text)
    if not clauses and factor(question.text) and not question.values(DATE):
        # "Three times the wait: what date?"
        clauses, main = [Clause(0, len(question.text))], None
    asked = list({n.event.id: n.event for n in within(named, main)}.values()) if main else []
    world = World({event.id: day for event in base.events.values() if (day := day_of(base, event))})
    previous: Event | None = None
    for clause in clauses:
        previous = suppose(base, entry, question, world, clause, named, asked, previous)
    if not world.changed:
        return _plain_sum(base, question, named) or refuse(base, "no_supposition")
    words = set(question.values(ORDER)) if main is None else {m.value for m in inside(question, main, ORDER)}
    if asked and main and {BEFORE, AFTER} & words and question.polar and not inside(question, main, DATE):
        return _compared(base, question, world, named, asked, main)
    if main and LAST in words and asked and all(event.type == entry.events for event in asked):
        return _last_of_all(base, entry, question, world, asked[0])
    if main and asks_length(question.text[main.start : main.end]) and 0 < len(asked) < 3:
        return _apart(base, world, asked if len(asked) > 1 else [world.changed[-1], *asked])
    moved = [event for event in asked if event not in world.changed]
    if moved:
        move_along(base, entry, world, moved[-1])
    target = moved[-1] if moved else asked[-1] if asked else world.changed[-1]
    return _told(base, question, world, target, main)


def _told(base: FactBase, question: Question, world: World, target: Event, main: Clause | None) -> Outcome:
    day = world.days[target.id]
    told = sorted(world.changed, key=lambda event: world.days[event.id]) if len(world.changed) > 1 else world.changed
    told = told[: told.index(target) + 1] if target in told else told
    if len(told) == 1 and (how := world.how.get(target.id)):
        text = fill(base, "dates", "supposed", date=spelt(base, day), how=how)
    else:
        steps = base.wording["order"]["between_steps"].join(_steps(base, world, told))
        text = fill(base, "dates", "supposed_chain", date=spelt(base, day), steps=steps)
    holds = None
    claimed = [m.value for m in (inside(question, main, DATE) if main else [])]
    if question.polar and claimed:
        words = {m.value for m in inside(question, main, ORDER)} if main else set()
        before, after = BEFORE in words, AFTER in words
        other = completed(claimed[0], day_of(base, target))
        by = other and main and says_by(question.text[main.start : main.end])
        holds = (
            (day < other) == before if before != after and other else day <= other if by else agrees(claimed[0], day)
        )
    return Outcome((capitalised(text),), facts_of(base, [*told, target]), True, holds, about=participants_of(told))


def _steps(base: FactBase, world: World, events: Sequence[Event]) -> list[str]:
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
    base: FactBase, question: Question, world: World, named: Sequence[Named], asked: Sequence[Event], main: Clause
) -> Outcome:
    """Tell whether one would have come before another, which stays where it was."""
    places = [next((n.start, n.end) for n in within(named, main) if n.event is event) for event in asked]
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


def _last_of_all(base: FactBase, entry: Answer, question: Question, world: World, event: Event) -> Outcome:
    """Tell the order in which they would have come, and whether one would have been the last."""
    events = sorted(
        (e for e in base.events_of_type(entry.events or "") if e.id in world.days), key=lambda e: world.days[e.id]
    )
    steps = [fill(base, "dates", "supposed_step", noun=e.noun, date=spelt(base, world.days[e.id])) for e in events]
    text = fill(base, "order", "list", steps=base.wording["order"]["between_steps"].join(steps))
    holds = events[-1] is event if question.polar else None
    return Outcome((capitalised(text),), facts_of(base, events), True, holds, about=participants_of(events))


def _apart(base: FactBase, world: World, asked: Sequence[Event]) -> Outcome:
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
        text = fill(
            base,
            "dates",
            key,
            date=spelt(base, day),
            length=days_in_words(abs(length)),
            first=event.noun,
            first_date=spelt(base, was),
        )
        holds = days[0] == day if days and question.polar else None
        return Outcome((text,), facts_of(base, [event]), True, holds, about=participants_of([event]))
    if days and question.polar and days[0] != was:
        text = fill(base, "dates", "noun_was_on", Noun=capitalised(event.noun), date=spelt(base, was))
        return Outcome((text,), facts_of(base, [event]), True, (days[0] < was) == (BEFORE in words))
    return None

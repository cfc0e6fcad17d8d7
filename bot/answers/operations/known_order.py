"""What is known of the order of events, by their days or by what the article tells of it, and what is claimed of it."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from itertools import pairwise

from bot.answers.operations.events_named import Named, date_of, day_of, gap_between, name_of
from bot.answers.operations.phrases import fill
from bot.facts.base import FactBase
from bot.facts.model import Answer, Event
from bot.language.comparisons import at_once, says_apart
from bot.language.numbers import days_in_words
from bot.language.order_words import former_first, says_between, speaks_of_order
from bot.language.question_forms import claims_that_not
from bot.questions.question import Question


def came_before(base: FactBase, one: Event, two: Event) -> bool | None:
    """Tell whether one event came before another, None where the article does not tell (or it was the same day)."""
    if two.id in base.later_than[one.id]:
        return True
    return False if one.id in base.later_than[two.id] else None


def in_order(base: FactBase, events: Sequence[Event]) -> list[Event] | None:
    """Return events in the order in which they happened, None where that is not known of all of them."""
    ordered = sorted(events, key=lambda event: sum(event.id in base.later_than[other.id] for other in events))
    return ordered if all(came_before(base, one, two) for one, two in pairwise(ordered)) else None


def no_later_than(base: FactBase, event: Event) -> datetime.date | None:
    """Return the last day on which an event can have been: its own, or that of the first one known to be later."""
    days = [day_of(base, base.events[later]) for later in base.later_than[event.id]]
    return day_of(base, event) or min((day for day in days if day), default=None)


def no_sooner_than(base: FactBase, event: Event) -> datetime.date | None:
    """Return the first day on which an event can have been: its own, or that of the last one known to be sooner."""
    days = [day_of(base, other) for other in base.events.values() if event.id in base.later_than[other.id]]
    return day_of(base, event) or max((day for day in days if day), default=None)


def before_day(base: FactBase, event: Event, day: datetime.date) -> bool | None:
    """Tell whether an event came before a day, None where the article does not tell."""
    last, first = no_later_than(base, event), no_sooner_than(base, event)
    if last and (last < day or (last == day and not day_of(base, event))):
        return True
    return False if first and first >= day else None


def holds_as_claimed(base: FactBase, question: Question, named: Sequence[Named]) -> bool | None:
    """Tell whether events came in the order that a question claims, None where it claims none or that is not known."""
    if not (question.polar or question.false > question.ask):
        return None
    holds = _holds(base, question, named)
    return holds if holds is None or not claims_that_not(question.text) else not holds


def _holds(base: FactBase, question: Question, named: Sequence[Named]) -> bool | None:
    first_named = list({n.event.id: n for n in reversed(named)}.values())[::-1]
    first_named.sort(key=lambda n: n.start)
    if len(first_named) < 2:
        return None
    events = [n.event for n in first_named]
    if at_once(question.text):
        days = {day_of(base, event) for event in events}
        apart = any(came_before(base, *pair) is not None for pair in pairwise(events))
        together = len(days) == 1 if None not in days else False if apart else None
        return together if together is None or not says_apart(question.text) else not together
    if says_between(question.text) and len(events) == 3:
        return _lies_between(base, *events)
    return _in_order_claimed(base, question.text, first_named)


def told_in_order(base: FactBase, entry: Answer, first: Event, second: Event, later: bool = False) -> str:
    """Say which of two came first, and by how many days; `later` where it is the later one that is spoken of."""
    gap = gap_between(base, first, second)
    if gap == 0:
        return fill(base, "order", "same_day", first=first.noun, second=second.noun, date=base.dates[first.id].text)
    if gap and entry.role in first.participants:
        return fill(
            base,
            "order",
            "compare_wrong" if later else "compare_days",
            first=name_of(base, entry, first),
            second=name_of(base, entry, second) if entry.role in second.participants else second.noun,
            first_says=first.says,
            first_date=base.dates[first.id].text,
            days=days_in_words(gap),
            second_says=second.says,
            second_date=base.dates[second.id].text,
        )
    date = date_of(base, second)
    key = "compare_dated" if date else "compare"
    return fill(
        base, "order", key, first_noun=first.noun, second_noun=second.noun, second_date=date.text if date else ""
    )


def _lies_between(base: FactBase, event: Event, one: Event, two: Event) -> bool | None:
    ways = [
        (came_before(base, first, event), came_before(base, event, last)) for first, last in ((one, two), (two, one))
    ]
    if any(all(way) for way in ways):
        return True
    return False if all(False in way for way in ways) else None


def _in_order_claimed(base: FactBase, text: str, named: Sequence[Named]) -> bool | None:
    """Check "A before B and C", "A and B before C", "A, then B, then C", "is the order A, B, C?"."""
    spans = [(max(n.start, 0), max(n.end, 0)) for n in named]
    claims = [former_first(text, *spans[:2])]
    # "Before" at the beginning speaks of the first two only.
    claims += [former_first(text[a:], (0, b - a), (c - a, d - a)) for (a, b), (c, d) in pairwise(spans[1:])]
    made = [place for place, claim in enumerate(claims) if claim is not None]
    if len(named) > 2 and (not made or len(made) > 1):
        if not (speaks_of_order(text) or (len(made) == len(claims) and all(claims))):
            return None
        pairs = [(one.event, two.event) for one, two in pairwise(named)]
        return _all_hold([came_before(base, *pair) for pair in pairs])
    if not made:
        return None
    at, former = made[0], claims[made[0]]
    pairs = [(one.event, two.event) for one in named[: at + 1] for two in named[at + 1 :]]
    known = [came_before(base, *pair) for pair in pairs]
    return _all_hold([None if order is None else order == former for order in known])


def _all_hold(known: Sequence[bool | None]) -> bool | None:
    if False in known:
        return False
    return None if None in known else True

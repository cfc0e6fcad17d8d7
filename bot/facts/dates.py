"""Dates of events, stated or counted from one another."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter

from bot.facts.model import Date, Event
from bot.language.dates import spell, spell_partly


@dataclass(frozen=True)
class Dated:
    """When an event happened.

    `day` is set where it is known to the day; `text` is the year or month otherwise. A counted date keeps the
    event it was counted from and the number of days.
    """

    day: datetime.date | None
    text: str
    counted_from: str | None = None
    days: int | None = None
    day_first: bool = False
    """How the article writes a day: 12 December instead of December 12th."""

    @property
    def full(self) -> str:
        """The date with its year, where it is known to the day."""
        return spell_partly(self.day.isoformat(), self.day_first) if self.day else self.text

    @property
    def counted(self) -> bool:
        """True where the date follows by counting, False where the article states it."""
        return self.counted_from is not None


def resolve(events: Mapping[str, Event], day_first: bool = False) -> dict[str, Dated]:
    """Work out the date of every event that has one, in the order of the events, put into words by the custom given.

    Raises:
        ValueError: where counted dates refer to each other in a circle or to an event without a day.
    """
    found: dict[str, Dated] = {}
    for event in _those_counted_from_first(events):
        found[event.id] = _date_of(event, found, day_first)
    return {i: found[i] for i in events if i in found}


def _those_counted_from_first(events: Mapping[str, Event]) -> list[Event]:
    """Return the events that have a date, each behind the one from which its date is counted."""
    counted_from = {
        i: [event.date.after] if event.date.after in events else [] for i, event in events.items() if event.date
    }
    try:
        return [events[i] for i in TopologicalSorter(counted_from).static_order() if events[i].date]
    except CycleError as error:
        # The circle comes as a list of which each one is what the next is counted from; its last is its first.
        circle = error.args[1][:0:-1]
        at = min(range(len(circle)), key=lambda place: list(events).index(circle[place]))
        circle = [*circle[at:], *circle[: at + 1]]
        raise ValueError(f"the date of {circle[0]} is counted from itself: {' -> '.join(circle)}") from error


def _date_of(event: Event, known: Mapping[str, Dated], day_first: bool) -> Dated:
    date = event.date or Date()
    if date.on:
        return Dated(date.on, spell(date.on, day_first), day_first=day_first)
    if not date.after:
        return Dated(None, date.in_ or date.until or "")
    start = known.get(date.after)
    if start is None or start.day is None or date.days is None:
        raise ValueError(f"the date of {event.id} is counted from {date.after}, which has no day")
    day = start.day + datetime.timedelta(days=date.days)
    return Dated(day, spell(day, day_first), date.after, date.days, day_first)


def days_between(first: Dated, second: Dated) -> int | None:
    """Return the days from `first` to `second` (negative where second is earlier), None where a day is unknown."""
    if first.day is None or second.day is None:
        return None
    return (second.day - first.day).days

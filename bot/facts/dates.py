"""Dates of events, stated or counted from one another."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from bot.facts.model import Event


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

    @property
    def full(self) -> str:
        """The date with its year, where it is known to the day."""
        return f"{self.text}, {self.day.year}" if self.day else self.text

    @property
    def counted(self) -> bool:
        """True where the date follows by counting, False where the article states it."""
        return self.counted_from is not None


def resolve(events: dict[str, Event]) -> dict[str, Dated]:
    """Work out the date of every event that has one.

    Raises:
        ValueError: where counted dates refer to each other in a circle or to an event without a day.
    """
    found: dict[str, Dated] = {}

    def date_of(event_id: str, trail: tuple[str, ...]) -> Dated | None:
        if event_id in found:
            return found[event_id]
        event = events.get(event_id)
        if event is None or event.date is None:
            return None
        if event_id in trail:
            raise ValueError(f"the date of {event_id} is counted from itself: {' -> '.join((*trail, event_id))}")
        date = event.date
        if date.on:
            dated = Dated(date.on, spell(date.on))
        elif date.after:
            base = date_of(date.after, (*trail, event_id))
            if base is None or base.day is None or date.days is None:
                raise ValueError(f"the date of {event_id} is counted from {date.after}, which has no day")
            day = base.day + datetime.timedelta(days=date.days)
            dated = Dated(day, spell(day), date.after, date.days)
        else:
            dated = Dated(None, date.in_ or date.until or "")
        found[event_id] = dated
        return dated

    for event_id in events:
        date_of(event_id, ())
    return found


def days_between(first: Dated, second: Dated) -> int | None:
    """Return the days from `first` to `second` (negative where second is earlier), None where a day is unknown."""
    if first.day is None or second.day is None:
        return None
    return (second.day - first.day).days


def spell(day: datetime.date) -> str:
    """Return a date as the article writes it: December 12th."""
    return f"{day:%B} {day.day}{ordinal_suffix(day.day)}"


def ordinal_suffix(number: int) -> str:
    """Return st, nd, rd or th."""
    if 10 <= number % 100 <= 20:
        return "th"
    return {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")


MONTHS = tuple(datetime.date(2000, month, 1).strftime("%B") for month in range(1, 13))
_WORDS = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen".split()


def count_words(number: int) -> str:
    """Return a small number in words, a larger one in figures."""
    return _WORDS[number] if 0 <= number < len(_WORDS) else str(number)

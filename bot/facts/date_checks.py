"""Checks the dates of events: their form, what they are counted from, and that they agree with all that is told."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from bot.facts.base import FactBase
from bot.facts.dates import resolve
from bot.facts.model import Event
from bot.language.words import join

_YEAR_MONTH = re.compile(r"\d{4}(-(0[1-9]|1[0-2]))?")


def check_dates(base: FactBase) -> Iterator[str]:
    """Yield the problems, each as "id: key: what is wrong; what would be valid"."""
    malformed = [problem for event in base.events.values() for problem in _form(event)]
    yield from malformed
    try:
        resolve(base.events)
    except ValueError as error:
        yield f"{error}; count from an event with a day"
        return
    misplaced = list(_order_against_dates(base))
    yield from misplaced
    # A wrong date puts others out of order as well.
    if not malformed and not misplaced:
        yield from _before_itself(base)


def _form(event: Event) -> Iterator[str]:
    date = event.date
    if not date:
        return
    kinds = (("on", date.on), ("in", date.in_), ("until", date.until), ("after", date.after))
    given = [name for name, value in kinds if value]
    if len(given) != 1:
        yield (
            f"{event.id}: date: has {join(given) or 'no day'}; valid is just one of on, in, until, or days with after"
        )
    if (date.days is None) != (date.after is None):
        yield f"{event.id}: date: `days` and `after` go together"
    for text in filter(None, (date.in_, date.until)):
        if not _YEAR_MONTH.fullmatch(text):
            yield f"{event.id}: date: {text} is no year or month; valid is YYYY or YYYY-MM"


def _order_against_dates(base: FactBase) -> Iterator[str]:
    for kind in dict.fromkeys(event.type for event in base.events.values()):
        days = [(e.id, base.dates[e.id].day) for e in base.events_of_type(kind) if e.order and e.id in base.dates]
        for (earlier, first), (later, second) in pairwise((i, day) for i, day in days if day):
            if first > second:
                yield f"{later}: order: comes after {earlier}, but its date is earlier; make order and date agree"


def _before_itself(base: FactBase) -> Iterator[str]:
    for event, later in base.later_than.items():
        if event in later:
            yield (
                f"{event}: comes before itself by `after`, `before`, `causes`, `outcomes` and `order`; make them agree"
            )

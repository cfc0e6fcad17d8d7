"""Days that a claim names, checked against the day of what it is about: on it, before it, so many days after it."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from bot.facts.base import FactBase
from bot.facts.said import Said
from bot.language.dates import agrees, completed, is_day
from bot.language.time_bearings import AFTER, BEFORE, BY, FROM, ON, bearing_before, says_lasting
from bot.questions.mentions import DATE, DURATION, Mention
from bot.questions.question import Question


@dataclass(frozen=True)
class Checked:
    """Whether the days that a claim names are right, and the spans of the text that name them."""

    right: bool
    spans: tuple[tuple[int, int], ...] = ()


def check_days(base: FactBase, fact: str, way: Said, text: str, question: Question) -> Checked | None:
    """Return whether the days named in `text` fit a fact, None where that cannot be told."""
    dates = [m for m in question.mentions if m.entity == DATE and m.end > m.start and text[m.start : m.end].strip()]
    lengths = [m for m in question.mentions if m.entity == DURATION and text[m.start : m.end].strip()]
    if not dates:
        return Checked(True)  # lengths of time by themselves are checked elsewhere
    if len(dates) > 1 or len(lengths) > 1:
        return None
    date = dates[0]
    event = base.dates.get(fact)
    bearing = bearing_before(text, date.start)
    start = bearing.start
    if event is None or event.day is None:
        return _of_period(base, fact, way, date, bearing.kind, start) if not lengths else None
    if lengths:
        return _so_far_from(event.day, date, lengths[0], bearing.kind, bearing.start)
    right = _is_right(event.day, date.value, bearing.kind, says_lasting(text, date.start))
    return None if right is None else Checked(right, ((start, date.end),))


def _is_right(day: datetime.date, value: str, bearing: str | None, lasting: bool) -> bool | None:
    """Say whether an event on a day was on, before, after or by a date that is named."""
    first, last = _span(value, day)
    if bearing is None or first is None or last is None:
        return None
    if bearing == ON and lasting:
        # "Had it already left on the 20th?" asks whether it had by then.
        return day <= last if not agrees(value, day) or is_day(value) else None
    if bearing == ON:
        return agrees(value, day)
    if bearing == BEFORE:
        return day < first
    if bearing == AFTER:
        return day > last
    return day <= last if bearing == BY else None


def _so_far_from(day: datetime.date, date: Mention, length: Mention, bearing: str | None, start: int) -> Checked | None:
    """Check "six days after December 20th"."""
    named = completed(date.value, day)
    if named is None or length.end > start or start - length.end > 1 or bearing not in (BEFORE, AFTER, FROM):
        return None
    away = round(float(length.value)) * (-1 if bearing == BEFORE else 1)
    return Checked((day - named).days == away, ((length.start, length.end), (start, date.end)))


def _of_period(base: FactBase, fact: str, way: Said, date: Mention, bearing: str | None, start: int) -> Checked | None:
    """Check a day against the time for which something was so, or the month or year in which it began."""
    known = base.dates.get(fact)
    if known is not None:
        year = known.text
        fits = bearing == ON and len(year) == 4 and not date.value.startswith("-")
        return Checked(date.value[:4] == year, ((start, date.end),)) if fits and len(date.value) == 4 else None
    if way.during is None or bearing != ON:
        return None
    ends = [base.dates.get(i) for i in (way.during.from_, way.during.until) if i]
    days = [end.day for end in ends if end and end.day]
    day = completed(date.value, days[0]) if days and len(days) == len(ends) else None
    if day is None:
        return None
    begun = way.during.from_ is None or day > days[0]
    over = way.during.until is not None and day >= days[-1]
    return Checked(True, ((start, date.end),)) if begun and not over else None


def _span(value: str, like: datetime.date) -> tuple[datetime.date | None, datetime.date | None]:
    """Return the first and last day that a date, month or year stands for."""
    if is_day(value):
        day = completed(value, like)
        return day, day
    if len(value) == 4 and value.isdigit():
        return datetime.date(int(value), 1, 1), datetime.date(int(value), 12, 31)
    year, month = (value[:4], value[5:7]) if value[0].isdigit() else (str(like.year), value.strip("-"))
    if not (month.isdigit() and year.isdigit()):
        return None, None
    first = datetime.date(int(year), int(month), 1)
    return first, (first.replace(day=28) + datetime.timedelta(days=4)).replace(day=1) - datetime.timedelta(days=1)

"""Answers about the time between events: which of several gaps is the longer, their sum, and what lies halfway."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from bot.answers.operations.events_named import Named, day_of, participants, places_named
from bot.answers.operations.outcome import Outcome
from bot.answers.operations.phrases import fill, refuse
from bot.facts.base import FactBase
from bot.facts.model import Answer, Event
from bot.language import comparisons
from bot.language.comparisons import EQUAL, LONGER, SHORTER
from bot.language.dates import spell_partly
from bot.language.numbers import days_in_words, times_in_words
from bot.language.words import capitalised, join
from bot.questions.mentions import DURATION
from bot.questions.question import Question


@dataclass(frozen=True)
class Gap:
    """The time from one event to another, or (without events) a length of time that is only named."""

    days: int
    first: Event | None = None
    second: Event | None = None
    parts: tuple[Gap, ...] = ()
    """Those that it is the sum of."""


def compare_gaps(base: FactBase, entry: Answer, question: Question) -> Outcome:
    """Which of two gaps between events is the longer: "Was it longer from A to B than from B to C?" """
    every = gaps_between_all(base)
    if len(every) < 2:
        return refuse(base, "no_gaps")
    undated = [n.event for n in places_named(base, entry, question) if not day_of(base, n.event)]
    if undated:
        return refuse(base, "no_date_between", noun=undated[0].noun)
    wanted = comparisons.superlative(question.text)
    if wanted and not question.polar:
        named = {n.event.id for n in places_named(base, entry, question)}
        among = [gap for gap in every if {gap.first.id, gap.second.id} <= named] if len(named) > 2 else every
        return _of_all(base, entry, among if len(among) > 1 else every, wanted)
    pair = _two_named(base, entry, question, every)
    if len(pair) == 2 and pair[0] != pair[1]:
        return _two_compared(base, entry, question, pair[0], pair[1])
    found = _of_all(base, entry, every, wanted)
    if wanted and len(pair) == 1:
        # "Was the last one the longest?"
        lengths = sorted(gap.days for gap in every)
        holds = pair[0].days == lengths[{LONGER: -1, SHORTER: 0, EQUAL: len(lengths) // 2}[wanted]]
        return replace(found, holds=holds)
    return found


def gaps_between_all(base: FactBase) -> list[Gap]:
    """Return the gaps from each event that has a day to the next one, in their order."""
    events = sorted((event for event in base.events.values() if day_of(base, event)), key=lambda e: known_day(base, e))
    return [gap_of(base, one, two) for one, two in pairwise(events) if known_day(base, one) < known_day(base, two)]


def gap_of(base: FactBase, one: Event, two: Event) -> Gap:
    """Return the gap between two events that have a day, whichever is the earlier."""
    first, second = sorted((one, two), key=lambda event: known_day(base, event))
    return Gap((known_day(base, second) - known_day(base, first)).days, first, second)


def one_before(base: FactBase, entry: Answer, event: Event) -> Event | None:
    """Return the event that another is counted from, or the last one known to the day before it."""
    date = base.dates.get(event.id)
    if date and date.counted_from:
        return base.events[date.counted_from]
    earlier = [other for other in base.events.values() if (day := day_of(base, other)) and day < known_day(base, event)]
    return max(earlier, key=lambda other: known_day(base, other), default=None)


def facts_of(base: FactBase, events: Sequence[Event]) -> tuple[str, ...]:
    """Return what the days of events rest on: they themselves, and those from which they are counted."""
    counted_from = [base.dates[event.id].counted_from for event in events if event.id in base.dates]
    return tuple(dict.fromkeys([*(event.id for event in events), *filter(None, counted_from)]))


def gaps_in_words(base: FactBase, gaps: Sequence[Gap]) -> str:
    """Say how long gaps are, each with its ends."""
    return join([_in_words(base, gap) for gap in gaps])


def _two_named(base: FactBase, entry: Answer, question: Question, every: list[Gap]) -> list[Gap]:
    """Return the two gaps that a question compares, fewer where it does not name them."""
    text, named = question.text, places_named(base, entry, question)
    at = comparisons.pivot(text)
    left = [n for n in named if at is None or n.start < at[0]]
    right = [n for n in named if at is not None and n.start >= at[0]]
    if comparisons.compares_closeness(text) and len({n.event.id for n in named}) == 3:
        one, two, three = list({n.event.id: n.event for n in named}.values())
        return [gap_of(base, one, two), gap_of(base, one, three)]
    if not right and len(left) > 3:
        left, right = left[:2], left[2:]
    if len(left) == 3 and not right:
        return [gap_of(base, left[0].event, left[1].event), gap_of(base, left[1].event, left[2].event)]
    one, two = _gap_named(base, entry, left), _gap_named(base, entry, right)
    lengths = [m for m in question.mentions if m.entity == DURATION]
    if one is None and two is not None and not comparisons.means_others(text[: at[0] if at else 0]):
        one = _length_beside(text, lengths, at, True)
    if one is not None and two is None:
        two = _others(base, text, every, one) or _length_beside(text, lengths, at, False)
    if one is None and two is not None:
        one = _others(base, text, every, two)
    return [gap for gap in (one, two) if gap]


def _gap_named(base: FactBase, entry: Answer, named: Sequence[Named]) -> Gap | None:
    """Return the gap between the two events that are named together, or up to the one that is named alone."""
    events = list({n.event.id: n.event for n in named}.values())
    if len(events) > 1:
        return gap_of(base, events[0], events[-1])
    before = one_before(base, entry, events[0]) if events else None
    return gap_of(base, before, events[0]) if before else None


def _others(base: FactBase, text: str, every: list[Gap], but: Gap) -> Gap | None:
    """Return "the one before" a gap, or the sum of "the others"."""
    if comparisons.means_one_before(text):
        return next((gap for gap in every if gap.second is but.first), None)
    if not (comparisons.means_others(text) or comparisons.asks_sum(text)):
        return None
    rest = tuple(gap for gap in every if (gap.first, gap.second) != (but.first, but.second))
    return Gap(sum(gap.days for gap in rest), parts=rest)


def _length_beside(text: str, lengths: list, at: tuple[int, int] | None, former: bool) -> Gap | None:
    """Return a bare length of time that stands on one side of what compares: "longer than three days"."""
    there = [m for m in lengths if at is not None and (m.end <= at[0] if former else m.start >= at[1])]
    side = text[: at[0]] if at and former else text[at[1] :] if at else ""
    if len(there) > 1 and comparisons.asks_sum(side):
        return Gap(round(sum(float(m.value) for m in there)))
    return Gap(round(float(there[0].value))) if there and float(there[0].value).is_integer() else None


def _two_compared(base: FactBase, entry: Answer, question: Question, one: Gap, two: Gap) -> Outcome:
    is_as = EQUAL if one.days == two.days else LONGER if one.days > two.days else SHORTER
    long, short = (two, one) if is_as == SHORTER else (one, two)
    times = comparisons.factor(question.text)
    text = _told(base, question, long, short, times)
    holds = _comparison_holds(question, one, two, times) if question.polar else None
    events = [e for gap in (one, two) for part in (gap.parts or (gap,)) for e in (part.first, part.second) if e]
    told = participants(entry, *{e.id: e for e in events}.values())
    return Outcome((capitalised(text),), facts_of(base, events), True, holds, about=told)


def _told(base: FactBase, question: Question, long: Gap, short: Gap, times: float | None) -> str:
    """Say which of two gaps is the longer, by how much or how many times, as is asked."""
    text, more = question.text, days_in_words(long.days - short.days)
    ends = {"longer": _in_words(base, long), "shorter": _in_words(base, short)}
    days = {"long_days": days_in_words(long.days), "short_days": days_in_words(short.days)}
    if long.days == short.days:
        return fill(base, "dates", "gaps_equal", **ends)
    if comparisons.asks_difference(text):
        return fill(base, "dates", "gap_difference", difference=more, **ends)
    if (times or comparisons.asks_ratio(text)) and short.days:
        if times == 0.5 and long.days == 2 * short.days:
            return fill(base, "dates", "gap_half", **ends)
        return fill(base, "dates", "gap_ratio", times=times_in_words(long.days / short.days), **ends)
    ends_of = [{event.id: event for event in (gap.first, gap.second) if event} for gap in (short, long)]
    shared = ends_of[0].keys() & ends_of[1].keys()
    if comparisons.compares_closeness(text) and len(shared) == 1:
        near, far = (next(event for i, event in events.items() if i not in shared) for events in ends_of)
        return fill(base, "dates", "closer", first=near.noun, second=far.noun, **days)
    if not long.first or not long.second or not short.first or not short.second:
        return fill(base, "dates", "gaps_bare", difference=more, **ends)
    if not question.polar and comparisons.compared(text) == SHORTER:
        first, second = short.first.noun, short.second.noun
        return fill(base, "dates", "gaps_shorter", first=first, second=second, longer=ends["longer"], **days)
    return fill(base, "dates", "gaps", first=long.first.noun, second=long.second.noun, shorter=ends["shorter"], **days)


def _comparison_holds(question: Question, one: Gap, two: Gap, times: float | None) -> bool | None:
    text, claimed = question.text, comparisons.compared(question.text)
    if comparisons.offers_choice(text):
        return None
    at = comparisons.place_of_factor(text)
    if times is not None and at is not None:
        return comparisons.is_within(one.days, two.days * times, comparisons.bound_before(text, at))
    by = [m for m in question.mentions if m.entity == DURATION and comparisons.is_difference(text, m.start, m.end)]
    if by and claimed in (LONGER, SHORTER):
        difference = one.days - two.days if claimed == LONGER else two.days - one.days
        return abs(difference - float(by[0].value)) < 0.5
    if claimed is None:
        return None
    if claimed == EQUAL:
        return one.days == two.days
    return one.days > two.days if claimed == LONGER else one.days < two.days


def _of_all(base: FactBase, entry: Answer, every: list[Gap], wanted: str | None) -> Outcome:
    """Tell which of all gaps is the longest, or how long each of them is."""
    by_length = sorted(every, key=lambda gap: gap.days)
    events = [event for gap in every for event in (gap.first, gap.second) if event]
    told = participants(entry, *{event.id: event for event in events}.values())
    if wanted is None or (wanted == EQUAL and len(every) != 3):
        text = fill(base, "dates", "all_gaps", gaps=gaps_in_words(base, every))
        return Outcome((capitalised(text),), facts_of(base, events), True, about=told)
    place = {LONGER: -1, SHORTER: 0, EQUAL: 1}[wanted]
    chosen = by_length[place]
    rest = [gap for gap in every if gap is not chosen]
    text = fill(
        base,
        "dates",
        {LONGER: "longest", SHORTER: "shortest", EQUAL: "middle_gap"}[wanted],
        first=chosen.first.noun,
        second=chosen.second.noun,
        days=days_in_words(chosen.days),
        rest=gaps_in_words(base, rest),
    )
    return Outcome((capitalised(text),), facts_of(base, events), True, about=told)


def _in_words(base: FactBase, gap: Gap) -> str:
    if gap.parts:
        return fill(base, "dates", "gap_sum", days=days_in_words(gap.days), gaps=gaps_in_words(base, gap.parts))
    if gap.first is None or gap.second is None:
        return days_in_words(gap.days)
    return fill(base, "dates", "gap", days=days_in_words(gap.days), first=gap.first.noun, second=gap.second.noun)


def spelt(base: FactBase, day: datetime.date) -> str:
    """Return a day in words, with its year where the article's days are of another."""
    known = {other.year for other in base.known_days}
    value = day.isoformat() if day.year not in known else f"--{day:%m-%d}"
    return spell_partly(value, base.vocabulary.dates.day_first)


def known_day(base: FactBase, event: Event) -> datetime.date:
    """Return the day of an event that has one; the end of all days for one that has none."""
    return day_of(base, event) or datetime.date.max

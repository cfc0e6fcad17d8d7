"""How many days lay between two events."""

from __future__ import annotations

import datetime

from bot.answers.operations.events_named import (
    Named,
    day_of,
    gap_between,
    participants,
    places_named,
    subjects_of,
    which,
)
from bot.answers.operations.gaps import facts_of, gap_of, gaps_between_all, gaps_in_words
from bot.answers.operations.known_order import holds_as_claimed
from bot.answers.operations.outcome import Outcome
from bot.answers.operations.phrases import fill, refuse
from bot.facts.base import FactBase
from bot.facts.model import Answer, Event
from bot.language.comparisons import (
    asks_average,
    asks_each,
    asks_sum,
    at_once,
    bound_before,
    is_within,
    offers_choice,
    says_apart,
)
from bot.language.numbers import amount_in_words, days_in_words
from bot.language.question_forms import asks_which, claims_that_not
from bot.language.words import capitalised
from bot.questions.mentions import DURATION
from bot.questions.question import Question


def days_apart(base: FactBase, entry: Answer, question: Question) -> Outcome:
    """How many days lay between two events: "How long after Belarus did Russia leave?" """
    named = places_named(base, entry, question)
    if found := _pairs(base, question, named) or _several_gaps(base, entry, question, named):
        return found
    together = list({n.event.id: n.event for n in named}.values())
    events = _two(base, entry, subjects_of(base, entry, question, by_names=True))
    if len(together) > 1:
        events = _two(base, entry, together)
    if len(events) < 2:
        return which(base, entry)
    undated = [event for event in events if day_of(base, event) is None]
    if undated:
        return refuse(base, "no_date_between", noun=undated[0].noun)
    first, second = sorted(events, key=lambda e: _day(base, e))
    gap = gap_between(base, first, second) or 0
    one, two = base.dates[first.id], base.dates[second.id]
    counted, stated = one.counted or two.counted, two.counted_from == first.id
    days = days_in_words(gap)
    text = fill(
        base,
        "dates",
        "apart_stated" if stated else "apart_counted" if counted else "apart",
        Days=capitalised(days),
        days=days,
        first=first.says,
        first_date=one.text,
        second=second.says,
        second_date=two.text,
    )
    claims = question.polar or question.false > question.ask
    holds = _holds(base, question, [n for n in named if n.event in events], gap) if claims else None
    counted_from = [date.counted_from for date in (one, two) if date.counted_from]
    facts = tuple(dict.fromkeys([first.id, second.id, *counted_from]))
    about = participants(entry, first, second)
    # An event that nobody took part in by that role is none of those "which of them" could mean.
    listed = about if first.entities(entry.role) and second.entities(entry.role) else ()
    return Outcome((text,), facts, not stated or not counted, holds, about=about, listed=listed)


def _holds(base: FactBase, question: Question, named: list[Named], gap: int) -> bool | None:
    """Check a length of time that is claimed, as it is meant ("within a week"), and which came first."""
    claimed = [m for m in question.mentions if m.entity == DURATION]
    denied = claims_that_not(question.text)
    if at_once(question.text) and not claimed:
        return ((gap == 0) != says_apart(question.text)) != denied
    if not claimed or (len(claimed) > 1 and offers_choice(question.text)):
        return None
    right = [is_within(gap, float(m.value), bound_before(question.text, m.start)) for m in claimed]
    long_enough = True in right or (None if None in right else False)
    if long_enough is None:
        return None
    # "Four days after Kazakhstan": true of the days, but not of who came first.
    in_order = holds_as_claimed(base, question, named) if len({n.event.id for n in named}) == 2 else None
    wrong_way = in_order is not None and (in_order != denied) is False
    return (long_enough and not wrong_way) != denied


def _pairs(base: FactBase, question: Question, named: list[Named]) -> Outcome | None:
    """Tell which two events lay so many days apart: "Between which two exits were there six days?" """
    lengths = [float(value) for value in question.values(DURATION)]
    events = {n.event.id for n in named}
    if not lengths or question.polar or len(events) > 1 or not asks_which(question.text):
        return None
    dated = sorted((e for e in base.events.values() if day_of(base, e)), key=lambda e: _day(base, e))
    pairs = [gap_of(base, one, two) for at, one in enumerate(dated) for two in dated[at + 1 :]]
    found = [g for g in pairs if abs(g.days - lengths[0]) < 0.5 and (not events or events & {g.first.id, g.second.id})]
    if not found:
        return Outcome((fill(base, "dates", "no_pair", days=days_in_words(round(lengths[0]))),), refused=True)
    text = capitalised(fill(base, "dates", "pairs", pairs=gaps_in_words(base, found)))
    return Outcome((text,), facts_of(base, [e for gap in found for e in (gap.first, gap.second)]), True)


def _several_gaps(base: FactBase, entry: Answer, question: Question, named: list[Named]) -> Outcome | None:
    """Tell the gaps between several events one by one, their sum or their average."""
    total, average = asks_sum(question.text), asks_average(question.text)
    if question.polar or not (total or average or asks_each(question.text)):
        return None
    events = {n.event.id for n in named}
    every = gaps_between_all(base)
    gaps = [gap for gap in every if {gap.first.id, gap.second.id} <= events] if len(events) > 2 else every
    if len(events) == 2 or len(gaps) < 2:
        return None
    ends = [event for gap in gaps for event in (gap.first, gap.second)]
    days, in_words = sum(gap.days for gap in gaps), gaps_in_words(base, gaps)
    key = "gaps_average" if average else "gaps_total" if total else "all_gaps"
    text = fill(
        base,
        "dates",
        key,
        gaps=in_words,
        total=days_in_words(days),
        Total=capitalised(days_in_words(days)),
        average=capitalised(amount_in_words(days / len(gaps))),
    )
    told = participants(entry, *{event.id: event for event in ends}.values())
    return Outcome((capitalised(text),), facts_of(base, ends), True, about=told)


def _two(base: FactBase, entry: Answer, named: list[Event]) -> list[Event]:
    """Return the two events to count between: of one the other end is found, of several the ends are taken."""
    if len(named) == 1:
        # "How long after Kazakhstan left was it over?": the other end is the last event, or the one before.
        (event,), last, of_type = named, base.last_event, base.events_of_type(entry.events or "")
        if last and event is not last and of_type and event is of_type[-1]:
            return [event, last]
        return [*[e for e in of_type if e.order == (event.order or 0) - 1], event][:2]
    if len(named) > 2:
        known = [event for event in named if day_of(base, event)]
        ends = [min(known, key=lambda e: _day(base, e)), max(known, key=lambda e: _day(base, e))] if known else []
        return ends if len(known) > 1 else named[:2]
    return named


def _day(base: FactBase, event: Event) -> datetime.date:
    return day_of(base, event) or datetime.date.max

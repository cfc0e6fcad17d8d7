"""Answers about days: when something was, what happened then, how many days lay between."""

from __future__ import annotations

import datetime

from bot.answers.operations.events_named import (
    events_on,
    gap_between,
    is_day,
    matches,
    named_states,
    participants,
    subjects_of,
    which,
)
from bot.answers.operations.outcome import Outcome
from bot.answers.operations.phrases import count_days, fill, join, refuse, spoken
from bot.facts.base import FactBase
from bot.facts.dates import Dated, spell
from bot.facts.model import Answer, Event
from bot.language.sentences import sentences_of
from bot.questions.question import Question


def when(base: FactBase, entry: Answer, question: Question) -> Outcome:
    """When an event took place: "When did Russia leave?" """
    outside = None
    if entry.event:
        events = [base.events[entry.event]]
    else:
        outside = _outside(base, question)
        events = subjects_of(base, entry, question)
        if not events and outside:
            return outside
        if not events:
            return which(base, entry)
    # "I went there in 2015. When did it leave?" claims nothing.
    claimed = question.values("date") if question.polar else question.asked_values("date")
    found = [(event, base.dates.get(event.id)) for event in events]
    dated = [(event, date) for event, date in found if date and date.day]
    if not dated:
        texts = [fill(base, "refused", "no_date", says=event.says) for event in events]
        texts += _about(base, events[0], entry) if len(events) == 1 else ()
        return Outcome((*texts, *(outside.sentences if outside else ())), refused=True)
    texts = [date_text(base, event, date) for event, date in dated]
    texts += [base.wording["refused"]["no_date"].format(says=e.says) for e, date in found if not (date and date.day)]
    texts += outside.sentences if outside else ()
    holds = None
    if claimed and len(dated) == 1:
        holds = any(matches(value, dated[0][1].day) for value in claimed)
    facts = tuple(fact for event, date in dated for fact in (event.id, *([date.counted_from] if date.counted else [])))
    about = participants(entry, *events)
    return Outcome(tuple(texts), facts, any(date.counted for _, date in dated), holds, about=about)


def on_date(base: FactBase, entry: Answer, question: Question) -> Outcome:
    """What happened on a date: "What happened on December 12th?", "... four days after Russia left?" """
    reference = [] if question.values("date") else subjects_of(base, entry, question, by_names=True)
    lengths = [float(value) for value in question.values("duration")]
    if lengths and reference and base.dates.get(reference[0].id) and base.dates[reference[0].id].day:
        backwards = "before" in question.values("order") and "after" not in question.values("order")
        days = int(lengths[0]) * (-1 if backwards else 1)
        day = base.dates[reference[0].id].day + datetime.timedelta(days=days)
        events = events_on(base, day)
        if not events:
            return refuse(base, "nothing_on", date=spell(day))
        text = fill(
            base,
            "dates",
            "earlier" if backwards else "later",
            Count=count_days(abs(days)).capitalize(),
            date=spell(day),
            events=join([e.says for e in events]),
        )
        return Outcome((text,), (*(e.id for e in events), reference[0].id), True, about=participants(entry, *events))
    for value in question.values("date"):
        found = _on_day(base, entry, question, value) if is_day(value) else _in_period(base, entry, value)
        if found:
            return found
    dates = question.values("date")
    if dates:
        return refuse(base, "nothing_on" if is_day(dates[0]) else "nothing_in", date=spoken(dates[0]))
    if reference:
        return next_event(base, entry, question, reference[0])
    return Outcome(refused=True)


def apart(base: FactBase, entry: Answer, question: Question) -> Outcome:
    """How many days lay between two events."""
    events = subjects_of(base, entry, question, by_names=True)
    dated = base.events_of_type(entry.events or "")
    if len(events) == 1:
        # "How long after Kazakhstan left was it over?": the other end is the last event, or the one before.
        last = base.last_event
        neighbours = [e for e in dated if e.order == (events[0].order or 0) - 1]
        events = [events[0], last] if events[0] is not last and events[0] is dated[-1] else [*neighbours, events[0]]
    if len(events) < 2:
        return which(base, entry)
    if len(events) > 2:
        known = [e for e in events if e.id in base.dates and base.dates[e.id].day]
        events = (
            [min(known, key=lambda e: base.dates[e.id].day), max(known, key=lambda e: base.dates[e.id].day)]
            if len(known) > 1
            else events[:2]
        )
    for event in events:
        date = base.dates.get(event.id)
        if date is None or date.day is None:
            return refuse(base, "no_date_between", noun=event.noun)
    first, second = sorted(events[:2], key=lambda e: base.dates[e.id].day)
    gap = gap_between(base, first, second) or 0
    one, two = base.dates[first.id], base.dates[second.id]
    counted = one.counted or two.counted
    stated = two.counted_from == first.id
    days = count_days(gap).capitalize()
    text = fill(
        base,
        "dates",
        "apart_stated" if stated else "apart_counted" if counted else "apart",
        Days=days,
        days=days[:1].lower() + days[1:],
        first=first.says,
        first_date=one.text,
        second=second.says,
        second_date=two.text,
    )
    claimed = [float(v) for v in question.values("duration")]
    holds = (
        any(abs(c - gap) < 0.5 for c in claimed)
        if claimed and (question.polar or question.false > question.ask)
        else None
    )
    facts = [first.id, second.id]
    for date in (one, two):
        if date.counted_from and date.counted_from not in facts:
            facts.append(date.counted_from)
    about = participants(entry, first, second)
    return Outcome((text,), tuple(facts), not stated or not counted, holds, about=about, listed=about)


def next_event(base: FactBase, entry: Answer, question: Question, reference: Event) -> Outcome:
    """What happened next, or just before: "What happened right after Kazakhstan left?" """
    orders = question.values("order")
    date = base.dates.get(reference.id)
    if not orders or date is None or date.day is None:
        return when(base, entry, question)
    backwards = "before" in orders and "after" not in orders
    day = base.day_before(date.day) if backwards else base.day_after(date.day)
    if day is None:
        return refuse(base, "nothing_on", date=date.text)
    events = events_on(base, day)
    text = fill(
        base,
        "dates",
        "earlier" if backwards else "later",
        Count=count_days(abs((day - date.day).days)).capitalize(),
        date=spell(day),
        events=join([e.says for e in events]),
    )
    return Outcome((text,), (*(e.id for e in events), reference.id), True, about=participants(entry, *events))


def date_text(base: FactBase, event: Event, date: Dated) -> str:
    """Return the sentence that tells the date of an event."""
    says = event.says[:1].upper() + event.says[1:]
    if date.counted:
        noun = base.events[date.counted_from or ""].noun
        return fill(base, "dates", "counted", Says=says, date=date.full, days=count_days(date.days or 0), noun=noun)
    return fill(base, "dates", "stated", Says=says, date=date.full)


def _on_day(base: FactBase, entry: Answer, question: Question, value: str) -> Outcome | None:
    events = base.events_dated(value)
    if not events:
        return None
    date = base.dates[events[0].id]
    says = join([e.says for e in events])
    text = fill(base, "dates", "on_counted" if date.counted else "on", date=date.text, events=says)
    named = set(question.named("state"))
    holds = any(named & set(e.entities()) for e in events) if question.polar and named else None
    return Outcome((text,), tuple(e.id for e in events), date.counted, holds, about=participants(entry, *events))


def _in_period(base: FactBase, entry: Answer, value: str) -> Outcome | None:
    """What happened in a month or a year."""
    whole = base.events_in(value)
    if whole:
        text = fill(base, "dates", "in", date=spoken(value), events=join([e.says for e in whole]))
        return Outcome((text,), tuple(e.id for e in whole), about=participants(entry, *whole))
    inside = base.events_dated(value)
    if not inside:
        return None
    inside.sort(key=lambda e: base.dates[e.id].day)
    dates = [base.dates[e.id] for e in inside]
    steps = [f"{e.says} on {date.text}" for e, date in zip(inside, dates, strict=True)]
    text = fill(base, "dates", "in", date=spoken(value), events=join(steps))
    counted = any(date.counted for date in dates)
    return Outcome((text,), tuple(e.id for e in inside), counted, about=participants(entry, *inside))


def _outside(base: FactBase, question: Question) -> Outcome | None:
    """Refuse for the states that a question names and the article does not mention, None where there are none."""
    named = [m.value for m in named_states(base, question) if base.entities[m.value].outside]
    names = [base.entities[i].name for i in dict.fromkeys(named)]
    return refuse(base, "not_mentioned", entity=join(names, "or")) if names else None


def _about(base: FactBase, event: Event, entry: Answer) -> tuple[str, ...]:
    for entity_id in event.entities(entry.role):
        entity = base.entities[entity_id]
        if entity.about:
            return sentences_of(base.wording["refused"]["near"].format(text=entity.about))
    return ()

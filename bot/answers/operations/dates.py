"""Answers about days: when something was, and what happened then."""

from __future__ import annotations

import datetime

from bot.answers.operations.events_named import (
    asks_back,
    date_of,
    day_of,
    events_on,
    of_those_taking_part,
    participants,
    subjects_of,
    which,
)
from bot.answers.operations.outcome import Outcome
from bot.answers.operations.phrases import fill, refuse
from bot.facts.base import FactBase
from bot.facts.dates import Dated
from bot.facts.model import Answer, Event
from bot.language.dates import agrees, is_day, spell, spell_partly
from bot.language.numbers import days_in_words
from bot.language.sentences import sentences_of
from bot.language.words import capitalised, join, join_choices
from bot.questions.mentions import DATE, DURATION, ORDER
from bot.questions.question import Question


def when(base: FactBase, entry: Answer, question: Question) -> Outcome:
    """When an event took place: "When did Russia leave?" """
    outside = None
    if entry.event:
        events = [base.events[entry.event]]
    else:
        outside = _outside(base, entry, question)
        events = subjects_of(base, entry, question)
        if not events:
            return outside or which(base, entry)
    beside = outside.sentences if outside else ()
    dated = [(event, date) for event in events if (date := date_of(base, event))]
    undated = [fill(base, "refused", "no_date", says=event.says) for event in events if not date_of(base, event)]
    if not dated:
        near = _about(base, events[0], entry) if len(events) == 1 else ()
        return Outcome((*undated, *near, *beside), refused=True)
    sentences = (*(date_text(base, event, date) for event, date in dated), *undated, *beside)
    # "I went there in 2015. When did it leave?" claims nothing.
    claimed = question.values(DATE) if question.polar else question.asked_values(DATE)
    holds = any(agrees(value, dated[0][1].day) for value in claimed) if claimed and len(dated) == 1 else None
    facts = tuple(fact for event, date in dated for fact in (event.id, *([date.counted_from] if date.counted else [])))
    # The departure from whose day another was counted is told of as well.
    told = [base.events[fact] for fact in facts] if entry.role else events
    return Outcome(sentences, facts, any(date.counted for _, date in dated), holds, about=participants(entry, *told))


def on_date(base: FactBase, entry: Answer, question: Question) -> Outcome:
    """What happened on a date: "What happened on December 12th?", "... four days after Russia left?" """
    dates = question.values(DATE)
    reference = [] if dates else subjects_of(base, entry, question, by_names=True)
    lengths = [float(value) for value in question.values(DURATION)]
    if lengths and reference and day_of(base, reference[0]):
        return _so_many_days_from(base, entry, question, reference[0], int(lengths[0]))
    for value in dates:
        found = _on_day(base, entry, question, value) if is_day(value) else _in_period(base, entry, value)
        if found:
            return found
    if dates:
        return refuse(
            base,
            "nothing_on" if is_day(dates[0]) else "nothing_in",
            date=spell_partly(dates[0], base.vocabulary.dates.day_first),
        )
    if reference:
        return next_event(base, entry, question, reference[0])
    return Outcome(refused=True)


def next_event(base: FactBase, entry: Answer, question: Question, reference: Event) -> Outcome:
    """What happened next, or just before: "What happened right after Kazakhstan left?" """
    date = date_of(base, reference)
    if not question.values(ORDER) or date is None or date.day is None:
        return when(base, entry, question)
    day = base.day_before(date.day) if asks_back(question) else base.day_after(date.day)
    if day is None:
        return refuse(base, "nothing_on", date=date.text)
    return _days_away(base, entry, reference, day, day < date.day)


def date_text(base: FactBase, event: Event, date: Dated) -> str:
    """Return the sentence that tells the date of an event."""
    says = capitalised(event.says)
    if date.counted:
        noun = base.events[date.counted_from or ""].noun
        return fill(base, "dates", "counted", Says=says, date=date.full, days=days_in_words(date.days or 0), noun=noun)
    return fill(base, "dates", "stated", Says=says, date=date.full)


def _so_many_days_from(base: FactBase, entry: Answer, question: Question, reference: Event, days: int) -> Outcome:
    """What happened some days before or after an event."""
    back = asks_back(question)
    day = (day_of(base, reference) or datetime.date.max) + datetime.timedelta(days=-days if back else days)
    if not events_on(base, day):
        return refuse(base, "nothing_on", date=spell(day, base.vocabulary.dates.day_first))
    return _days_away(base, entry, reference, day, back)


def _days_away(base: FactBase, entry: Answer, reference: Event, day: datetime.date, back: bool) -> Outcome:
    """Tell what happened on a day, and how far that was from an event."""
    events = events_on(base, day)
    away = abs((day - (day_of(base, reference) or day)).days)
    text = fill(
        base,
        "dates",
        "earlier" if back else "later",
        Count=capitalised(days_in_words(away)),
        date=spell(day, base.vocabulary.dates.day_first),
        events=join([e.says for e in events]),
    )
    facts = (*(e.id for e in events), reference.id)
    return Outcome((text,), facts, True, about=participants(entry, *events))


def _on_day(base: FactBase, entry: Answer, question: Question, value: str) -> Outcome | None:
    events = base.events_dated(value)
    if not events:
        return None
    date = base.dates[events[0].id]
    says = join([e.says for e in events])
    text = fill(base, "dates", "on_counted" if date.counted else "on", date=date.text, events=says)
    named = set(question.named(*base.kinds_in(entry.events or "", entry.role)))
    holds = any(named & set(e.entities()) for e in events) if question.polar and named else None
    return Outcome((text,), tuple(e.id for e in events), date.counted, holds, about=participants(entry, *events))


def _in_period(base: FactBase, entry: Answer, value: str) -> Outcome | None:
    """What happened in a month or a year."""
    whole = base.events_in(value)
    if whole:
        text = fill(
            base,
            "dates",
            "in",
            date=spell_partly(value, base.vocabulary.dates.day_first),
            events=join([e.says for e in whole]),
        )
        return Outcome((text,), tuple(e.id for e in whole), about=participants(entry, *whole))
    inside = base.events_dated(value)
    if not inside:
        return None
    inside.sort(key=lambda e: base.dates[e.id].day or datetime.date.max)
    dates = [base.dates[e.id] for e in inside]
    steps = [fill(base, "dates", "step", says=e.says, date=date.text) for e, date in zip(inside, dates, strict=True)]
    text = fill(base, "dates", "in", date=spell_partly(value, base.vocabulary.dates.day_first), events=join(steps))
    counted = any(date.counted for date in dates)
    return Outcome((text,), tuple(e.id for e in inside), counted, about=participants(entry, *inside))


def _outside(base: FactBase, entry: Answer, question: Question) -> Outcome | None:
    """Refuse for those whom a question names and the article does not mention, None where there are none."""
    named = [m.value for m in of_those_taking_part(base, entry, question) if base.entities[m.value].outside]
    names = [base.entities[i].name for i in dict.fromkeys(named)]
    return refuse(base, "not_mentioned", entity=join_choices(names)) if names else None


def _about(base: FactBase, event: Event, entry: Answer) -> tuple[str, ...]:
    """Return what the article says of who took part in an event, as the nearest to what was asked."""
    for entity_id in event.entities(entry.role):
        if about := base.entities[entity_id].about:
            return sentences_of(base.wording["refused"]["near"].format(text=about))
    return ()

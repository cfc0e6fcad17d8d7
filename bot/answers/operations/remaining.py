"""Answers about who was left: after some had gone, or on a day."""

from __future__ import annotations

import datetime

from bot.answers.operations.events_named import is_day, subjects_of
from bot.answers.operations.outcome import Outcome
from bot.answers.operations.phrases import fill, join, refuse, spoken
from bot.facts.base import FactBase
from bot.facts.dates import count_words
from bot.facts.model import Answer, Claim, Event
from bot.questions.question import Question


def remaining(base: FactBase, entry: Answer, question: Question) -> Outcome:
    """Who was left after some had gone."""
    group = base.claims[entry.group or ""]
    events = {e.entities(entry.role)[0]: e for e in base.events_of_type(entry.events or "")}
    subjects = subjects_of(base, entry, question)
    days = [value for value in question.values("date") if is_day(value)]
    # "The 1st" is a word of order as well as a day.
    if days and not {"before", "after"} & set(question.values("order")):
        return _remaining_on(base, events, group, days[0], question)
    gone = [e for e in subjects if e.entities(entry.role)[0] in group.subject]
    if len(gone) > 1 and {"before", "after"} <= set(question.values("order")):
        # "After Belarus went, but before Russia did": the one named after "after" had gone.
        gone = _named_after(question, "after", gone, entry) or gone
    if question.polar and len(subjects) > 1:
        # "Was Ukraine still in after Belarus left?": the last named is the one that had gone.
        gone = [e for e in gone if e is subjects[-1]]
    if not gone:
        if subjects:
            return refuse(base, "unknown_order")
        return Outcome(refused=True)
    latest = max(gone, key=lambda e: e.order or 0)
    left = [i for i in group.subject if (events[i].order or 0) > (latest.order or 0)]
    if not left:
        last = latest.entities(entry.role)[0]
        text = fill(base, "order", "remaining_none", entity=base.entities[last].name)
        return Outcome((text,), (latest.id,), True, about=(last,))
    names = [base.entities[i].name for i in left]
    key = "remaining_one" if len(left) == 1 else "remaining"
    text = fill(base, "order", key, Count=count_words(len(left)).capitalize(), entities=join(names))
    holds = None
    if question.polar:
        asked = [e.entities(entry.role)[0] for e in subjects if e is not latest]
        holds = all(i in left for i in asked) if asked else None
    facts = (latest.id, group.id, *_stated(base, [latest.id], left))
    return Outcome((text,), facts, True, holds, about=tuple(left), listed=tuple(left))


def _stated(base: FactBase, gone: list[str], left: list[str]) -> list[str]:
    """Return the claims that say the same in so many words: they follow from who had gone, and are about who stayed."""
    told = [claim for event in gone for claim in base.claims_because.get((event, tuple(left)), ())]
    return list(dict.fromkeys(told))


def _remaining_on(base: FactBase, events: dict[str, Event], group: Claim, value: str, question: Question) -> Outcome:
    """Who was left on a day: "Which republics were still in on December 14th?" """
    dated = {i: base.dates[events[i].id] for i in group.subject if i in events and events[i].id in base.dates}
    days = [date.day for date in dated.values() if date.day]
    if not days:
        return refuse(base, "unknown_order")
    day = _nearest_day(value, days[0])
    if day is None:
        return refuse(base, "nothing_on", date=spoken(value))
    left = [i for i, date in dated.items() if date.day and date.day > day]
    gone = [events[i].id for i, date in dated.items() if date.day and date.day <= day]
    # "Was Kazakhstan still in on the 14th?"
    named = [i for i in question.named("state") if i in dated]
    holds = all(i in left for i in named) if question.polar and named else None
    if not gone:
        told = tuple(group.subject)
        return Outcome((_sentence(group.says),), (group.id,), True, holds, about=told, listed=told)
    if not left:
        latest = max(gone, key=lambda i: base.dates[i].day)
        last = next(i for i in dated if events[i].id == latest)
        text = fill(base, "order", "remaining_none", entity=base.entities[last].name)
        return Outcome((text,), (*gone, group.id), True, holds, about=(last,))
    names = [base.entities[i].name for i in left]
    key = "remaining_one" if len(left) == 1 else "remaining"
    text = fill(base, "order", key, Count=count_words(len(left)).capitalize(), entities=join(names))
    facts = (*gone, group.id, *_stated(base, gone, left))
    return Outcome((text,), facts, True, holds, about=tuple(left), listed=tuple(left))


def _nearest_day(value: str, known: datetime.date) -> datetime.date | None:
    """Return a mentioned day with the year and month of a known one where it names none; None if no calendar has it."""
    year, month, day = value[:-6], value[-5:-3].strip("-"), value[-2:]
    try:
        return datetime.date(int(year) if year.isdigit() else known.year, int(month or known.month), int(day))
    except ValueError:
        return None


def _named_after(question: Question, word: str, events: list[Event], entry: Answer) -> list[Event]:
    at = next(m.start for m in question.mentions if m.entity == "order" and m.value == word)
    of = {i: e for e in events for i in e.entities(entry.role)}
    following = [m for m in question.mentions if m.value in of and m.start > at]
    return [of[min(following, key=lambda m: m.start).value]] if following else []


def _sentence(clause: str) -> str:
    return clause[:1].upper() + clause[1:] + "."

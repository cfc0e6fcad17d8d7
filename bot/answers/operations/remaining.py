"""Answers about who was left: after some had gone, or on a day."""

from __future__ import annotations

from bot.answers.operations.events_named import day_of, subjects_of
from bot.answers.operations.outcome import Outcome
from bot.answers.operations.phrases import fill, refuse
from bot.facts.base import FactBase
from bot.facts.model import Answer, Claim, Event
from bot.language.dates import completed, is_day, spell_partly
from bot.language.numbers import in_words
from bot.language.order_words import AFTER, BEFORE
from bot.language.words import capitalised, join
from bot.questions.mentions import DATE, ORDER
from bot.questions.question import Question


def remaining(base: FactBase, entry: Answer, question: Question) -> Outcome:
    """Who was left after some had gone."""
    group = base.claims[entry.group or ""]
    events = {e.entities(entry.role)[0]: e for e in base.events_of_type(entry.events or "")}
    subjects = subjects_of(base, entry, question)
    days = [value for value in question.values(DATE) if is_day(value)]
    # "The 1st" is a word of order as well as a day.
    if days and not {BEFORE, AFTER} & set(question.values(ORDER)):
        return _remaining_on(base, entry, events, group, days[0], question)
    gone = _gone(entry, question, subjects, group)
    if not gone:
        return refuse(base, "unknown_order") if subjects else Outcome(refused=True)
    latest = max(gone, key=lambda e: e.order or 0)
    left = [i for i in group.subject if (events[i].order or 0) > (latest.order or 0)]
    if not left:
        return _none_left(base, latest.entities(entry.role)[0], (latest.id,))
    asked = [e.entities(entry.role)[0] for e in subjects if e is not latest]
    holds = all(i in left for i in asked) if question.polar and asked else None
    return _left(base, left, (latest.id, group.id, *_stated(base, [latest.id], left)), holds)


def _gone(entry: Answer, question: Question, subjects: list[Event], group: Claim) -> list[Event]:
    """Return those of a group whom a question supposes to have gone."""
    gone = [e for e in subjects if e.entities(entry.role)[0] in group.subject]
    if len(gone) > 1 and {BEFORE, AFTER} <= set(question.values(ORDER)):
        # "After Belarus went, but before Russia did": the one named after "after" had gone.
        gone = _named_behind(question, AFTER, gone, entry) or gone
    if question.polar and len(subjects) > 1:
        # "Was Ukraine still in after Belarus left?": the last named is the one that had gone.
        gone = [e for e in gone if e is subjects[-1]]
    return gone


def _named_behind(question: Question, word: str, events: list[Event], entry: Answer) -> list[Event]:
    """Return the event that is named next behind a word of order."""
    at = next(m.start for m in question.mentions if m.entity == ORDER and m.value == word)
    of = {i: e for e in events for i in e.entities(entry.role)}
    following = [m for m in question.mentions if m.value in of and m.start > at]
    return [of[min(following, key=lambda m: m.start).value]] if following else []


def _remaining_on(
    base: FactBase, entry: Answer, events: dict[str, Event], group: Claim, value: str, question: Question
) -> Outcome:
    """Who was left on a day: "Which republics were still in on December 14th?" """
    days = {i: day for i in group.subject if i in events and (day := day_of(base, events[i]))}
    if not days:
        return refuse(base, "unknown_order")
    asked = completed(value, next(iter(days.values())))
    if asked is None:
        return refuse(base, "nothing_on", date=spell_partly(value, base.vocabulary.dates.day_first))
    left = [i for i, day in days.items() if day > asked]
    gone = [i for i, day in days.items() if day <= asked]
    facts = [events[i].id for i in gone]
    # "Was Kazakhstan still in on the 14th?"
    named = [i for i in question.named(*base.kinds_in(entry.events or "", entry.role)) if i in days]
    holds = all(i in left for i in named) if question.polar and named else None
    if not gone:
        told = tuple(group.subject)
        return Outcome((f"{capitalised(group.says)}.",), (group.id,), True, holds, about=told, listed=told)
    if not left:
        return _none_left(base, max(gone, key=lambda i: days[i]), (*facts, group.id), holds)
    return _left(base, left, (*facts, group.id, *_stated(base, facts, left)), holds)


def _left(base: FactBase, left: list[str], facts: tuple[str, ...], holds: bool | None) -> Outcome:
    names = [base.entities[i].name for i in left]
    key = "remaining_one" if len(left) == 1 else "remaining"
    text = fill(base, "order", key, Count=capitalised(in_words(len(left))), entities=join(names))
    return Outcome((text,), facts, True, holds, about=tuple(left), listed=tuple(left))


def _none_left(base: FactBase, last: str, facts: tuple[str, ...], holds: bool | None = None) -> Outcome:
    text = fill(base, "order", "remaining_none", entity=base.entities[last].name)
    return Outcome((text,), facts, True, holds, about=(last,))


def _stated(base: FactBase, gone: list[str], left: list[str]) -> list[str]:
    """Return the claims that say the same in so many words: they follow from who had gone, and are about who stayed."""
    told = [claim for event in gone for claim in base.claims_because.get((event, tuple(left)), ())]
    return list(dict.fromkeys(told))

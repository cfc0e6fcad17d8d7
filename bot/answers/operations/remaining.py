"""Answers about who was left: after some had gone, or on a day."""

from __future__ import annotations

import datetime

from bot.answers.operations.events_named import date_of, day_of, subjects_of
from bot.answers.operations.outcome import Outcome
from bot.answers.operations.phrases import fill, refuse
from bot.facts.base import FactBase
from bot.facts.model import Answer, Claim, Event
from bot.language.dates import completed, is_day, spell_partly
from bot.language.numbers import in_words
from bot.language.order_words import AFTER, BEFORE, LAST, before_directly, is_next, says_between
from bot.language.quantifiers import (
    ALL,
    ANY,
    NONE,
    count_claimed,
    exception,
    quantifier,
    says_only,
    speaks_of_going,
    speaks_of_one,
    speaks_of_staying,
)
from bot.language.question_forms import claims_that_not
from bot.language.words import capitalised, join
from bot.questions.mentions import DATE, ORDER, Mention
from bot.questions.question import Question


def remaining(base: FactBase, entry: Answer, question: Question) -> Outcome:
    """Who was left after some had gone, or on a day: "Which states were left after Belarus had gone?" """
    group = base.claims[entry.group or ""]
    events = {e.entities(entry.role)[0]: e for e in base.events_of_type(entry.events or "")}
    subjects = subjects_of(base, entry, question)
    days = [m for m in question.mentions if m.entity == DATE and is_day(m.value)]
    # "The 1st" is a word of order as well as a day.
    by_events = _gone(entry, question, subjects, group) if _stands_behind(question, AFTER, subjects, entry) else []
    if days and not by_events:
        return _remaining_on(base, entry, events, group, days[0 if says_between(question.text) else -1], question)
    if (
        not days
        and not {BEFORE, AFTER} & set(question.values(ORDER))
        and (found := _last_so_many(base, entry, group, question, [e.entities(entry.role)[0] for e in subjects]))
    ):
        return found
    gone = by_events or _gone(entry, question, subjects, group)
    if gone and not by_events and _stands_behind(question, BEFORE, subjects, entry):
        # "Before Russia left": then it was still there.
        return _left_before(base, entry, question, group, events, gone[-1])
    if not gone:
        found = _when_so_many(base, entry, group, events, question)
        return found or (refuse(base, "unknown_order") if subjects else Outcome(refused=True))
    latest = max(gone, key=lambda e: e.order or 0)
    left = [i for i in group.subject if (events[i].order or 0) > (latest.order or 0)]
    asked = [e.entities(entry.role)[0] for e in subjects if e is not latest]
    holds = _holds(base, question, group, left, asked)
    if not left:
        return _none_left(base, latest, latest.entities(entry.role)[0], (latest.id,), holds)
    return _left(base, left, (latest.id, group.id, *_stated(base, [latest.id], left)), holds)


def _stands_behind(question: Question, word: str, events: list[Event], entry: Answer) -> bool:
    """True where one of some events is named right behind a word of order, or is said to have gone behind "when"."""
    ends = [m.end for m in question.mentions if m.entity == ORDER and m.value == word]
    named = {i for e in events for i in e.entities(entry.role)}
    starts = [m.start for m in question.mentions if m.value in named and m.start >= 0]
    return any(start >= end and is_next(question.text[end:start]) for start in starts for end in ends)


def _left_before(
    base: FactBase, entry: Answer, question: Question, group: Claim, events: dict[str, Event], reference: Event
) -> Outcome:
    left = [i for i in group.subject if (events[i].order or 0) >= (reference.order or 0)]
    asked = [i for i in question.named(*base.kinds_in(entry.events or "", entry.role)) if i in events]
    asked = [i for i in asked if i not in reference.entities(entry.role)]
    earlier = [events[i].id for i in group.subject if i not in left]
    return _left(base, left, (*earlier, group.id), _holds(base, question, group, left, asked))


def _last_so_many(base: FactBase, entry: Answer, group: Claim, question: Question, asked: list[str]) -> Outcome | None:
    """Tell the last two, of those who left one after another: "Which two were the last in it?" """
    number = count_claimed(question.text, base.vocabulary.plurals, base.vocabulary.kind_of_noun)
    if LAST not in question.values(ORDER) or not number or not 0 < number < len(group.subject):
        return None
    events = base.event_of(entry.events or "", entry.role)
    left = sorted(group.subject, key=lambda i: events[i].order or 0)[-number:]
    holds = set(asked) == set(left) if question.polar and asked else None
    return _left(base, left, (group.id,), holds)


def _when_so_many(
    base: FactBase, entry: Answer, group: Claim, events: dict[str, Event], question: Question
) -> Outcome | None:
    """Tell from when until when so many were left: "When were exactly two states left?" """
    number = count_claimed(question.text, base.vocabulary.plurals, base.vocabulary.kind_of_noun)
    in_order = sorted((i for i in group.subject if date_of(base, events[i])), key=lambda i: events[i].order or 0)
    if number is None or question.polar or not 0 <= number < len(in_order):
        return None
    begun = events[in_order[len(in_order) - number - 1]]
    over = events[in_order[-number]] if number else None
    text = fill(
        base,
        "order",
        "so_many_from_to" if over else "so_many_since",
        date=base.dates[begun.id].text,
        first=begun.says,
        until=base.dates[over.id].text if over else "",
        second=over.says if over else "",
        Count=capitalised(in_words(number)),
    )
    facts = (begun.id, *([over.id] if over else []), group.id)
    return Outcome((text,), facts, True, about=tuple(in_order[-number:]) if number else tuple(in_order[-1:]))


def _holds(base: FactBase, question: Question, group: Claim, left: list[str], asked: list[str]) -> bool | None:
    """Check who, how many, all, none or only whom a question says to have been left, or to have gone."""
    if not question.polar:
        return None
    text = question.text
    staying, going = speaks_of_staying(text), speaks_of_going(text)
    if staying and going and len(asked) > 1:
        # "Was one out and the other still in?"
        return None
    wanted, but = quantifier(text), exception(text)
    number = count_claimed(text, base.vocabulary.plurals, base.vocabulary.kind_of_noun)
    if says_only(text) and asked and not going:
        holds = set(asked) == set(left)
    elif but is not None:
        others = bool(set(left) - set(asked))
        holds = set(left) == set(asked) if wanted == ALL else not others if wanted == NONE else others
    elif number is not None and not going:
        holds = len(left) == number
    elif asked:
        holds = all((i in left) != (going and not staying) for i in asked)
    elif wanted in (ANY, NONE):
        holds = bool(left) == (wanted == ANY)
    elif wanted == ALL and (staying or going):
        holds = len(left) == (len(group.subject) if staying else 0)
    else:
        return bool(left) if number is None and speaks_of_one(text) else None
    return holds != claims_that_not(text) if wanted != NONE else holds


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
    base: FactBase, entry: Answer, events: dict[str, Event], group: Claim, mention: Mention, question: Question
) -> Outcome:
    """Who was left on a day, before it or after it: "Which republics were still in on December 14th?" """
    days = {i: day for i in group.subject if i in events and (day := day_of(base, events[i]))}
    if not days:
        return refuse(base, "unknown_order")
    asked = completed(mention.value, next(iter(days.values())))
    if asked is None:
        return refuse(base, "nothing_on", date=spell_partly(mention.value, base.vocabulary.dates.day_first))
    # "The day before December 12th" is the 11th; "before December 12th" leaves out who went on it.
    back = before_directly(question.text, mention.start)
    asked = asked - datetime.timedelta(days=1) if back else asked
    left = [i for i, day in days.items() if day > asked]
    gone = [i for i, day in days.items() if day <= asked]
    facts = [events[i].id for i in gone]
    # "Was Kazakhstan still in on the 14th?"
    named = [i for i in question.named(*base.kinds_in(entry.events or "", entry.role)) if i in events]
    holds = _holds(base, question, group, left, named)
    if not gone:
        told = tuple(group.subject)
        return Outcome((f"{capitalised(group.says)}.",), (group.id,), True, holds, about=told, listed=told)
    if not left:
        last = max(gone, key=lambda i: days[i])
        return _none_left(base, events[last], last, (*facts, group.id), holds)
    return _left(base, left, (*facts, group.id, *_stated(base, facts, left)), holds)


def _left(base: FactBase, left: list[str], facts: tuple[str, ...], holds: bool | None) -> Outcome:
    names = [base.entities[i].name for i in left]
    key = "remaining_one" if len(left) == 1 else "remaining"
    text = fill(base, "order", key, Count=capitalised(in_words(len(left))), entities=join(names))
    return Outcome((text,), facts, True, holds, about=tuple(left), listed=tuple(left))


def _none_left(base: FactBase, event: Event, last: str, facts: tuple[str, ...], holds: bool | None = None) -> Outcome:
    date = date_of(base, event)
    key = "remaining_none_since" if date else "remaining_none"
    text = fill(base, "order", key, entity=base.entities[last].name, date=date.text if date else "")
    return Outcome((text,), facts, True, holds, about=(last,))


def _stated(base: FactBase, gone: list[str], left: list[str]) -> list[str]:
    """Return the claims that say the same in so many words: they follow from who had gone, and are about who stayed."""
    told = [claim for event in gone for claim in base.claims_because.get((event, tuple(left)), ())]
    return list(dict.fromkeys(told))

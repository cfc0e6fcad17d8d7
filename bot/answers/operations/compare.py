"""Which of two events came first, and whether a question has them the wrong way round."""

from __future__ import annotations

from bot.answers.operations.events_named import (
    gap_between,
    name_of,
    of_those_taking_part,
    participants,
    subjects_of,
    which,
)
from bot.answers.operations.order import order
from bot.answers.operations.outcome import Outcome
from bot.answers.operations.phrases import fill, refuse
from bot.facts.base import FactBase
from bot.facts.model import Answer, Event
from bot.language.numbers import days_in_words
from bot.language.order_words import AFTER, BEFORE, FIRST, LAST, means_until
from bot.language.words import capitalised
from bot.questions.mentions import ADJECTIVE, ORDER
from bot.questions.question import Question


def compare(base: FactBase, entry: Answer, question: Question) -> Outcome:
    """Which of two came first: "Did Belarus leave before Russia?" """
    subjects = subjects_of(base, entry, question, by_names=True)
    if len(subjects) < 2:
        if any(base.entities[m.value].outside for m in of_those_taking_part(base, entry, question)):
            return refuse(base, "unknown_order")
        # "Did Kazakhstan leave after everybody else?"
        return order(base, entry, question) if subjects else which(base, entry)
    one, two = subjects[0], subjects[1]
    if one.order is None or two.order is None:
        return refuse(base, "unknown_order")
    first, second = (one, two) if one.order <= two.order else (two, one)
    claims = question.polar or question.false > question.ask
    wrong = claims and not question.polar and misordered(base, entry, question)
    told = participants(entry, first, second)
    return Outcome(
        (_in_words(base, entry, first, second, wrong),),
        (first.id, second.id),
        True,
        False if wrong else _holds(question, one is first) if claims else None,
        about=told,
        listed=told,
    )


def misordered(base: FactBase, entry: Answer, question: Question) -> bool:
    """True where one is said to have come before or after another, and it was the other way round.

    "Why did Belarus wait until Kazakhstan had gone?" says that Belarus came after Kazakhstan.
    """
    by_entity = base.event_of(entry.events or "", entry.role)
    named = [m for m in question.mentions if m.value in by_entity and m.form != ADJECTIVE and m.end > m.start]
    if len(named) != 2 or named[0].value == named[1].value:
        return False
    one, two = (by_entity[m.value].order for m in named)
    words = [m for m in question.mentions if m.entity == ORDER and named[0].end <= m.start and m.end <= named[1].start]
    if one is None or two is None or len(words) != 1 or words[0].value not in (BEFORE, AFTER):
        return False
    says_before = words[0].value == BEFORE and not means_until(question.text[words[0].start : words[0].end])
    return says_before != (one < two)


def _in_words(base: FactBase, entry: Answer, first: Event, second: Event, wrong: bool) -> str:
    """Say which came first and by how many days; `wrong` where the question has it the other way round."""
    gap = gap_between(base, first, second)
    if not gap or entry.role not in first.participants:
        text = fill(base, "order", "compare", first_noun=first.noun, second_noun=second.noun)
    else:
        text = fill(
            base,
            "order",
            "compare_wrong" if wrong else "compare_days",
            first=name_of(base, entry, first),
            second=name_of(base, entry, second) if entry.role in second.participants else second.noun,
            first_says=first.says,
            first_date=base.dates[first.id].text,
            days=days_in_words(gap),
            second_says=second.says,
            second_date=base.dates[second.id].text,
        )
    return capitalised(text)


def _holds(question: Question, in_order: bool) -> bool | None:
    """Say whether two stand in the order that a question claims, None where it claims none; `in_order` as it has them.

    "Did Belarus leave before Russia?" claims that the one named first came first.
    """
    words = set(question.values(ORDER))
    says_before, says_after = bool(words & {BEFORE, FIRST}), bool(words & {AFTER, LAST})
    return in_order == says_before if says_before != says_after else None

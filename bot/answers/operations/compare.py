"""Which of two events came first, and whether a question has them the wrong way round."""

from __future__ import annotations

from bot.answers.operations.any_events import events_order
from bot.answers.operations.events_named import (
    of_those_taking_part,
    participants,
    places_named,
    subjects_of,
    which,
)
from bot.answers.operations.known_order import came_before, holds_as_claimed, told_in_order
from bot.answers.operations.order import at_places, order
from bot.answers.operations.outcome import Outcome
from bot.answers.operations.phrases import refuse
from bot.facts.base import FactBase
from bot.facts.model import Answer
from bot.language.order_words import AFTER, BEFORE, asks_for_later, means_until, places_in_order
from bot.language.words import capitalised
from bot.questions.mentions import ADJECTIVE, ORDER
from bot.questions.question import Question


def compare(base: FactBase, entry: Answer, question: Question) -> Outcome:
    """Which of two came first: "Did Belarus leave before Russia?" """
    named = places_named(base, entry, question)
    if {n.event.type for n in named} - {entry.events} and len({n.event.id for n in named}) > 1:
        return _of_a_group(base, entry, question) or events_order(base, entry, question)
    subjects = subjects_of(base, entry, question, by_names=True)
    if len(subjects) < 2:
        if any(base.entities[m.value].outside for m in of_those_taking_part(base, entry, question)):
            return refuse(base, "unknown_order")
        if found := _of_a_group(base, entry, question):
            return found
        # "Did Kazakhstan leave after everybody else?"
        return order(base, entry, question) if subjects else which(base, entry)
    if len(subjects) > 2:
        return events_order(base, entry, question)
    one, two = subjects[0], subjects[1]
    if one.order is None or two.order is None:
        return refuse(base, "unknown_order")
    first, second = (one, two) if one.order <= two.order else (two, one)
    claims = question.polar or question.false > question.ask
    wrong = claims and not question.polar and misordered(base, entry, question)
    told = participants(entry, first, second)
    return Outcome(
        (capitalised(told_in_order(base, entry, first, second, wrong or asks_for_later(question.text))),),
        (first.id, second.id),
        True,
        False if wrong else holds_as_claimed(base, question, named),
        about=told,
        listed=told,
    )


def _of_a_group(base: FactBase, entry: Answer, question: Question) -> Outcome | None:
    """Tell which of several that are named together came first: "Which of the last three left first?" """
    named = [n.event for n in places_named(base, entry, question)]
    events = {event.id: event for event in named if event.type == entry.events}
    made = [event for event in named if event.type != entry.events]
    if len(events) < 2 and len(made) == 1:
        # "Which of the three countries of the agreement left last?"
        by_entity = base.event_of(entry.events or "", entry.role)
        events = {by_entity[i].id: by_entity[i] for i in made[0].entities() if i in by_entity}
    if len(events) < 3 or question.polar:
        return None
    ordered = sorted(events.values(), key=lambda event: event.order or 0)
    asked = places_in_order(question.text, len(ordered))
    known = all(came_before(base, one, two) for one, two in zip(ordered, ordered[1:], strict=False))
    return at_places(base, entry, ordered, asked[:1]) if asked and known else None


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

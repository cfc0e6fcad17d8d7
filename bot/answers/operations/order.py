"""Answers about the order of events: all of them, or those at some places among a few."""

from __future__ import annotations

from bot.answers.operations.dates import date_text
from bot.answers.operations.events_named import (
    date_of,
    name_of,
    of_those_taking_part,
    participants,
    places_named,
    subjects_of,
)
from bot.answers.operations.known_order import holds_as_claimed
from bot.answers.operations.outcome import Outcome
from bot.answers.operations.phrases import fill, refuse
from bot.facts.base import FactBase
from bot.facts.model import Answer, Event
from bot.language.order_words import places_in_order
from bot.language.words import capitalised
from bot.questions.question import Question


def order(base: FactBase, entry: Answer, question: Question) -> Outcome:
    """The order of the events of a type: "In what order did they leave?" """
    events = base.events_of_type(entry.events or "")
    wanted = {e.id for e in subjects_of(base, entry, question)}
    # "Which of those three went first?"; where they are named, "first" may be one step of several.
    spoken_of = all(m.start < 0 for m in of_those_taking_part(base, entry, question))
    if spoken_of and len(wanted) > 1 and (asked := places_in_order(question.text, len(wanted))):
        return at_places(base, entry, [e for e in events if e.id in wanted], asked)
    # What has no date has a place in the order only where it is the first.
    told = [e for e in events if (e is events[0] or date_of(base, e)) and (len(wanted) < 2 or e.id in wanted)]
    if not told:
        return refuse(base, "unknown_order")
    steps = [step for event in told for step in _steps(base, entry, event)]
    text = fill(base, "order", "list", steps=base.wording["order"]["between_steps"].join(steps))
    about = participants(entry, *told)
    holds = holds_as_claimed(base, question, places_named(base, entry, question)) if len(wanted) > 1 else None
    return Outcome((capitalised(text),), tuple(e.id for e in told), True, holds, about=about, listed=about)


def _steps(base: FactBase, entry: Answer, event: Event) -> list[str]:
    """Return what is said of an event in the order: its date, or that it was the first and others followed."""
    name, date = name_of(base, entry, event), date_of(base, event)
    if date:
        return [fill(base, "order", "step_counted" if date.counted else "step", entity=name, date=date.text)]
    return [fill(base, "order", "first", entity=name), fill(base, "order", "gap")]


def at_places(base: FactBase, entry: Answer, events: list[Event], places: list[int]) -> Outcome:
    """Tell of those at some places among a few: "Which of those three went first?"."""
    sentences, used = [], []
    for event in (events[place] for place in places):
        date = date_of(base, event)
        says = capitalised(event.says)
        sentences.append(date_text(base, event, date) if date else fill(base, "order", "at_end_undated", Says=says))
        used += [event.id, *([date.counted_from] if date and date.counted_from else [])]
    told = participants(entry, *(events[place] for place in places))
    return Outcome(tuple(sentences), tuple(dict.fromkeys(used)), True, about=told, listed=told)

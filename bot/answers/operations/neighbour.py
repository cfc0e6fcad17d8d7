"""Who came directly before or after another, between two, or last."""

from __future__ import annotations

from bot.answers.operations.dates import next_event
from bot.answers.operations.events_named import (
    asks_back,
    date_of,
    gap_between,
    name_of,
    of_those_taking_part,
    participants,
    subjects_of,
    which,
)
from bot.answers.operations.outcome import Outcome
from bot.answers.operations.phrases import fill, refuse
from bot.facts.base import FactBase
from bot.facts.model import Answer, Event
from bot.language.numbers import days_in_words
from bot.language.order_words import AFTER, BEFORE, LAST, asks_for_middle
from bot.language.words import capitalised
from bot.questions.mentions import ORDER, Mention
from bot.questions.question import Question

_AFTERWARDS = (Mention(ORDER, AFTER, 0, 0),)


def neighbour(base: FactBase, entry: Answer, question: Question) -> Outcome:
    """Who came directly before or after: "Who left right after Belarus?" """
    if asks_for_middle(question.text) and (found := _between(base, entry, question)):
        return found
    events = base.events_of_type(entry.events or "")
    subjects = subjects_of(base, entry, question)
    named = any(m.end > m.start for m in of_those_taking_part(base, entry, question))
    if not subjects or not (question.polar or named):
        # "The last but one?" starts from the end, whoever was spoken of before.
        end = events[-1] if LAST in question.values(ORDER) else None
        if end and not question.polar and not {BEFORE, AFTER} & set(question.values(ORDER)):
            return _at_end(base, entry, end)
        subjects = [end] if end else subjects
    if not subjects:
        return which(base, entry)
    reference = subjects[-1] if question.polar and len(subjects) > 1 else subjects[0]
    step = -1 if asks_back(question) else 1
    found = next((e for e in events if e.order == (reference.order or 0) + step), None)
    if found is None:
        return _none_beside(base, entry, question, reference)
    others = [s for s in subjects if s is not reference]
    holds = found in others if question.polar and others else None
    return _beside(base, entry, question, found, reference, holds)


def _beside(
    base: FactBase, entry: Answer, question: Question, found: Event, reference: Event, holds: bool | None
) -> Outcome:
    gap = gap_between(base, reference, found)
    date = base.dates.get(found.id)
    text = fill(
        base,
        "order",
        "neighbour" if gap is not None else "neighbour_undated",
        Says=capitalised(found.says),
        date=date.text if date else "",
        days=days_in_words(abs(gap or 0)),
        direction=_direction(question),
        other=reference.noun,
    )
    about = participants(entry, found, reference)
    return Outcome((text,), (found.id, reference.id), True, holds, about=about)


def _none_beside(base: FactBase, entry: Answer, question: Question, reference: Event) -> Outcome:
    """Tell that nobody came before the first or after the last, or that the article does not say who it was."""
    events = base.events_of_type(entry.events or "")
    name, about = name_of(base, entry, reference), participants(entry, reference)
    if asks_back(question) and reference is events[0]:
        return Outcome((fill(base, "order", "nobody_before", entity=name),), (reference.id,), True, about=about)
    if asks_back(question) or reference is not events[-1]:
        untold = _untold(base, entry, question, reference)
        return untold or refuse(base, "no_neighbour", direction=_direction(question), entity=name)
    none = Outcome((fill(base, "order", "nobody_after", entity=name),), (reference.id,), True, about=about)
    if question.polar:
        return none
    # "What happened right after Kazakhstan left?": nobody left any more, but the story went on.
    later = next_event(base, entry, question.with_(mentions=_AFTERWARDS), reference)
    if later.refused:
        return none
    return Outcome(none.sentences + later.sentences, later.facts, True, about=(*about, *later.about))


def _between(base: FactBase, entry: Answer, question: Question) -> Outcome | None:
    """Tell which one left between two that are named, or was in the middle of those with a date."""
    events = base.events_of_type(entry.events or "")
    by_entity = base.event_of(entry.events or "", entry.role)
    named = {by_entity[m.value].id for m in question.mentions if m.value in by_entity and m.end > m.start}
    around = [e for e in events if date_of(base, e)]
    if len(named) == 2:
        start, end = (i for i, e in enumerate(events) if e.id in named)
        around = events[start : end + 1]
    if len(around) < 3 or len(around) % 2 == 0 or not all(date_of(base, e) for e in around):
        return None
    first, middle, last = around[0], around[len(around) // 2], around[-1]
    text = fill(
        base,
        "order",
        "middle",
        Says=capitalised(middle.says),
        date=base.dates[middle.id].text,
        first=name_of(base, entry, first),
        last=name_of(base, entry, last),
    )
    told = participants(entry, middle, first, last)
    return Outcome((text,), (middle.id, first.id, last.id), True, about=told)


def _untold(base: FactBase, entry: Answer, question: Question, reference: Event) -> Outcome | None:
    """Tell what came of an event where the article tells that, but does not name the next one."""
    said = [e for e in base.caused_by.get(reference.id, ()) if e.type != reference.type]
    if asks_back(question) or not said:
        return None
    name = name_of(base, entry, reference)
    says = capitalised(said[0].says)
    text = fill(base, "order", "neighbour_untold", Says=says, direction=_direction(question), entity=name)
    return Outcome((text,), (said[0].id, reference.id), True, about=participants(entry, said[0], reference))


def _at_end(base: FactBase, entry: Answer, event: Event) -> Outcome:
    date = base.dates.get(event.id)
    key = "at_end" if date else "at_end_undated"
    text = fill(base, "order", key, Says=capitalised(event.says), date=date.text if date else "")
    return Outcome((text,), (event.id,), True, about=participants(entry, event))


def _direction(question: Question) -> str:
    return BEFORE if asks_back(question) else AFTER

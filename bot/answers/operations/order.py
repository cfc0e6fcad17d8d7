"""Answers about the order of events: in all, between neighbours, of two."""

from __future__ import annotations

import re

from bot.answers.operations.dates import date_text, next_event
from bot.answers.operations.events_named import gap_between, named_states, participants, subjects_of, which
from bot.answers.operations.outcome import Outcome
from bot.answers.operations.phrases import count_days, fill, refuse
from bot.facts.base import FactBase
from bot.facts.model import Answer, Event
from bot.questions.mentions import ADJECTIVE, Mention
from bot.questions.question import Question

_MIDDLE = re.compile(r"\b(middle|in[- ]between)\b", re.I)
_UNTIL = ("until", "till")
_AFTER = (Mention("order", "after", 0, 0),)
_PLACES = {"first": 0, "earliest": 0, "second": 1, "third": 2, "fourth": 3, "last": -1, "latest": -1, "final": -1}
_PLACE = re.compile(rf"\b({'|'.join(_PLACES)})\b", re.I)


def places_in_order(text: str, most: int) -> list[int]:
    """Return the places in an order of so many that a text asks for ("first", "the last"), from 0, each once."""
    named = [_PLACES[match.group().lower()] for match in _PLACE.finditer(text)]
    found = [place + most if place < 0 else place for place in named]
    return [place for place in dict.fromkeys(found) if place < most]


def order(base: FactBase, entry: Answer, question: Question) -> Outcome:
    """The order of the events of a type: "In what order did they leave?" """
    events = base.events_of_type(entry.events or "")
    wanted = {e.id for e in subjects_of(base, entry, question)}
    # "Which of those three went first?"; where they are named, "first" may be one step of several.
    listed = all(m.start < 0 for m in question.mentions if m.entity == "state")
    if listed and len(wanted) > 1 and (asked := places_in_order(question.text, len(wanted))):
        return _at_places(base, entry, [e for e in events if e.id in wanted], asked)
    steps, used = [], []
    previous = None
    for event in events:
        date = base.dates.get(event.id)
        first = event is events[0]
        if not (first or (date and date.day)) or (len(wanted) > 1 and event.id not in wanted):
            continue
        name = base.entities[event.entities(entry.role)[0]].name
        if date and date.day:
            steps.append(fill(base, "order", "step_counted" if date.counted else "step", entity=name, date=date.text))
        else:
            steps.append(fill(base, "order", "first", entity=name))
            steps.append(fill(base, "order", "gap"))
        used.append(event.id)
        previous = event
    if not previous:
        return refuse(base, "unknown_order")
    text = fill(base, "order", "list", steps=", then ".join(steps))
    told = participants(entry, *(base.events[i] for i in used))
    return Outcome((text[:1].upper() + text[1:],), tuple(used), True, about=told, listed=told)


def neighbour(base: FactBase, entry: Answer, question: Question) -> Outcome:
    """Who came directly before or after: "Who left right after Belarus?" """
    events = base.events_of_type(entry.events or "")
    subjects = subjects_of(base, entry, question)
    directions = question.values("order")
    if _MIDDLE.search(question.text) and (found := _between(base, entry, question)):
        return found
    if not subjects or not (question.polar or any(m.end > m.start for m in named_states(base, question))):
        # "The last but one?" starts from the end, whoever was spoken of before.
        end = events[-1] if "last" in directions else None
        if end and not question.polar and not {"before", "after"} & set(directions):
            return _at_end(base, entry, end)
        subjects = [end] if end else subjects
    if not subjects:
        return which(base, entry)
    backwards = "before" in directions and "after" not in directions
    reference = subjects[-1] if question.polar and len(subjects) > 1 else subjects[0]
    step = -1 if backwards else 1
    found = next((e for e in events if e.order == (reference.order or 0) + step), None)
    word = "before" if backwards else "after"
    name = base.entities[reference.entities(entry.role)[0]].name
    if found is None:
        if not backwards and reference is events[-1]:
            last = participants(entry, reference)
            none = Outcome((fill(base, "order", "nobody_after", entity=name),), (reference.id,), True, about=last)
            # "What happened right after Kazakhstan left?": nobody left any more, but the story went on.
            if question.polar:
                return none
            later = next_event(base, entry, question.with_(mentions=_AFTER), reference)
            about = (*last, *later.about)
            return none if later.refused else Outcome(none.sentences + later.sentences, later.facts, True, about=about)
        if backwards and reference is events[0]:
            about = participants(entry, reference)
            return Outcome((fill(base, "order", "nobody_before", entity=name),), (reference.id,), True, about=about)
        return _untold(base, entry, reference, word, name) or refuse(base, "no_neighbour", direction=word, entity=name)
    gap = gap_between(base, reference, found)
    key = "neighbour" if gap is not None else "neighbour_undated"
    date = base.dates.get(found.id)
    text = fill(
        base,
        "order",
        key,
        Says=found.says[:1].upper() + found.says[1:],
        date=date.text if date else "",
        days=count_days(abs(gap or 0)),
        direction=word,
        other=reference.noun,
    )
    holds = None
    if question.polar:
        others = [s for s in subjects if s is not reference]
        holds = found in others if others else None
    return Outcome((text,), (found.id, reference.id), True, holds, about=participants(entry, found, reference))


def _at_places(base: FactBase, entry: Answer, events: list[Event], places: list[int]) -> Outcome:
    """Tell of those at some places among a few: "Which of those three went first?"."""
    texts, used = [], []
    for event in (events[place] for place in places):
        date = base.dates.get(event.id)
        texts.append(
            date_text(base, event, date)
            if date and date.day
            else fill(base, "order", "at_end_undated", Says=event.says[:1].upper() + event.says[1:])
        )
        used += [event.id, *([date.counted_from] if date and date.counted_from else [])]
    told = participants(entry, *(events[place] for place in places))
    return Outcome(tuple(texts), tuple(dict.fromkeys(used)), True, about=told, listed=told)


def misordered(base: FactBase, entry: Answer, question: Question) -> bool:
    """True where one is said to have come before or after another, and it was the other way round.

    "Why did Belarus wait until Kazakhstan had gone?" says that Belarus came after Kazakhstan.
    """
    by_entity = base.event_of(entry.events or "", entry.role)
    named = [m for m in question.mentions if m.value in by_entity and m.form != ADJECTIVE and m.end > m.start]
    if len(named) != 2 or named[0].value == named[1].value:
        return False
    one, two = (by_entity[m.value].order for m in named)
    words = [
        m for m in question.mentions if m.entity == "order" and named[0].end <= m.start and m.end <= named[1].start
    ]
    if one is None or two is None or len(words) != 1 or words[0].value not in ("before", "after"):
        return False
    until = question.text[words[0].start : words[0].end].lower() in _UNTIL
    return (words[0].value == "before" and not until) != (one < two)


def _between(base: FactBase, entry: Answer, question: Question) -> Outcome | None:
    """Tell which one left between two that are named, or was in the middle of those with a date."""
    events = base.events_of_type(entry.events or "")
    by_entity = base.event_of(entry.events or "", entry.role)
    named = {by_entity[m.value].id for m in question.mentions if m.value in by_entity and m.end > m.start}
    dated = [e for e in events if (date := base.dates.get(e.id)) and date.day]
    if len(named) == 2:
        at = [i for i, e in enumerate(events) if e.id in named]
        around = events[at[0] : at[1] + 1]
    else:
        around = dated
    if len(around) < 3 or len(around) % 2 == 0 or not {e.id for e in around} <= {e.id for e in dated}:
        return None
    middle = around[len(around) // 2]
    first, last = (base.entities[e.entities(entry.role)[0]].name for e in (around[0], around[-1]))
    says = middle.says[:1].upper() + middle.says[1:]
    text = fill(base, "order", "middle", Says=says, date=base.dates[middle.id].text, first=first, last=last)
    told = participants(entry, middle, around[0], around[-1])
    return Outcome((text,), (middle.id, around[0].id, around[-1].id), True, about=told)


def _untold(base: FactBase, entry: Answer, reference: Event, direction: str, name: str) -> Outcome | None:
    """Tell what came of an event where the article tells that, but does not name the next one."""
    said = [e for e in base.caused_by.get(reference.id, ()) if e.type != reference.type]
    if direction != "after" or not said:
        return None
    says = said[0].says[:1].upper() + said[0].says[1:]
    text = fill(base, "order", "neighbour_untold", Says=says, direction=direction, entity=name)
    return Outcome((text,), (said[0].id, reference.id), True, about=participants(entry, said[0], reference))


def _at_end(base: FactBase, entry: Answer, event: Event) -> Outcome:
    date = base.dates.get(event.id)
    key = "at_end" if date else "at_end_undated"
    text = fill(base, "order", key, Says=event.says[:1].upper() + event.says[1:], date=date.text if date else "")
    return Outcome((text,), (event.id,), True, about=participants(entry, event))


def compare(base: FactBase, entry: Answer, question: Question) -> Outcome:
    """Which of two came first: "Did Belarus leave before Russia?" """
    subjects = subjects_of(base, entry, question, by_names=True)
    if len(subjects) < 2:
        others = [m for m in named_states(base, question) if base.entities[m.value].outside]
        if others:
            return refuse(base, "unknown_order")
        if not subjects:
            return which(base, entry)
        # "Did Kazakhstan leave after everybody else?"
        return order(base, entry, question)
    one, two = subjects[0], subjects[1]
    if one.order is None or two.order is None:
        return refuse(base, "unknown_order")
    first, second = sorted((one, two), key=lambda e: e.order or 0)
    gap = gap_between(base, first, second)
    names = [
        base.entities[e.entities(entry.role)[0]].name if entry.role in e.participants else e.noun
        for e in (first, second)
    ]
    wrong = not question.polar and question.false > question.ask and misordered(base, entry, question)
    if gap:
        dates = base.dates
        text = fill(
            base,
            "order",
            "compare_wrong" if wrong else "compare_days",
            first=names[0],
            second=names[1],
            first_says=first.says,
            first_date=dates[first.id].text,
            days=count_days(gap),
            second_says=second.says,
            second_date=dates[second.id].text,
        )
        if entry.role not in first.participants:
            text = fill(base, "order", "compare", first_noun=first.noun, second_noun=second.noun)
    else:
        text = fill(base, "order", "compare", first_noun=first.noun, second_noun=second.noun)
    text = text[:1].upper() + text[1:]
    holds = None
    directions = question.values("order")
    says_before, says_after = (
        "before" in directions or "first" in directions,
        "after" in directions or "last" in directions,
    )
    if says_before != says_after and (question.polar or question.false > question.ask):
        holds = (one is first) == says_before
    told = participants(entry, first, second)
    return Outcome((text,), (first.id, second.id), True, False if wrong else holds, about=told, listed=told)

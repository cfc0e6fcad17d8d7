"""Answers about who had gone by a day, or by the time that something else happened."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from bot.answers.operations.dates import date_text
from bot.answers.operations.events_named import date_of, day_of, of_those_taking_part, participants, places_named
from bot.answers.operations.known_order import came_before, no_later_than, no_sooner_than
from bot.answers.operations.outcome import Outcome
from bot.answers.operations.phrases import fill, refuse
from bot.facts.base import FactBase
from bot.facts.model import Answer, Event
from bot.language.dates import completed, is_day, spell
from bot.language.order_words import BEFORE, says_between
from bot.language.quantifiers import ALL, ANY, NONE, exception, quantifier, speaks_of_staying
from bot.language.question_forms import claims_that_not
from bot.language.words import capitalised, has_any, join, join_choices
from bot.questions.mentions import DATE, ORDER
from bot.questions.question import Question


@dataclass(frozen=True)
class _Time:
    """By when: a day, or an event; `strictly` where what came on the day itself does not count ("before the 10th")."""

    day: datetime.date | None
    event: Event | None
    strictly: bool

    def had_come(self, base: FactBase, event: Event) -> bool | None:
        """Tell whether an event had come by then, None where the article does not tell."""
        if self.event is not None and self.day is None:
            return None if event is self.event else came_before(base, event, self.event)
        day, by = day_of(base, event), self.day or datetime.date.min
        if day:
            return day < by or (day == by and not self.strictly)
        # What came before a day at the latest had come by that day, too.
        last, first = no_later_than(base, event), no_sooner_than(base, event)
        if last and last <= by:
            return True
        return False if first and first > by else None


def left_by(base: FactBase, entry: Answer, question: Question) -> Outcome:
    """Who had gone by a day, or by the time that another one went: "Who had left by December 13th?" """
    events = base.events_of_type(entry.events or "")
    named = [n.event for n in places_named(base, entry, question)]
    subjects = list({e.id: e for e in named if e.type == entry.events}.values())
    outside = [m.value for m in of_those_taking_part(base, entry, question) if base.entities[m.value].outside]
    if says_between(question.text) and len(subjects) > 1:
        return _between(base, entry, events, subjects)
    time = _time(base, entry, question, named, subjects)
    if time is None:
        return refuse(base, "unknown_order")
    asked = [event for event in subjects if event is not time.event]
    group = set(base.claims[entry.group or ""].subject)
    of_group = _of_group(base, question) or (not question.polar and len(asked) > 1)
    if of_group and len(asked) > 1:
        events = asked
    come = {event.id: time.had_come(base, event) for event in events}
    gone = [event for event in events if come[event.id]]
    left = [event for event in events if come[event.id] is False]
    if not gone and not left:
        return refuse(base, "unknown_order")
    if outside:
        told = _told(base, entry, time, gone, left, of_group)
        names = join_choices([base.entities[i].name for i in dict.fromkeys(outside)])
        return Outcome((fill(base, "refused", "not_mentioned", entity=names), told), refused=True)
    holds = _holds(question, events, come, asked)
    facts = _facts(base, [*gone, *left[:1]], entry.group if group else None)
    told_of = participants(entry, *gone) if gone else participants(entry, *left)
    if question.polar and len(asked) == 1 and date_of(base, asked[0]) and quantifier(question.text) is None:
        text = date_text(base, asked[0], base.dates[asked[0].id])
        return Outcome((text,), _facts(base, asked, None), True, holds, about=participants(entry, *asked))
    text = _told(base, entry, time, gone, left, of_group)
    return Outcome((text,), facts, True, holds, about=told_of, listed=told_of)


def _time(
    base: FactBase, entry: Answer, question: Question, named: Sequence[Event], subjects: Sequence[Event]
) -> _Time | None:
    """Return by when it is asked: the day that is named, else the event that is named last."""
    known = next(iter(base.known_days), None)
    days = [day for value in question.values(DATE) if is_day(value) and (day := completed(value, known))]
    words = question.values(ORDER)
    if days:
        return _Time(days[0], None, BEFORE in words)
    others = [event for event in named if event.type != entry.events]
    event = others[-1] if others else subjects[-1] if subjects and (len(subjects) > 1 or not question.polar) else None
    if event is None:
        return None
    day = day_of(base, event)
    strictly = BEFORE in words and not has_any(question.text, ("by the time",))
    return _Time(day, event, strictly)


def _holds(
    question: Question, events: Sequence[Event], come: dict[str, bool | None], asked: Sequence[Event]
) -> bool | None:
    """Check what is claimed of all, none, any, all but some, or of those who are named."""
    if not question.polar:
        return None
    staying = speaks_of_staying(question.text)
    wanted, but = quantifier(question.text), exception(question.text)
    known = {event.id: come.get(event.id) for event in (events if wanted else asked)}
    if wanted and but is not None:
        excepted = {event.id for event in asked}
        known = {i: value == (i not in excepted) if value is not None else None for i, value in known.items()}
    elif staying:
        known = {i: not value if value is not None else None for i, value in known.items()}
    values = list(known.values())
    if not values:
        return None
    if wanted in (ANY, NONE):
        found = True if True in values else None if None in values else False
        holds = found if wanted == ANY or found is None else not found
    else:
        holds = False if False in values else None if None in values else True
    return holds if holds is None or not claims_that_not(question.text) or wanted == NONE else not holds


def _told(
    base: FactBase, entry: Answer, time: _Time, gone: Sequence[Event], left: Sequence[Event], of_group: bool
) -> str:
    when = (
        fill(
            base,
            "order",
            "before_time" if time.strictly else "by_time",
            time=spell(time.day, base.vocabulary.dates.day_first),
        )
        if time.day
        else fill(base, "order", "before_time", time=time.event.noun if time.event else "")
    )
    names = {"gone": _names(base, entry, gone), "staying": _names(base, entry, left)}
    everyone = not of_group and len(gone) + len(left) == len(base.events_of_type(entry.events or ""))
    if not left:
        last = max(gone, key=lambda event: event.order or 0)
        key = "gone_all" if date_of(base, last) and everyone else "gone_these"
        date = base.dates[last.id].text if date_of(base, last) else ""
        return capitalised(fill(base, "order", key, when=when, last=_names(base, entry, [last]), date=date, **names))
    if not gone:
        return capitalised(fill(base, "order", "gone_none", when=when, **names))
    key = "gone_all_but" if everyone else "gone_of_these"
    return capitalised(fill(base, "order", key, when=when, **names))


def _between(base: FactBase, entry: Answer, events: Sequence[Event], ends: Sequence[Event]) -> Outcome:
    """Tell who left between some: "Which left between Lithuania and the last three?" """
    inside = [
        event
        for event in events
        if event not in ends
        and any(came_before(base, end, event) for end in ends)
        and any(came_before(base, event, end) for end in ends)
    ]
    if not inside:
        return refuse(base, "unknown_order")
    told = participants(entry, *inside)
    text = fill(base, "order", "gone_between", gone=_names(base, entry, inside))
    return Outcome((capitalised(text),), _facts(base, inside, None), True, about=told)


def _of_group(base: FactBase, question: Question) -> bool:
    """True where only those are asked about that are named together ("the last three")."""
    several = (s.names for s in base.vocabulary.several if len(s.events) > 2)
    return any(has_any(question.text, names) for names in several) and quantifier(question.text) != ALL


def _names(base: FactBase, entry: Answer, events: Sequence[Event]) -> str:
    return join([base.entities[i].name for event in events for i in event.entities(entry.role)])


def _facts(base: FactBase, events: Sequence[Event], group: str | None) -> tuple[str, ...]:
    counted = [base.dates[event.id].counted_from for event in events if event.id in base.dates]
    return tuple(dict.fromkeys(filter(None, [*(event.id for event in events), *counted, group])))

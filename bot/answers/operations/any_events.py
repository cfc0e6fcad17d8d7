"""Answers about events of any kind: which came first, their order, what fell into the same week."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from bot.answers.operations.events_named import Named, date_of, day_of, named_in, participants, places_named
from bot.answers.operations.known_order import before_day, came_before, holds_as_claimed, in_order, told_in_order
from bot.answers.operations.outcome import Outcome
from bot.answers.operations.phrases import fill, refuse
from bot.facts.base import FactBase
from bot.facts.model import Answer, Event
from bot.language.comparisons import bound_before, is_within, period, period_of, says_apart
from bot.language.dates import completed, is_day, spell, spell_partly
from bot.language.numbers import days_in_words
from bot.language.order_words import AFTER, BEFORE, FIRST, LAST, asks_for_later, places_in_order
from bot.language.words import capitalised, join, join_choices
from bot.questions.mentions import DATE, DURATION, ORDER
from bot.questions.question import Question


def events_order(base: FactBase, entry: Answer, question: Question) -> Outcome:
    """The order of several events, whatever they are: "Which came first, the agreement or the meeting?" """
    named = places_named(base, entry, question)
    events = list({n.event.id: n.event for n in named}.values())
    if len(events) == 1:
        return _day_against(base, entry, question, events[0]) or _position(base, entry, question, events[0])
    if len(events) == 2:
        return _of_two(base, entry, question, named, events[0], events[1])
    if not events:
        dated = [event for event in base.events.values() if date_of(base, event)]
        ends = _end_of_all(base, entry, question)
        return ends or _listed(base, entry, dated)
    return _of_several(base, entry, question, named, events)


def same_period(base: FactBase, entry: Answer, question: Question) -> Outcome:
    """Whether events fell into the same day, week, month or year, or into so many days: "Did both leave in a week?" """
    named = named_in(base, entry, question)
    dated = [event for event in base.events_of_type(entry.events or "") if day_of(base, event)]
    # "Did the meeting fall into the same month?": the same as those spoken of.
    events = named if len(named) > 1 else list({e.id: e for e in [*named, *dated]}.values())
    kind, lengths = period(question.text), [m for m in question.mentions if m.entity == DURATION]
    without = [event for event in events if not _falls(base, event, kind or "day")]
    if without:
        order = holds_as_claimed(base, question, places_named(base, entry, question)) if kind == "day" else None
        if order is False and len(events) == 2:
            first, second = in_order(base, events) or events
            told = capitalised(told_in_order(base, entry, first, second))
            return Outcome((told,), _facts(base, events), True, False)
        return refuse(base, "no_period", nouns=join_choices([event.noun for event in without]))
    events.sort(key=lambda event: base.dates[event.id].day or datetime.date.min)
    steps = join([_says_when(base, event) for event in events])
    sentences, holds = [capitalised(f"{steps}.")], None
    days = [day for event in events if (day := day_of(base, event))]
    if kind:
        holds = len({_falls(base, event, kind) for event in events}) == 1
        if kind == "week":
            sentences.append(fill(base, "dates", "same_week" if holds else "other_week"))
        holds = holds != says_apart(question.text)
    elif lengths and len(days) == len(events):
        span = (max(days) - min(days)).days
        holds = is_within(span, float(lengths[0].value), _bound(question, lengths[0].start))
        sentences.append(fill(base, "dates", "span", days=days_in_words(span)))
    told = participants(entry, *events)
    return Outcome(tuple(sentences), _facts(base, events), True, holds, about=told, listed=told)


def _of_two(
    base: FactBase, entry: Answer, question: Question, named: Sequence[Named], one: Event, two: Event
) -> Outcome:
    ordered = in_order(base, [one, two])
    same = day_of(base, one) and day_of(base, one) == day_of(base, two)
    if ordered is None and not same:
        return _unknown(base, [one, two])
    first, second = ordered or (one, two)
    holds = holds_as_claimed(base, question, named)
    later = asks_for_later(question.text) or (holds is False and not question.polar)
    text = told_in_order(base, entry, first, second, later)
    told = participants(entry, first, second)
    return Outcome((capitalised(text),), _facts(base, [first, second]), True, holds, about=told)


def _of_several(
    base: FactBase, entry: Answer, question: Question, named: Sequence[Named], events: list[Event]
) -> Outcome:
    ordered = in_order(base, events)
    holds = holds_as_claimed(base, question, named)
    if ordered is None:
        return _partly_listed(base, entry, events, holds)
    # "Final" in "the final meeting" asks for no place.
    rest = "".join(" " if any(n.start <= at < n.end for n in named) else c for at, c in enumerate(question.text))
    asked = [] if question.polar else places_in_order(rest, len(ordered))
    if len(asked) == 1:
        place = asked[0]
        text = fill(base, "order", "at_place", event=_step(base, ordered[place]))
        listed = _listed(base, entry, ordered)
        return Outcome((capitalised(text), *listed.sentences), listed.facts, True, about=listed.about)
    found = _listed(base, entry, ordered)
    return Outcome(found.sentences, found.facts, True, holds, about=found.about, listed=found.listed)


def _listed(base: FactBase, entry: Answer, events: list[Event]) -> Outcome:
    ordered = in_order(base, events) or events
    steps = base.wording["order"]["between_steps"].join(_step(base, event) for event in ordered)
    text = capitalised(fill(base, "order", "list", steps=steps))
    about = participants(entry, *ordered)
    return Outcome((text,), _facts(base, ordered), True, about=about, listed=about)


def _partly_listed(base: FactBase, entry: Answer, events: list[Event], holds: bool | None) -> Outcome:
    """Tell the order of those of which it is known, and which have no place in it."""
    unplaced: list[Event] = []
    placed = list(events)
    while (ordered := in_order(base, placed)) is None:
        doubtful = max(placed, key=lambda e: sum(came_before(base, e, o) is None for o in placed if o is not e))
        unplaced.append(doubtful)
        placed = [event for event in placed if event is not doubtful]
    if len(ordered) < 2:
        return _unknown(base, events)
    found = _listed(base, entry, ordered)
    more = fill(base, "order", "no_place", events=join_choices([event.noun for event in unplaced]))
    return Outcome((*found.sentences, more), _facts(base, events), True, holds, about=found.about)


def _unknown(base: FactBase, events: Sequence[Event]) -> Outcome:
    """Refuse to tell an order, with the days that are told."""
    refused = refuse(base, "unknown_order_of", events=join_choices([event.noun for event in events]))
    dated = [event for event in events if date_of(base, event)]
    undated = [event for event in events if event not in dated]
    near = [fill(base, "refused", "no_day_for", noun=join_choices([event.noun for event in undated]))]
    near += [capitalised(f"{_says_when(base, event)}.") for event in dated]
    return Outcome((*refused.sentences, *(near if dated else ())), refused=True)


def _day_against(base: FactBase, entry: Answer, question: Question, event: Event) -> Outcome | None:
    """Compare an event with a day: "Did the meeting come after Christmas?" """
    like = day_of(base, event) or next(iter(base.known_days), None)
    days = [
        day for m in question.mentions if m.entity == DATE and is_day(m.value) and (day := completed(m.value, like))
    ]
    words = set(question.values(ORDER))
    if not days or bool(words & {BEFORE, FIRST}) == bool(words & {AFTER, LAST}):
        return None
    sooner = before_day(base, event, days[0])
    if day_of(base, event):
        text = fill(base, "dates", "stated", Says=capitalised(event.says), date=base.dates[event.id].text)
        sooner = sooner if day_of(base, event) != days[0] else None
    elif sooner is None:
        return None
    else:
        text = fill(
            base,
            "order",
            "sooner_than_day" if sooner else "later_than_day",
            noun=event.noun,
            date=spell(days[0], base.vocabulary.dates.day_first),
        )
    holds = None if not question.polar or sooner is None else sooner == bool(words & {BEFORE, FIRST})
    return Outcome((capitalised(text),), _facts(base, [event]), True, holds, about=participants(entry, event))


def _position(base: FactBase, entry: Answer, question: Question, event: Event) -> Outcome:
    """Tell where in the order an event stands: what it came after, and before."""
    if event.type == entry.events and date_of(base, event):
        return _listed(base, entry, [e for e in base.events.values() if date_of(base, e)])
    shown = [e for e in base.events.values() if e is not event and (date_of(base, e) or e.after or e.before)]
    earlier = [e for e in shown if came_before(base, e, event)]
    later = [e for e in shown if came_before(base, event, e)]
    after = [e for e in earlier if not any(came_before(base, e, other) for other in earlier)]
    before = [e for e in later if not any(came_before(base, other, e) for other in later)]
    if not after and not before:
        return _unknown(base, [event])
    key = "position" if after and before else "position_after" if after else "position_before"
    text = fill(
        base,
        "order",
        key,
        event=_step(base, event),
        earlier=join([_step(base, e) for e in after]),
        later=join([_step(base, e) for e in before]),
    )
    return Outcome((capitalised(text),), _facts(base, [event, *after, *before]), True, about=participants(entry, event))


def _end_of_all(base: FactBase, entry: Answer, question: Question) -> Outcome | None:
    """Tell what came first or last of all that happened: "What was the last thing to happen?" """
    words = set(question.values(ORDER))
    if question.polar or len(words & {FIRST, LAST}) != 1:
        return None
    shown = [e for e in base.events.values() if e.id in base.dates or e.type == entry.events]
    shown = [e for e in shown if not (e.date and e.date.until)]
    last = LAST in words
    found = next((e for e in shown if not any(came_before(base, *((e, o) if last else (o, e))) for o in shown)), None)
    if found is None:
        return None
    text = capitalised(f"{_says_when(base, found)}.")
    return Outcome((text,), _facts(base, [found]), True, about=participants(entry, found))


def _step(base: FactBase, event: Event) -> str:
    date = date_of(base, event)
    return fill(base, "order", "step", entity=event.noun, date=date.text) if date else event.noun


def _says_when(base: FactBase, event: Event) -> str:
    date = base.dates.get(event.id)
    if date is None:
        return event.says
    if date.day:
        return fill(base, "dates", "step", says=event.says, date=date.text)
    when = spell_partly(date.text, base.vocabulary.dates.day_first)
    return fill(base, "dates", "step_in", says=event.says, date=when)


def _falls(base: FactBase, event: Event, kind: str) -> tuple[int, ...] | None:
    """Return the period of a kind that an event fell into, None where the article does not tell."""
    if day := day_of(base, event):
        return period_of(day, kind)
    date = base.dates.get(event.id)
    if date is None or (event.date and event.date.until):
        return None
    parts = tuple(int(part) for part in date.text.split("-"))
    return parts[: ("year", "month").index(kind) + 1] if kind in ("year", "month")[: len(parts)] else None


def _bound(question: Question, at: int) -> str:
    return bound_before(question.text, at)


def _facts(base: FactBase, events: Sequence[Event]) -> tuple[str, ...]:
    counted_from = [base.dates[event.id].counted_from for event in events if event.id in base.dates]
    return tuple(dict.fromkeys([*(event.id for event in events), *filter(None, counted_from)]))

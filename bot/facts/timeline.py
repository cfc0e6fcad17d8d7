"""What happened when: events in the order that the article gives, each with its sentence. Pure functions.

An event without a date has a place where the article tells whether it came before or after each one with a date. What
has none comes last, with what is told of its time.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.facts.base import FactBase
from bot.facts.dates import Dated
from bot.facts.model import Event
from bot.language.dates import spell_partly
from bot.language.numbers import in_words
from bot.language.words import join

STATED, COUNTED, UNDATED, UNPLACED = "stated", "counted", "undated", "unplaced"
DATINGS = (STATED, COUNTED, UNDATED, UNPLACED)

_LAST = 10**6
"""What went on until a month comes after all else of which no more than the month is known."""


@dataclass(frozen=True)
class Item:
    """One event of the timeline."""

    id: str
    dating: str
    """STATED in the article, COUNTED from another event, UNDATED: only its place in the order is known, or UNPLACED."""
    when: str
    """The date in words ("December 12th, 1991", "1990", "until December 1991"), "" where undated; where unplaced, what
    it came after and before."""
    day: str | None
    """The same as 1991-12-12, where it is known to the day."""
    counted: str
    """What a counted date was counted from ("four days after Russia's departure"), else ""."""
    says: str
    noun: str
    sentence: str
    quote: str
    question: str | None
    """A question that the event answers, as one would ask it."""


def timeline(base: FactBase) -> list[Item]:
    """Return the events that have a date, or a place among events that have, as they happened; then the unplaced."""
    dated = {event.type for event in base.events.values() if event.id in base.dates and event.order is not None}
    shown = [
        e
        for e in base.events.values()
        if e.timeline and (e.id in base.dates or (e.type in dated and e.order is not None) or e.after or e.before)
    ]
    placed = [event for event in shown if _is_placed(base, event, shown)]
    unplaced = [event for event in shown if event not in placed]
    in_order = sorted(placed, key=lambda event: _place(base, event, placed))
    return [*(_item(base, event) for event in in_order), *(_item(base, event, placed=False) for event in unplaced)]


def sentences(base: FactBase, items: list[Item]) -> tuple[str, ...]:
    """Tell a timeline in a sentence, and in another what has no place in it."""
    words = base.wording["timeline"]
    told = []
    for form, some in (
        ("says", [item for item in items if item.dating != UNPLACED]),
        ("sometime", [item for item in items if item.dating == UNPLACED]),
    ):
        if some:
            told.append(words[form].format(steps="; ".join(_step(words, item) for item in some)))
    return tuple(told)


def picture_text(base: FactBase, items: list[Item]) -> str:
    """Describe a picture of the timeline for those who cannot see it."""
    return base.wording["timeline"]["alt"].format(count=in_words(len(items)), text=" ".join(sentences(base, items)))


def question_about(base: FactBase, fact_id: str) -> str | None:
    """Return a question that a fact answers, None where it is only ever told beside another."""
    first = [entry for entry in base.answers.values() if entry.facts[:1] == [fact_id] or entry.event == fact_id]
    if first:
        return min(first, key=lambda entry: len(entry.facts)).question  # the one that asks for the least beside it
    event = base.events.get(fact_id)
    over = [e for e in base.answers.values() if event and e.events == event.type and event.entities(e.role)]
    if event and over:
        # When it was is not asked of an event without a date.
        asked = over if fact_id in base.dates else [e for e in base.answers.values() if e.operation == "describe"]
        restated = next((entry.restated for entry in asked if entry.restated and not entry.type), None)
        if restated:
            return restated.format(entity=base.entities[event.entities(over[0].role)[0]].name)
    return next((entry.question for entry in base.answers.values() if fact_id in entry.facts), None)


def _step(words: dict[str, str], item: Item) -> str:
    if item.when and item.when in item.says:
        return item.says
    form = {COUNTED: "step_counted", UNDATED: "step_undated", UNPLACED: "step_unplaced"}.get(item.dating, "step")
    if item.dating == UNPLACED and not item.when:
        return item.says
    return words[form].format(when=item.when, says=item.says)


def _item(base: FactBase, event: Event, placed: bool = True) -> Item:
    date = base.dates.get(event.id)
    undated = UNDATED if placed else UNPLACED
    (quote, *_) = base.quotes([event.id])
    return Item(
        id=event.id,
        dating=undated if date is None else COUNTED if date.counted else STATED,
        when=_date_in_words(base, event, date) if date else "" if placed else _sometime(base, event),
        day=date.day.isoformat() if date and date.day else None,
        counted=_counted(base, date) if date and date.counted else "",
        says=event.says,
        noun=event.noun,
        sentence=quote.sentence,
        quote=quote.quote,
        question=question_about(base, event.id),
    )


def _is_placed(base: FactBase, event: Event, shown: list[Event]) -> bool:
    """True for an event with a date, or which is told to have come before or after each one that has one."""
    if event.id in base.dates:
        return True
    later = base.later_than
    return all(e.id in later[event.id] or event.id in later[e.id] for e in shown if e.id in base.dates)


def _sometime(base: FactBase, event: Event) -> str:
    """Return in words what an event without a place is told to have come after and before, "" where nothing is told."""
    words = base.wording["timeline"]
    earlier, later = (join([base.events[i].noun for i in ids]) for ids in (event.after, event.before))
    form = "between" if earlier and later else "after" if earlier else "before" if later else ""
    return words[form].format(earlier=earlier, later=later) if form else ""


def _date_in_words(base: FactBase, event: Event, date: Dated) -> str:
    """Return a date in words as the timeline shows it."""
    if date.day:
        return date.full
    spelt = spell_partly(date.text)
    return base.wording["timeline"]["until"].format(date=spelt) if event.date and event.date.until else spelt


def _counted(base: FactBase, date: Dated) -> str:
    days = in_words(date.days or 0)
    noun = base.events[date.counted_from or ""].noun
    return base.wording["timeline"]["days_after"].format(days=days, noun=noun)


def _place(base: FactBase, event: Event, shown: list[Event]) -> tuple:
    """Return a key to sort by: the day as far as it is known, then the place among events of its type."""
    date = base.dates.get(event.id)
    if date is None:
        # Undated, it stands before the first dated one that comes after it in their order.
        later = [e for e in shown if e.type == event.type and (e.order or 0) > (event.order or 0)]
        day = min((_begins(base.dates[e.id]) for e in later if e.id in base.dates), default="9999")
        return day[:7], event.order or 0
    if event.date and event.date.until:
        return date.text, _LAST
    return _begins(date), event.order if event.order is not None else 0


def _begins(date: Dated) -> str:
    return date.day.isoformat() if date.day else date.text

"""Claims about who still belonged to a whole that its members leave one by one, on a day or when another had gone."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from bot.answers.claims.background import event_in
from bot.answers.claims.coverage import Taken, of_claim
from bot.answers.operations.events_named import day_of
from bot.facts.base import FactBase
from bot.facts.model import Event
from bot.facts.vocabulary import Membership
from bot.language.claim_words import Statement, numbers_in, offers_a_choice, singles_out, statement
from bot.language.dates import completed, is_day
from bot.language.numbers import number_of
from bot.language.time_bearings import AFTER, BEFORE, BY, ON, bearing_before, bearing_of
from bot.questions.mentions import DATE, DURATION, Mention
from bot.questions.question import Question


@dataclass(frozen=True)
class Time:
    """A day or an event, and whether what is claimed is of then, of before or of after it."""

    bearing: str
    day: datetime.date | None = None
    event: str | None = None


def belonged(base: FactBase, question: Question) -> bool | None:
    """Return whether those who are named were members, or were not, at the time that is named; None if untold."""
    words = base.vocabulary.membership
    if words is None or question.values(DURATION):
        return None
    claim = statement(question.text)
    taken = Taken(of_claim(question.text, claim))
    inside, outside = taken.phrases(words.inside), taken.phrases(words.outside)
    if bool(inside) == bool(outside):
        return None
    when = _time(base, claim, taken, question, words)
    named = _named(base, words, taken, question)
    if when is None or named is None:
        return None
    only = bool(singles_out(taken.text))
    for span in singles_out(taken.text):
        taken.take(*span)
    number = _number(taken)
    taken.phrases(words.words)
    anybody = bool(taken.phrases(words.anybody))
    denied = len(taken.grammar()) % 2 == 1
    if not taken.all():
        return None
    if len(named) > 1 and offers_a_choice(taken.text):
        return None
    value = _value(base, words, when, named, bool(inside), only, number, anybody, denied)
    return None if value is None else (value is not denied) is not claim.turned


def _value(
    base: FactBase,
    words: Membership,
    when: Time,
    named: list[Event],
    inside: bool,
    only: bool,
    number: int | None,
    anybody: bool,
    denied: bool,
) -> bool | None:
    """Return whether a claim is true, its denials left out."""
    if named and number is None:
        each = {_is_member(base, event, when) for event in named}
        if len(each) != 1 or None in each:
            # "Were both still in it?" is wrong as soon as one was not.
            return False if each == {True, False} and not denied and not only else None
        if only:
            members = _members(base, words, when)
            return each == {inside} and {e.id for e in named} == members if members is not None and inside else None
        return each == {inside}
    members = _members(base, words, when)
    if members is None or not inside or named:
        return None
    if number is not None:
        return len(members) == number
    return bool(members) if anybody or denied else None


def _time(base: FactBase, claim: Statement, taken: Taken, question: Question, words: Membership) -> Time | None:
    """Return the one time that a claim names, None where it names none, or several."""
    dates = [m for m in question.mentions if m.entity == DATE and m.end > m.start and taken.free(m.start, m.end)]
    if len(dates) + len(claim.background) != 1:
        return None
    if claim.background:
        event = event_in(base, claim.background[0], question)
        bearing = bearing_of(claim.background[0].word)
        return Time(bearing, event=event) if event else None
    like = next((day for e in base.events_of_type(words.events) if (day := day_of(base, e))), None)
    day = completed(dates[0].value, like) if is_day(dates[0].value) else None
    related = bearing_before(taken.text, dates[0].start)
    if day is None or related.kind not in (ON, BEFORE, AFTER, BY):
        return None
    taken.take(related.start, dates[0].end)
    return Time(ON if related.kind == BY else related.kind, day=day)


def _named(base: FactBase, words: Membership, taken: Taken, question: Question) -> list[Event] | None:
    """Return the departures of those who are named, None where one of them is not known to have left."""
    by_entity = base.event_of(words.events, words.role)
    found: list[Event] = []
    for mention in question.mentions:
        if mention.end == mention.start or not taken.free(mention.start, mention.end):
            continue
        if mention.value in by_entity:
            found.append(by_entity[mention.value])
        elif mention.value in base.entities and mention.entity not in base.vocabulary.wholes:
            return None
        if mention.value in base.entities:
            _take(taken, mention)
    return found


def _take(taken: Taken, mention: Mention) -> None:
    taken.take(mention.start, mention.end)


def _number(taken: Taken) -> int | None:
    """Return the number of members that a claim gives."""
    for start, end in numbers_in(taken.text):
        if taken.free(start, end):
            taken.take(start, end)
            return number_of(taken.text[start:end])
    return None


def _is_member(base: FactBase, going: Event, when: Time) -> bool | None:
    """Return whether somebody had not left yet, None where that is not known."""
    if when.event:
        if when.event == going.id:
            return {BEFORE: True, AFTER: False}.get(when.bearing)
        if going.id in base.later_than[when.event]:
            return True
        return False if when.event in base.later_than[going.id] else None
    day, left = when.day, day_of(base, going)
    if day is None:
        return None
    if left is None:
        later = (day_of(base, base.events[i]) for i in base.later_than[going.id])
        return False if any(other and other <= day for other in later) else None
    if day == left:
        return {BEFORE: True, AFTER: False}.get(when.bearing)
    return day < left


def _members(base: FactBase, words: Membership, when: Time) -> set[str] | None:
    """Return the departures that were still to come, None where not all of them are known."""
    group = base.claims[words.group].subject
    by_entity = base.event_of(words.events, words.role)
    each = {by_entity[i].id: _is_member(base, by_entity[i], when) for i in group}
    if None in each.values() or all(each.values()):
        # Before the first of them left there may have been more.
        return None
    return {event for event, inside in each.items() if inside}

"""Clauses of time around a claim ("... when Russia had left"): whether what is claimed can be checked for that time."""

from __future__ import annotations

from collections.abc import Sequence

from bot.answers.operations.events_named import event_made
from bot.facts.base import FactBase
from bot.facts.model import Event
from bot.facts.said import Said
from bot.language.claim_words import Background, straight
from bot.language.time_bearings import BEFORE, ON, bearing_of
from bot.language.words import bare_words
from bot.questions.mentions import ADJECTIVE, EVENT, Mention
from bot.questions.question import Question


def fits(base: FactBase, fact: str, way: Said, background: Sequence[Background], question: Question) -> bool | None:
    """Return whether a claim holds for all times that are named around it, None where that cannot be told."""
    each = [_fits_one(base, fact, way, clause, question) for clause in background]
    return None if None in each else all(each)


def _fits_one(base: FactBase, fact: str, way: Said, clause: Background, question: Question) -> bool | None:
    event = event_in(base, clause, question)
    if event is None:
        return None
    bearing = bearing_of(clause.word)
    if way.during is None:
        return _in_order(base, fact, event, bearing)
    starts, ends = way.during.from_, way.during.until
    if bearing == BEFORE:
        return starts is None or event in base.later_than[starts] or None
    begun = starts is None or event == starts or event in base.later_than[starts]
    return (begun and (ends is None or ends in base.later_than[event])) or None


def _in_order(base: FactBase, fact: str, event: str, bearing: str) -> bool | None:
    """Return whether an event came before or after another as a claim says, None where that is not known."""
    if fact not in base.events or bearing == ON:
        return None
    before, after = event in base.later_than[fact], fact in base.later_than[event]
    if before == after:
        return None
    return before == (bearing == BEFORE)


def event_in(base: FactBase, clause: Background, question: Question) -> str | None:
    """Return the event that a clause of time names, None where it names none or more than one."""
    inside = [m for m in question.mentions if clause.start <= m.start and m.end <= clause.end and m.end > m.start]
    text = straight(question.text)[clause.start : clause.end]
    words = set(bare_words(text))
    found = {m.value for m in inside if m.entity == EVENT}
    found |= {made.id for m in inside if (made := event_made(base, m))}
    for kind, verbs in base.vocabulary.verbs.items():
        if words & set(verbs):
            found |= {e.id for e in base.events_of_type(kind) if _did_it(base, e, inside)}
    return found.pop() if len(found) == 1 else None


def _did_it(base: FactBase, event: Event, mentions: Sequence[Mention]) -> bool:
    """True where one is named who did what the event is: the first of the roles that it has."""
    doer = next(iter(event.participants), None)
    named = {m.value for m in mentions if m.form != ADJECTIVE}
    return bool(doer and named & set(event.entities(doer)))

"""Whether a claim is true, computed from typed facts: None where a part of it cannot be checked."""

from __future__ import annotations

from bot.answers.claims.gaps import is_denied, lies_apart
from bot.answers.claims.membership import belonged
from bot.answers.claims.offices import holds_office
from bot.answers.claims.said import verdict_of_facts
from bot.answers.operations.events_named import subjects_of
from bot.answers.operations.outcome import Outcome
from bot.facts.base import FactBase
from bot.facts.model import Answer
from bot.language.sentences import segments
from bot.questions.question import Question

__all__ = ["computed", "covers", "is_denied"]

OF_OFFICES = frozenset({"role", "office_holder"})
OF_GAPS = frozenset({"days_between"})
OF_DAYS = frozenset({"when"})


def covers(base: FactBase, entry: Answer, question: Question) -> bool:
    """True where a verdict on what an operation works out is given here, or by nobody.

    Those that reckon with several events check the whole claim themselves, denials too. The others do not see what else
    a claim says: "Did it join on the 16th?"
    """
    if entry.operation in OF_DAYS:
        if question.left_out:
            return False  # "..., not on the 12th": the operation has left that out itself
        events = [entry.event] if entry.event else [event.id for event in base.events_of_type(entry.events or "")]
        return any(event in base.said for event in events)
    return entry.operation in OF_OFFICES


def computed(base: FactBase, entry: Answer, question: Question, found: Outcome | None = None) -> bool | None:
    """Return whether the facts bear out what a question claims, None where not all of it can be checked.

    `found`: what an operation told, where the answer is worked out by one.
    """
    if len(segments(question.text)) > 1:
        # What the other sentences say may deny it, or put it off.
        return None
    if entry.operation in OF_OFFICES:
        return holds_office(base, question)
    facts = entry.facts
    if found:
        events = subjects_of(base, entry, question)
        facts = [entry.event] if entry.event else [events[0].id] if len(events) == 1 else []
    if entry.operation in OF_GAPS and (apart := lies_apart(base, entry, question)) is not None:
        return apart
    told = verdict_of_facts(base, facts, question)
    return belonged(base, question) if told is None else told

"""Clauses of time around a claim ("... when Russia had left"): whether what is claimed can be checked for that time."""

from __future__ import annotations

from collections.abc import Sequence

from bot.facts.base import FactBase
from bot.facts.said import Said
from bot.language.claim_words import Background, phrase, straight
from bot.language.words import bare_words
from bot.questions.mentions import ADJECTIVE, EVENT
from bot.questions.question import Question

_EARLIER = ("before", "until")


def fits(base: FactBase, fact: str, way: Said, background: Sequence[Background], question: Question) -> bool:
    """True where all clauses of time around a claim leave it as it is: the fact was so at the time that they name."""
    return all(_fits_one(base, fact, way, clause, question) for clause in background)


def _fits_one(base: FactBase, fact: str, way: Said, clause: Background, question: Question) -> bool:
    event = event_in(base, clause, question)
    if event is None or way.during is None:
        return False
    word = clause.word.split()[-1]
    starts, ends = way.during.from_, way.during.until
    if word in _EARLIER:
        return starts is None or event in base.later_than[starts]
    begun = starts is None or event == starts or event in base.later_than[starts]
    return begun and (ends is None or event in _before(base, ends))


def event_in(base: FactBase, clause: Background, question: Question) -> str | None:
    """Return the event that a clause of time names, None where it names none or more than one."""
    inside = [m for m in question.mentions if clause.start <= m.start and m.end <= clause.end and m.end > m.start]
    text = straight(question.text)[clause.start : clause.end]
    words = set(bare_words(text))
    found = {m.value for m in inside if m.entity == EVENT}
    for kind, verbs in base.vocabulary.verbs.items():
        if words & set(verbs):
            by = {m.value: e.id for m in inside if m.form != ADJECTIVE for e in base.events_of_type(kind) if m.value in e.entities("leaver")}
            found |= set(by.values())
    return found.pop() if len(found) == 1 else None


def _before(base: FactBase, event: str) -> set[str]:
    return {earlier for earlier, later in base.later_than.items() if event in later}

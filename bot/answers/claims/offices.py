"""Claims about who held which office."""

from __future__ import annotations

from bot.answers.claims.coverage import Taken, of_claim
from bot.facts.base import FactBase
from bot.language.claim_words import statement
from bot.questions.mentions import DESCRIPTION
from bot.questions.question import Question


def holds_office(base: FactBase, question: Question) -> bool | None:
    """Return whether those who are named held the office that is named, None where the claim says more than that."""
    claim = statement(question.text)
    taken = Taken(of_claim(question.text, claim))
    named = [m for m in question.mentions if m.end > m.start and taken.text[m.start : m.end].strip()]
    offices = [m for m in named if m.entity in base.office_kinds]
    people = [m for m in named if m.entity in base.holder_kinds and m.form != DESCRIPTION]
    # "Kazakh leader" is one office, however many things could be meant by it.
    spans = {(m.start, m.end) for m in offices}
    if len(spans) != 1 or not people or claim.background:
        return None
    for mention in (*offices, *people):
        taken.take(mention.start, mention.end)
    for mention in named:
        if mention.entity in base.vocabulary.wholes:
            taken.take(mention.start, mention.end)
    denied = len(taken.grammar())
    holders = {base.entities[m.value].holder for m in offices}
    right = {m.value in holders for m in people}
    if not taken.all() or len(right) != 1 or (right == {True} and len({m.value for m in people}) > 1):
        return None
    return ((right == {True}) is not (denied % 2 == 1)) is not claim.turned

"""Whether a claim is true, computed from typed facts: None where a part of it cannot be checked."""

from __future__ import annotations

from bot.answers.claims.said import verdict_of_facts
from bot.facts.base import FactBase
from bot.facts.model import Answer
from bot.questions.question import Question

__all__ = ["computed"]


def computed(base: FactBase, entry: Answer, question: Question) -> bool | None:
    """Return whether the facts bear out what a question claims, None where not all of it can be checked."""
    return verdict_of_facts(base, entry, question)

"""What an abbreviation stands for: "What does SSR stand for?", "Is CIS short for ...?"."""

from __future__ import annotations

from bot.answers.operations import Outcome
from bot.answers.operations.phrases import fill
from bot.facts.base import FactBase
from bot.language.abbreviations import asked_in_full, claimed_meaning, same_in_full
from bot.language.sentences import sentences_of
from bot.questions.question import Question

_LEAST_WORDS = 2
"""Words of what is claimed to be the long form: one alone claims nothing ("Does CIS mean anything?")."""


def spelt_out(base: FactBase, question: Question) -> Outcome | None:
    """Return what the article spells out, or that it does not; None where no abbreviation is asked about."""
    known = base.vocabulary.abbreviations
    short = asked_in_full(question.text, known)
    if short is None:
        return None
    entry = known[short]
    if not entry.long:
        text = fill(base, "abbreviation", "untold", short=short)
        return Outcome((text, *sentences_of(entry.near)), refused=True)
    claimed = claimed_meaning(question.text)
    claims = claimed and question.polar and len(claimed.text.split()) >= _LEAST_WORDS
    holds = same_in_full(claimed.text, entry.long) if claimed and claims else None
    text = fill(base, "abbreviation", "long", short=short, long=entry.long)
    return Outcome((text,), tuple(entry.facts), holds=holds)

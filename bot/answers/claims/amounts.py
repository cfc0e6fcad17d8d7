"""Lengths of time and counts that a claim gives, checked against those of the fact."""

from __future__ import annotations

from bot.answers.claims.coverage import Taken
from bot.facts.said import Said
from bot.language.claim_words import fits_length, is_a_choice, measure, numbers_in, phrase
from bot.language.numbers import number_of
from bot.questions.mentions import DATE, DURATION
from bot.questions.question import Question


def check_length(way: Said, taken: Taken, question: Question) -> bool | None:
    """Check a length of time beside no date: None where the fact has none, or where it is offered as one of two."""
    if question.values(DATE):
        return True
    right = True
    for mention in question.mentions:
        if mention.entity != DURATION or not taken.free(mention.start, mention.end):
            continue
        if way.lasts is None or is_a_choice(taken.text, mention.start):
            return None
        kind, start, factor = measure(taken.text, mention.start, mention.end)
        right = right and fits_length(kind, way.lasts, float(mention.value) * factor)
        taken.take(start, mention.end)
    return right


def check_count(way: Said, taken: Taken) -> bool | None:
    """Check the numbers that are left: None where one counts what is not known, False where one is wrong."""
    right = True
    for start, end in numbers_in(taken.text):
        if not taken.free(start, end):
            continue
        nouns = way.counts.of if way.counts else []
        if way.counts is None or not any(phrase(noun).search(taken.text, end) for noun in nouns):
            return None
        right = right and number_of(taken.text[start:end]) == way.counts.number
        taken.take(start, end)
    return right

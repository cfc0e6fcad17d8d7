"""Claims weighed by the words that they are made of: each has to be known to claim the fact, its opposite or nothing.

A claim with one word that nobody vouches for gets no verdict: what it adds may make it true or false.
"""

from __future__ import annotations

from collections.abc import Iterable

from bot.answers.claims.background import fits
from bot.answers.claims.coverage import Taken, of_claim
from bot.answers.claims.dated import check_days
from bot.answers.claims.gaps import fits_length
from bot.answers.claims.roles import Named, misplaced, named_in
from bot.facts.base import FactBase
from bot.facts.said import Said
from bot.language.claim_words import (
    is_a_choice,
    measure,
    numbers_in,
    phrase,
    says_nothing,
    singles_out,
    statement,
    words_in,
)
from bot.language.numbers import number_of
from bot.questions.mentions import DATE, DURATION
from bot.questions.question import Question


def verdict_of_facts(base: FactBase, facts: Iterable[str], question: Question) -> bool | None:
    """Return whether a claim is true by one of the facts that an answer rests on, None where none of them tells."""
    found = {
        told
        for fact in facts
        for way in base.said.get(fact, ())
        if (told := verdict(base, fact, way, question)) is not None
    }
    return found.pop() if len(found) == 1 else None


def verdict(base: FactBase, fact: str, way: Said, question: Question) -> bool | None:
    """Return whether a claim is true by one way of claiming one fact."""
    claim = statement(question.text)
    text = of_claim(question.text, claim)
    taken = Taken(text)
    hits = [(span, True) for span in taken.phrases(way.so)] + [(span, False) for span in taken.phrases(way.not_so)]
    if not hits or not all(any(phrase(p).search(text) for p in group) for group in way.needs):
        return None
    named = named_in(base, way, question, [m for m in question.mentions if m.end > m.start and taken.free(m.start, m.end)])
    for one in named:
        taken.take(one.start, one.end)
    taken.phrases(way.words)
    only = [span for span in singles_out(text) if taken.free(*span)]
    for span in only:
        taken.take(*span)
    length = _lasting(way, text, taken, question)
    days = check_days(base, fact, way, text, question)
    for span in days.spans if days else ():
        taken.take(*span)
    counted = _counted(way, text, taken)
    denied = taken.grammar()
    in_time = fits(base, fact, way, claim.background, question)
    if None in (counted, days, in_time, length) or not taken.all():
        return None
    first = min(span for span, _ in hits)
    if any(len(words_in(text[first[1] : start])) > 1 for start, _ in denied if start > first[0]):
        # "Did it know that the other had no role?" denies another thing than the knowing.
        return None
    at = first[0]
    so = {told for _, told in hits}
    if len(so) != 1:
        return None
    value = _value(base, way, text, at, so == {True}, bool(counted and days and days.right and in_time and length), named, only, len(denied) % 2 == 1)
    return value if value is None else value is not claim.turned


def _value(
    base: FactBase,
    way: Said,
    text: str,
    at: int,
    so: bool,
    agrees: bool,
    named: list[Named],
    only: list[tuple[int, int]],
    denied: bool,
) -> bool | None:
    """Put the words, the numbers, those named and the denial together."""
    placed = misplaced(base, way, text, at, named)
    if placed is None:
        return None
    fitting, missing = placed
    if only:
        complete = set(way.roles.get(way.complete or "", ()))
        if not complete or not so or missing or not fitting or not _singled_out(text, only, named):
            return None
        so = fitting >= complete
    wrong = bool(missing) or not agrees
    if wrong and (not so or (denied and fitting)):
        # That somebody else did the opposite, the facts do not tell.
        return None
    return (so and not wrong) is not denied


def _singled_out(text: str, only: list[tuple[int, int]], named: list[Named]) -> bool:
    """True where "only" stands beside somebody who is named, not beside what was done."""
    small = set(says_nothing(text)) | set(only)
    return all(
        any(
            _all_small(text, min(end, one.end), max(start, one.start), small) for one in named
        )
        for start, end in only
    )


def _all_small(text: str, start: int, end: int, small: set[tuple[int, int]]) -> bool:
    return all((a + start, b + start) in small for a, b in words_in(text[start:end]))


def _lasting(way: Said, text: str, taken: Taken, question: Question) -> bool | None:
    """Check a length of time beside no date: None where the fact has none, or where it is offered as one of two."""
    if question.values(DATE):
        return True
    right = True
    for mention in question.mentions:
        if mention.entity != DURATION or not taken.free(mention.start, mention.end):
            continue
        if way.lasts is None or is_a_choice(text, mention.start):
            return None
        kind, start, factor = measure(text, mention.start, mention.end)
        right = right and fits_length(kind, way.lasts, float(mention.value) * factor)
        taken.take(start, mention.end)
    return right


def _counted(way: Said, text: str, taken: Taken) -> bool | None:
    """Check the numbers that are left: None where one counts what is not known, False where one is wrong."""
    right = True
    for start, end in numbers_in(text):
        if not taken.free(start, end):
            continue
        nouns = way.counts.of if way.counts else []
        if way.counts is None or not any(phrase(noun).search(text, end) for noun in nouns):
            return None
        right = right and number_of(text[start:end]) == way.counts.number
        taken.take(start, end)
    return right

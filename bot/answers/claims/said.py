"""Claims weighed by the words that they are made of: each has to be known to claim the fact, its opposite or nothing.

A claim with one word that nobody vouches for gets no verdict: what it adds may make it true or false.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from bot.answers.claims.amounts import check_count, check_length
from bot.answers.claims.background import fits
from bot.answers.claims.coverage import Taken, of_claim
from bot.answers.claims.dated import check_days
from bot.answers.claims.roles import Named, misplaced, named_in
from bot.facts.base import FactBase
from bot.facts.said import Said
from bot.language.claim_words import (
    offers_a_choice,
    phrase,
    says_nothing,
    singles_out,
    stands_for_another,
    statement,
    words_in,
)
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
    taken = Taken(of_claim(question.text, claim))
    parts = _taken_apart(base, fact, way, taken, question)
    in_time = fits(base, fact, way, claim.background, question)
    if parts is None or in_time is None or not taken.all():
        return None
    value = _value(base, way, taken.text, parts if in_time else replace(parts, agrees=False))
    return None if value is None else value is not claim.turned


@dataclass(frozen=True)
class _Parts:
    """What a claim is made of: whether it says the fact or the opposite and where, of whom, and what it denies."""

    so: bool
    at: int
    named: list[Named]
    only: list[tuple[int, int]]
    agrees: bool
    """Whether its days, lengths of time and counts are those of the fact."""
    denied: bool


def _taken_apart(base: FactBase, fact: str, way: Said, taken: Taken, question: Question) -> _Parts | None:
    """Account for the words of a claim, None where they do not claim this fact, or not clearly."""
    so, not_so = taken.phrases(way.so), taken.phrases(way.not_so)
    text = taken.text
    if bool(so) == bool(not_so) or not all(any(phrase(p).search(text) for p in group) for group in way.needs):
        return None
    named = named_in(base, way, [m for m in question.mentions if taken.free(m.start, m.end)])
    taken.spans((one.start, one.end) for one in named)
    taken.phrases(way.words)
    only = taken.spans(singles_out(text))
    length = check_length(way, taken, question)
    days = check_days(base, fact, way, text, question)
    taken.spans(days.spans if days else ())
    count = check_count(way, taken)
    denied = taken.grammar()
    first = min(so or not_so)
    # "Did it know that the other had no role?" denies another thing than the knowing.
    elsewhere = any(len(words_in(text[first[1] : start])) > 1 for start, _ in denied if start > first[0])
    if days is None or length is None or count is None or elsewhere:
        return None
    return _Parts(bool(so), first[0], named, only, days.right and length and count, len(denied) % 2 == 1)


def _value(base: FactBase, way: Said, text: str, parts: _Parts) -> bool | None:
    """Put the words, the numbers, those named and the denial together."""
    placed = misplaced(base, way, text, parts.at, parts.named)
    if placed is None:
        return None
    fitting, missing = placed
    so = parts.so
    alone = not fitting | missing or (way.among and len(fitting | missing) < 2)
    if (fitting and missing and offers_a_choice(text)) or (way.roles and alone and stands_for_another(text)):
        # "Was he a friend of hers?": whoever he is.
        return None
    if parts.only:
        complete = set(way.roles.get(way.complete or "", ()))
        beside = _singled_out(text, parts.only, parts.named)
        if not complete or not so or missing or not fitting or not beside:
            return None
        so = fitting >= complete
    wrong = bool(missing) or not parts.agrees
    if wrong and (not so or (parts.denied and fitting)):
        # That somebody else did the opposite, the facts do not tell.
        return None
    return (so and not wrong) is not parts.denied


def _singled_out(text: str, only: list[tuple[int, int]], named: list[Named]) -> bool:
    """True where "only" stands beside somebody who is named, not beside what was done."""
    small = set(says_nothing(text)) | set(only)
    return all(
        any(_all_small(text, min(end, one.end), max(start, one.start), small) for one in named) for start, end in only
    )


def _all_small(text: str, start: int, end: int, small: set[tuple[int, int]]) -> bool:
    return all((a + start, b + start) in small for a, b in words_in(text[start:end]))

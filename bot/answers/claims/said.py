"""Claims weighed by the words that they are made of: each has to be known to claim the fact, its opposite or nothing.

A claim with one word that nobody vouches for gets no verdict: what it adds may make it true or false.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.answers.claims.background import fits
from bot.answers.claims.roles import Named, misplaced, named_in
from bot.facts.base import FactBase
from bot.facts.model import Answer
from bot.facts.said import Said
from bot.language.claim_words import (
    denials,
    numbers_in,
    phrase,
    says_nothing,
    singles_out,
    statement,
    straight,
    words_in,
)
from bot.language.numbers import number_of
from bot.questions.mentions import DATE, DURATION
from bot.questions.question import Question


def verdict_of_facts(base: FactBase, entry: Answer, question: Question) -> bool | None:
    """Return whether a claim is true by one of the facts that an answer rests on, None where none of them tells."""
    found = {
        told
        for fact in entry.facts
        for way in base.said.get(fact, ())
        if (told := verdict(base, fact, way, question)) is not None
    }
    return found.pop() if len(found) == 1 else None


def verdict(base: FactBase, fact: str, way: Said, question: Question) -> bool | None:
    """Return whether a claim is true by one way of claiming one fact."""
    claim = statement(question.text)
    text = _without_background(straight(question.text), claim.start, claim.end, [(b.start, b.end) for b in claim.background])
    taken = _Taken(text)
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
    denied = [span for span in denials(text) if taken.free(*span)]
    for span in denied:
        taken.take(*span)
    counted = _counted(way, text, taken)
    for span in says_nothing(text):
        taken.take(*span)
    if counted is None or not taken.all() or not fits(base, fact, way, claim.background, question):
        return None
    dated = _dated(base, fact, question, way)
    if dated is None or question.values(DURATION):
        return None
    at = min(start for (start, _), _ in hits)
    so = {told for _, told in hits}
    if len(so) != 1:
        return None
    value = _value(base, way, text, at, so == {True}, counted and dated, named, bool(only), len(denied) % 2 == 1)
    return value if value is None else value is not claim.turned


def _value(
    base: FactBase,
    way: Said,
    text: str,
    at: int,
    so: bool,
    agrees: bool,
    named: list[Named],
    only: bool,
    denied: bool,
) -> bool | None:
    """Put the words, the numbers, those named and the denial together."""
    placed = misplaced(base, way, text, at, named)
    if placed is None:
        return None
    fitting, missing = placed
    if only:
        complete = set(way.roles.get(way.complete or "", ()))
        if not complete or not so or missing or not fitting:
            return None
        so = fitting >= complete
    wrong = bool(missing) or not agrees
    if wrong and (not so or (denied and fitting)):
        # That somebody else did the opposite, the facts do not tell.
        return None
    return (so and not wrong) is not denied


def _counted(way: Said, text: str, taken: _Taken) -> bool | None:
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


def _dated(base: FactBase, fact: str, question: Question, way: Said) -> bool | None:
    """Check a date that is named: None where the fact has none to check it by."""
    return True if not question.values(DATE) else None


def _without_background(text: str, start: int, end: int, spans: list[tuple[int, int]]) -> str:
    """Return a text in which all but the claim itself is blank, each letter in its place."""
    kept = [" "] * len(text)
    kept[start:end] = text[start:end]
    for first, last in spans:
        kept[first:last] = " " * (last - first)
    return "".join(kept)


@dataclass
class _Taken:
    """Which letters of a claim are accounted for."""

    text: str
    letters: set[int] = field(default_factory=set)

    def free(self, start: int, end: int) -> bool:
        """True where nothing of a span is accounted for, and it stands in the claim."""
        return bool(self.text[start:end].strip()) and not any(i in self.letters for i in range(start, end))

    def take(self, start: int, end: int) -> None:
        """Account for a span."""
        self.letters.update(range(start, end))

    def phrases(self, phrases: list[str]) -> list[tuple[int, int]]:
        """Account for what some phrases find, the longest first; return the spans."""
        found = sorted((m.span() for p in phrases for m in phrase(p).finditer(self.text)), key=lambda s: s[0] - s[1])
        used = []
        for span in found:
            if self.free(*span):
                self.take(*span)
                used.append(span)
        return used

    def all(self) -> bool:
        """True where every word is accounted for."""
        return all(start in self.letters for start, _ in words_in(self.text))

"""The words of a claim, and which of them are accounted for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from bot.language.claim_words import Statement, denials, phrase, says_nothing, straight, words_in


def of_claim(text: str, claim: Statement) -> str:
    """Return a text in which all but the claim itself is blank, each letter in its place."""
    kept = [" "] * len(text)
    kept[claim.start : claim.end] = straight(text)[claim.start : claim.end]
    for clause in claim.background:
        kept[clause.start : clause.end] = " " * (clause.end - clause.start)
    return "".join(kept)


@dataclass
class Taken:
    """Which letters of a claim are accounted for."""

    text: str
    letters: set[int] = field(default_factory=set)

    def free(self, start: int, end: int) -> bool:
        """True where nothing of a span is accounted for, and it stands in the claim."""
        return bool(self.text[start:end].strip()) and not any(i in self.letters for i in range(start, end))

    def take(self, start: int, end: int) -> None:
        """Account for a span."""
        self.letters.update(range(start, end))

    def spans(self, spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
        """Account for some spans; return those that were free."""
        free = [span for span in spans if self.free(*span)]
        for span in free:
            self.take(*span)
        return free

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

    def grammar(self) -> list[tuple[int, int]]:
        """Account for words that deny and for those that say nothing by themselves; return those that deny."""
        denied = [span for span in denials(self.text) if self.free(*span)]
        for span in (*denied, *says_nothing(self.text)):
            self.take(*span)
        return denied

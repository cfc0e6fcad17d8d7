"""Finds the known phrase that a misspelt one stands for, however many phrases are known.

The method is that of SymSpell. Two phrases that differ in n letters become equal when the right n letters or fewer are
left out of each. Every known phrase is therefore filed under all that its beginning can become with letters left out.
For a misspelt phrase only those are compared letter by letter that are filed under something it can become itself.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import combinations

from rapidfuzz.distance import DamerauLevenshtein

SHORTEST = 6
"""Shorter phrases have too many neighbours one letter away."""
LONG = 14
"""Phrases this long bear three wrong letters."""

_PREFIX = 7
"""How many letters after the first count as the beginning of a phrase. With more there is less to compare, but more to
file."""
_MIDDLE = 8
_MOST = 3
_KEPT = 4096


class FuzzyIndex:
    """Known phrases, of which the nearest to a misspelt one can be asked for. The first letter has to be right."""

    def __init__(self) -> None:
        self._phrases: dict[str, int] = {}
        self._filed: dict[str, list[str]] = {}
        self.nearest = lru_cache(_KEPT)(self._nearest)
        # "when did it" and "when did it leave" begin alike.
        self._alike = lru_cache(_KEPT)(self._beginning_alike)

    def add(self, phrase: str) -> None:
        """File a phrase of at least SHORTEST letters."""
        if phrase in self._phrases:
            return
        self._phrases[phrase] = len(self._phrases)
        for short in _shortened(phrase, _allowed(len(phrase))):
            self._filed.setdefault(short, []).append(phrase)
        self.nearest.cache_clear()
        self._alike.cache_clear()

    def candidates(self, phrase: str) -> frozenset[str]:
        """Return the phrases that have to be compared with one: all that are near enough, and few others."""
        # A known phrase may be longer than this one, by as many letters as may be wrong in it.
        allowed = _allowed(len(phrase) + _MOST)
        return self._alike(phrase[: 1 + _PREFIX], allowed) if len(phrase) + allowed >= SHORTEST else frozenset()

    def _beginning_alike(self, beginning: str, allowed: int) -> frozenset[str]:
        return frozenset().union(*(self._filed.get(short, ()) for short in _shortened(beginning, allowed)))

    def _nearest(self, phrase: str) -> str | None:
        """Return the known phrase with the fewest wrong letters, of several the first that was added, or None."""
        best = None
        for known in self.candidates(phrase):
            allowed = _allowed(len(known))
            if abs(len(known) - len(phrase)) > allowed:
                continue
            distance = DamerauLevenshtein.distance(known, phrase, score_cutoff=allowed)
            if distance <= allowed:
                best = min(best or (99, 0, ""), (distance, self._phrases[known], known))
        return best[2] if best else None


def _allowed(length: int) -> int:
    """Return how many letters may be wrong in a known phrase of such a length."""
    return 1 if length < _MIDDLE else 2 if length < LONG else _MOST


def _shortened(phrase: str, most: int) -> set[str]:
    """Return the beginning of a phrase without each choice of up to `most` letters, the first being kept."""
    first, rest = phrase[0], phrase[1 : 1 + _PREFIX]
    kept = range(max(len(rest) - most, 0), len(rest) + 1)
    return {first + "".join(letters) for size in kept for letters in combinations(rest, size)}

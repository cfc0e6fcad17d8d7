"""Look-ups over the entities alone: by type, by office, by name."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import TypeVar

from bot.facts.model import Entity
from bot.facts.vocabulary import Vocabulary

T = TypeVar("T")


class EntityLookUps:
    """What the fact base knows of its entities; each table is made once."""

    entities: dict[str, Entity]
    vocabulary: Vocabulary

    def named_in(self, text: str) -> tuple[str, ...]:
        """Return the ids of those whom a text of the fact base names, in its order; those outside the article not."""
        if text not in self._named_in:
            names = {i: {e.name, e.short or e.name} for i, e in self.entities.items() if not e.outside}
            at = {i: min((text.find(name) for name in some if name in text), default=-1) for i, some in names.items()}
            self._named_in[text] = tuple(sorted((i for i in at if at[i] >= 0), key=at.__getitem__))
        return self._named_in[text]

    @cached_property
    def _named_in(self) -> dict[str, tuple[str, ...]]:
        return {}  # filled as it is asked for

    @cached_property
    def entities_of_type(self) -> dict[str, frozenset[str]]:
        """Type -> ids of its entities."""
        return {kind: frozenset(e.id for e in found) for kind, found in self._entities_by("type").items()}

    @cached_property
    def people(self) -> list[str]:
        """Ids of the people, in their order."""
        return [e.id for e in self.entities.values() if e.type in self.vocabulary.people]

    @cached_property
    def office_kinds(self) -> frozenset[str]:
        """Types of what somebody held."""
        return frozenset(e.type for e in self.entities.values() if e.holder)

    @cached_property
    def holder_kinds(self) -> frozenset[str]:
        """Types of those who held an office."""
        holders = (self.entities.get(e.holder or "") for e in self.entities.values())
        return frozenset(e.type for e in holders if e)

    @cached_property
    def led_kinds(self) -> frozenset[str]:
        """Types of what the offices are of."""
        led = (self.entities.get(e.of or "") for e in self.entities.values())
        return frozenset(e.type for e in led if e)

    @cached_property
    def described(self) -> frozenset[str]:
        """Ids of the entities of which the article says what they are."""
        return frozenset(e.id for e in self.entities.values() if e.about)

    @cached_property
    def offices_held(self) -> dict[str, list[Entity]]:
        """Person -> the offices that they held."""
        return self._entities_by("holder")

    @cached_property
    def offices_in(self) -> dict[str, list[Entity]]:
        """State -> its offices."""
        return self._entities_by("of")

    def _entities_by(self, key: str) -> dict[str, list[Entity]]:
        return grouped((value, e) for e in self.entities.values() if (value := getattr(e, key)))


def grouped(pairs: Iterable[tuple[str, T]]) -> dict[str, list[T]]:
    """Return the values by their keys, in their order."""
    found: dict[str, list[T]] = {}
    for key, value in pairs:
        found.setdefault(key, []).append(value)
    return found

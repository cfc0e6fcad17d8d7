"""By which words a question claims a fact, or its opposite: the records of `data/facts/said.yml`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from pydantic import Field

from bot.facts.model import Count, Record
from bot.facts.unknown_ids import unknown

if TYPE_CHECKING:
    from bot.facts.base import FactBase

FILE = "said.yml"
ROLES = ("actor", "target", "among", "where")


class During(Record):
    """From when till when something was so: ids of events, None where the article sets no such end."""

    from_: str | None = Field(None, alias="from")
    until: str | None = None


class Said(Record):
    """One way of claiming a fact. The head of the file explains the keys."""

    so: list[str] = []
    not_so: list[str] = []
    needs: list[list[str]] = []
    words: list[str] = []
    named: list[str] = []
    actor: list[str] = []
    target: list[str] = []
    among: list[str] = []
    where: list[str] = []
    complete: str | None = None
    counts: Count | None = None
    during: During | None = None
    lasts: float | None = None

    @property
    def roles(self) -> dict[str, list[str]]:
        """Role -> ids of those who have it, for the roles that are given."""
        return {role: ids for role in ROLES if (ids := getattr(self, role))}


def check_said(base: FactBase) -> Iterator[str]:
    """Yield the problems: "said.yml: fact: key: what is wrong; what would be valid"."""
    for fact, ways in base.said.items():
        place = f"{FILE}: {fact}"
        yield from unknown(place, [fact], base.facts, "fact")
        for number, way in enumerate(ways, 1):
            here = f"{place}: {number}"
            named = [*way.named, *(i for ids in way.roles.values() for i in ids)]
            yield from unknown(f"{here}: named and roles", named, base.entities, "entity")
            yield from unknown(f"{here}: complete", [way.complete], way.roles, "role of those given")
            if way.during:
                yield from unknown(f"{here}: during", [way.during.from_, way.during.until], base.events, "event")
            if not way.so and not way.not_so:
                yield f"{here}: has neither `so` nor `not_so`; give the words that claim it, or the opposite"
            for word in {*way.so} & {*way.not_so}:
                yield f"{here}: “{word}” stands under `so` and under `not_so`; keep one"

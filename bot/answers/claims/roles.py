"""Who is said to have done what to whom, checked against those who did."""

from __future__ import annotations

from dataclasses import dataclass

from bot.facts.base import FactBase
from bot.facts.said import Said
from bot.language.claim_words import (
    comes_after_by,
    comes_after_preposition,
    is_passive,
    joins_names,
    words_in,
)
from bot.questions.mentions import Mention

_ONE_SIDED = ("actor", "target")
_FAR = 3
"""So many words behind the one that says what was done, a name is no longer clearly what it was done to."""


@dataclass(frozen=True)
class Named:
    """A piece of a claim that names somebody or something."""

    value: str
    start: int
    end: int


def named_in(base: FactBase, way: Said, mentions: list[Mention]) -> list[Named]:
    """Return who is named, one for each piece of the text: of several readings the one that the fact knows of."""
    known = {*way.named, *(i for ids in way.roles.values() for i in ids)}
    found: dict[tuple[int, int], list[str]] = {}
    for mention in mentions:
        if mention.value in base.entities:
            found.setdefault((mention.start, mention.end), []).append(mention.value)
    best: list[Named] = []
    for (start, end), values in sorted(found.items(), key=lambda item: (item[0][0] - item[0][1], item[0])):
        if any(start < other.end and other.start < end for other in best):
            continue
        values.sort(key=lambda value: (value not in known, base.entities[value].type in base.office_kinds))
        best.append(Named(values[0], start, end))
    return sorted(best, key=lambda one: one.start)


def misplaced(base: FactBase, way: Said, text: str, at: int, named: list[Named]) -> tuple[set[str], set[str]] | None:
    """Return those who have the part that a claim gives them and those who have not; None where that is not known.

    `at`: where the words stand that say what was done.
    """
    fitting: set[str] = set()
    missing: set[str] = set()
    passive = is_passive(text.strip())
    roles = way.roles
    # Who belongs to a group is not told, and where something was is another part of it.
    unclear = base.vocabulary.unnamed | base.vocabulary.with_pronoun("there")
    last: tuple[str, int] | None = None
    kinds = {role: {base.entities[i].type for i in ids} for role, ids in roles.items()}
    for one in named:
        kind = base.entities[one.value].type
        if kind in base.vocabulary.wholes or one.value in way.named:
            continue
        role = _role(kind, one, text, at, passive, roles, kinds)
        if role is None or (
            last and last[0] == role and role in _ONE_SIDED and not joins_names(text[last[1] : one.start])
        ):
            # Of two who are not joined by "and", one has another part than it seems.
            return None
        last = (role, one.end)
        if one.value in roles[role]:
            if role == (way.complete or role):
                fitting.add(one.value)
        elif base.entities[one.value].outside or kind in unclear or _is_beside(one, text, role, at):
            return None
        else:
            missing.add(one.value)
    return fitting, missing


def _role(
    kind: str,
    one: Named,
    text: str,
    at: int,
    passive: bool,
    roles: dict[str, list[str]],
    kinds: dict[str, set[str]],
) -> str | None:
    """Return the part that a claim gives to one of those it names, None where it cannot be told."""
    if "where" in roles and kind in kinds["where"]:
        return "where"
    if "among" in roles:
        return "among"
    if comes_after_by(text, one.start):
        role = "actor"
    elif one.start < at:
        role = "target" if passive and "target" in roles else "actor"
    else:
        role = "target" if not passive else "actor" if "target" not in roles else "target"
    return role if role in roles else None


def _is_beside(one: Named, text: str, role: str, at: int) -> bool:
    """True where a name stands in a phrase of its own ("in the Accords"): it need not be the one that is acted on."""
    if role not in _ONE_SIDED:
        return False
    far = one.start > at and len(words_in(text[at : one.start])) > _FAR
    return far or comes_after_preposition(text, one.start)

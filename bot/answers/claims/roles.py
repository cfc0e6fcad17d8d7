"""Who is said to have done what to whom, checked against those who did."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.facts.base import FactBase
from bot.facts.said import Said
from bot.language.claim_words import is_passive
from bot.questions.mentions import Mention
from bot.questions.question import Question

_BY = re.compile(r"\bby\W+(?:\w+\W+){0,2}$", re.I)


@dataclass(frozen=True)
class Named:
    """A piece of a claim that names somebody or something."""

    value: str
    start: int
    end: int


def named_in(base: FactBase, way: Said, question: Question, mentions: list[Mention]) -> list[Named]:
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


def misplaced(
    base: FactBase, way: Said, text: str, at: int, named: list[Named]
) -> tuple[set[str], set[str]] | None:
    """Return those who have the part that a claim gives them and those who have not; None where that is not known.

    `at`: where the words stand that say what was done.
    """
    fitting: set[str] = set()
    missing: set[str] = set()
    passive = is_passive(text.strip())
    roles = way.roles
    kinds = {role: {base.entities[i].type for i in ids} for role, ids in roles.items()}
    for one in named:
        kind = base.entities[one.value].type
        if kind in base.vocabulary.wholes or one.value in way.named:
            continue
        role = _role(kind, one, text, at, passive, roles, kinds)
        if role is None:
            return None
        if one.value in roles[role]:
            if role == (way.complete or role):
                fitting.add(one.value)
        elif base.entities[one.value].outside or one.value in {i for ids in roles.values() for i in ids} - set(
            roles.get("actor", [])
        ):
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
    if "place" in roles and kind in kinds["place"]:
        return "place"
    if "among" in roles:
        return "among"
    if _BY.search(text[: one.start]):
        role = "actor"
    elif one.start < at:
        role = "target" if passive and "target" in roles else "actor"
    else:
        role = "target" if not passive else "actor" if "target" not in roles else "target"
    return role if role in roles else None

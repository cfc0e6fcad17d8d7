"""Who stood where: those who took part, what each wanted, and what joined them. Pure functions.

    relations(base)  ->  [Relation("friends", "nazarbayev", "gorbachev", "close friends", ...), ...]

A relation is drawn from an event with several participants, from a claim about several subjects, or from an office.
What it is called is a matter of the fact base's wording (`relations`), looked up by the fact's id, by type and role,
and by type; an empty label leaves it out, and without any the type itself is the label.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations, permutations, product

from bot.facts.base import FactBase, Quote
from bot.facts.model import Claim, Entity, Event
from bot.facts.timeline import question_about
from bot.language.numbers import in_words


@dataclass(frozen=True)
class Position:
    """What somebody wanted or hoped."""

    fact: str
    kind: str
    says: str
    sentence: str
    quote: str
    question: str | None


@dataclass(frozen=True)
class Node:
    """Somebody or something that took part."""

    id: str
    type: str
    name: str
    short: str
    about: str
    sentence: str
    quote: str
    question: str | None
    positions: list[Position]


@dataclass(frozen=True)
class Relation:
    """What joins two of them."""

    id: str
    source: str
    target: str
    label: str
    mutual: bool
    """Without a direction."""
    fact: str
    """The event, the claim or the office that it is drawn from."""
    says: str
    sentence: str
    quote: str
    question: str | None


def nodes(base: FactBase) -> list[Node]:
    """Return everybody shown, in the fact base's order: whom something joins to others, or who wanted something."""
    joined = {end for relation in relations(base) for end in (relation.source, relation.target)}
    shown = [_node(base, entity) for entity in base.entities.values() if _is_shown(base, entity)]
    return [node for node in shown if node.id in joined or node.positions]


def relations(base: FactBase) -> list[Relation]:
    """Return what joins those shown, in the fact base's order: events, claims, offices."""
    found = [relation for event in base.events.values() for relation in _of_event(base, event)]
    found += [relation for claim in base.claims.values() for relation in _of_claim(base, claim)]
    return found + [relation for office in base.entities.values() for relation in _of_office(base, office)]


def map_text(base: FactBase, shown: list[Node], joined: list[Relation]) -> str:
    """Describe a picture of who stood where for those who cannot see it."""
    return base.wording["map"]["alt"].format(entities=in_words(len(shown)), relations=in_words(len(joined)))


def _node(base: FactBase, entity: Entity) -> Node:
    (quote, *_) = base.quotes([entity.id])
    wishes = [claim for claim in base.claims.values() if claim.kind in base.vocabulary.claims.positions]
    return Node(
        id=entity.id,
        type=entity.type,
        name=entity.name,
        short=entity.short or entity.name,
        about=entity.about or "",
        sentence=quote.sentence,
        quote=quote.quote,
        question=_question_on(base, entity),
        positions=[_position(base, claim) for claim in wishes if entity.id in _holders(base, claim)],
    )


def _holders(base: FactBase, claim: Claim) -> list[str]:
    """Return whose wish a claim tells of: one that joins its subjects is the first one's about the others."""
    return claim.subject[:1] if _of_claim(base, claim) else claim.subject


def _position(base: FactBase, claim: Claim) -> Position:
    (quote, *_) = base.quotes([claim.id])
    question = question_about(base, claim.id)
    return Position(claim.id, claim.kind, claim.says, quote.sentence, quote.quote, question)


def _of_event(base: FactBase, event: Event) -> list[Relation]:
    """Join the first role to each other role, or those of a single role to each other.

    Two other roles are joined where the wording has a label for just these: `meeting.successor-ended`.
    """
    taking_part = {role: _shown(base, event.entities(role)) for role in event.participants}
    roles = {role: ids for role, ids in taking_part.items() if ids}
    if not roles:
        return []
    (first, sources), *others = roles.items()
    question = question_about(base, event.id)
    (quote, *_) = base.quotes([event.id])
    found = []
    if not others:
        label = _label(base, event.id, f"{event.type}.{first}", event.type)
        found = [_relation(*pair, label, True, event.id, event.says, quote, question) for pair in _pairs(sources)]
    joined = [(sources, targets, _role_label(base, event, role)) for role, targets in others]
    joined += [
        (roles[one], roles[other], _label(base, f"{event.type}.{one}-{other}", ""))
        for one, other in permutations(dict(others), 2)
    ]
    for starts, targets, label in joined:
        found += [
            _relation(source, target, label, False, event.id, event.says, quote, question)
            for source, target in product(starts, targets)
            if source != target
        ]
    return [relation for relation in found if relation.label]


def _of_claim(base: FactBase, claim: Claim) -> list[Relation]:
    """Join the first subject to each other one."""
    subjects = _shown(base, claim.subject)
    label = _label(base, claim.id, claim.kind)
    if len(subjects) < 2 or subjects[0] != claim.subject[0] or not label:
        return []
    question = question_about(base, claim.id)
    (quote, *_) = base.quotes([claim.id])
    mutual = claim.kind in base.vocabulary.claims.mutual
    return [
        _relation(subjects[0], target, label, mutual, claim.id, claim.says, quote, question)
        for target in dict.fromkeys(subjects[1:])
    ]


def _of_office(base: FactBase, office: Entity) -> list[Relation]:
    """Join the holder of an office to the state it leads."""
    holder, led = base.entities.get(office.holder or ""), base.entities.get(office.of or "")
    if holder is None or led is None or not (_is_shown(base, holder) and _is_shown(base, led)):
        return []
    (quote, *_) = base.quotes([office.id])
    says = base.wording["held"]["role"].format(holder=holder.name, title=office.name).rstrip(".")
    question = _restated(base, "role", holder, holder.type)
    return [_relation(holder.id, led.id, office.name, False, office.id, says, quote, question)]


def _relation(
    source: str, target: str, label: str, mutual: bool, fact: str, says: str, quote: Quote, question: str | None
) -> Relation:
    name = f"{fact}:{source}-{target}"
    return Relation(name, source, target, label, mutual, fact, says, quote.sentence, quote.quote, question)


def _label(base: FactBase, *keys: str) -> str:
    labels = base.wording["relations"]
    return next((labels[key] or "" for key in keys if key in labels), keys[-1])


def _role_label(base: FactBase, event: Event, role: str) -> str:
    return _label(base, f"{event.id}.{role}", event.id, f"{event.type}.{role}", event.type)


def _question_on(base: FactBase, entity: Entity) -> str | None:
    """Return the question who or what somebody is; where there is one thing to tell of it, the question for that."""
    return (
        _restated(base, "describe", entity, entity.type)
        or (question_about(base, entity.facts[0]) if len(entity.facts) == 1 else None)
        or _restated(base, "describe", entity, None)
    )


def _restated(base: FactBase, operation: str, entity: Entity, kind: str | None) -> str | None:
    fitting = (e for e in base.answers.values() if e.operation == operation and e.type == kind and e.restated)
    return next(((entry.restated or "").format(entity=entity.name) for entry in fitting), None)


def _is_shown(base: FactBase, entity: Entity | None) -> bool:
    return entity is not None and entity.type in base.vocabulary.shown and not entity.outside and bool(entity.evidence)


def _shown(base: FactBase, ids: list[str]) -> list[str]:
    return [i for i in ids if _is_shown(base, base.entities.get(i))]


def _pairs(ids: list[str]) -> list[tuple[str, str]]:
    return list(combinations(dict.fromkeys(ids), 2))

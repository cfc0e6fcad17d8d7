"""Checks that what the records of the fact base refer to is there, and that each answer has what it needs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.facts.base import FactBase
from bot.facts.model import Answer
from bot.facts.unknown_ids import unknown
from bot.language.details import DETAILS
from bot.language.words import join

_BRACES = re.compile(r"\{.*?\}")


@dataclass(frozen=True)
class Operations:
    """What the checks have to know of the operations by which answers are worked out."""

    names: frozenset[str]
    over_events: frozenset[str]
    """Those that need an `event`, or `events` of a type and the `role` of those named in them."""
    over_group: frozenset[str]
    """Those that need a `group`."""
    of_days: frozenset[str]
    """Those that tell of every event that has a date."""


def check_references(base: FactBase, operations: Operations) -> Iterator[str]:
    """Yield the problems, each as "file: id: key: what is wrong; what would be valid"."""
    yield from _of_entities(base)
    yield from _of_events(base)
    yield from _of_claims(base)
    for name, entry in base.answers.items():
        place = f"answers/{base.topics[name]}.yml: {name}"
        yield from _of_answer(base, place, entry)
        yield from _needs(place, entry, operations)
    yield from _of_missing(base)


def _of_entities(base: FactBase) -> Iterator[str]:
    for entity in base.entities.values():
        place = f"entities.yml: {entity.id}"
        yield from unknown(f"{place}: holder", [entity.holder], base.entities, "entity")
        yield from unknown(f"{place}: facts", entity.facts, base.facts, "fact")
        if entity.about and not entity.facts:
            yield f"{place}: `about` rests on nothing; name its facts in `facts`"
        if entity.briefly and not entity.about:
            yield f"{place}: `briefly` shortens an `about` that is not there; give it, or take `briefly` out"


def _of_events(base: FactBase) -> Iterator[str]:
    for event in base.events.values():
        place = f"events.yml: {event.id}"
        yield from unknown(f"{place}: participants", event.entities(), base.entities, "entity")
        yield from unknown(f"{place}: place", [event.place], base.entities, "entity")
        yield from unknown(f"{place}: causes and outcomes", event.causes + event.outcomes, base.facts, "fact")
        yield from unknown(f"{place}: after and before", event.after + event.before, base.events, "event")
        yield from unknown(f"{place}: date.after", [event.date.after if event.date else None], base.events, "event")


def _of_claims(base: FactBase) -> Iterator[str]:
    for claim in base.claims.values():
        place = f"claims.yml: {claim.id}"
        yield from unknown(f"{place}: subject", claim.subject, base.entities, "entity")
        yield from unknown(f"{place}: because", claim.because, base.facts, "fact")


def _of_answer(base: FactBase, place: str, entry: Answer) -> Iterator[str]:
    yield from unknown(f"{place}: facts", entry.facts + entry.no_facts, base.facts, "fact")
    yield from unknown(f"{place}: event", [entry.event], base.events, "event")
    yield from unknown(f"{place}: group", [entry.group], base.claims, "claim")
    yield from unknown(f"{place}: next", entry.next, base.answers, "answer")
    yield from unknown(f"{place}: on_day", [entry.on_day], base.answers, "answer")
    yield from unknown(f"{place}: during", [entry.during], base.answers, "answer")
    yield from unknown(f"{place}: gives and withholds", entry.gives + entry.withholds, DETAILS, "detail")
    for ids in entry.only.values():
        yield from unknown(f"{place}: only", ids, base.entities, "entity")
    if entry.members:
        yield from unknown(f"{place}: members", [*entry.members.are, *entry.members.are_not], base.entities, "entity")
        yield from unknown(f"{place}: members", entry.members.facts(), base.facts, "fact")
    braces = _BRACES.findall(entry.restated or "")
    if entry.restated and set(braces) != {"{entity}"}:
        found = join(braces) or "no braces"
        yield f"{place}: restated: has {found}; put {{entity}} where the name has to stand"


def _needs(place: str, entry: Answer, operations: Operations) -> Iterator[str]:
    if not entry.operation:
        if not (entry.answer and entry.facts):
            yield f"{place}: has no `answer` with `facts`, nor an `operation`; give one of them"
        return
    yield from unknown(f"{place}: operation", [entry.operation], operations.names, "operation")
    if entry.operation in operations.over_events and not entry.event and not (entry.events and entry.role):
        yield f"{place}: {entry.operation} needs `events` and `role`; give both"
    if entry.operation in operations.over_group and not entry.group:
        yield f"{place}: {entry.operation} needs a `group`; name the claim that lists it"


def _of_missing(base: FactBase) -> Iterator[str]:
    types = {event.type for event in base.events.values()}
    for name, missing in base.missing.items():
        place = f"missing.yml: {name}"
        yield from unknown(f"{place}: events", [missing.events], types, "type of event")
        yield from unknown(f"{place}: near", [missing.near], base.facts, "fact")
        yield from unknown(f"{place}: next", missing.next, base.answers, "answer")

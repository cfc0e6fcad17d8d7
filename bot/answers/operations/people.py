"""Answers about people and things: what the article says of them, and who held which office."""

from __future__ import annotations

from collections.abc import Collection

from bot.answers.operations.outcome import Outcome
from bot.answers.operations.phrases import fill, refuse
from bot.facts.base import FactBase
from bot.facts.model import Answer, Entity
from bot.language.sentences import sentences_of
from bot.questions.mentions import NAME, Mention
from bot.questions.question import Question
from bot.questions.unknown_names import outside


def describe(base: FactBase, entry: Answer, question: Question) -> Outcome:
    """What the article says of a person or thing."""
    kinds = [entry.type] if entry.type else base.entities_of_type
    found = _known(base, question, kinds)
    described = [entity for entity in found if entity.about]
    if not described:
        if _known(base, question, base.office_kinds):
            return office_holder(base, entry, question)
        return _not_described(base, question, found[0]) if found else Outcome(refused=True)
    # The whole that the others are part of is named in passing in most questions; anything else named is what is meant.
    entity = next((e for e in described if e.type not in base.vocabulary.wholes), described[0])
    says = entity.about or ""
    about = tuple(dict.fromkeys((entity.id, *base.named_in(says))))
    return Outcome(sentences_of(says), tuple(entity.facts), about=about)


def role(base: FactBase, entry: Answer, question: Question) -> Outcome:
    """Which office a person held: "What was Yeltsin's job?" """
    people = _known(base, question, [entry.type] if entry.type else base.holder_kinds)
    claimed = _known(base, question, base.office_kinds)
    if people:
        return _role_of(base, question, people[0], claimed)
    return office_holder(base, entry, question) if claimed else Outcome(refused=True)


def office_holder(base: FactBase, entry: Answer, question: Question) -> Outcome:
    """Who held an office: "Who was the Soviet president?", "Who led Kazakhstan?" """
    # A person named by name is not the one that "the Soviet president" describes.
    named = [
        base.entities[m.value]
        for m in question.mentions
        if m.entity in base.holder_kinds and m.form == NAME and m.value in base.entities
    ]
    asked = _known(base, question, base.office_kinds)
    offices = asked or _offices_of(base, question)
    if not offices:
        if named and named[0].id in base.offices_held:
            return _role_of(base, question, named[0], [])
        beside = {*base.holder_kinds, *base.office_kinds, *base.vocabulary.wholes}
        led = _known(base, question, base.entities_of_type.keys() - beside)
        if led and led[0].outside:
            return _not_described(base, question, led[0])
        return refuse(base, "nobody_at_head", entity=led[0].name) if led else refuse(base, "no_holder")
    office = offices[0]
    holder = base.entities[office.holder or ""]
    if named and holder not in named and not named[0].outside:
        return _role_of(base, question, named[0], asked)
    text = fill(base, "held", "holder", holder=holder.name, title=office.name)
    holds = holder in named if question.polar and named else None
    return Outcome((text,), (office.id,), holds=holds, about=(holder.id,))


def _role_of(base: FactBase, question: Question, holder: Entity, claimed: list[Entity]) -> Outcome:
    """Tell which office somebody held, and who held the one that the question claims for them."""
    offices = base.offices_held.get(holder.id)
    if not offices:
        if holder.outside:
            return _not_described(base, question, holder)
        return refuse(base, "no_role", entity=holder.name)
    text = fill(base, "held", "role", holder=holder.name, title=offices[0].name)
    if claimed and offices[0] not in claimed:
        # "Why was Gorbachev chosen as Chairman of the Russian Supreme Soviet?"
        other = claimed[0]
        its_holder = base.entities[other.holder or ""]
        told = fill(base, "held", "holder", holder=its_holder.name, title=other.name)
        facts = (other.id, *other.facts, offices[0].id)
        return Outcome((told, text), facts, holds=False, about=(its_holder.id, holder.id))
    holds = offices[0] in claimed if question.polar and claimed else None
    return Outcome((text,), (offices[0].id,), holds=holds, about=(holder.id,))


def _not_described(base: FactBase, question: Question, entity: Entity) -> Outcome:
    """Refuse to tell of something, by the name that the question has for it where the article does not mention it."""
    if entity.outside:
        return refuse(base, "not_mentioned", entity=outside(base, question) or entity.name)
    return refuse(base, "not_described", entity=entity.name)


def _offices_of(base: FactBase, question: Question) -> list[Entity]:
    """Return the offices of what a question names: of "Who led Kazakhstan in the USSR?" the state, not the whole."""
    led = _known(base, question, base.led_kinds)
    led.sort(key=lambda entity: entity.type in base.vocabulary.wholes)
    return list(base.offices_in.get(led[0].id, ())) if led else []


def _known(base: FactBase, question: Question, kinds: Collection[str]) -> list[Entity]:
    """Return the entities of some kinds that a question names, each once, in its order."""
    named: list[Mention] = [m for m in question.mentions if m.entity in kinds and m.value in base.entities]
    return [base.entities[i] for i in dict.fromkeys(m.value for m in named)]

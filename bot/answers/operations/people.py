"""Answers about people and things: what the article says of them, and who held which office."""

from __future__ import annotations

from bot.answers.operations.outcome import Outcome
from bot.answers.operations.phrases import fill, refuse
from bot.facts.base import FactBase
from bot.facts.model import Answer
from bot.language.sentences import sentences_of
from bot.questions.mentions import NAME
from bot.questions.question import Question
from bot.questions.unknown_names import outside


def describe(base: FactBase, entry: Answer, question: Question) -> Outcome:
    """What the article says of a person or thing."""
    kinds = [entry.type] if entry.type else base.entities_of_type
    found = [m.value for m in question.mentions if m.entity in kinds and m.value in base.entities]
    named = [i for i in found if base.entities[i].about]
    if not named:
        if question.values("office"):
            return office_holder(base, entry, question)
        return _not_described(base, question, found[0]) if found else Outcome(refused=True)
    # The USSR is named in passing in most questions; anything else named is what is meant.
    best = next((i for i in named if base.entities[i].type != "polity"), named[0])
    entity = base.entities[best]
    about = tuple(dict.fromkeys((best, *base.named_in(entity.about or ""))))
    return Outcome(sentences_of(entity.about or ""), tuple(entity.facts), about=about)


def role(base: FactBase, entry: Answer, question: Question) -> Outcome:
    """Which office a person held: "What was Yeltsin's job?" """
    people = [i for i in question.values(entry.type or "person") if i in base.entities]
    if not people:
        return office_holder(base, entry, question) if question.values("office") else Outcome(refused=True)
    person = base.entities[people[0]]
    offices = base.offices_held.get(person.id)
    if not offices:
        if person.outside:
            return _not_described(base, question, person.id)
        return refuse(base, "no_role", entity=person.name)
    text = fill(base, "office", "role", person=person.name, office=offices[0].name)
    claimed = [i for i in question.values("office") if i in base.entities]
    if claimed and offices[0].id not in claimed:
        # "Why was Gorbachev chosen as Chairman of the Russian Supreme Soviet?"
        other = base.entities[claimed[0]]
        holder = fill(base, "office", "holder", person=base.entities[other.holder or ""].name, office=other.name)
        about = (other.holder or "", person.id)
        return Outcome((holder, text), (other.id, *other.facts, offices[0].id), holds=False, about=about)
    holds = offices[0].id in claimed if question.polar and claimed else None
    return Outcome((text,), (offices[0].id,), holds=holds, about=(person.id,))


def office_holder(base: FactBase, entry: Answer, question: Question) -> Outcome:
    """Who held an office: "Who was the Soviet president?", "Who led Kazakhstan?" """
    # A person named by name is not the one that "the Soviet president" describes.
    named = [m for m in question.mentions if m.entity == "person" and m.form == NAME and m.value in base.entities]
    offices = [i for i in question.values("office") if i in base.entities] or _offices_of(base, question)
    if not offices:
        if named and named[0].value in base.offices_held:
            return role(base, entry.copy(update={"type": "person"}), question)
        led = [base.entities[i] for i in question.values("state") if i in base.entities]
        if led and led[0].outside:
            return _not_described(base, question, led[0].id)
        return refuse(base, "no_leader", entity=led[0].name) if led else refuse(base, "no_holder")
    office = base.entities[offices[0]]
    holder = base.entities[office.holder or ""]
    if named and holder.id not in [m.value for m in named] and not base.entities[named[0].value].outside:
        return role(
            base,
            entry.copy(update={"type": "person"}),
            question.with_(mentions=(named[0], *[m for m in question.mentions if m.entity == "office"])),
        )
    text = fill(base, "office", "holder", person=holder.name, office=office.name)
    holds = holder.id in [m.value for m in named] if question.polar and named else None
    return Outcome((text,), (office.id,), holds=holds, about=(holder.id,))


def _not_described(base: FactBase, question: Question, entity_id: str) -> Outcome:
    """Refuse to tell of something, by the name that the question has for it where the article does not mention it."""
    if base.entities[entity_id].outside:
        return refuse(base, "not_mentioned", entity=outside(base, question) or base.entities[entity_id].name)
    return refuse(base, "not_described", entity=base.entities[entity_id].name)


def _offices_of(base: FactBase, question: Question) -> list[str]:
    led = [m.value for m in question.mentions if m.entity in ("state", "polity")]
    # Of "Who led Kazakhstan in the USSR?" the state is meant, not the union it was in.
    led.sort(key=lambda i: base.entities[i].type == "polity" if i in base.entities else True)
    return [office.id for office in base.offices_in.get(led[0], ())] if led else []

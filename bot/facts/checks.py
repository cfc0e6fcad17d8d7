"""Checks the fact base as a whole and reports every problem at once, one line each."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

from bot import paths
from bot.facts.base import FactBase
from bot.facts.dates import resolve
from bot.facts.loader import read
from bot.facts.vocabulary_checks import check_vocabulary
from bot.questions.training_data import intents_of

_BRACES = re.compile(r"\{.*?\}")
_YEAR_MONTH = re.compile(r"\d{4}(-(0[1-9]|1[0-2]))?")


def check(folder: Path = paths.FACTS, questions: Path = paths.NLU) -> list[str]:
    """Return the problems of a fact base: "path: id: what is wrong; what would be valid"."""
    base, problems = read(folder)
    problems += _references(base, folder)
    problems += _quotes(base, folder)
    problems += _dates(base, folder)
    problems += _coverage(base, folder)
    problems += _reach(base, folder, questions)
    problems += check_vocabulary(base, folder, intents_of(questions))
    return problems


def _references(base: FactBase, folder: Path) -> list[str]:
    problems = []

    def refer(file: str, owner: str, key: str, ids: list[str], known: dict, kind: str) -> None:
        for missing in (i for i in ids if i and i not in known):
            problems.append(
                f"{folder / file}: {owner}: {key}: there is no {kind} {missing}; valid is {_closest(missing, known)}"
            )

    for entity in base.entities.values():
        refer("entities.yml", entity.id, "holder", [entity.holder or ""], base.entities, "entity")
        refer("entities.yml", entity.id, "facts", entity.facts, base.facts, "fact")
        if entity.about and not entity.facts:
            problems.append(
                f"{folder / 'entities.yml'}: {entity.id}: `about` rests on nothing; name its facts in `facts`"
            )
    for event in base.events.values():
        refer("events.yml", event.id, "participants", event.entities(), base.entities, "entity")
        refer("events.yml", event.id, "place", [event.place or ""], base.entities, "entity")
        refer("events.yml", event.id, "causes and outcomes", event.causes + event.outcomes, base.facts, "fact")
        refer("events.yml", event.id, "after and before", event.after + event.before, base.events, "event")
        if event.date and event.date.after:
            refer("events.yml", event.id, "date.after", [event.date.after], base.events, "event")
    for claim in base.claims.values():
        refer("claims.yml", claim.id, "subject", claim.subject, base.entities, "entity")
        refer("claims.yml", claim.id, "because", claim.because, base.facts, "fact")
    from bot.answers.compose import DETAILS
    from bot.answers.operations import OPERATIONS, OVER_EVENTS

    for name, entry in base.answers.items():
        file = f"answers/{base.topics[name]}.yml"
        refer(file, name, "facts", entry.facts + entry.no_facts, base.facts, "fact")
        refer(file, name, "event", [entry.event or ""], base.events, "event")
        refer(file, name, "group", [entry.group or ""], base.claims, "claim")
        refer(file, name, "next", entry.next, base.answers, "answer")
        refer(file, name, "on_day", [entry.on_day or ""], base.answers, "answer")
        refer(file, name, "during", [entry.during or ""], base.answers, "answer")
        refer(file, name, "gives and withholds", entry.gives + entry.withholds, DETAILS, "detail")
        braces = _BRACES.findall(entry.restated or "")
        if entry.restated and set(braces) != {"{entity}"}:
            found = " and ".join(braces) or "no braces"
            problems.append(f"{folder / file}: {name}: restated: has {found}; put {{entity}} where the name goes")
        for ids in entry.only.values():
            refer(file, name, "only", ids, base.entities, "entity")
        if entry.operation:
            refer(file, name, "operation", [entry.operation], OPERATIONS, "operation")
            if entry.operation in OVER_EVENTS and not entry.event and not (entry.events and entry.role):
                problems.append(f"{folder / file}: {name}: {entry.operation} needs `events` and `role`; give both")
            if entry.operation == "remaining_after" and not entry.group:
                problems.append(
                    f"{folder / file}: {name}: remaining_after needs a `group`; name the claim that lists it"
                )
        elif not (entry.answer and entry.facts):
            problems.append(
                f"{folder / file}: {name}: has no `answer` with `facts`, nor an `operation`; give one of them"
            )
    for name, missing in base.missing.items():
        if missing.events and not base.events_of_type(missing.events):
            kinds = {event.type: event for event in base.events.values()}
            refer("missing.yml", name, "events", [missing.events], kinds, "type of event")
        refer("missing.yml", name, "near", [missing.near or ""], base.facts, "fact")
        refer("missing.yml", name, "next", missing.next, base.answers, "answer")
    return problems


def _quotes(base: FactBase, folder: Path) -> list[str]:
    problems = []
    files = {
        **dict.fromkeys(base.entities, "entities.yml"),
        **dict.fromkeys(base.events, "events.yml"),
        **dict.fromkeys(base.claims, "claims.yml"),
    }
    for record in [*base.entities.values(), *base.facts.values()]:
        path = f"{folder / files[record.id]}: {record.id}: evidence"
        if not record.evidence and not getattr(record, "outside", False):
            problems.append(f"{path}: there is none; give a sentence id and a verbatim quote")
        for sentence, quote in record.evidence.items():
            if sentence not in base.article.sentences:
                problems.append(
                    f"{path}: there is no sentence {sentence}; valid is {_closest(sentence, base.article.sentences)}"
                )
            elif quote and base.article.locate(sentence, quote) is None:
                elsewhere = base.article.find(quote)
                hint = (
                    f"it stands in {elsewhere}"
                    if elsewhere and elsewhere != sentence
                    else f"the sentence is: {base.article.sentences[sentence].text}"
                )
                problems.append(f"{path}: {sentence} does not hold “{quote}” to the letter; {hint}")
    return problems


def _dates(base: FactBase, folder: Path) -> list[str]:
    file = folder / "events.yml"
    problems = []
    for event in base.events.values():
        date = event.date
        if not date:
            continue
        given = [
            name
            for name, value in (("on", date.on), ("in", date.in_), ("until", date.until), ("after", date.after))
            if value
        ]
        if len(given) != 1:
            problems.append(
                f"{file}: {event.id}: date: has {' and '.join(given) or 'no day'}; "
                "valid is just one of on, in, until, or days with after"
            )
        if (date.days is None) != (date.after is None):
            problems.append(f"{file}: {event.id}: date: `days` and `after` go together")
        for text in filter(None, (date.in_, date.until)):
            if not _YEAR_MONTH.fullmatch(text):
                problems.append(f"{file}: {event.id}: date: {text} is no year or month; valid is YYYY or YYYY-MM")
    try:
        dates = resolve(base.events)
    except ValueError as error:
        return [*problems, f"{file}: {error}; count from an event with a day"]
    for kind in {event.type for event in base.events.values()}:
        ordered = [e for e in base.events_of_type(kind) if e.order and e.id in dates and dates[e.id].day]
        for earlier, later in pairwise(ordered):
            if dates[earlier.id].day > dates[later.id].day:
                problems.append(
                    f"{file}: {later.id}: order: comes after {earlier.id}, but its date is earlier; "
                    "make order and date agree"
                )
    # A wrong date puts others out of order as well.
    return problems or [
        f"{file}: {event}: comes before itself by `after`, `before`, `causes`, `outcomes` and `order`; make them agree"
        for event, later in base.later_than.items()
        if event in later
    ]


def _coverage(base: FactBase, folder: Path) -> list[str]:
    proving = {sentence for fact in base.facts.values() for sentence in fact.evidence}
    problems = []
    for sentence in base.article.sentences.values():
        if sentence.id not in proving and sentence.id not in base.silent:
            problems.append(
                f"{folder}: {sentence.id}: is evidence of no fact; add one, or list it under `silent` in claims.yml: "
                f"{sentence.text}"
            )
    for sentence_id in base.silent:
        if sentence_id in proving or sentence_id not in base.article.sentences:
            problems.append(
                f"{folder / 'claims.yml'}: {sentence_id}: listed as silent, but it is evidence or not a sentence; "
                "take it off the list"
            )
    return problems


def _reach(base: FactBase, folder: Path, questions: Path) -> list[str]:
    asked = intents_of(questions)
    problems = [
        f"{folder}: {name}: no training question in {questions} asks it; write some under this intent"
        for name in [*base.answers, *base.missing]
        if name not in asked
    ]
    known = {*base.answers, *base.missing}
    topics = {*base.topics.values(), "not_in_article"}
    for name, file in asked.items():
        if name not in known and file.stem in topics:
            problems.append(
                f"{file}: {name}: has questions, but no answer; add it to {folder / 'answers' / (file.stem + '.yml')}"
            )
    used = {fact for entry in base.answers.values() for fact in entry.facts + entry.no_facts}
    used |= {fact for entity in base.entities.values() for fact in entity.facts}
    for entry in base.answers.values():
        used |= {entry.event or "", entry.group or ""} | {e.id for e in base.events_of_type(entry.events or "")}
    # Every dated event answers "what happened on ..."
    dated = {event.id for event in base.events.values() if event.date}
    used |= dated if any(entry.operation == "on_date" for entry in base.answers.values()) else set()
    for fact in base.facts.values():
        if fact.id not in used:
            problems.append(f"{folder}: {fact.id}: no answer rests on it; name it in the `facts` of one in answers/")
    return problems


def _closest(wanted: str, known: dict) -> str:
    import difflib

    near = difflib.get_close_matches(wanted, list(known), n=3, cutoff=0.4) or list(known)[:5]
    return ", ".join(near)

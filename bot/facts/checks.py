"""Checks the fact base as a whole and reports every problem at once, one line each.

What lies beyond the facts is handed in: which operations there are, and which intents have training questions.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from bot.facts.base import FactBase
from bot.facts.date_checks import check_dates
from bot.facts.loader import read
from bot.facts.model import Claim, Entity, Event
from bot.facts.reference_checks import Operations, check_references
from bot.facts.said import check_said
from bot.facts.unknown_ids import closest
from bot.facts.vocabulary_checks import check_vocabulary


def check(folder: Path, questions: Path, asked: Mapping[str, Path], operations: Operations) -> list[str]:
    """Return the problems of a fact base: "path: id: what is wrong; what would be valid".

    `asked` are the intents that have training questions in the folder `questions`, with the file that holds them.
    """
    base, problems = read(folder)
    return [
        *problems,
        *(f"{folder}/{problem}" for problem in check_references(base, operations)),
        *(f"{folder}/{problem}" for problem in check_said(base)),
        *(f"{folder}/{problem}" for problem in _quotes(base)),
        *(f"{folder / 'events.yml'}: {problem}" for problem in check_dates(base)),
        *_coverage(base, folder),
        *_unasked(base, folder, questions, asked),
        *_unused(base, folder, operations),
        *check_vocabulary(base, folder, asked),
    ]


def _quotes(base: FactBase) -> Iterator[str]:
    for file, records in (
        ("entities.yml", base.entities),
        ("events.yml", base.events),
        ("claims.yml", base.claims),
    ):
        for record in records.values():
            yield from _quotes_of(base, f"{file}: {record.id}: evidence", record)


def _quotes_of(base: FactBase, place: str, record: Entity | Event | Claim) -> Iterator[str]:
    if not record.evidence and not (isinstance(record, Entity) and record.outside):
        yield f"{place}: there is none; give a sentence id and a verbatim quote"
    sentences = base.article.sentences
    for sentence, quote in record.evidence.items():
        if sentence not in sentences:
            yield f"{place}: there is no sentence {sentence}; valid is {closest(sentence, sentences)}"
        elif quote and base.article.locate(sentence, quote) is None:
            elsewhere = base.article.find(quote)
            is_elsewhere = elsewhere and elsewhere != sentence
            hint = f"it stands in {elsewhere}" if is_elsewhere else f"the sentence is: {sentences[sentence].text}"
            yield f"{place}: {sentence} does not hold “{quote}” to the letter; {hint}"


def _coverage(base: FactBase, folder: Path) -> Iterator[str]:
    """Yield the sentences that prove nothing and are not known to, and those wrongly listed as such."""
    for sentence in base.article.sentences.values():
        if sentence.id not in base.facts_in and sentence.id not in base.silent:
            yield (
                f"{folder}: {sentence.id}: is evidence of no fact; add one, or list it under `silent` in claims.yml: "
                f"{sentence.text}"
            )
    for sentence_id in base.silent:
        if sentence_id in base.facts_in or sentence_id not in base.article.sentences:
            yield (
                f"{folder / 'claims.yml'}: {sentence_id}: listed as silent, but it is evidence or not a sentence; "
                "take it off the list"
            )


def _unasked(base: FactBase, folder: Path, questions: Path, asked: Mapping[str, Path]) -> Iterator[str]:
    """Yield the answers without training questions, and the training questions without an answer."""
    known = {**base.answers, **base.missing}
    for name in known:
        if name not in asked:
            yield f"{folder}: {name}: no training question in {questions} asks it; write some under this intent"
    topics = {*base.topics.values(), _NOT_TOLD}
    for name, file in asked.items():
        if name not in known and file.stem in topics:
            answers = folder / "answers" / f"{file.stem}.yml"
            yield f"{file}: {name}: has questions, but no answer; add it to {answers}"


def _unused(base: FactBase, folder: Path, operations: Operations) -> Iterator[str]:
    """Yield the facts that no answer rests on."""
    used = {fact for entry in base.answers.values() for fact in entry.facts + entry.no_facts}
    used |= {fact for entity in base.entities.values() for fact in entity.facts}
    for entry in base.answers.values():
        used |= {entry.event or "", entry.group or ""} | {e.id for e in base.events_of_type(entry.events or "")}
        if entry.operation in operations.of_days:
            used |= {event.id for event in base.events.values() if event.date}
    for fact in base.facts:
        if fact not in used:
            yield f"{folder}: {fact}: no answer rests on it; name it in the `facts` of one in answers/"


_NOT_TOLD = "not_in_article"
"""The file of training questions about what the article does not tell."""

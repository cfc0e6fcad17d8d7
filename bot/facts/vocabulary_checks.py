"""Checks what the article's things are called (`vocabulary.yml`) against the things themselves."""

from __future__ import annotations

import string
from collections import Counter
from collections.abc import Collection, Iterator
from pathlib import Path

from bot.facts.base import FactBase
from bot.facts.unknown_ids import unknown
from bot.facts.vocabulary import FILE, Kind, Vocabulary
from bot.language.reference_words import PRONOUNS

_FILLED_BESIDE_KINDS = ("subject", "counted", "says", "event", "unnamed")
"""What the words of a refusal can name beside the kinds."""


def check_vocabulary(base: FactBase, folder: Path, intents: Collection[str]) -> list[str]:
    """Return the problems of `vocabulary.yml`: "path: key: what is wrong; what would be valid".

    `intents` are those that have training questions.
    """
    words = base.vocabulary
    return [
        *(f"{folder / FILE}: {problem}" for problem in _in_the_file(base, words, intents)),
        *(f"{folder}/{problem}" for problem in _in_other_files(base, words)),
    ]


def _in_the_file(base: FactBase, words: Vocabulary, intents: Collection[str]) -> Iterator[str]:
    for name, kind in words.kinds.items():
        yield from _of_kind(f"kinds.{name}", kind)
    yield from _shared_nouns(words)
    yield from _columns(words)
    for key in ("stand_in", "nearest", "subjects"):
        yield from unknown(key, getattr(words, key), words.kinds, "kind")
    for key in ("named", "places", "opposites"):
        yield from _plain(key, getattr(words, key))
    types = {event.type for event in base.events.values()}
    yield from unknown("verbs", words.verbs, types, "type of event")
    for kind, verbs in words.verbs.items():
        yield from _plain(f"verbs.{kind}", verbs)
    for place, several in enumerate(words.several, 1):
        yield from unknown(f"several {place}: events", several.events, base.events, "event")
        yield from _plain(f"several {place}: names", several.names)
    if words.membership:
        yield from unknown("membership.events", [words.membership.events], types, "type of event")
        yield from unknown("membership.group", [words.membership.group], base.claims, "claim")
        roles = {role for event in base.events_of_type(words.membership.events) for role in event.participants}
        yield from unknown("membership.role", [words.membership.role], roles, "role in these events")

    for short, meaning in words.abbreviations.items():
        yield from unknown(f"abbreviations.{short}: facts", meaning.facts, base.facts, "fact")
        if bool(meaning.long) != bool(meaning.facts):
            yield f"abbreviations.{short}: has only one of `long` and `facts`; give both, or neither"
    claims = {claim.kind for claim in base.claims.values()}
    for key, kinds in words.claims:
        yield from unknown(f"claims.{key}", kinds, claims, "kind of claim")
    for key, names in words.intents.named.items():
        yield from unknown(f"intents.{key}", names, intents, "intent with training questions")
    yield from _years(base, words)


def _of_kind(key: str, kind: Kind) -> Iterator[str]:
    yield from _plain(f"{key}.nouns", kind.nouns)
    yield from _plain(f"{key}.plurals", kind.plurals)
    yield from unknown(f"{key}.pronouns", kind.pronouns, PRONOUNS, "pronoun")


def _shared_nouns(words: Vocabulary) -> Iterator[str]:
    counted = Counter(noun for kind in words.kinds.values() for noun in set(kind.nouns))
    for noun in (noun for noun, times in counted.items() if times > 1):
        having = [name for name, kind in words.kinds.items() if noun in kind.nouns]
        yield f"kinds: nouns: {noun} stands for {' and for '.join(having)}; keep it in one of them"


def _columns(words: Vocabulary) -> Iterator[str]:
    placed = Counter(kind for column in words.columns for kind in column.kinds)
    yield from unknown("columns: kinds", placed, words.kinds, "kind")
    for kind in sorted(words.shown):
        if placed[kind] != 1:
            yield f"columns: kinds: {kind} is shown on the map and stands in {placed[kind]} columns; put it in one"
    for number, column in enumerate(words.columns, 1):
        if not column.title.get("en"):
            yield f"columns: title: that of column {number} has no English heading; give it as `en`"


def _years(base: FactBase, words: Vocabulary) -> Iterator[str]:
    first, last = words.dates.years
    dates = [event.date for event in base.events.values() if event.date]
    stated = {str(text)[:4] for date in dates for text in (date.on, date.in_, date.until) if text}
    for year in sorted(year for year in stated if year.isdigit() and not first <= int(year) <= last):
        yield f"dates.years: {first} to {last} leaves out {year}, in which something happened; widen it"


def _in_other_files(base: FactBase, words: Vocabulary) -> Iterator[str]:
    for entity in base.entities.values():
        yield from unknown(f"entities.yml: {entity.id}: type", [entity.type], words.kinds, "kind")
    for name, entry in base.answers.items():
        place = f"answers/{base.topics[name]}.yml: {name}"
        yield from unknown(f"{place}: type", [entry.type], words.kinds, "kind")
        yield from unknown(f"{place}: only", entry.only, words.kinds, "kind")
    valid = (*words.subjects, *_FILLED_BESIDE_KINDS)
    for name, missing in base.missing.items():
        place = f"missing.yml: {name}"
        yield from unknown(f"{place}: near_kinds", missing.near_kinds or [], words.kinds, "kind")
        for form in [*missing.what, *(form for asked in missing.asked for form in asked.what)]:
            yield from unknown(f"{place}: what", _braces(form), valid, "word to fill in")


def _braces(form: str) -> list[str]:
    return [field for _, field, _, _ in string.Formatter().parse(form) if field]


def _plain(key: str, words: Collection[str]) -> Iterator[str]:
    """Yield what is no word in lower case, and what stands twice: questions are compared in lower case."""
    for word in words:
        if not word or word != word.lower().strip():
            yield f"{key}: {word!r} is no word in lower case; write {word.lower().strip() or 'a word'!r}"
    for word, times in Counter(words).items():
        if times > 1:
            yield f"{key}: {word} stands {times} times; keep one"

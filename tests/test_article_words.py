"""No kind, name, noun, verb, role, intent or year of an article stands in the program: another article is other data.

The words come from three fact bases, the real one and the two of the tests. Looked for in every string literal (regular
expressions too) and every identifier under bot/ and actions/. Docstrings and comments change no reply and may tell by
an example, but the real article's names may stand there only within quotation marks, as an example's words.
"""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from spacy.lang.en.stop_words import STOP_WORDS

from bot import paths
from bot.answers.operations import OPERATIONS
from bot.facts.base import FactBase
from bot.facts.loader import load
from tests.support.factbase import small
from tests.support.other_world import world

MEANING = (
    "bot/facts bot/questions bot/answers bot/dialogue bot/language actions "
    "bot/engine/question_classifier.py bot/engine/entity_linker.py bot/channels/web/content.py bot/channels/pictures.py"
).split()
"""Where the program deals with what messages and facts mean. Elsewhere it only carries them, and has hosts, ports, states
and bodies of its own; there, names and intents of an article are looked for, and not what its things are called."""

OTHER_MEANINGS: dict[str, tuple[str, str]] = {}
"""Words of an article that mean something else in a part of the program: where (a beginning of paths), and what."""

STILL: dict[str, str] = {}
"""Places that still have to be mended: path -> words. Only ever shrinks."""

_WORD = re.compile(r"[^\W\d_]+")
_PIECE = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+")
_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")
_QUOTED = re.compile(r"\"[^\"]*\"|“[^”]*”|`[^`]*`|'[^'\n]*'")
_SHORTEST = 3


class Found(NamedTuple):
    """A word of an article in the program."""

    path: str
    line: int
    word: str


def _worlds() -> tuple[FactBase, ...]:
    return load(), small(), world()


def _names(base: FactBase) -> Iterator[str]:
    for entity in base.entities.values():
        yield from (entity.name, entity.short or "", *entity.aliases, *entity.exact, *entity.adjectives)
        yield from entity.misspellings


def _kinds(base: FactBase) -> Iterator[str]:
    """Yield what the data calls its things, in the files and in questions."""
    words = base.vocabulary
    yield from (entity.type for entity in base.entities.values())
    for event in base.events.values():
        yield from (event.type, *event.participants)
    for kind in words.kinds.values():
        yield from (*kind.nouns, *kind.plurals)
    yield from (*words.named, *words.places, *words.opposites, *words.all_verbs)
    yield from (*words.claims.positions, *words.claims.mutual)


@lru_cache(maxsize=1)
def proper_names() -> frozenset[str]:
    """Return the words written with a capital in what an article's things are called."""
    return frozenset(word.lower() for base in _worlds() for word in _proper(_names(base)))


def _proper(names: Iterator[str]) -> set[str]:
    found = {word for name in names for word in _WORD.findall(name) if word[0].isupper() and len(word) >= _SHORTEST}
    return {word for word in found if word.lower() not in STOP_WORDS}


@lru_cache(maxsize=1)
def kind_words() -> frozenset[str]:
    """Return what the kinds, events, roles and claims of an article are called, in the data and in questions."""
    found = {word.lower() for base in _worlds() for text in _kinds(base) for word in _WORD.findall(text)}
    return frozenset(word for word in found - STOP_WORDS if len(word) >= _SHORTEST)


@lru_cache(maxsize=1)
def intents() -> frozenset[str]:
    """Return the names of intents that no part of the program may know; some operations are called like theirs."""
    named = (name for base in _worlds() for names in base.vocabulary.intents.named.values() for name in names)
    told = (name for base in _worlds() for name in (*base.answers, *base.missing))
    return frozenset(name for name in (*named, *told) if name not in OPERATIONS)


@lru_cache(maxsize=1)
def years() -> frozenset[str]:
    """Return the years in which something happened."""
    dates = [event.date for base in _worlds() for event in base.events.values() if event.date]
    return frozenset(str(text)[:4] for date in dates for text in (date.on, date.in_, date.until) if text)


def files() -> list[Path]:
    """Return the modules of the program."""
    return sorted(path for folder in ("bot", "actions") for path in (paths.ROOT / folder).rglob("*.py"))


def docstrings(tree: ast.Module) -> dict[int, ast.Constant]:
    """Return the texts that stand as statements: docstrings, and what is said under a constant."""
    texts = (n.value for n in ast.walk(tree) if isinstance(n, ast.Expr) and isinstance(n.value, ast.Constant))
    return {id(text): text for text in texts if isinstance(text.value, str)}


def used_words(source: str) -> Iterator[tuple[int, str]]:
    """Yield the words and years of the literals and identifiers of a module, and literals that are an intent's name."""
    tree = ast.parse(source)
    explained = docstrings(tree)
    for node in ast.walk(tree):
        line = getattr(node, "lineno", 0)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in explained:
            yield from ((line, word.lower()) for word in _WORD.findall(node.value))
            yield from ((line, year) for year in _YEAR.findall(node.value))
            yield from ((line, word) for word in node.value.split() if word in intents())
        elif isinstance(node, ast.Constant) and isinstance(node.value, int):
            yield line, str(node.value)
        else:
            yield from ((line, piece.lower()) for name in _identifiers(node) for piece in _PIECE.findall(name))


def _identifiers(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Name):
        return [node.id]
    if isinstance(node, ast.Attribute):
        return [node.attr]
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        return [node.name]
    return [node.arg] if isinstance(node, (ast.arg, ast.keyword)) and node.arg else []


def found_in(path: Path) -> list[Found]:
    """Return the words of articles that a module uses, less those that mean something else there."""
    name = path.relative_to(paths.ROOT).as_posix()
    deals_with_meaning = any(name.startswith(part) for part in MEANING)
    barred = proper_names() | intents() | years() | (kind_words() if deals_with_meaning else frozenset())
    found = sorted({(line, word) for line, word in used_words(path.read_text(encoding="utf-8")) if word in barred})
    return [Found(name, line, word) for line, word in found if not _means_something_else(name, word)]


def _means_something_else(name: str, word: str) -> bool:
    where, _ = OTHER_MEANINGS.get(word, (None, ""))
    return where is not None and any(name.startswith(part) for part in where.split())


def test_no_word_of_an_article_stands_in_the_program() -> None:
    found = [one for path in files() for one in found_in(path)]
    new = [one for one in found if one.word not in STILL.get(one.path, "").split()]
    assert not new, "\n".join(f"{one.path}:{one.line}: {one.word}" for one in new)


def test_what_has_been_mended_is_off_the_list() -> None:
    found = {(one.path, one.word) for path in files() for one in found_in(path)}
    listed = {(path, word) for path, words in STILL.items() for word in words.split()}
    assert not listed - found, f"take these off STILL: {sorted(listed - found)}"


def test_what_means_something_else_is_said_of_no_more_than_stands_there() -> None:
    used = {
        path.relative_to(paths.ROOT).as_posix(): {w for _, w in used_words(path.read_text("utf-8"))} for path in files()
    }
    unused = [
        (word, part)
        for word, (where, _) in OTHER_MEANINGS.items()
        for part in where.split()
        if not any(name.startswith(part) and word in words for name, words in used.items())
    ]
    assert not unused, f"take these off OTHER_MEANINGS: {unused}"


def test_names_of_the_article_stand_in_comments_and_docstrings_as_examples_only() -> None:
    names = _proper(_names(load())) - {word.capitalize() for word in OTHER_MEANINGS}
    told = [
        f"{path.relative_to(paths.ROOT)}:{line}: {word}"
        for path in files()
        for line, text in _explanations(path.read_text(encoding="utf-8"))
        for word in _WORD.findall(_QUOTED.sub("", text))
        if word in names
    ]
    assert not told, "\n".join(told)


def _explanations(source: str) -> Iterator[tuple[int, str]]:
    for text in docstrings(ast.parse(source)).values():
        yield text.lineno, text.value
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT:
            yield token.start[0], token.string


def test_the_words_are_those_of_all_three_worlds() -> None:
    assert {"kazakhstan", "dunholm", "providence"} <= proper_names()
    assert {"polity", "ministries", "departure", "leaver", "island", "painter", "sinking", "signers"} <= kind_words()
    assert {"ask_more", "departure_when", "left_when", "how_read"} <= intents()
    assert {"1990", "1991", "1950", "1789", "1848"} <= years()


def test_a_word_in_a_pattern_a_name_or_a_key_is_found() -> None:
    source = (
        'X = re.compile(r"\\b(man|guy)s?")\ndef is_polity(a: str, departures=1991): return {"ask_more": a.leaver}\n'
    )
    assert {"man", "guy", "polity", "1991", "ask_more", "leaver"} <= {word for _, word in used_words(source)}
    assert not {"russia"} & {word for _, word in used_words('def f():\n    """Of Russia."""\n')}

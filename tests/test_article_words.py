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
from functools import cache
from itertools import count, takewhile
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
    "bot/facts bot/questions bot/answers bot/dialogue bot/language actions bot/engine/question_classifier.py "
    "bot/engine/entity_linker.py bot/channels/web/content.py bot/channels/pictures.py"
).split()
"""Where the program deals with what messages and facts mean. Elsewhere it only carries them, and has hosts, ports and
states of its own: there an article's names and intents are looked for, not what its things are called."""
LEARNING = ("bot/questions/model", "bot/questions/encoder")
"""The network and how it is trained: states, heads and attention are parts of it."""
PUBLIC = re.compile("not_in_document|off_topic", re.I)
"""Values of the answer record, which programs of others read: the same for every article."""

OTHER_MEANINGS: dict[str, tuple[str, str]] = {
    "body": ("bot/channels", "what an HTTP response carries"),
    "gone": ("bot/answers/operations bot/language", "no longer among the others, whatever happened"),
    "group": ("bot/", "a piece of a pattern's match, and the claim that lists several"),
    "leave": ("bot/facts/model bot/language/steering_words", "leave it, leave the key out"),
    "leaves": ("bot/facts/vocabulary_checks", "leaves out"),
    "left": ("bot/facts/base bot/language bot/answers/operations", "bisect_left; still there; a past tense"),
    "man": ("bot/language/other_languages", "a word of two languages, which proves neither"),
    "met": ("bot/language", "a past tense of English; Dutch for with"),
    "new": ("bot/", "not old"),
    "outcome": ("bot/answers", "what an operation found"),
    "place": ("bot/", "a point in a text or an order; a detail that can be asked for"),
    "process": ("bot/engine", "what a component does"),
    "relation": ("bot/facts bot/channels", "a line of the map"),
    "russian": ("bot/language/other_languages", "the language"),
    "sent": ("bot/language", "a past tense of English"),
    "state": ("bot/language", "the verb: state the reasons"),
    "states": ("bot/questions/model bot/web", "of a conversation, a network, the server"),
    "sign": ("bot/dialogue/rules/day_counted_on", "plus or minus"),
    "subject": ("bot/", "whom or what something is about"),
    "took": ("bot/language", "a past tense of English"),
    "union": ("bot/questions bot/language/other_languages", "of sets"),
    "went": ("bot/language", "a past tense of English"),
    "white": ("bot/channels/pictures", "the colour"),
    "wish": ("bot/language/steering_words", "I wish to know"),
    "'place'": ("bot/language bot/answers/cli", "a detail that can be asked for; the key of an event"),
}
"""What an article calls something and the program something else: where (beginnings of paths), and what it means there.
In quotation marks: a literal that is just this word."""

STILL: dict[str, str] = {}
"""Places that still have to be mended: path -> words. Only ever shrinks."""

_WORD = re.compile(r"[^\W\d_]+")
_PIECE = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+")
_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")
_EXAMPLE = re.compile(r"\"[^\"]*\"|“[^”]*”|`[^`]*`|\([^)]*\)|^.*(?:->|>>>).*$", re.M)
"""What is quoted, put in brackets, or stands on a line with an arrow from a message to what becomes of it."""
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


@cache
def proper_names() -> frozenset[str]:
    """Return the words written with a capital in what an article's things are called."""
    return frozenset(word.lower() for base in _worlds() for word in _proper(_names(base)))


def _proper(names: Iterator[str]) -> set[str]:
    found = {word for name in names for word in _WORD.findall(name) if word[0].isupper() and len(word) >= _SHORTEST}
    return {word for word in found if word.lower() not in STOP_WORDS}


@cache
def kind_words() -> frozenset[str]:
    """Return what the kinds, events, roles and claims of an article are called, in the data and in questions.

    Operations are the program's own, also where an article's things are called alike.
    """
    found = {word.lower() for base in _worlds() for text in _kinds(base) for word in _WORD.findall(text)}
    of_operations = {piece for name in OPERATIONS for piece in _WORD.findall(name)}
    return frozenset(word for word in found - STOP_WORDS - of_operations if len(word) >= _SHORTEST)


@cache
def whole_literals() -> frozenset[str]:
    """Return what no literal may be: types of entities and events, roles, in quotation marks."""
    types = {entity.type for base in _worlds() for entity in base.entities.values()}
    types |= {event.type for base in _worlds() for event in base.events.values()}
    roles = {role for base in _worlds() for event in base.events.values() for role in event.participants}
    return frozenset(f"'{word}'" for word in types | roles - STOP_WORDS - {"subject"})


@cache
def intents() -> frozenset[str]:
    """Return the names of intents that no part of the program may know; some operations are called like theirs."""
    named = (name for base in _worlds() for names in base.vocabulary.intents.named.values() for name in names)
    told = (name for base in _worlds() for name in (*base.answers, *base.missing))
    return frozenset(f"'{name}'" for name in (*named, *told) if name not in OPERATIONS)


@cache
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


def examples(tree: ast.Module) -> set[int]:
    """Return what stands in a rule's table EXAMPLES, and in values for it alone: its tests, which change no reply."""
    assigned = [node for node in tree.body if isinstance(node, (ast.Assign, ast.AnnAssign))]
    tables = [node for node in assigned if "EXAMPLES" in _identifiers_of(node)]
    used = {node.id for table in tables for node in ast.walk(table) if isinstance(node, ast.Name)}
    others = [node for node in tree.body if node not in tables]
    loaded = {n.id for o in others for n in ast.walk(o) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load)}
    tables += [node for node in assigned if set(_identifiers_of(node)) & used - loaded]
    return {id(node) for table in tables for node in ast.walk(table)}


def _identifiers_of(assigned: ast.Assign | ast.AnnAssign) -> list[str]:
    targets = assigned.targets if isinstance(assigned, ast.Assign) else [assigned.target]
    return [target.id for target in targets if isinstance(target, ast.Name)]


def used_words(source: str) -> Iterator[tuple[int, str]]:
    """Yield the words and years of the literals and identifiers of a module.

    A literal of one word, and each name with underscores in one, is yielded in quotation marks as well: it may be a
    type or an intent.
    """
    tree = ast.parse(source)
    explained = docstrings(tree).keys() | examples(tree)
    for node in ast.walk(tree):
        line = getattr(node, "lineno", 0)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in explained:
            text = PUBLIC.sub("", node.value)
            yield from ((line, word.lower()) for word in (*_WORD.findall(text), *_YEAR.findall(text)))
            names = text.split()
            yield from ((line, f"'{name}'") for name in names if len(names) == 1 or "_" in name)
        elif isinstance(node, ast.Constant) and isinstance(node.value, int):
            yield line, str(node.value)
        else:
            names = (PUBLIC.sub("", name) for name in _identifiers(node))
            yield from ((line, piece.lower()) for name in names for piece in _PIECE.findall(name))


def _identifiers(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Name):
        return [node.id]
    if isinstance(node, ast.Attribute):
        return [node.attr]
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        return [node.name]
    return [node.arg] if isinstance(node, (ast.arg, ast.keyword)) and node.arg else []


@cache
def used_in(path: Path) -> frozenset[tuple[int, str]]:
    """Return the words that a module uses, each with its line."""
    return frozenset(used_words(path.read_text(encoding="utf-8")))


@cache
def found_in(path: Path) -> list[Found]:
    """Return the words of articles that a module uses, less those that mean something else there."""
    name = path.relative_to(paths.ROOT).as_posix()
    barred = proper_names() | intents() | years()
    if name.startswith(tuple(MEANING)) and not name.startswith(LEARNING):
        barred = barred | kind_words() | whole_literals()
    found = sorted((line, word) for line, word in used_in(path) if word in barred)
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
        for word in _WORD.findall(_EXAMPLE.sub("", text))
        # What is said of an example may name whom it names.
        if word in names and not any(word in example for example in _EXAMPLE.findall(text))
    ]
    assert not told, "\n".join(told)


def _explanations(source: str) -> Iterator[tuple[int, str]]:
    """Yield docstrings and comments, the lines of one comment together."""
    for text in docstrings(ast.parse(source)).values():
        yield text.lineno, text.value
    comments = {
        token.start[0]: token.string
        for token in tokenize.generate_tokens(io.StringIO(source).readline)
        if token.type == tokenize.COMMENT
    }
    for line in (line for line in comments if line - 1 not in comments):
        following = takewhile(lambda number: number in comments, count(line))
        yield line, "\n".join(comments[number] for number in following)


def test_the_words_are_those_of_all_three_worlds() -> None:
    assert {"kazakhstan", "dunholm", "providence"} <= proper_names()
    assert {"polity", "ministries", "departure", "leaver", "island", "painter", "sinking", "signers"} <= kind_words()
    assert {"'ask_more'", "'departure_when'", "'left_when'", "'how_read'"} <= intents()
    assert {"1990", "1991", "1950", "1789", "1848"} <= years()


def test_a_word_in_a_pattern_a_name_or_a_key_is_found() -> None:
    source = 'X = re.compile(r"\\b(man|guy)s?")\ndef is_polity(a: str, b=1991): return {"ask_more": a.leaver}\n'
    assert {"man", "guy", "polity", "1991", "'ask_more'", "leaver"} <= {word for _, word in used_words(source)}
    assert not {"russia"} & {word for _, word in used_words('def f():\n    """Of Russia."""\n')}
    assert not list(used_words('EXAMPLES = (("When did Russia leave?", "And Belarus?"),)\n'))[1:]

"""The rooms of the code: who may import whom, and how long a module and a function may be.

A room is a package under bot/, or a package beside it. Imports inside functions count as well: a cycle stays one.
"""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

from bot import paths

CODE = ("bot", "actions", "converse")
FLAT = {"paths", "errors", "logs", "messages", "settings"}
"""What all may use; none of it imports a room."""

MAY_IMPORT: dict[str, set[str]] = {
    "language": set(),
    "facts": {"language"},
    "questions": {"language", "facts"},
    "answers": {"language", "facts", "questions"},
    "dialogue": {"language", "facts", "questions", "answers"},
    "storage": set(),
    # The pipeline's components are made of questions; a message that is declined unread has an answer record.
    "engine": {"storage", "language", "facts", "questions", "answers"},
    # The custom action hands a message to the dialogue; the key of the sentence asked about is stored with a turn.
    "actions": {"language", "facts", "questions", "answers", "dialogue", "storage"},
    # What every route needs (limits, CORS, refusals) is of the web; which channels there are it reads from
    # credentials.yml, so it imports none.
    "channels": {"engine", "storage", "facts", "language", "web"},
    "web": {"engine", "storage"},
    # Scripted conversations are a tool on the bot, which knows nothing of it.
    "converse": {"language", "facts", "questions", "answers", "dialogue", "storage", "engine", "channels", "web"},
}
"""What each room may import beside what is flat. The command line, `bot/__main__.py`, may import any."""

NOT_YET: set[tuple[str, str]] = set()
"""(module, room that it imports) that are against these rules today. It only becomes shorter."""

MOST_LINES = 300
TOO_LONG_TODAY: set[str] = set()
"""Modules that are too long today. It only becomes shorter."""

MOST_LINES_OF_FUNCTION = 40
"""Without its docstring and what is defined inside it."""
LONG_FUNCTIONS: dict[str, str] = {}
"""Functions that are longer, with the reason."""


def modules() -> list[Path]:
    """Return the Python files of the bot, its action and the scripted conversations."""
    return sorted(path for folder in CODE for path in (paths.ROOT / folder).rglob("*.py"))


def name_of(path: Path) -> str:
    """Return the dotted name of a module, that of a package for its `__init__`."""
    parts = path.relative_to(paths.ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def room_of(module: str) -> str:
    """Return the room of a module: "facts" for "bot.facts.dates", "actions" for "actions.answer"."""
    first, *others = module.split(".")
    return (others[0] if others else first) if first == "bot" else first


def imported(path: Path) -> Iterator[str]:
    """Return the dotted names that a module imports from our code, those of lazily imported ones included."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name.split(".")[0] in CODE)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path}: a relative import hides which room it is from"
            if node.module == "bot":
                yield from (f"bot.{alias.name}" for alias in node.names)
            elif (node.module or "").split(".")[0] in CODE:
                yield node.module


def between_rooms() -> set[tuple[str, str]]:
    """Return (module, room) for each import of another room."""
    found = set()
    for path in modules():
        module = name_of(path)
        found |= {(module, room_of(name)) for name in imported(path) if room_of(name) != room_of(module)}
    return {(module, room) for module, room in found if room not in FLAT}


def test_every_room_is_known() -> None:
    rooms = {room_of(name_of(path)) for path in modules()}
    assert rooms - FLAT - {"bot", "__main__"} == set(MAY_IMPORT)


def test_rooms_import_only_what_they_may() -> None:
    against = {
        (module, room)
        for module, room in between_rooms()
        if module != "bot.__main__" and room not in MAY_IMPORT.get(room_of(module), set())
    }
    assert sorted(against - NOT_YET) == []
    assert sorted(NOT_YET - against) == [], "these have been mended: take them off the list"


def test_there_is_no_cycle_between_rooms() -> None:
    needs: dict[str, set[str]] = defaultdict(set)
    for module, room in between_rooms() - NOT_YET:
        if module != "bot.__main__":
            needs[room_of(module)].add(room)
    try:
        TopologicalSorter(needs).prepare()
    except CycleError as error:
        pytest.fail(" -> ".join(error.args[1]))


def test_sql_stands_in_the_storage_alone() -> None:
    storage = paths.ROOT / "bot" / "storage" / "sqlite"
    sql = re.compile(r"import sqlite3|\b(?:SELECT .+ FROM|INSERT (?:OR \w+ )?INTO|DELETE FROM|PRAGMA) ")
    found = [str(path) for path in modules() if storage not in path.parents and sql.search(path.read_text("utf-8"))]
    assert found == []


def test_modules_are_short() -> None:
    long = {name_of(path) for path in modules() if len(path.read_text("utf-8").splitlines()) > MOST_LINES}
    assert sorted(long - TOO_LONG_TODAY) == []
    assert sorted(TOO_LONG_TODAY - long) == [], "these have been mended: take them off the list"


def functions(path: Path) -> Iterator[tuple[str, int]]:
    """Return name and length of each function of a module."""

    def visit(node: ast.AST, name: str) -> Iterator[tuple[str, int]]:
        for child in ast.iter_child_nodes(node):
            if isinstance(child, (ast.FunctionDef, ast.AsyncFunctionDef)):
                inner = f"{name}.{child.name}"
                yield inner, _length(child)
                yield from visit(child, inner)
            else:
                yield from visit(child, f"{name}.{child.name}" if isinstance(child, ast.ClassDef) else name)

    yield from visit(ast.parse(path.read_text("utf-8")), name_of(path))


def _length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    lines = function.end_lineno - function.lineno + 1
    first = function.body[0]
    if ast.get_docstring(function) is not None:
        lines -= first.end_lineno - first.lineno + 1
    for node in function.body:
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            lines -= node.end_lineno - node.lineno + 1
    return lines


def test_functions_are_short() -> None:
    long = {name for path in modules() for name, lines in functions(path) if lines > MOST_LINES_OF_FUNCTION}
    assert sorted(long - set(LONG_FUNCTIONS)) == []
    assert sorted(set(LONG_FUNCTIONS) - long) == [], "these have been mended: take them off the list"

"""Only `bot/paths.py` says where data, models and the page lie: another `data/` needs a change nowhere else."""

from __future__ import annotations

import ast
from pathlib import Path

from bot import paths

FOLDERS = frozenset(path.name for path in (paths.DATA, paths.FACTS, paths.NLU, paths.MODELS, paths.WEB_DIST))
FOLDERS_OF_PATHS = frozenset({"DATA", "FACTS", "NLU"})
STILL: dict[str, str] = {}
"""Modules that may, and why."""


def computed(source: str) -> list[int]:
    """Return the lines on which a path into the data or to the models is put together."""
    joins = [
        node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div)
    ]
    return sorted(node.lineno for node in joins if _names_a_folder(node.right) or _is_a_folder(node.left))


def _names_a_folder(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.split("/")[0] in FOLDERS


def _is_a_folder(node: ast.expr) -> bool:
    of_paths = isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "paths"
    return of_paths and node.attr in FOLDERS_OF_PATHS


def _computing() -> dict[str, list[int]]:
    files = [path for folder in ("bot", "actions") for path in (paths.ROOT / folder).rglob("*.py")]
    lines = {path.relative_to(paths.ROOT).as_posix(): computed(path.read_text(encoding="utf-8")) for path in files}
    return {name: found for name, found in lines.items() if found and name != "bot/paths.py"}


def test_paths_of_data_are_put_together_in_one_module() -> None:
    assert {name: lines for name, lines in _computing().items() if name not in STILL} == {}
    assert set(STILL) <= set(_computing())


def test_a_path_that_is_put_together_is_found() -> None:
    assert computed('a = root / "data" / x\nb = paths.FACTS / "wording.yml"\nc = folder / "events.yml"\n') == [1, 2]


def test_what_the_paths_name_is_there() -> None:
    for path in (paths.CONFIG, paths.DOMAIN, paths.ARTICLE, paths.WORDING, paths.NLU):
        assert Path(path).exists(), path

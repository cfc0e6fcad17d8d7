"""Fixtures that the scripts of a folder share: those of a `conftest.yml` beside them or in a folder around.

As in Rasa Pro, what stands nearer to a script goes before what stands farther away, and its own before both. The search
ends with the folder of the assistant (the one with a config.yml) or of the repository.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.messages import converse as converse_texts
from converse.document import Document, Fault, Route, named, read_document
from converse.problems import SHARED, form_faults, names_twice, told

NAMES = ("conftest.yml", "conftest.yaml")
_OUTERMOST = ("config.yml", ".git")
_OF_RASA = ("llm_judge", "llm_as_judge", "llm_e2e_test_conversion")
"""Settings of Rasa Pro's language models, which nothing here needs."""


@dataclass(frozen=True)
class Fixture:
    """A named list of slots to set, and where it is written."""

    document: Document
    route: Route
    presets: list[dict[str, Any]]

    def slots(self) -> Iterable[tuple[str, Any, int]]:
        """Yield each slot with its value and its line."""
        for number, preset in enumerate(self.presets):
            for name, value in preset.items():
                yield name, value, self.document.line((*self.route, number, name))


@dataclass(frozen=True)
class Shared:
    """What a conftest.yml gives."""

    fixtures: dict[str, Fixture] = field(default_factory=dict)
    problems: tuple[str, ...] = ()
    """A line for each thing that is wrong with it; then it gives nothing."""
    warnings: tuple[str, ...] = ()


def is_shared(path: Path) -> bool:
    """Say whether a file holds fixtures for others, and no test cases."""
    return path.name in NAMES


def shared_around(script: Path) -> list[Path]:
    """Return the files that share fixtures with a script, the farthest first."""
    found: list[Path] = []
    for folder in script.absolute().parents:
        found += [folder / name for name in NAMES if os.path.isfile(folder / name)]
        if any(os.path.exists(folder / mark) for mark in _OUTERMOST):
            break
    here = Path.cwd()
    near = not script.is_absolute()
    return [path.relative_to(here) if near and path.is_relative_to(here) else path for path in reversed(found)]


def read_shared(path: Path) -> Shared:
    """Read a conftest.yml; one that is empty or all comments gives nothing."""
    document = read_document(path)
    faults = [((), fault) for fault in document.faults] or list(form_faults(document, SHARED))
    if not faults:
        names = [next(iter(entry)) for entry in (document.data or {}).get("fixtures") or ()]
        found = names_twice(("fixtures",), names, "fixtures")
        faults = [(route, Fault(document.line(route), text)) for route, text in found]
    if faults:
        return Shared(problems=tuple(told(document, route, fault) for route, fault in faults))
    entries = named(document, "fixtures").items()
    fixtures = {name: Fixture(document, route, content) for name, (route, content) in entries}
    unused = [key for key in document.data or () if key not in ("fixtures", *_OF_RASA)]
    warnings = tuple(converse_texts.unused_in_shared(path, document.line((key,)), key) for key in unused)
    return Shared(fixtures, warnings=warnings)

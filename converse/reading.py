"""Finds the scripts to run and reads them: what cannot be run is set aside with its problems and stops nothing else.

reading = read_scripts(["tests/conversations", "mine.yml::asks back"])
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

import yaml
from rapidfuzz.distance import DamerauLevenshtein

from bot import paths
from bot.facts.plain_yaml import PlainLoader
from bot.messages import converse as converse_texts
from converse.document import Document, read_document
from converse.parse import script_of
from converse.script import Script
from converse.shared import is_shared, read_shared, shared_around

SUFFIXES = (".yml", ".yaml")

_SECTIONS = ("test_cases", "fixtures", "stub_custom_actions")
_SLIP = 2
_OF_RASA = ("session_started_metadata",)
"""Slots that Rasa adds to every domain."""


@dataclass
class FoundScripts:
    """The scripts that were found in some places, and what could not be read there."""

    scripts: list[Script] = field(default_factory=list)
    broken: dict[Path, list[str]] = field(default_factory=dict)
    """Files and places that cannot be run, with a line for each thing that is wrong."""
    notes: list[str] = field(default_factory=list)
    """What is no mistake but should be known: empty files, files left out, warnings."""

    @property
    def problems(self) -> list[str]:
        """Everything that is wrong, each line once."""
        return list(dict.fromkeys(line for lines in self.broken.values() for line in lines))


def read_scripts(places: Iterable[str | Path], slots: Collection[str] | None = None) -> FoundScripts:
    """Read files, folders of files, and single cases (`path::case name`).

    Args:
        places: Where to look.
        slots: The slots of the domain; fixtures that set others are problems. None where they are not known.
    """
    reading = FoundScripts()
    wanted: dict[Path, set[str] | None] = {}
    searched: set[Path] = set()
    for place in places:
        path, _, name = str(place).partition("::")
        files = find_files(Path(path))
        if not files:
            reading.broken.setdefault(Path(path), []).append(converse_texts.no_scripts(path))
        for file in files:
            if Path(path).is_dir():
                searched.add(file)
            chosen = wanted.setdefault(file, set())
            if not name:
                wanted[file] = None
            elif chosen is not None:
                chosen.add(name)
    left_out = []
    for file, names in wanted.items():
        document = read_document(file)
        if file in searched and is_foreign(document):
            left_out.append(file)
        else:
            _add(reading, document, names, slots)
    if left_out:
        reading.notes.append(converse_texts.left_out(left_out))
    _add_shared(reading, wanted)
    return reading


def find_files(path: Path) -> list[Path]:
    """Return the scripts in a folder and below it in order, or the file itself; nothing where there are none."""
    if path.is_dir():
        found = (file for file in path.rglob("*") if file.suffix in SUFFIXES and not is_shared(file) and file.is_file())
        return sorted(file for file in found if not any(p.startswith(".") for p in file.relative_to(path).parts))
    return [path] if path.exists() else []


def is_foreign(document: Document) -> bool:
    """Say whether a file in a folder is nobody's script but something else: stories, a domain, results of a run."""
    if isinstance(document.data, dict):
        keys = [str(key) for key in document.data]
        ours = isinstance(document.data.get("metadata"), list)
        return not ours and not any(key in _SECTIONS or _is_slip(key) for key in keys)
    if document.data is None:
        return bool(document.faults and document.text) and not re.search(r"test_?cases?\b", document.text)
    return True


def unknown_slots(script: Script, slots: Collection[str]) -> list[str]:
    """Return a line for each slot that a case of a script sets before it begins and the domain does not have."""
    places = {(name, place) for case in script.cases for name, place in case.slot_places.items() if name not in slots}
    lines = sorted((*place, name) for name, place in places)
    told = converse_texts.unknown_slot
    return [converse_texts.script_problem(path, line, "", told(name, slots)) for path, line, name in lines]


def read_slots(domain: Path = paths.DOMAIN) -> list[str]:
    """Return the slots of a domain in its order, and those that Rasa adds."""
    content = yaml.load(domain.read_text(encoding="utf-8"), PlainLoader) or {}
    return [*(content.get("slots") or ()), *_OF_RASA, *(["requested_slot"] if content.get("forms") else [])]


def _add(reading: FoundScripts, document: Document, names: set[str] | None, slots: Collection[str] | None) -> None:
    """Add what a file holds, or what is wrong with it."""
    path = document.path
    if is_shared(path):
        shared = read_shared(path)
        reading.notes += [*shared.warnings, *([] if shared.problems else [converse_texts.only_shared(path)])]
        if shared.problems:
            reading.broken[path] = list(shared.problems)
        return
    script, problems = script_of(document)
    if script is not None:
        known = [case.name for case in script.cases]
        problems = [converse_texts.no_case(path, name, known) for name in sorted(names or ()) if name not in known]
        problems += unknown_slots(script, slots) if slots is not None else []
        reading.notes += [converse_texts.warning(line) for line in script.warnings]
        if not script.cases:
            reading.notes.append(converse_texts.empty_script(path))
    if problems:
        reading.broken[path] = problems
    elif script is not None:
        cases = script.cases if names is None else tuple(case for case in script.cases if case.name in names)
        reading.scripts.append(replace(script, cases=cases))


def _add_shared(reading: FoundScripts, files: Iterable[Path]) -> None:
    """Add what is wrong with the fixtures that scripts share, once, whether a script needs them or not."""
    for path in dict.fromkeys(path for file in files for path in shared_around(file)):
        shared = read_shared(path)
        if shared.problems:
            reading.broken[path] = list(shared.problems)
        reading.notes += shared.warnings
    reading.notes = list(dict.fromkeys(reading.notes))


def _is_slip(key: str) -> bool:
    return DamerauLevenshtein.distance(key, _SECTIONS[0]) <= _SLIP

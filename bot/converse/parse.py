"""From files to cases: finds scripts, reads them, and names everything that is wrong with them at once.

scripts = read_scripts(["tests/conversations", "mine.yml::asks back"])
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from bot.converse import script as kinds
from bot.converse.document import Document, Fault, Route, read_document
from bot.converse.problems import form_faults
from bot.converse.script import Case, Check, Script, Turn
from bot.errors import BotError
from bot.messages import converse as converse_texts

SUFFIXES = (".yml", ".yaml")

_PLAIN = (kinds.BOT, kinds.UTTER, kinds.SLOT_WAS_SET, kinds.SLOT_WAS_NOT_SET)


class ScriptError(BotError):
    """Scripts cannot be run; `problems` holds one line each."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = list(problems)


def read_scripts(places: Iterable[str | Path]) -> list[Script]:
    """Read files, folders of files, and single cases (`path::case name`).

    Raises:
        ScriptError: naming everything that is wrong with any of them.
    """
    wanted: dict[Path, set[str] | None] = {}
    problems: list[str] = []
    for place in places:
        path, _, name = str(place).partition("::")
        files = find_files(Path(path))
        if not files:
            problems.append(converse_texts.no_scripts(path))
        for file in files:
            chosen = wanted.setdefault(file, set())
            if not name:
                wanted[file] = None
            elif chosen is not None:
                chosen.add(name)
    scripts = []
    for file, names in wanted.items():
        found, faults = read_script(file)
        problems += faults
        if found is None:
            continue
        known = [case.name for case in found.cases]
        problems += [converse_texts.no_case(file, name, known) for name in sorted(names or ()) if name not in known]
        cases = found.cases if names is None else tuple(case for case in found.cases if case.name in names)
        scripts.append(Script(file, cases, found.document))
    if problems:
        raise ScriptError(problems)
    return scripts


def find_files(path: Path) -> list[Path]:
    """Return the scripts in a folder and below it in order, or the file itself; nothing where there are none."""
    if path.is_dir():
        return sorted(file for file in path.rglob("*") if file.suffix in SUFFIXES and file.is_file())
    return [path] if path.exists() else []


def read_script(path: Path) -> tuple[Script | None, list[str]]:
    """Return a file's script, None where it cannot be run, and a line for each thing that is wrong with it."""
    return script_of(read_document(path))


def script_of(document: Document) -> tuple[Script | None, list[str]]:
    """Return the script that a document holds, and a line for each thing that is wrong with it."""
    faults = [((), fault) for fault in document.faults]
    if not faults:
        faults = list(form_faults(document)) or _Reader(document).faults()
    if faults:
        return None, [_line(document, route, fault) for route, fault in faults]
    return Script(document.path, tuple(_Reader(document).cases()), document), []


def named(document: Document, section: str) -> dict[str, tuple[Route, Any]]:
    """Return the entries of `metadata` or `fixtures` by name, each with its route."""
    return {
        name: ((section, number, name), content)
        for number, entry in enumerate(document.data.get(section) or ())
        for name, content in entry.items()
    }


class _Reader:
    """Reads a document of the right form; what the schema cannot say is a fault here."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.data: dict[str, Any] = document.data
        self.metadata = named(document, "metadata")
        self.fixtures = named(document, "fixtures")

    def faults(self) -> list[tuple[Route, Fault]]:
        """Return what is wrong, in the order of the file."""
        found: list[tuple[Route, str]] = []
        for section in ("metadata", "fixtures"):
            found += self._twice((section,), [next(iter(entry)) for entry in self.data.get(section) or ()], section)
        cases = self.data["test_cases"]
        found += self._twice(("test_cases",), [case["test_case"] for case in cases], "a test case")
        for number, case in enumerate(cases):
            found += self._case_faults(case, ("test_cases", number))
        lines = [(route, Fault(self.document.line(route), text)) for route, text in found]
        return sorted(lines, key=lambda item: item[1].line)

    def cases(self) -> Iterable[Case]:
        """Yield the cases."""
        for number, case in enumerate(self.data["test_cases"]):
            route: Route = ("test_cases", number)
            slots: dict[str, Any] = {}
            for name in case.get("fixtures", ()):
                for preset in self.fixtures[name][1]:
                    slots.update(preset)
            around = self._metadata(case.get("metadata"))
            channel = around.get(kinds.CHANNEL)
            turns = tuple(self._turns(case, route))
            yield Case(
                self.document.path, case["test_case"], self.document.line((*route, "test_case")), turns, slots, channel
            )

    def _turns(self, case: dict[str, Any], route: Route) -> Iterable[Turn]:
        begun: list[tuple[dict[str, Any], Route, list[Check]]] = []
        for number, step in enumerate(case["steps"]):
            here = (*route, "steps", number)
            if "user" in step:
                checks = [self._asserted(a, (*here, "assertions", n)) for n, a in enumerate(step.get("assertions", ()))]
                begun.append((step, here, checks))
            else:
                begun[-1][2].extend(self._plain(step, here))
        for step, here, checks in begun:
            both = {**self._metadata(case.get("metadata")), **self._metadata(step.get("metadata"))}
            sent = {key: value for key, value in both.items() if key not in kinds.RECORD_KEYS}
            checks = [*self._record_checks(case, step), *checks]
            line = self.document.line((*here, "user"))
            yield Turn(step["user"], line, here, sent, tuple(checks), bool(step.get("assertion_order_enabled")))

    def _metadata(self, name: str | None) -> dict[str, Any]:
        return dict(self.metadata[name][1]) if name else {}

    def _record_checks(self, case: dict[str, Any], step: dict[str, Any]) -> Iterable[Check]:
        """Yield the checks in metadata; what a step says goes before what its case says."""
        found: dict[str, Check] = {}
        for name in (case.get("metadata"), step.get("metadata")):
            route, content = self.metadata[name] if name else ((), {})
            for kind in (key for key in kinds.RECORD_KEYS if key in content):
                wanted = content[kind]
                place = (*route, kind)
                wanted = tuple(wanted.split()) if kind in (kinds.FACTS, kinds.EVIDENCE) else wanted
                found[kind] = Check(kind, wanted, place, self.document.line(place))
        return [found[kind] for kind in kinds.RECORD_KEYS if kind in found]

    def _asserted(self, assertion: dict[str, Any], route: Route) -> Check:
        ((kind, wanted),) = assertion.items()
        return Check(kind, wanted, (*route, kind), self.document.line((*route, kind)))

    def _plain(self, step: dict[str, Any], route: Route) -> Iterable[Check]:
        ((kind, wanted),) = step.items()
        if kind in (kinds.BOT, kinds.UTTER):
            yield Check(kind, wanted, (*route, kind), self.document.line((*route, kind)))
            return
        for number, slot in enumerate(wanted):
            if isinstance(slot, dict):
                ((name, value),) = slot.items()
                slot = {"name": name, "value": value}
            else:
                slot = {"name": slot}
            place = (*route, kind, number)
            yield Check(kind, [slot], place, self.document.line(place))

    def _case_faults(self, case: dict[str, Any], route: Route) -> Iterable[tuple[Route, str]]:
        for number, name in enumerate(case.get("fixtures", ())):
            yield from self._unknown("fixtures", name, (*route, "fixtures", number))
        if "metadata" in case:
            yield from self._unknown("metadata", case["metadata"], (*route, "metadata"))
        steps = case["steps"]
        asserts = any("assertions" in step for step in steps)
        said: dict[tuple[str, str], int] = {}
        for number, step in enumerate(steps):
            here = (*route, "steps", number)
            plain = next((key for key in _PLAIN if key in step), None)
            if plain and asserts:
                yield (
                    here,
                    f"{plain} cannot stand in a case with assertions; write it as one, or use no assertions here",
                )
            if plain and number == 0:
                yield here, f"{plain} comes before anything was said; begin with user"
            for place, assertion in enumerate(step.get("assertions", ())):
                yield from self._assertion_faults(assertion, (*here, "assertions", place))
            if "user" not in step:
                continue
            if "metadata" in step:
                yield from self._unknown("metadata", step["metadata"], (*here, "metadata"))
            content = self.metadata.get(step.get("metadata"), ((), {}))[1]
            same = (step["user"], repr(sorted(content.items())))
            if same in said:
                yield (
                    (*here, "user"),
                    (
                        f"the user says the same as in step {said[same]}; give one of them metadata of its own, "
                        "such as {turn: 2}, for Rasa Pro to tell them apart"
                    ),
                )
            said.setdefault(same, number + 1)

    def _assertion_faults(self, assertion: dict[str, Any], route: Route) -> Iterable[tuple[Route, str]]:
        ((kind, wanted),) = assertion.items()
        if kind in (kinds.BOT_UTTERED, kinds.BOT_DID_NOT_UTTER) and "text_matches" in wanted:
            try:
                re.compile(wanted["text_matches"])
            except re.error as error:
                place = f" at character {error.pos + 1}" if error.pos is not None else ""
                yield (
                    (*route, kind, "text_matches"),
                    f"text_matches is not a regular expression: {error.msg}{place}; put \\ before signs that are meant",
                )

    def _unknown(self, section: str, name: str, route: Route) -> Iterable[tuple[Route, str]]:
        entries = self.metadata if section == "metadata" else self.fixtures
        if name not in entries:
            valid = ", ".join(entries) or f"none, the file has no {section}"
            yield route, f"there is no {section} entry {name}; valid: {valid}"

    def _twice(self, route: Route, names: list[str], what: str) -> Iterable[tuple[Route, str]]:
        for number, name in enumerate(names):
            if name in names[:number]:
                yield (*route, number), f"the name {name} is used twice for {what}; give one of them another"


def _line(document: Document, route: Route, fault: Fault) -> str:
    """Return a fault as it is shown: file, line, case, step, what is wrong."""
    place = ""
    if route[:1] == ("test_cases",) and len(route) > 1:
        case = document.data["test_cases"][route[1]]
        name = case.get("test_case") if isinstance(case, dict) else None
        place = f'case "{name}"' if name else f"case {route[1] + 1}"
        if len(route) > 3 and route[2] == "steps":
            place += f", step {route[3] + 1}"
    return converse_texts.script_problem(document.path, fault.line, place, fault.text)

"""From a file to cases: reads a script, and names everything that is wrong with it at once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from bot.errors import BotError
from bot.messages import converse as converse_texts
from converse import script as kinds
from converse.document import Document, Fault, Route, named, read_document
from converse.problems import form_faults, names_twice, told
from converse.script import Case, Check, Script, ScriptedTurn
from converse.shared import Fixture, read_shared, shared_around

_PLAIN = (kinds.BOT, kinds.UTTER, kinds.SLOT_WAS_SET, kinds.SLOT_WAS_NOT_SET)


class ScriptError(BotError):
    """Scripts cannot be run; `problems` holds one line each."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = list(problems)


def read_script(path: Path) -> tuple[Script | None, list[str]]:
    """Return a file's script, None where it cannot be run, and a line for each thing that is wrong with it."""
    return script_of(read_document(path))


def script_of(document: Document) -> tuple[Script | None, list[str]]:
    """Return the script that a document holds, and a line for each thing that is wrong with it.

    A document in which everything is commented out is an empty script.
    """
    faults = [((), fault) for fault in document.faults]
    if not faults and document.data is None:
        return Script(document.path, (), document), []
    faults = faults or list(form_faults(document))
    if faults:
        return None, [told(document, route, fault) for route, fault in faults]
    reader = _Reader(document)
    faults = reader.faults()
    if faults:
        return None, [told(document, route, fault) for route, fault in faults] + reader.shared_problems
    warnings = tuple(told(document, route, fault) for route, fault in reader.warnings())
    return Script(document.path, tuple(reader.cases()), document, warnings), []


class _Reader:
    """Reads a document of the right form; what the schema cannot say is a fault here."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.data: dict[str, Any] = document.data
        self.metadata = named(document, "metadata")
        self.fixtures: dict[str, Fixture] = {}
        self.shared_problems: list[str] = []
        """What is wrong with a conftest.yml, where a fixture is missing."""
        for path in shared_around(document.path):
            self.fixtures.update(read_shared(path).fixtures)
        for name, (route, content) in named(document, "fixtures").items():
            self.fixtures[name] = Fixture(document, route, content)

    def faults(self) -> list[tuple[Route, Fault]]:
        """Return what is wrong, in the order of the file."""
        found: list[tuple[Route, str]] = []
        for section in ("metadata", "fixtures"):
            found += names_twice((section,), [next(iter(entry)) for entry in self.data.get(section) or ()], section)
        cases = self.data["test_cases"] or ()
        found += names_twice(("test_cases",), [case["test_case"] for case in cases], "a test case")
        for number, case in enumerate(cases):
            found += self._case_faults(case, ("test_cases", number))
        return self._in_order(found)

    def warnings(self) -> list[tuple[Route, Fault]]:
        """Return what is no mistake here but one for Rasa Pro, in the order of the file."""
        found: list[tuple[Route, str]] = []
        for number, case in enumerate(self.data["test_cases"] or ()):
            found += self._said_twice(case["steps"], ("test_cases", number, "steps"))
        return self._in_order(found)

    def cases(self) -> Iterable[Case]:
        """Yield the cases."""
        for number, case in enumerate(self.data["test_cases"] or ()):
            route: Route = ("test_cases", number)
            slots: dict[str, Any] = {}
            places: dict[str, tuple[Path, int]] = {}
            for fixture in (self.fixtures[name] for name in case.get("fixtures", ())):
                for slot, value, line in fixture.slots():
                    slots[slot], places[slot] = value, (fixture.document.path, line)
            channel = self._metadata(case.get("metadata")).get(kinds.CHANNEL)
            turns = tuple(self._turns(case, route))
            line = self.document.line((*route, "test_case"))
            yield Case(self.document.path, case["test_case"], line, turns, slots, places, channel)

    def _turns(self, case: dict[str, Any], route: Route) -> Iterable[ScriptedTurn]:
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
            yield ScriptedTurn(step["user"], line, here, sent, tuple(checks), bool(step.get("assertion_order_enabled")))

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
        if name in entries:
            return
        none = f"none, the file has no {section}"
        if section == "fixtures":
            none += ", nor has a conftest.yml beside it or in a folder around"
            # The fixture may be among those that could not be read.
            around = [read_shared(path) for path in shared_around(self.document.path)]
            self.shared_problems = [line for shared in around for line in shared.problems]
        yield route, f"there is no {section} entry {name}; valid: {', '.join(entries) or none}"

    def _said_twice(self, steps: list[dict[str, Any]], route: Route) -> Iterable[tuple[Route, str]]:
        said: dict[tuple[str, str], int] = {}
        for number, step in enumerate(steps):
            if "user" not in step:
                continue
            content = self.metadata.get(step.get("metadata"), ((), {}))[1]
            same = (step["user"], repr(sorted(content.items())))
            if same in said:
                yield (*route, number, "user"), converse_texts.said_twice(said[same])
            said.setdefault(same, number + 1)

    def _in_order(self, found: list[tuple[Route, str]]) -> list[tuple[Route, Fault]]:
        lines = [(route, Fault(self.document.line(route), text)) for route, text in found]
        return sorted(lines, key=lambda item: item[1].line)

"""Reports of a run: JUnit's XML for machines, one self-contained HTML page for people."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, Undefined

from bot.errors import BotError
from bot.messages import converse as converse_texts
from bot.messages.visible import visible
from converse import show
from converse.coverage import Coverage
from converse.reading import FoundScripts
from converse.runner import FAILED, KNOWN, PASSED, SKIPPED, CaseOutcome

TEMPLATE = "report.html.j2"


@dataclass(frozen=True)
class Run:
    """What became of a call of the command."""

    outcomes: Sequence[CaseOutcome]
    reading: FoundScripts
    stopped: str = ""
    """Why not all was run."""
    seconds: float | None = None
    """How long it took by the clock; None: as long as its cases."""

    @property
    def summary(self) -> str:
        """What became of the cases, in one line."""
        counts = {status: sum(o.status == status for o in self.outcomes) for status in (PASSED, FAILED, KNOWN, SKIPPED)}
        seconds = sum(outcome.seconds for outcome in self.outcomes) if self.seconds is None else self.seconds
        return converse_texts.summary(counts, sum(len(outcome.turns) for outcome in self.outcomes), seconds)

    def scripts(self) -> dict[str, list[CaseOutcome]]:
        """Return the outcomes by script."""
        found: dict[str, list[CaseOutcome]] = {}
        for outcome in self.outcomes:
            found.setdefault(str(outcome.case.script), []).append(outcome)
        return found


def write_junit(run: Run, path: Path) -> None:
    """Write a report as JUnit does: a suite for each script, a test case for each case.

    A script that could not be run is a suite with one error, and so is the end of a run before its time.
    """
    errors = {str(script): problems for script, problems in run.reading.broken.items()}
    if run.stopped:
        errors[converse_texts.THE_RUN] = [run.stopped]
    suites = _element(None, "testsuites", **_counts(run.outcomes, len(errors)))
    for script, problems in errors.items():
        suite = _element(suites, "testsuite", name=script, **_counts([], 1))
        case = _element(suite, "testcase", classname=_class(script), name=script, file=script, time="0.000")
        _element(case, "error", "\n".join(problems), message=problems[0])
    for script, outcomes in run.scripts().items():
        suite = _element(suites, "testsuite", name=script, **_counts(outcomes))
        for outcome in outcomes:
            _case(suite, script, outcome)
    ET.indent(suites)
    _write(path, ET.tostring(suites, encoding="unicode", xml_declaration=False), '<?xml version="1.0"?>\n')


def write_html(run: Run, path: Path, coverage: Coverage) -> None:
    """Write a page with the summary, every conversation, the differences, and what was reached."""
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=lambda value: value if isinstance(value, Undefined) else visible(str(value)),
    )
    page = environment.get_template(TEMPLATE).render(
        run=run, coverage=coverage, show=show, passed=PASSED, failed=FAILED
    )
    _write(path, page)


def _case(suite: ET.Element, script: str, outcome: CaseOutcome) -> None:
    case = _element(
        suite,
        "testcase",
        classname=_class(script),
        name=outcome.case.name,
        file=script,
        line=outcome.case.line,
        time=f"{outcome.seconds:.3f}",
    )
    if outcome.status == FAILED:
        told = show.plain_text(outcome)
        _element(case, "failure", told, message=told.splitlines()[0])
    elif outcome.status in (SKIPPED, KNOWN):
        _element(case, "skipped", message=outcome.reason)


def _element(parent: ET.Element | None, tag: str, text: str | None = None, **attributes: Any) -> ET.Element:
    """Make an element; control characters, which XML does not allow, are spelt out."""
    shown = {name: visible(str(value)) for name, value in attributes.items()}
    element = ET.Element(tag, shown) if parent is None else ET.SubElement(parent, tag, shown)
    element.text = visible(text) if text is not None else None
    return element


def _class(script: str) -> str:
    return Path(script).with_suffix("").as_posix().replace("/", ".") if Path(script).name else script


def _counts(outcomes: Sequence[CaseOutcome], errors: int = 0) -> dict[str, str]:
    return {
        "tests": str(len(outcomes) + errors),
        "failures": str(sum(outcome.status == FAILED for outcome in outcomes)),
        "skipped": str(sum(outcome.status in (SKIPPED, KNOWN) for outcome in outcomes)),
        "errors": str(errors),
        "time": f"{sum(outcome.seconds for outcome in outcomes):.3f}",
    }


def _write(path: Path, text: str, head: str = "") -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(head + text, encoding="utf-8", errors="backslashreplace")
    except OSError as error:
        raise BotError(converse_texts.no_report(path, error.strerror)) from error

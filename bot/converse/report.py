"""Reports of a run: JUnit's XML for machines, one self-contained HTML page for people."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Sequence
from pathlib import Path

from jinja2 import Environment, FileSystemLoader

from bot.converse import show
from bot.converse.coverage import Coverage
from bot.converse.runner import FAILED, KNOWN, PASSED, SKIPPED, CaseOutcome
from bot.errors import BotError
from bot.messages import converse as converse_texts

TEMPLATE = "report.html.j2"


def write_junit(outcomes: Sequence[CaseOutcome], path: Path) -> None:
    """Write a report as JUnit does: a suite for each script, a test case for each case."""
    suites = ET.Element("testsuites", _counts(outcomes))
    for script in dict.fromkeys(outcome.case.script for outcome in outcomes):
        of_script = [outcome for outcome in outcomes if outcome.case.script == script]
        suite = ET.SubElement(suites, "testsuite", name=str(script), **_counts(of_script))
        for outcome in of_script:
            case = ET.SubElement(
                suite,
                "testcase",
                classname=script.with_suffix("").as_posix().replace("/", "."),
                name=show.visible(outcome.case.name),
                file=str(script),
                line=str(outcome.case.line),
                time=f"{outcome.seconds:.3f}",
            )
            if outcome.status == FAILED:
                told = show.plain_text(outcome)
                ET.SubElement(case, "failure", message=told.splitlines()[0]).text = told
            elif outcome.status in (SKIPPED, KNOWN):
                ET.SubElement(case, "skipped", message=outcome.reason)
    ET.indent(suites)
    _write(path, ET.tostring(suites, encoding="unicode", xml_declaration=False), '<?xml version="1.0"?>\n')


def write_html(outcomes: Sequence[CaseOutcome], path: Path, coverage: Coverage, summary: str) -> None:
    """Write a page with the summary, every conversation, the differences, and what was reached."""
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters["visible"] = show.visible
    scripts = {
        str(script): [outcome for outcome in outcomes if outcome.case.script == script]
        for script in dict.fromkeys(outcome.case.script for outcome in outcomes)
    }
    page = environment.get_template(TEMPLATE).render(
        scripts=scripts, coverage=coverage, summary=summary, show=show, passed=PASSED, failed=FAILED
    )
    _write(path, page)


def _counts(outcomes: Sequence[CaseOutcome]) -> dict[str, str]:
    return {
        "tests": str(len(outcomes)),
        "failures": str(sum(outcome.status == FAILED for outcome in outcomes)),
        "skipped": str(sum(outcome.status in (SKIPPED, KNOWN) for outcome in outcomes)),
        "errors": "0",
        "time": f"{sum(outcome.seconds for outcome in outcomes):.3f}",
    }


def _write(path: Path, text: str, head: str = "") -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(head + text, encoding="utf-8", errors="backslashreplace")
    except OSError as error:
        raise BotError(converse_texts.no_report(path, error.strerror)) from error

"""Run the tests again and again while the machine is kept busy, and count which of them failed: `make steady`.

RUNS is how often (10), LOAD how many processes do nothing but use a core each meanwhile (2). ARGS names the tests, as
for pytest; without it everything is run as `make check` does it. Ends with 1 where anything failed.
"""

from __future__ import annotations

import collections
import multiprocessing
import os
import re
import shlex
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PYTEST = [str(ROOT / ".venv/bin/python"), "-m", "pytest"]
LIMIT = 3600
"""Seconds after which a run is ended: something in it hangs."""


def busy_until(end: float) -> None:
    """Use a core; not for ever, should nobody be left to end this."""
    while time.monotonic() < end:
        pass


@contextmanager
def load(processes: int, seconds: float) -> Iterator[None]:
    """Keep so many cores busy while the block runs."""
    end = time.monotonic() + seconds
    busy = [multiprocessing.Process(target=busy_until, args=(end,), daemon=True) for _ in range(processes)]
    for process in busy:
        process.start()
    try:
        yield
    finally:
        for process in busy:
            process.kill()
            process.join()


def parts(makefile: str, arguments: Sequence[str]) -> list[list[str]]:
    """Return what pytest is told in each of its calls: the arguments, or what the Makefile's `check` calls."""
    if arguments:
        return [list(arguments)]
    recipe = makefile.partition("\ncheck:")[2].partition("\n\n")[0]
    found = [shlex.split(line) for line in re.findall(r"-m pytest(.*)", recipe)]
    if not found:
        raise SystemExit("No call of pytest was found under `check` in the Makefile.")
    return found


def failures(report: Path) -> list[str]:
    """Return the names of the tests that a report in JUnit's format counts as failed or broken."""
    if not report.exists():
        return ["(no report: pytest did not come to its end)"]
    cases = ElementTree.parse(report).iter("testcase")
    bad = [case for case in cases if case.find("failure") is not None or case.find("error") is not None]
    return [f"{case.get('classname')}::{case.get('name')}" for case in bad]


def run_once(calls: Sequence[Sequence[str]], folder: Path) -> list[str]:
    """Run everything once and return what failed."""
    found = []
    for number, call in enumerate(calls):
        report = folder / f"{number}.xml"
        report.unlink(missing_ok=True)
        command = [*PYTEST, *call, "-q", f"--junitxml={report}"]
        try:
            code = subprocess.run(command, cwd=ROOT, check=False, timeout=LIMIT).returncode
        except subprocess.TimeoutExpired:
            code = 0
            report.unlink(missing_ok=True)
        bad = failures(report)
        found += bad or ([f"(pytest ended with {code}: {shlex.join(call)})"] if code else [])
    return found


def summary(counts: Mapping[str, int], runs: int) -> str:
    """Say which tests failed how often."""
    if not counts:
        return f"All of {runs} runs passed."
    worst = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return "\n".join([f"Failed, in {runs} runs:", *(f"  {count:4}  {name}" for name, count in worst)])


def whole_number(name: str, default: int, least: int) -> int:
    """Read a number from the environment; ends the program where it is none."""
    value = os.environ.get(name, "").strip() or str(default)
    if not value.isascii() or not value.isdigit() or not least <= int(value) <= 1000:
        raise SystemExit(f"{name} is {value!r}; valid is a whole number from {least} to 1000.")
    return int(value)


def main(arguments: Sequence[str]) -> int:
    runs, processes = whole_number("RUNS", 10, 1), whole_number("LOAD", 2, 0)
    calls = parts((ROOT / "Makefile").read_text(encoding="utf-8"), arguments)
    counts: collections.Counter[str] = collections.Counter()
    with tempfile.TemporaryDirectory() as folder, load(processes, LIMIT * runs * len(calls)):
        for run in range(1, runs + 1):
            began = time.monotonic()
            found = run_once(calls, Path(folder))
            counts.update(found)
            print(f"run {run} of {runs}: {len(found)} failed, {time.monotonic() - began:.0f} s", flush=True)
    print(summary(counts, runs))
    return 1 if counts else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

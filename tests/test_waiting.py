"""No test rests on how fast the machine is: none sleeps, none reads the clock, all of them wait for events."""

from __future__ import annotations

import ast
import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot import paths
from tests.support.clock import Clock
from tests.support.waiting import effort, pass_on, until, wait_until

TESTS = paths.ROOT / "tests"
WAITING = TESTS / "support" / "waiting.py"
CLOCKS = {"monotonic", "perf_counter", "process_time", "thread_time", "monotonic_ns", "perf_counter_ns"}


def called(tree: ast.AST) -> Iterator[tuple[ast.Call, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            yield node, name


def faults(code: str, test: bool = True) -> list[str]:
    """Return what in a module of the tests waits for a time; stand-ins may pause as long as they are told."""
    found = []
    for call, name in called(ast.parse(code)):
        if ast.unparse(call.func).startswith("clock."):
            continue  # one of the test's own
        given = call.args[0] if call.args else None
        constant = given.value if isinstance(given, ast.Constant) else None
        if name == "wait_for_timeout" or (name == "sleep" and constant != 0 and (test or constant is not None)):
            found.append(f"{call.lineno}: wait for what is to come: tests/support/waiting.py")
        elif test and name in CLOCKS:
            found.append(f"{call.lineno}: time passes faster and slower: use tests/support/clock.py, or count the work")
    return found


@pytest.mark.parametrize("path", sorted(TESTS.rglob("*.py")), ids=lambda path: str(path.relative_to(TESTS)))
def test_nothing_waits_for_a_time(path: Path) -> None:
    if path != WAITING:
        is_test = path.name.startswith("test_") or path.name == "conftest.py"
        assert faults(path.read_text(encoding="utf-8"), is_test) == []


@pytest.mark.parametrize(
    "code",
    [
        "import time; time.sleep(0.1)",
        "from time import sleep; sleep(1)",
        "async def f(): await asyncio.sleep(0.5)",
        "page.wait_for_timeout(100)",
        "started = time.perf_counter()",
        "time.sleep(random.uniform(0, 1))",
    ],
)
def test_what_waits_for_a_time_is_found(code: str) -> None:
    assert len(faults(code)) == 1


@pytest.mark.parametrize("code", ["async def f(): await asyncio.sleep(0)", "wait_until(print)", "now = time.time()"])
def test_other_things_are_left_alone(code: str) -> None:
    assert faults(code) == []


def test_what_comes_is_returned_and_what_does_not_is_told() -> None:
    seen = iter([0, 0, 7])
    assert wait_until(lambda: next(seen)) == 7
    with pytest.raises(AssertionError, match="did not happen within 0.05 s; only this"):
        wait_until(lambda: False, lambda: "only this", 0.05)
    with pytest.raises(asyncio.TimeoutError):
        asyncio.run(until(lambda: False, 0.05))
    assert effort(lambda: sum(range(1000))) >= 0


def test_clock_moves_only_when_it_is_moved() -> None:
    async def run() -> list[str]:
        clock, woken = Clock(), []

        async def doze(seconds: float, name: str) -> None:
            await clock.sleep(seconds)
            woken.append(name)

        sleepers = [asyncio.create_task(doze(2, "later")), asyncio.create_task(doze(1, "first"))]
        await pass_on()
        assert (woken, clock.sleeping) == ([], 2)
        clock.move(1)
        await pass_on()
        assert (woken, clock.sleeping) == (["first"], 1)
        clock.move(1)
        await asyncio.gather(*sleepers)
        assert clock.time() - Clock.START == 2
        return woken

    assert asyncio.run(run()) == ["first", "later"]

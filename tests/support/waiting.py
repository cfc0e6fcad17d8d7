"""Waiting for events: the only place in the tests where time may pass.

A test waits for something to come, never for so many seconds: it goes on at once when it comes, and only what never
comes costs the ceiling, which is far beyond what a busy machine needs. What is about time itself has a clock of its own
(tests/support/clock.py). tests/test_waiting.py sees to it that nothing else sleeps.
"""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Callable
from typing import Any

CEILING = 180.0
"""Seconds after which what has not come does not come any more."""
FOR_EVER = 3600.0
"""Longer than any test."""

_LOOK_AGAIN = 0.01


def wait_until(condition: Callable[[], Any], seen: Callable[[], object] = str, seconds: float = CEILING) -> Any:
    """Wait until something is true and return it; AssertionError with what was `seen` instead after `seconds`."""
    deadline = time.monotonic() + seconds
    while not (value := condition()):
        assert time.monotonic() < deadline, f"did not happen within {seconds} s; {seen()}"
        time.sleep(_LOOK_AGAIN)
    return value


async def until(condition: Callable[[], Any], seconds: float = CEILING) -> Any:
    """Wait in a task until something is true and return it; asyncio.TimeoutError after `seconds`."""
    deadline = time.monotonic() + seconds
    await asyncio.sleep(0)
    while not (value := condition()):
        if time.monotonic() > deadline:
            raise asyncio.TimeoutError(f"did not happen within {seconds} s")
        await asyncio.sleep(_LOOK_AGAIN)
    return value


async def pass_on(times: int = 100) -> None:
    """Let every other task of the loop run as far as it gets by itself, without timers."""
    for _ in range(times):
        await asyncio.sleep(0)


def random_moment(chance: random.Random, longest: float) -> None:
    """Let a random time pass, for tests in which something happens at any moment whatever: none is the right one."""
    time.sleep(chance.uniform(0, longest))


def effort(work: Callable[[], object]) -> float:
    """Return the seconds of processor time that some work takes in this thread, however busy the machine is."""
    before = time.thread_time()
    work()
    return time.thread_time() - before

"""The time: what waits or counts seconds gets it from here, so that a test can have a clock of its own."""

from __future__ import annotations

import asyncio
import time

DAY = 86400
"""Seconds."""


class Clock:
    """The computer's clock."""

    def time(self) -> float:
        """Return the seconds since 1970, the same in all processes; may jump when the clock is set."""
        return time.time()

    def monotonic(self) -> float:
        """Return seconds that never jump, for measuring how long something takes in this process."""
        return time.monotonic()

    async def sleep(self, seconds: float) -> None:
        """Wait so many seconds."""
        await asyncio.sleep(seconds)

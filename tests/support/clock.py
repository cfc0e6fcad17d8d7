"""A clock of the test's own: time passes when the test says so."""

from __future__ import annotations

import asyncio


class Clock:
    """Stands still until it is moved; stands in for `bot.storage.clock.Clock` and for a function that tells time."""

    START = 1_000_000.0

    def __init__(self) -> None:
        self.now = self.START
        self._sleepers: dict[asyncio.Future[None], float] = {}

    def __call__(self) -> float:
        return self.now

    def time(self) -> float:
        return self.now

    def monotonic(self) -> float:
        return self.now

    @property
    def sleeping(self) -> int:
        """How many tasks sleep by this clock."""
        return len(self._sleepers)

    async def sleep(self, seconds: float) -> None:
        """Sleep until the test has moved the clock so far."""
        awake = asyncio.get_running_loop().create_future()
        self._sleepers[awake] = self.now + seconds
        try:
            await awake
        finally:
            self._sleepers.pop(awake, None)

    def move(self, seconds: float) -> None:
        """Have so many seconds pass, and wake who has slept long enough; from within the loop of the sleepers."""
        self.now += seconds
        for awake in [sleeper for sleeper, due in self._sleepers.items() if due <= self.now]:
            del self._sleepers[awake]
            if not awake.done():
                awake.set_result(None)

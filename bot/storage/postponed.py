"""What waits for its answer because its platform takes no messages there for some time.

A platform that is sent too much says for how long it will take nothing (Telegram's `retry_after`,
Slack's `Retry-After`). For seconds a message is waited with; for longer it is kept here, in the
conversations' database, with all that comes after it for the same place, and acknowledged to the
platform. So a ban of hours holds up nobody else, outlasts a restart and the platform's patience for
deliveries, and is not answered by further attempts; afterwards everything is answered in its order.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections import Counter
from collections.abc import Awaitable, Callable
from typing import Any

from bot import messages
from bot.errors import DeliveryBusy, Paused, PutOff, StoreError
from bot.storage.clock import Clock
from bot.storage.database import ConversationDatabase, Kept
from bot.storage.deliveries import Deliveries

ROUNDS = 3
"""How often in all something is attempted that fails by a fault of ours."""

_PASSING = (PutOff, StoreError, DeliveryBusy, OSError, asyncio.TimeoutError)
_LEAST = 0.05

logger = logging.getLogger(__name__)


class Postponed:
    """What waits, and until when each place is to be left alone; shared by all processes with one database."""

    def __init__(self, database: ConversationDatabase, clock: Clock | None = None) -> None:
        self._waiting = database.waiting
        self._clock = clock or Clock()

    async def seconds(self, place: str) -> float:
        """Return for how many seconds a place is still to be left alone, 0 for none."""
        return max(0.0, await self._waiting.left_alone_until(place) - self._clock.time())

    async def pause(self, place: str, seconds: float) -> None:
        """Note that a place is to be left alone for so many seconds from now."""
        now = self._clock.time()
        await self._waiting.leave_alone(place, now, now + seconds)

    async def keep(self, place: str, event: str, payload: Any) -> None:
        """Keep something that could not be answered now."""
        await self._waiting.keep(place, event, payload)

    async def keep_behind(self, place: str, event: str, payload: Any, patience: float, most: int) -> bool:
        """Keep something if its place is left alone for longer than `patience`, or others wait there; say whether.

        Of more than `most` that wait in a place the rest is dropped; the first of it is kept to say so.
        """
        return await self._waiting.keep_behind(place, event, payload, self._clock.time() + patience, most)

    async def first(self, place: str) -> Kept | None:
        """Return what has waited longest in a place, None where nothing waits."""
        return await self._waiting.first(place)

    async def drop(self, kept: Kept) -> None:
        """Forget something that needs no more answer."""
        await self._waiting.drop(kept.number)

    async def places(self, prefix: str) -> dict[str, float]:
        """Return the places in which something waits, and for how many seconds they are still to be left alone."""
        now = self._clock.time()
        return {place: max(0.0, until - now) for place, until in (await self._waiting.places(prefix)).items()}


class Resuming:
    """Answers what waits when its time has come, the first first; places side by side."""

    def __init__(
        self,
        postponed: Postponed,
        deliveries: Deliveries,
        prefix: str,
        resume: Callable[[Kept], Awaitable[None]],
        look_again: float,
    ) -> None:
        """Look after the places whose names begin with `prefix`, every `look_again` seconds.

        `resume` returns once nothing is left to do for something that waited; it raises Paused where its
        place is to be left alone for longer, PutOff or the like where it is to be tried at the next look.
        """
        self._postponed, self._deliveries, self._prefix = postponed, deliveries, prefix
        self._resume, self._look_again = resume, look_again
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._failures: Counter[str] = Counter()

    async def run(self) -> None:
        """Go on until cancelled."""
        try:
            while True:
                await asyncio.sleep(await self._look())
        finally:
            tasks = list(self._tasks.values())
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    async def _look(self) -> float:
        """Begin where the time has come; return the seconds until the next look."""
        try:
            places = await self._postponed.places(self._prefix)
        except StoreError as error:
            logger.error("%s", error)
            return self._look_again
        for place, seconds in places.items():
            if not seconds and place not in self._tasks:
                task = asyncio.create_task(self._drain(place))
                self._tasks[place] = task
                task.add_done_callback(lambda _, place=place: self._tasks.pop(place, None))
        soonest = min((seconds for seconds in places.values() if seconds), default=self._look_again)
        return min(max(soonest, _LEAST), self._look_again)

    async def _drain(self, place: str) -> None:
        """Answer what waits in a place, unless another process does."""
        try:
            with contextlib.suppress(DeliveryBusy):
                async with self._deliveries.claim(f"{place}:postponed", wait=0):
                    while kept := await self._postponed.first(place):
                        if await self._postponed.seconds(place) or not await self._finished(kept):
                            return
                        await self._postponed.drop(kept)
                        self._failures.pop(kept.event, None)
        except StoreError as error:
            logger.error("%s", error)

    async def _finished(self, kept: Kept) -> bool:
        try:
            await self._resume(kept)
            return True
        except Paused:
            return False
        except _PASSING as error:
            logger.warning(messages.still_waiting(kept.event, error or type(error).__name__))
            return False
        except Exception:
            self._failures[kept.event] += 1
            given_up = self._failures[kept.event] >= ROUNDS
            logger.exception(messages.postponed_failed(kept.event, given_up))
            return given_up

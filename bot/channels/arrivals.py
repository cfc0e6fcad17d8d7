"""What a platform delivers: begun once however often it comes, and put aside where nothing can be sent for long."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine, Hashable
from typing import Any, Generic, TypeVar

from bot.channels.tasks import end
from bot.errors import Paused
from bot.storage.postponed import Postponed

T = TypeVar("T")

logger = logging.getLogger(__name__)


class Arrivals(Generic[T]):
    """The deliveries under way; `T` is what the work for one returns."""

    def __init__(self, postponed: Postponed, patience: float, most: int) -> None:
        """A place that is left alone for longer than `patience` seconds is waited for aside, by `most` at a time."""
        self._postponed, self._patience, self._most = postponed, patience, most
        self._under_way: dict[Hashable, asyncio.Task[T]] = {}

    def join(self, event: Hashable, begin: Callable[[], Coroutine[Any, Any, T]] | None) -> asyncio.Task[T] | None:
        """Return the work for an event that is under way, or begin it; without `begin` None where there is none.

        It goes on where whoever waits for it gives up.
        """
        task = self._under_way.get(event)
        if task is None and begin:
            task = self._under_way[event] = asyncio.create_task(begin())
            task.add_done_callback(lambda done: self._ended(event, done))
        return task

    async def put_aside(self, place: str, event: str, payload: Any) -> bool:
        """Put an event aside where nothing can be sent for long, or where others wait; say whether it was put aside."""
        return await self._postponed.keep_behind(place, event, payload, self._patience, self._most)

    async def serve(self, place: str, event: str, payload: Any, work: Coroutine[Any, Any, object]) -> None:
        """Do the work for an event; put it aside where it turns out that nothing can be sent for long."""
        try:
            await work
        except Paused as paused:
            logger.warning("%s", paused)
            await self._postponed.pause(place, paused.seconds)
            await self._postponed.keep(place, event, payload)

    async def stop(self, seconds: float) -> None:
        """Let what is under way end, and cut off what takes longer: the platform delivers that again."""
        tasks = list(self._under_way.values())
        if tasks:
            await asyncio.wait(tasks, timeout=seconds)
        await end(tasks)

    def _ended(self, event: Hashable, task: asyncio.Task[T]) -> None:
        self._under_way.pop(event, None)
        if not task.cancelled():
            task.exception()  # whoever waits for it gets it; nobody may be left to

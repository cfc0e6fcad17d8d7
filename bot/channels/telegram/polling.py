"""Ask Telegram for updates (long polling): for a bot without a public address.

Telegram takes an update for done as soon as a later one is asked for. So the offset never
passes an update that is not answered: until it is, Telegram gives out that one again together
with the later ones (100 at most), and those known already are skipped.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable
from typing import Any

from telegram.error import TelegramError

from bot.channels.tasks import end
from bot.channels.telegram.client import Client
from bot.channels.telegram.incoming import ALLOWED_UPDATES
from bot.channels.telegram.timing import Timing
from bot.channels.telegram.trouble import reason
from bot.errors import log_level_of
from bot.messages import telegram as telegram_texts

Handle = Callable[[dict[str, Any]], Awaitable[None]]

_MOMENT = 0.05

logger = logging.getLogger(__name__)


class Window:
    """Which updates are under way, which are done, and how far Telegram may forget them."""

    def __init__(self) -> None:
        self.pending: set[int] = set()
        self._done: set[int] = set()

    @property
    def offset(self) -> int | None:
        """Return the first update that is not done; None where nothing is to be confirmed.

        Without an offset Telegram begins with the oldest update there is, whatever its number:
        after a quiet week it counts from anywhere.
        """
        if not self._done:
            return None
        if not self.pending:
            return max(self._done) + 1
        first = min(self.pending)
        return first if min(self._done) < first else None

    def add(self, update_id: int) -> bool:
        """Note an update that came, and say whether it is new."""
        if update_id in self.pending or update_id in self._done:
            return False
        self.pending.add(update_id)
        return True

    def finish(self, update_id: int) -> None:
        """Note that an update needs no more work."""
        self.pending.discard(update_id)
        self._done.add(update_id)

    def confirmed(self, offset: int | None) -> None:
        """Forget what Telegram has been told is done."""
        if offset is not None:
            self._done = {update_id for update_id in self._done if update_id >= offset}


class Poller:
    """Ask for updates, hand each on, and confirm those that are done."""

    def __init__(self, client: Client, handle: Handle, timing: Timing, reached: Callable[[], None]) -> None:
        """`reached` is called whenever Telegram has answered."""
        self._client = client
        self._handle = handle
        self._timing = timing
        self._reached = reached
        self._window = Window()
        self._tasks: set[asyncio.Task[None]] = set()

    async def run(self) -> None:
        """Poll until cancelled, or until Telegram refuses or cannot be reached (TelegramError)."""
        while True:
            await self._poll()
            if self._tasks:
                # Telegram gives out again what is under way, at once: so look again now and then only.
                await asyncio.wait(self._tasks, timeout=self._timing.look_again)

    async def stop(self) -> None:
        """Confirm what is done; what is not, Telegram will give out again at the next start."""
        if self._tasks:
            await asyncio.wait(self._tasks, timeout=_MOMENT)  # those that are done have yet to say so
        await end(self._tasks)
        offset = self._window.offset
        if offset is not None:
            with contextlib.suppress(TelegramError, asyncio.TimeoutError):
                await asyncio.wait_for(self._client.updates(offset, 0, ALLOWED_UPDATES), self._timing.courtesy)

    async def _poll(self) -> None:
        offset = self._window.offset
        timeout = 0 if self._window.pending else self._timing.poll
        updates = await self._client.updates(offset, timeout, ALLOWED_UPDATES)
        self._reached()
        self._window.confirmed(offset)
        for data in updates:
            update_id = data.get("update_id")
            if isinstance(update_id, int) and self._window.add(update_id):
                task = asyncio.create_task(self._see_to(update_id, data))
                self._tasks.add(task)
                task.add_done_callback(self._tasks.discard)

    async def _see_to(self, update_id: int, data: dict[str, Any]) -> None:
        """Have an update handled, several times if need be."""
        for attempt in range(self._timing.rounds):
            if attempt:
                await asyncio.sleep(self._timing.between_rounds)
            try:
                await self._handle(data)
                break
            except Exception as error:
                logger.log(log_level_of(error), telegram_texts.update_failed(update_id, reason(error)))
        else:
            logger.error(telegram_texts.update_dropped(update_id, self._timing.rounds))
        self._window.finish(update_id)

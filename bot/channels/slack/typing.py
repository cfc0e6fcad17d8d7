"""Show that an answer is on its way, if it takes long enough to wonder."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

from bot.channels.slack.requests import Place
from bot.channels.slack.send import Sender
from bot.messages import slack as slack_texts

REACTION = "hourglass_flowing_sand"

_PATIENCE = 1.0

logger = logging.getLogger(__name__)


class Typing:
    """Slack shows a status in threads only; elsewhere an hourglass at the message says the same.

    What Slack refuses once (an app without the scope) is not asked for again.
    """

    def __init__(self, sender: Sender) -> None:
        self._client, self._after = sender.client, sender.timing.typing
        self._refused: set[str] = set()

    @asynccontextmanager
    async def shown(self, place: Place, ts: str | None) -> AsyncIterator[None]:
        """Announce the answer to the message `ts` while the block runs."""
        reacted: list[str] = []
        task = asyncio.create_task(self._show(place, ts, reacted))
        try:
            yield
        finally:
            if reacted:  # or it might be put there after it was taken away
                await asyncio.wait({task}, timeout=_PATIENCE)
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task
            # A status goes with the next message, a reaction stays.
            if reacted:
                await self._try(self._client.reactions_remove, channel=place.channel, timestamp=ts, name=REACTION)

    async def _show(self, place: Place, ts: str | None, reacted: list[str]) -> None:
        await asyncio.sleep(self._after)
        if place.response_url:
            return
        if place.thread:
            await self._try(
                self._client.assistant_threads_setStatus,
                channel_id=place.channel,
                thread_ts=place.thread,
                status=slack_texts.TYPING,
            )
        elif ts:
            reacted.append(REACTION)
            await self._try(self._client.reactions_add, channel=place.channel, timestamp=ts, name=REACTION)

    async def _try(self, method: Callable[..., Awaitable[Any]], **arguments: Any) -> None:
        if method.__name__ in self._refused:
            return
        try:
            await method(**arguments)
        except Exception as error:  # it is an extra, whatever happens to it
            logger.debug("%s: %s", method.__name__, type(error).__name__)
            self._refused.add(method.__name__)

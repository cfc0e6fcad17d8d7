"""Each event of a platform is answered once, although it is delivered several times.

A platform delivers an event again until it is acknowledged, so a channel acknowledges after the
reply is sent, and the platform's redelivery is what a crash needs to be made good. What was
answered stands in the conversation (the turn keeps the message's id); how far the reply was
sent stands here. A claim is a lease in the database: of two processes that get the same event
one works while the other waits, and if the one dies, its lease runs out.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from bot.errors import DeliveryBusy, StoreError, log_level_of
from bot.storage.clock import Clock
from bot.storage.database import Claims, ConversationDatabase

LEASE = 10.0
"""Seconds after which the event of a process that died may be taken over."""
WAIT = 20.0
"""Seconds to wait for another who handles the same event."""
KEPT = 48 * 3600.0
"""Seconds that a finished event is remembered; Telegram gives up after 24 hours, Slack after one."""

_LOOK_AGAIN = 0.1
_PURGE_EVERY = 500

logger = logging.getLogger(__name__)


@dataclass
class Delivery:
    """One event under way, claimed by this task alone."""

    event: str
    sent: int
    """Parts of the reply that have been sent."""
    done: bool
    """Whether all of it was sent before: nothing is left to do."""
    owner: str
    _claims: Claims
    _clock: Clock

    async def mark_sent(self, parts: int) -> None:
        """Note that so many parts of the reply have been sent."""
        await self._claims.set_sent(self.event, self.owner, self._clock.time(), parts)
        self.sent = parts

    async def finish(self) -> None:
        """Note that nothing is left to do."""
        await self._claims.set_done(self.event, self.owner, self._clock.time())
        self.done = True

    async def hold_until(self, until: float) -> None:
        """Keep the event from others until then."""
        await self._claims.set_until(self.event, self.owner, until)


class Deliveries:
    """The events that were delivered of late, in the conversations' database."""

    def __init__(self, database: ConversationDatabase, clock: Clock | None = None) -> None:
        self._claims = database.claims
        self._clock = clock or Clock()
        self._count = 0

    @asynccontextmanager
    async def claim(self, event: str, wait: float = WAIT) -> AsyncIterator[Delivery]:
        """Take an event, waiting while another task or process has it; DeliveryBusy where that takes too long.

        An event that is left unfinished is free for its next delivery, which goes on where this one stopped.
        """
        delivery = await self._take(event, wait)
        renewal = asyncio.create_task(self._renew(delivery))
        try:
            yield delivery
        finally:
            renewal.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await renewal
            if not delivery.done:
                await delivery.hold_until(0.0)

    async def _take(self, event: str, wait: float) -> Delivery:
        owner = uuid.uuid4().hex
        deadline = self._clock.monotonic() + wait
        self._count += 1
        if self._count % _PURGE_EVERY == 1:
            await self._claims.forget(self._clock.time() - KEPT)
        while True:
            if taken := await self._claims.claim(event, owner, self._clock, LEASE):
                sent, done = taken
                return Delivery(event, sent, done, owner, self._claims, self._clock)
            if self._clock.monotonic() > deadline:
                raise DeliveryBusy(event)
            await self._clock.sleep(_LOOK_AGAIN)

    async def _renew(self, delivery: Delivery) -> None:
        while True:
            await self._clock.sleep(LEASE / 3)
            try:
                await delivery.hold_until(self._clock.time() + LEASE)
            except StoreError as error:
                logger.log(log_level_of(error), "%s", error)

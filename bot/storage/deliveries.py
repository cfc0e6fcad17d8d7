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
import sqlite3
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from bot.errors import DeliveryBusy, log_level_of
from bot.storage.clock import Clock
from bot.storage.database import TurnsDatabase

LEASE = 10.0
"""Seconds after which the event of a process that died may be taken over."""
WAIT = 20.0
"""Seconds to wait for another who handles the same event."""
KEPT = 48 * 3600.0
"""Seconds that a finished event is remembered; Telegram gives up after 24 hours, Slack after one."""

_LOOK_AGAIN = 0.1
_PURGE_EVERY = 500

_CLAIM = (
    "INSERT INTO deliveries (event, owner, leased_until, sent, done, touched) "
    "VALUES (:event, :owner, :until, 0, 0, :now) "
    "ON CONFLICT (event) DO UPDATE SET owner = :owner, leased_until = :until, touched = :now "
    "WHERE done OR leased_until < :now RETURNING sent, done"
)
_SENT = "UPDATE deliveries SET sent = ?, touched = ? WHERE event = ? AND owner = ?"
_DONE = "UPDATE deliveries SET done = 1, touched = ? WHERE event = ? AND owner = ?"
_LEASE = "UPDATE deliveries SET leased_until = ? WHERE event = ? AND owner = ?"
_PURGE = "DELETE FROM deliveries WHERE touched < ? AND event NOT IN (SELECT event FROM postponed)"

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
    _database: TurnsDatabase
    _clock: Clock

    async def mark_sent(self, parts: int) -> None:
        """Note that so many parts of the reply have been sent."""
        await self._write(_SENT, parts, self._clock.time(), self.event, self.owner)
        self.sent = parts

    async def finish(self) -> None:
        """Note that nothing is left to do."""
        await self._write(_DONE, self._clock.time(), self.event, self.owner)
        self.done = True

    async def _write(self, statement: str, *values: object) -> None:
        await self._database.change(lambda connection: connection.execute(statement, values).rowcount)


class Deliveries:
    """The events that were delivered of late, in the conversations' database."""

    def __init__(self, database: TurnsDatabase, clock: Clock | None = None) -> None:
        self._database = database
        self._clock = clock or Clock()
        self._claims = 0

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
                await delivery._write(_LEASE, 0.0, event, delivery.owner)

    async def _take(self, event: str, wait: float) -> Delivery:
        owner = uuid.uuid4().hex
        deadline = self._clock.monotonic() + wait
        self._claims += 1
        if self._claims % _PURGE_EVERY == 1:
            oldest = self._clock.time() - KEPT
            await self._database.change(lambda connection: connection.execute(_PURGE, (oldest,)).rowcount)
        while True:
            row = await self._database.change(lambda connection: _claim(connection, event, owner, self._clock.time()))
            if row:
                return Delivery(event, row[0], bool(row[1]), owner, self._database, self._clock)
            if self._clock.monotonic() > deadline:
                raise DeliveryBusy(event)
            await self._clock.sleep(_LOOK_AGAIN)

    async def _renew(self, delivery: Delivery) -> None:
        while True:
            await self._clock.sleep(LEASE / 3)
            try:
                await delivery._write(_LEASE, self._clock.time() + LEASE, delivery.event, delivery.owner)
            except (sqlite3.Error, OSError) as error:
                logger.log(log_level_of(error), "%s", error)


def _claim(connection: sqlite3.Connection, event: str, owner: str, now: float) -> tuple[int, int] | None:
    values = {"event": event, "owner": owner, "until": now + LEASE, "now": now}
    return connection.execute(_CLAIM, values).fetchone()

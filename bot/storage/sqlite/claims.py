"""Who handles which event of a platform, in SQLite."""

from __future__ import annotations

import sqlite3

from bot.storage.clock import Clock
from bot.storage.sqlite.table import Table

_CLAIM = (
    "INSERT INTO deliveries (event, owner, leased_until, sent, done, touched) "
    "VALUES (:event, :owner, :until, 0, 0, :now) "
    "ON CONFLICT (event) DO UPDATE SET owner = :owner, leased_until = :until, touched = :now "
    "WHERE done OR leased_until < :now RETURNING sent, done"
)
_SENT = "UPDATE deliveries SET sent = ?, touched = ? WHERE event = ? AND owner = ?"
_DONE = "UPDATE deliveries SET done = 1, touched = ? WHERE event = ? AND owner = ?"
_UNTIL = "UPDATE deliveries SET leased_until = ? WHERE event = ? AND owner = ?"
_FORGET = "DELETE FROM deliveries WHERE touched < ? AND event NOT IN (SELECT event FROM postponed)"


class SqliteClaims(Table):
    """See `bot.storage.database.Claims`."""

    async def claim(self, event: str, owner: str, clock: Clock, seconds: float) -> tuple[int, bool] | None:
        def work(connection: sqlite3.Connection) -> tuple[int, int] | None:
            now = clock.time()
            values = {"event": event, "owner": owner, "until": now + seconds, "now": now}
            return connection.execute(_CLAIM, values).fetchone()

        row = await self._database.change(work)
        return (row[0], bool(row[1])) if row else None

    async def set_sent(self, event: str, owner: str, now: float, parts: int) -> None:
        await self._write(_SENT, parts, now, event, owner)

    async def set_done(self, event: str, owner: str, now: float) -> None:
        await self._write(_DONE, now, event, owner)

    async def set_until(self, event: str, owner: str, until: float) -> None:
        await self._write(_UNTIL, until, event, owner)

    async def forget(self, before: float) -> None:
        await self._write(_FORGET, before)

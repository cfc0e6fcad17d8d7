"""What waits for its answer, and places left alone, in SQLite."""

from __future__ import annotations

import json
import sqlite3
from typing import Any

from bot.storage.database import Kept
from bot.storage.sqlite.table import Table

_UNTIL = "SELECT until FROM pauses WHERE place = ?"
_PAUSE = (
    "INSERT INTO pauses (place, until) VALUES (?, ?) "
    "ON CONFLICT (place) DO UPDATE SET until = max(until, excluded.until)"
)
_FORGET_PAUSES = "DELETE FROM pauses WHERE until < ?"
_COUNT = "SELECT count(*) FROM postponed WHERE place = ?"
_KEEP = "INSERT INTO postponed (event, place, payload, too_many) VALUES (?, ?, ?, ?) ON CONFLICT (event) DO NOTHING"
_FIRST = "SELECT number, event, payload, too_many FROM postponed WHERE place = ? ORDER BY number LIMIT 1"
_DROP = "DELETE FROM postponed WHERE number = ?"
_PLACES = (
    "SELECT DISTINCT postponed.place, coalesce(until, 0) FROM postponed LEFT JOIN pauses USING (place) "
    "WHERE substr(postponed.place, 1, ?) = ?"
)


class SqliteWaiting(Table):
    """See `bot.storage.database.Waiting`."""

    async def left_alone_until(self, place: str) -> float:
        row = await self._row(_UNTIL, place)
        return row[0] if row else 0.0

    async def leave_alone(self, place: str, now: float, until: float) -> None:
        def work(connection: sqlite3.Connection) -> None:
            connection.execute(_FORGET_PAUSES, (now,))
            connection.execute(_PAUSE, (place, until))

        await self._database.change(work)

    async def keep(self, place: str, event: str, payload: Any) -> None:
        await self._write(_KEEP, event, place, json.dumps(payload), False)

    async def keep_behind(self, place: str, event: str, payload: Any, patient_until: float, most: int) -> bool:
        def work(connection: sqlite3.Connection) -> bool:
            waiting = connection.execute(_COUNT, (place,)).fetchone()[0]
            row = connection.execute(_UNTIL, (place,)).fetchone()
            if not waiting and not (row and row[0] > patient_until):
                return False
            if waiting <= most:
                connection.execute(_KEEP, (event, place, json.dumps(payload), waiting == most))
            return True

        return await self._database.change(work)

    async def first(self, place: str) -> Kept | None:
        row = await self._row(_FIRST, place)
        return Kept(row[0], place, row[1], json.loads(row[2]), bool(row[3])) if row else None

    async def drop(self, number: int) -> None:
        await self._write(_DROP, number)

    async def places(self, prefix: str) -> dict[str, float]:
        return dict(await self._rows(_PLACES, len(prefix), prefix))

"""Ids of web conversations that a restart has left behind, in SQLite."""

from __future__ import annotations

import sqlite3

from bot.storage.sqlite.table import Table

_ADD = "INSERT OR IGNORE INTO ended_sessions (id, ended) VALUES (?, ?)"
_FORGET = "DELETE FROM ended_sessions WHERE ended < ?"
_HAS = "SELECT 1 FROM ended_sessions WHERE id = ?"


class SqliteEndedIds(Table):
    """See `bot.storage.database.EndedIds`."""

    async def add(self, session_id: str, now: float, forget_before: float) -> None:
        def work(connection: sqlite3.Connection) -> None:
            connection.execute(_FORGET, (forget_before,))
            connection.execute(_ADD, (session_id, now))

        await self._database.change(work)

    async def has(self, session_id: str) -> bool:
        return await self._row(_HAS, session_id) is not None

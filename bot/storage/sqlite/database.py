"""The SQLite file of the conversations, used off the event loop.

Reads and writes have a connection and a thread each: in WAL mode a read does not wait for
a write, and a file that somebody else has locked stalls only those who write.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from bot.errors import DatabaseFault
from bot.messages import database as texts
from bot.storage.clock import DAY
from bot.storage.sqlite import database_file
from bot.storage.sqlite.claims import SqliteClaims
from bot.storage.sqlite.connection_thread import ConnectionThread, transaction
from bot.storage.sqlite.ended import SqliteEndedIds
from bot.storage.sqlite.known_faults import KnownFaults
from bot.storage.sqlite.opinions import SqliteOpinions
from bot.storage.sqlite.schema import lay_out
from bot.storage.sqlite.turns import SqliteTurns
from bot.storage.sqlite.waiting import SqliteWaiting

BUSY_SECONDS = 5.0
"""How long to wait for a file locked by another process; a turn has 15 s in all."""

_PURGE = "DELETE FROM conversations WHERE touched < ?"

T = TypeVar("T")


class SqliteDatabase:
    """All that is kept, in one file (see `bot.storage.database.ConversationDatabase`)."""

    def __init__(self, path: Path, retention_days: int = 0) -> None:
        self.path = path
        self.name = str(path)
        self.retention_days = retention_days
        self._faults = KnownFaults(path)
        self._reader = ConnectionThread(path, self._faults, self._connect)
        self._writer = ConnectionThread(path, self._faults, lambda: self._connect(writes=True), writes=True)
        self._purged = 0
        self.turns = SqliteTurns(self)
        self.opinions = SqliteOpinions(self)
        self.claims = SqliteClaims(self)
        self.waiting = SqliteWaiting(self)
        self.ended = SqliteEndedIds(self)

    def exists(self) -> bool:
        """Say whether the file is there already."""
        return self.path.exists()

    async def open(self) -> int:
        """Open the file, delete what is too old, return how many conversations that was."""
        await self._writer.ready()
        return self._purged

    async def query(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Do what only reads."""
        if self._faults.damaged or not self._reader.is_open:
            with suppress(DatabaseFault):
                await self._writer.ready()  # looks whether the file is whole again, and its log in its place
        return await self._reader.run(work)

    async def change(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Do what writes, in one transaction."""
        return await self._writer.run(work)

    def close(self) -> None:
        """Finish what is under way and close the file."""
        self._reader.close()
        self._writer.close()

    def _connect(self, writes: bool = False) -> sqlite3.Connection:
        """Open the file with all tables in it; of a damaged one nothing is changed, and to write it must be whole."""
        connection = database_file.connect_privately(self.path, BUSY_SECONDS)
        try:
            damaged = self._faults.damaged
            if damaged and writes:
                _check(connection)
            if writes or not damaged:
                connection.execute("PRAGMA journal_mode = WAL")
                lay_out(connection)
            connection.execute("PRAGMA synchronous = NORMAL")
            connection.execute("PRAGMA foreign_keys = ON")
            if writes and self.retention_days:
                self._purge(connection)
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()  # has SQLite open the log
        except BaseException:
            connection.close()
            raise
        return connection

    def _purge(self, connection: sqlite3.Connection) -> None:
        oldest = time.time() - self.retention_days * DAY
        with transaction(connection, "BEGIN IMMEDIATE"):
            self._purged = connection.execute(_PURGE, (oldest,)).rowcount


def _check(connection: sqlite3.Connection) -> None:
    found = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    if found != "ok":
        raise sqlite3.DatabaseError(texts.check_failed(found))

"""The SQLite file of the conversations, used off the event loop.

Reads and writes have a connection and a thread each: in WAL mode a read does not wait for
a write, and a file that somebody else has locked stalls only those who write.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from bot.errors import DatabaseFault, NewerLayout, StoreError
from bot.messages import database as texts
from bot.storage import database_file
from bot.storage.connection import Connection, transaction
from bot.storage.health import Health

BUSY_SECONDS = 5.0
"""How long to wait for a file locked by another process; a turn has 15 s in all."""
SCHEMA_VERSION = 2
DAY = 86400

_SCHEMA = """
CREATE TABLE IF NOT EXISTS conversations (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    last_turn INTEGER NOT NULL,
    touched REAL NOT NULL,
    state TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS conversations_touched ON conversations (touched);
CREATE TABLE IF NOT EXISTS turns (
    conversation INTEGER NOT NULL REFERENCES conversations (number) ON DELETE CASCADE,
    turn INTEGER NOT NULL,
    events TEXT NOT NULL,
    message_id TEXT,
    PRIMARY KEY (conversation, turn)
);
CREATE UNIQUE INDEX IF NOT EXISTS turns_message ON turns (conversation, message_id);
CREATE TABLE IF NOT EXISTS feedback (
    conversation INTEGER NOT NULL REFERENCES conversations (number) ON DELETE CASCADE,
    message_id TEXT NOT NULL,
    verdict TEXT NOT NULL,
    remark TEXT NOT NULL,
    given REAL NOT NULL,
    PRIMARY KEY (conversation, message_id)
);
CREATE TABLE IF NOT EXISTS deliveries (
    event TEXT PRIMARY KEY,
    owner TEXT NOT NULL,
    leased_until REAL NOT NULL,
    sent INTEGER NOT NULL,
    done INTEGER NOT NULL,
    touched REAL NOT NULL
);
CREATE INDEX IF NOT EXISTS deliveries_touched ON deliveries (touched);
CREATE TABLE IF NOT EXISTS pauses (
    place TEXT PRIMARY KEY,
    until REAL NOT NULL
);
CREATE TABLE IF NOT EXISTS postponed (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    event TEXT NOT NULL UNIQUE,
    place TEXT NOT NULL,
    payload TEXT NOT NULL,
    too_many INTEGER NOT NULL
);
CREATE INDEX IF NOT EXISTS postponed_place ON postponed (place);
CREATE TABLE IF NOT EXISTS ended_sessions (
    id TEXT PRIMARY KEY,
    ended REAL NOT NULL
);
"""
_FROM_VERSION_1 = "ALTER TABLE turns ADD COLUMN message_id TEXT"
_FIND = "SELECT number, last_turn, state FROM conversations WHERE id = ?"
_TURNS = "SELECT events FROM turns WHERE conversation = ? ORDER BY turn DESC LIMIT ?"
_BEGIN_CONVERSATION = (
    "INSERT INTO conversations (id, last_turn, touched, state) VALUES (?, 1, ?, ?) ON CONFLICT DO NOTHING"
)
_GO_ON = "UPDATE conversations SET last_turn = last_turn + 1, touched = ?, state = ? WHERE id = ? AND last_turn = ?"
_ADD_TURN = (
    "INSERT INTO turns (conversation, turn, events, message_id) "
    "SELECT number, last_turn, ?, ? FROM conversations WHERE id = ?"
)
_FIND_TURN = (
    "SELECT turn, events FROM turns JOIN conversations ON conversation = number WHERE id = ? AND turns.message_id = ?"
)
_LAST_TURNS = (
    "SELECT turn, events FROM turns JOIN conversations ON conversation = number WHERE id = ? ORDER BY turn DESC LIMIT ?"
)
_PURGE = "DELETE FROM conversations WHERE touched < ?"

T = TypeVar("T")


@dataclass(frozen=True)
class StoredConversation:
    """A conversation as stored: its last turn's number, the state after it, turns as JSON."""

    last_turn: int
    state: str
    turns: tuple[str, ...]


class TurnsDatabase:
    """Read and append turns; every fault is an sqlite3.Error, OSError, ValueError or StoreError."""

    def __init__(self, path: Path, retention_days: int = 0) -> None:
        self.path = path
        self.retention_days = retention_days
        self._health = Health(path)
        self._reader = Connection(path, self._health, self._connect)
        self._writer = Connection(path, self._health, lambda: self._connect(writes=True), writes=True)
        self._purged = 0

    async def open(self) -> int:
        """Open the file, delete what is too old, return how many conversations that was."""
        await self._writer.ready()
        return self._purged

    async def read(self, conversation_id: str, turns: int | None) -> StoredConversation | None:
        """Read the last `turns` turns (all for None), oldest first."""

        def work(connection: sqlite3.Connection) -> StoredConversation | None:
            found = connection.execute(_FIND, (conversation_id,)).fetchone()
            if found is None:
                return None
            number, last_turn, state = found
            rows = connection.execute(_TURNS, (number, -1 if turns is None else turns)).fetchall()
            return StoredConversation(last_turn, state, tuple(row[0] for row in reversed(rows)))

        return await self.query(work)

    async def append(
        self, conversation_id: str, last_turn: int, events: str, state: str, message_id: str | None = None
    ) -> int:
        """Add a turn after `last_turn` (0: begin the conversation), return the new turn's number.

        A conversation takes each `message_id` once; a second time is an sqlite3.IntegrityError.
        """

        def work(connection: sqlite3.Connection) -> int:
            now = time.time()
            if last_turn:
                done = connection.execute(_GO_ON, (now, state, conversation_id, last_turn))
            else:
                done = connection.execute(_BEGIN_CONVERSATION, (conversation_id, now, state))
            if not done.rowcount:
                raise StoreError("another process has added a turn meanwhile")
            connection.execute(_ADD_TURN, (events, message_id, conversation_id))
            return last_turn + 1

        return await self._writer.run(work)

    async def find(self, conversation_id: str, message_id: str) -> tuple[int, str] | None:
        """Return number and events of the turn that answered a message, None where there is none."""
        return await self.query(
            lambda connection: connection.execute(_FIND_TURN, (conversation_id, message_id)).fetchone()
        )

    async def last(self, conversation_id: str, turns: int) -> list[tuple[int, str]]:
        """Return numbers and events of the last turns, oldest first."""
        rows = await self.query(lambda connection: connection.execute(_LAST_TURNS, (conversation_id, turns)).fetchall())
        return rows[::-1]

    async def query(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Do what only reads."""
        if self._health.damaged or not self._reader.is_open:
            with suppress(DatabaseFault):
                await self._writer.ready()  # looks whether the file is whole again, and its log in its place
        return await self._reader.run(work)

    async def change(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Do what writes, in one transaction."""
        return await self._writer.run(work)

    async def ids(self) -> list[str]:
        """Return the ids of all conversations."""
        rows = await self.query(lambda connection: connection.execute("SELECT id FROM conversations").fetchall())
        return [row[0] for row in rows]

    def close(self) -> None:
        """Finish what is under way and close the file."""
        self._reader.close()
        self._writer.close()

    def _connect(self, writes: bool = False) -> sqlite3.Connection:
        """Open the file with all tables in it; of a damaged one nothing is changed, and to write it must be whole."""
        connection = database_file.connect_privately(self.path, BUSY_SECONDS)
        try:
            damaged = self._health.damaged
            if damaged and writes:
                _check(connection)
            if writes or not damaged:
                connection.execute("PRAGMA journal_mode = WAL")
                self._lay_out(connection)
            connection.execute("PRAGMA synchronous = NORMAL")
            connection.execute("PRAGMA foreign_keys = ON")
            if writes and self.retention_days:
                self._purge(connection)
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()  # has SQLite open the log
        except BaseException:
            connection.close()
            raise
        return connection

    def _lay_out(self, connection: sqlite3.Connection) -> None:
        version = _version(connection)
        if version == 1:
            with transaction(connection, "BEGIN IMMEDIATE"):
                if _version(connection) == 1:  # still: of two processes that start at once, one has done it
                    connection.execute(_FROM_VERSION_1)
                    connection.execute("PRAGMA user_version = 2")
        connection.executescript(_SCHEMA)
        if version != SCHEMA_VERSION:  # else nothing is written, and nobody who writes is waited for
            connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")

    def _purge(self, connection: sqlite3.Connection) -> None:
        oldest = time.time() - self.retention_days * DAY
        with transaction(connection, "BEGIN IMMEDIATE"):
            self._purged = connection.execute(_PURGE, (oldest,)).rowcount


def _check(connection: sqlite3.Connection) -> None:
    found = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    if found != "ok":
        raise sqlite3.DatabaseError(texts.check_failed(found))


def _version(connection: sqlite3.Connection) -> int:
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if version > SCHEMA_VERSION:
        raise NewerLayout(texts.newer_layout(version, SCHEMA_VERSION))
    return version

"""The SQLite file of the conversations, used off the event loop.

Reads and writes have a connection and a thread each: in WAL mode a read does not wait for
a write, and a file that somebody else has locked stalls only those who write.
"""

from __future__ import annotations

import asyncio
import os
import sqlite3
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from bot.errors import StoreError

BUSY_SECONDS = 5.0
"""How long to wait for a file locked by another process; a turn has 15 s in all."""
_CLASH_SECONDS = 2.0
"""How long to try to open a file that others open at the same time; less than a locked one is waited for."""
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
        self._reader = _Connection(path)
        self._writer = _Connection(path, self._prepare)
        self._purged = 0

    async def open(self) -> int:
        """Open the file, delete what is too old, return how many conversations that was."""
        await self._writer.run(lambda connection: None)
        return self._purged

    async def read(self, conversation_id: str, turns: int | None) -> StoredConversation | None:
        """Read the last `turns` turns (all for None), oldest first."""
        await self._writer.ready()  # the reader needs the tables

        def work(connection: sqlite3.Connection) -> StoredConversation | None:
            found = connection.execute(_FIND, (conversation_id,)).fetchone()
            if found is None:
                return None
            number, last_turn, state = found
            rows = connection.execute(_TURNS, (number, -1 if turns is None else turns)).fetchall()
            return StoredConversation(last_turn, state, tuple(row[0] for row in reversed(rows)))

        return await self._reader.run(work)

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
        await self._writer.ready()
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

    def _prepare(self, connection: sqlite3.Connection) -> None:
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        if version > SCHEMA_VERSION:
            raise StoreError(f"its layout is version {version}, this program knows {SCHEMA_VERSION}")
        if version == 1:
            connection.execute(_FROM_VERSION_1)
        connection.executescript(_SCHEMA + f"PRAGMA user_version = {SCHEMA_VERSION};")
        if self.retention_days:
            with _transaction(connection):
                oldest = time.time() - self.retention_days * DAY
                self._purged = connection.execute(_PURGE, (oldest,)).rowcount


class _Connection:
    """One connection in one thread, opened at its first use and again after a failed start."""

    def __init__(self, path: Path, prepare: Callable[[sqlite3.Connection], None] | None = None) -> None:
        self.path = path
        self._prepare = prepare
        self._connection: sqlite3.Connection | None = None
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="conversations")

    async def ready(self) -> None:
        """Open the connection unless it is open."""
        if self._connection is None:
            await self.run(lambda connection: None)

    async def run(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Do the work in the thread, in one transaction."""

        def task() -> T:
            connection = self._open()
            with _transaction(connection):
                return work(connection)

        return await asyncio.get_running_loop().run_in_executor(self._thread, task)

    def close(self) -> None:
        def task() -> None:
            if self._connection is not None:
                self._connection.close()
                self._connection = None

        self._thread.submit(task).result()

    def _open(self) -> sqlite3.Connection:
        started = time.monotonic()
        while self._connection is None:
            try:
                self._connection = self._connect()
            except sqlite3.OperationalError as error:
                # Of two processes that make the file at once, SQLite refuses one without letting it wait.
                if "locked" not in str(error) or time.monotonic() - started > _CLASH_SECONDS:
                    raise
                time.sleep(0.01)
        return self._connection

    def _connect(self) -> sqlite3.Connection:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        # Conversations are private: only the owner reads the file.
        os.close(os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600))
        connection = sqlite3.connect(self.path, timeout=BUSY_SECONDS, isolation_level=None)
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = NORMAL")
            connection.execute("PRAGMA foreign_keys = ON")
            if self._prepare:
                self._prepare(connection)
        except BaseException:
            connection.close()
            raise
        return connection


@contextmanager
def _transaction(connection: sqlite3.Connection) -> Iterator[None]:
    connection.execute("BEGIN")
    try:
        yield
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")

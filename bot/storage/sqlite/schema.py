"""The tables of the SQLite file, and how a file of an earlier version gets them."""

from __future__ import annotations

import sqlite3

from bot.errors import NewerLayout
from bot.messages import database as texts
from bot.storage.sqlite.connection_thread import transaction

SCHEMA_VERSION = 2

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


def lay_out(connection: sqlite3.Connection) -> None:
    """Make the tables that are missing; NewerLayout for a file of a version after this one."""
    version = _version(connection)
    if version == 1:
        with transaction(connection, "BEGIN IMMEDIATE"):
            if _version(connection) == 1:  # still: of two processes that start at once, one has done it
                connection.execute(_FROM_VERSION_1)
                connection.execute("PRAGMA user_version = 2")
    connection.executescript(_SCHEMA)
    if version != SCHEMA_VERSION:  # else nothing is written, and nobody who writes is waited for
        connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")


def _version(connection: sqlite3.Connection) -> int:
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if version > SCHEMA_VERSION:
        raise NewerLayout(texts.newer_layout(version, SCHEMA_VERSION))
    return version

"""Conversations and their turns in SQLite."""

from __future__ import annotations

import sqlite3
import time

from bot.errors import StoreError
from bot.messages import database as texts
from bot.storage.database import StoredConversation
from bot.storage.sqlite.table import Table

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
_IDS = "SELECT id FROM conversations"


class SqliteTurns(Table):
    """See `bot.storage.database.Turns`."""

    async def read(self, conversation_id: str, turns: int | None) -> StoredConversation | None:
        def work(connection: sqlite3.Connection) -> StoredConversation | None:
            found = connection.execute(_FIND, (conversation_id,)).fetchone()
            if found is None:
                return None
            number, last_turn, state = found
            rows = connection.execute(_TURNS, (number, -1 if turns is None else turns)).fetchall()
            return StoredConversation(last_turn, state, tuple(row[0] for row in reversed(rows)))

        return await self._database.query(work)

    async def append(
        self, conversation_id: str, last_turn: int, events: str, state: str, message_id: str | None = None
    ) -> int:
        def work(connection: sqlite3.Connection) -> int:
            now = time.time()
            if last_turn:
                done = connection.execute(_GO_ON, (now, state, conversation_id, last_turn))
            else:
                done = connection.execute(_BEGIN_CONVERSATION, (conversation_id, now, state))
            if not done.rowcount:
                raise StoreError(texts.TURN_ADDED_MEANWHILE)
            connection.execute(_ADD_TURN, (events, message_id, conversation_id))
            return last_turn + 1

        return await self._database.change(work)

    async def find(self, conversation_id: str, message_id: str) -> tuple[int, str] | None:
        return await self._row(_FIND_TURN, conversation_id, message_id)

    async def last(self, conversation_id: str, turns: int) -> list[tuple[int, str]]:
        return (await self._rows(_LAST_TURNS, conversation_id, turns))[::-1]

    async def ids(self) -> list[str]:
        return [row[0] for row in await self._rows(_IDS)]

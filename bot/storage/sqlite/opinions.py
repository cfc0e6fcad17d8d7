"""Readers' opinions in SQLite."""

from __future__ import annotations

from bot.storage.database import StoredOpinion
from bot.storage.sqlite.table import Table

_PUT = (
    "INSERT INTO feedback (conversation, message_id, verdict, remark, given) "
    "SELECT number, message_id, ?, ?, ? FROM turns JOIN conversations ON conversation = number "
    "WHERE id = ? AND message_id = ? "
    "ON CONFLICT DO UPDATE SET verdict = excluded.verdict, remark = excluded.remark, given = excluded.given"
)
_REMOVE = "DELETE FROM feedback WHERE message_id = ? AND conversation = (SELECT number FROM conversations WHERE id = ?)"
_ALL = (
    "SELECT turn, events, verdict, remark, given FROM feedback JOIN turns USING (conversation, message_id) "
    "ORDER BY given"
)
_OF = "SELECT message_id, verdict, remark FROM feedback JOIN conversations ON conversation = number WHERE id = ?"


class SqliteOpinions(Table):
    """See `bot.storage.database.Opinions`."""

    async def put(self, conversation_id: str, message_id: str, verdict: str, remark: str, given: float) -> bool:
        return await self._write(_PUT, verdict, remark, given, conversation_id, message_id) > 0

    async def remove(self, conversation_id: str, message_id: str) -> bool:
        return await self._write(_REMOVE, message_id, conversation_id) > 0

    async def of(self, conversation_id: str) -> dict[str, tuple[str, str]]:
        rows = await self._rows(_OF, conversation_id)
        return {message_id: (verdict, remark) for message_id, verdict, remark in rows}

    async def all(self) -> list[StoredOpinion]:
        return [StoredOpinion(*row) for row in await self._rows(_ALL)]

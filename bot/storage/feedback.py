"""Thumbs up and down for replies, kept with their conversation."""

from __future__ import annotations

import sqlite3
import time
from dataclasses import dataclass

from bot.storage.database import TurnsDatabase
from bot.storage.stored_turns import read_turn

UP, DOWN = "up", "down"

_ADD = (
    "INSERT INTO feedback (conversation, message_id, verdict, remark, given) "
    "SELECT number, message_id, ?, ?, ? FROM turns JOIN conversations ON conversation = number "
    "WHERE id = ? AND message_id = ? "
    "ON CONFLICT DO UPDATE SET verdict = excluded.verdict, remark = excluded.remark, given = excluded.given"
)
_TAKE_BACK = (
    "DELETE FROM feedback WHERE message_id = ? AND conversation = (SELECT number FROM conversations WHERE id = ?)"
)
_ALL = (
    "SELECT turn, events, verdict, remark, given FROM feedback JOIN turns USING (conversation, message_id) "
    "ORDER BY given"
)
_OF = "SELECT message_id, verdict, remark FROM feedback JOIN conversations ON conversation = number WHERE id = ?"


@dataclass(frozen=True)
class Opinion:
    """What somebody thought of a reply; nothing in it tells who."""

    question: str
    answer: str
    status: str
    """Of the answer record."""
    reason: str
    """Why the question was not answered (`bot.answers.answer_record.Reason`), "" where it was."""
    verdict: str
    remark: str
    given: float
    """Seconds since 1970."""


class Feedback:
    """Opinions on replies, in the conversations' database."""

    def __init__(self, database: TurnsDatabase) -> None:
        self._database = database

    async def add(self, conversation_id: str, message_id: str, verdict: str | None, remark: str = "") -> bool:
        """Keep an opinion (UP or DOWN) on the reply to a message, in place of an earlier one; None takes it back.

        False where the conversation has no such message. ValueError for another verdict.
        """
        if verdict not in (UP, DOWN, None):
            raise ValueError(verdict)

        def work(connection: sqlite3.Connection) -> bool:
            if verdict is None:
                return connection.execute(_TAKE_BACK, (message_id, conversation_id)).rowcount > 0
            values = (verdict, remark, time.time(), conversation_id, message_id)
            return connection.execute(_ADD, values).rowcount > 0

        return await self._database.change(work)

    async def of(self, conversation_id: str) -> dict[str, tuple[str, str]]:
        """Return verdict and remark on each message of a conversation that has any, by the message's id."""
        rows = await self._database.query(lambda connection: connection.execute(_OF, (conversation_id,)).fetchall())
        return {message_id: (verdict, remark) for message_id, verdict, remark in rows}

    async def all(self) -> list[Opinion]:
        """Return all opinions, oldest first."""
        rows = await self._database.query(lambda connection: connection.execute(_ALL).fetchall())
        opinions = []
        for number, events, verdict, remark, given in rows:
            turn = read_turn(number, events)
            answer = "\n".join(message["text"] for message in turn.messages if "text" in message)
            record = turn.record
            status, reason = record.get("status") or "", record.get("reason") or ""
            opinions.append(Opinion(turn.text, answer, status, reason, verdict, remark, given))
        return opinions

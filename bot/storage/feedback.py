"""Thumbs up and down for replies, kept with their conversation."""

from __future__ import annotations

import time
from dataclasses import dataclass

from bot.storage.database import ConversationDatabase, StoredOpinion
from bot.storage.stored_turns import read_turn

UP, DOWN = "up", "down"


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

    def __init__(self, database: ConversationDatabase) -> None:
        self._opinions = database.opinions

    async def add(self, conversation_id: str, message_id: str, verdict: str | None, remark: str = "") -> bool:
        """Keep an opinion (UP or DOWN) on the reply to a message, in place of an earlier one; None takes it back.

        False where the conversation has no such message. ValueError for another verdict.
        """
        if verdict not in (UP, DOWN, None):
            raise ValueError(verdict)

        if verdict is None:
            return await self._opinions.remove(conversation_id, message_id)
        return await self._opinions.put(conversation_id, message_id, verdict, remark, time.time())

    async def of(self, conversation_id: str) -> dict[str, tuple[str, str]]:
        """Return verdict and remark on each message of a conversation that has any, by the message's id."""
        return await self._opinions.of(conversation_id)

    async def all(self) -> list[Opinion]:
        """Return all opinions, oldest first."""
        return [_read(stored) for stored in await self._opinions.all()]


def _read(stored: StoredOpinion) -> Opinion:
    turn = read_turn(stored.turn, stored.events)
    answer = "\n".join(message["text"] for message in turn.messages if "text" in message)
    status, reason = turn.record.get("status") or "", turn.record.get("reason") or ""
    return Opinion(turn.text, answer, status, reason, stored.verdict, stored.remark, stored.given)

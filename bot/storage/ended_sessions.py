"""Web conversations that a restart has left behind: whoever still holds such an id begins anew."""

from __future__ import annotations

import time

from bot.storage.database import ConversationDatabase


class EndedSessions:
    """The ids that a restart has left behind, in the conversations' database."""

    def __init__(self, database: ConversationDatabase, seconds: int) -> None:
        """`seconds` is how long a signed id holds: an older one need not be remembered."""
        self._ended = database.ended
        self._seconds = seconds

    async def add(self, session_id: str) -> None:
        """Have an id be refused from now on."""
        now = time.time()
        await self._ended.add(session_id, now, now - self._seconds)

    async def has(self, session_id: str) -> bool:
        """Say whether an id was left behind."""
        return await self._ended.has(session_id)

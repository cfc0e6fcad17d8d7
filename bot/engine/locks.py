"""One conversation's messages are answered one at a time, in the order they came."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from rasa.core.lock import TicketLock
from rasa.core.lock_store import InMemoryLockStore
from rasa.utils.endpoints import EndpointConfig

from bot import messages
from bot.errors import QueueFullError
from bot.settings import read_settings

MAX_IN_ALL = 1000
"""Messages that may wait in all conversations together."""


@dataclass
class _Queue:
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)  # wakes waiters in order, at once
    size: int = 0


class ConversationLocks(InMemoryLockStore):
    """Rasa's lock store without its tickets, which are looked at once a second and expire.

    A conversation is locked as long as its turn runs; the channel cuts a turn that takes
    too long. Nothing is kept for a conversation in which nobody waits.
    """

    def __init__(self, endpoint_config: EndpointConfig | None = None, max_waiting: int | None = None) -> None:
        """Take `max_waiting` from endpoints.yml or the settings where it is not given."""
        super().__init__()
        given = max_waiting or (endpoint_config and endpoint_config.kwargs.get("max_waiting"))
        self.max_waiting = given or read_settings().max_waiting
        self._queues: dict[str, _Queue] = {}
        self._size = 0

    def __len__(self) -> int:
        """Count the conversations in which a message is being answered."""
        return len(self._queues)

    @asynccontextmanager
    async def lock(
        self,
        conversation_id: str,
        lock_lifetime: float = 0,
        wait_time_in_seconds: float = 0,
    ) -> AsyncIterator[TicketLock]:
        """Wait for the conversation's turn, or raise QueueFullError at once.

        The last two arguments are Rasa's and have no meaning here.
        """
        queue = self._queues.get(conversation_id) or _Queue()
        # One of them is being answered, the others wait.
        if queue.size > self.max_waiting or self._size >= MAX_IN_ALL:
            raise QueueFullError(messages.queue_full(conversation_id, self.max_waiting))
        self._queues[conversation_id] = queue
        queue.size += 1
        self._size += 1
        try:
            async with queue.lock:
                yield TicketLock(conversation_id)
        finally:
            queue.size -= 1
            self._size -= 1
            if not queue.size:
                del self._queues[conversation_id]

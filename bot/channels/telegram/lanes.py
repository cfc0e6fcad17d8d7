"""The messages of each chat in their order, and no more of them at a time than can be answered."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from enum import Enum


class Room(Enum):
    """What a message finds in its chat."""

    FREE = "free"
    FULL = "full"
    """Too many wait before it: it is declined, and whoever wrote it is told."""
    TOLD = "told"
    """Too many wait before it, and that was said already."""


@dataclass
class _Lane:
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    size: int = 0
    told: bool = False


class Lanes:
    """One lane for each chat in which something is under way."""

    def __init__(self, most: int) -> None:
        """`most` may wait in a chat."""
        self._most = most
        self._lanes: dict[int, _Lane] = {}

    @asynccontextmanager
    async def turn(self, chat: int) -> AsyncIterator[Room]:
        """Run the body when all that came before it in the chat is done; it is told how full the chat was."""
        lane = self._lanes.setdefault(chat, _Lane())
        room = Room.FREE
        if lane.size > self._most:
            room = Room.TOLD if lane.told else Room.FULL
            lane.told = True
        lane.size += 1
        try:
            async with lane.lock:
                yield room
        finally:
            lane.size -= 1
            if not lane.size:
                self._lanes.pop(chat, None)

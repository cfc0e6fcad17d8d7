"""Make a request of a platform until it is taken: what is tried again, and after how long."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Protocol, TypeVar

from bot.errors import BotError

T = TypeVar("T")


@dataclass(frozen=True)
class Trouble:
    """What went wrong in one attempt."""

    reason: str
    final: bool = False
    """Whether it would go wrong again, however often it is tried."""
    wait: float = 0.0
    """Seconds that the platform asks for."""
    unclear: bool = False
    """Whether the request may have got through all the same."""
    detail: str = ""
    bad_token: bool = False
    """Whether the platform does not take the bot's token: nothing works until somebody sees to it."""


class NotTaken(Exception):
    """A request that a platform did not take: refused for good, or tried as often as anything is tried."""

    def __init__(self, trouble: Trouble, tried: int) -> None:
        super().__init__(trouble.reason)
        self.trouble, self.tried = trouble, tried


class Patience(Protocol):
    """How often something is tried, and the pauses in between in seconds."""

    @property
    def tries(self) -> int: ...
    @property
    def first_pause(self) -> float: ...
    @property
    def longest_pause(self) -> float: ...


async def insist(
    attempt: Callable[[], Awaitable[T]],
    read_trouble: Callable[[Exception], Trouble],
    patience: Patience,
    wait: Callable[[float], Awaitable[None]],
    arrived: Callable[[], Awaitable[bool]] | None = None,
) -> T | None:
    """Return what an attempt returns at last, None where `arrived` finds that one did get through; else NotTaken.

    `read_trouble` says what an error means, or raises it where the caller is to see to it; our own errors (BotError)
    always come out. `wait` waits as long as the platform asks for.
    """
    tried = 0
    while True:
        try:
            return await attempt()
        except BotError:
            raise
        except Exception as error:
            trouble = read_trouble(error)
        if trouble.wait:
            # The platform has said when: that costs none of the attempts.
            await wait(trouble.wait)
            continue
        tried += 1
        if trouble.final or tried == patience.tries:
            raise NotTaken(trouble, tried)
        await asyncio.sleep(backoff(patience.first_pause, tried, patience.longest_pause))
        if trouble.unclear and arrived and await arrived():
            return None


def backoff(first: float, failures: int, longest: float) -> float:
    """Return how long to wait after so many failures: twice as long each time, and never all at the same time."""
    return min(first * 2 ** min(max(failures - 1, 0), 30), longest) * random.uniform(0.5, 1.0)

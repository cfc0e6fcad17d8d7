"""A service that looks for messages again and again, for platforms that don't deliver them."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from abc import ABC, abstractmethod
from collections import Counter

from bot import messages
from bot.channels.answering import Answering, Work
from bot.channels.channel_state import ChannelState
from bot.channels.retrying import backoff
from bot.channels.tasks import end
from bot.channels.timing import Timing
from bot.errors import DeliveryBusy, PutOff, StoreError, log_level_of

ROUNDS = 3
"""How often a message is attempted that fails by a fault of ours."""

_NOT_NOW = (StoreError, DeliveryBusy, PutOff, OSError)

logger = logging.getLogger(__name__)


class PolledService(ABC):
    """Looks every `poll` seconds until told to stop; its faults never leave it."""

    def __init__(self, answering: Answering, timing: Timing, poll: float, state: ChannelState, working: str) -> None:
        """`working` is what `/ready` shows while looking works."""
        self.answering, self._timing, self._poll = answering, timing, poll
        self._state, self._working = state, working
        self._failures: Counter[str] = Counter()
        self._stopping = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    @abstractmethod
    async def look(self) -> None:
        """Answer the messages that are there, each through `answered`."""

    @abstractmethod
    def why_not(self, error: Exception) -> str:
        """Say for operators why it could not be looked."""

    def start(self) -> None:
        """Begin in the background."""
        self._task = asyncio.create_task(self._run())

    async def stop(self) -> None:
        """Let what is under way be answered, then leave."""
        self._stopping.set()
        if self._task:
            await asyncio.wait({self._task}, timeout=self._timing.stop)
            await end([self._task])
        self._state.stopped()

    async def answered(self, event: str, work: Work) -> bool:
        """Do the work for a message once; say whether nothing is left to do for it."""
        try:
            await self.answering.once(event, work)
            return True
        except _NOT_NOW as error:
            logger.log(min(log_level_of(error), logging.WARNING), messages.still_waiting(event, error or repr(error)))
            return False
        except Exception:
            self._failures[event] += 1
            given_up = self._failures[event] >= ROUNDS
            logger.exception(messages.postponed_failed(event, given_up))
            return given_up

    async def _run(self) -> None:
        failures = 0
        while not self._stopping.is_set():
            try:
                await self.look()
                failures = 0
                self._state.working(self._working)
            except Exception as error:
                failures += 1
                logger.debug("%s", type(error).__name__, exc_info=error)
                self._state.degraded(self.why_not(error))
            pause = backoff(self._timing.first_pause, failures, self._timing.longest_pause) if failures else 0.0
            with contextlib.suppress(asyncio.TimeoutError):
                await asyncio.wait_for(self._stopping.wait(), max(pause, self._poll))

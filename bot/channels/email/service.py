"""Looks for new mail and has it answered, until told to stop."""

from __future__ import annotations

import asyncio
import contextlib
import imaplib
import logging
from collections import Counter, defaultdict

from bot.channels.answering import Answering
from bot.channels.channel_state import ChannelState
from bot.channels.email.incoming import Ask, Decline, event_of, read_mail
from bot.channels.email.mailbox import Mailbox
from bot.channels.email.timing import Timing
from bot.channels.retrying import backoff
from bot.channels.tasks import end
from bot.errors import DeliveryBusy, PutOff, StoreError, log_level_of
from bot.messages import email as email_texts
from bot.web.limits import RateLimiter

MOST_AT_ONCE, SECONDS_EACH = 10, 120.0
"""How often one address is answered; the rest stays unread so long. Programs may not say that they are."""

_NOT_NOW = (StoreError, DeliveryBusy, PutOff, OSError)

logger = logging.getLogger(__name__)


class Service:
    """One address, looked after in the background; its faults never leave it."""

    def __init__(
        self, answering: Answering, mailbox: Mailbox, address: str, timing: Timing, state: ChannelState
    ) -> None:
        self._answering, self._mailbox, self._address = answering, mailbox, address
        self._timing, self._state = timing, state
        self._limiter = RateLimiter(1 / SECONDS_EACH, MOST_AT_ONCE)
        self._failures: Counter[str] = Counter()
        self._stopping = asyncio.Event()
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        self._task = asyncio.create_task(self._run())

    async def stop(self) -> None:
        self._stopping.set()
        if self._task:
            await asyncio.wait({self._task}, timeout=self._timing.stop)
            await end([self._task])
        self._state.stopped()

    async def _run(self) -> None:
        failures = 0
        while not self._stopping.is_set():
            try:
                await self._look()
                failures = 0
                self._state.working(email_texts.connected(self._address))
            except Exception as error:
                failures += 1
                level = logging.DEBUG if isinstance(error, OSError | imaplib.IMAP4.error) else logging.ERROR
                logger.log(level, "%s", type(error).__name__, exc_info=error)
                self._state.degraded(email_texts.unreachable(type(error).__name__))
            pause = backoff(self._timing.first_pause, failures, self._timing.longest_pause) if failures else 0.0
            with contextlib.suppress(asyncio.TimeoutError):
                await asyncio.wait_for(self._stopping.wait(), max(pause, self._timing.poll))

    async def _look(self) -> None:
        """Answer what is unread: the mails of one person in their order, those of different people side by side."""
        by_person: dict[str, list[tuple[str, str, Ask | Decline]]] = defaultdict(list)
        for number, raw in (await asyncio.to_thread(self._mailbox.unread)).items():
            request = await asyncio.to_thread(read_mail, raw, self._address)
            if request is None:
                await asyncio.to_thread(self._mailbox.mark_read, number)
            else:
                by_person[request.conversation].append((number, event_of(raw), request))
        await asyncio.gather(*(self._answer_all(mails) for mails in by_person.values()))

    async def _answer_all(self, mails: list[tuple[str, str, Ask | Decline]]) -> None:
        for number, event, request in mails:
            if self._limiter.allow(request.conversation) or not await self._answered(event, request):
                return  # those that came later wait for this one
            await asyncio.to_thread(self._mailbox.mark_read, number)

    async def _answered(self, event: str, request: Ask | Decline) -> bool:
        """Answer a mail once; say whether nothing is left to do for it."""
        answering = self._answering
        work = answering.ask if isinstance(request, Ask) else answering.decline
        name = f"email:{self._address}:{event}"
        try:
            await answering.once(name, lambda delivery: work(request, delivery))
            return True
        except _NOT_NOW as error:
            logger.log(min(log_level_of(error), logging.WARNING), email_texts.put_off(name, error or repr(error)))
            return False
        except Exception:
            logger.exception(email_texts.put_off(name, "fault"))
            self._failures[name] += 1
            if self._failures[name] < self._timing.rounds:
                return False
            logger.error(email_texts.given_up(name, self._failures.pop(name)))
            return True

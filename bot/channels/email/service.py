"""Looks for new mail and has it answered."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from functools import partial

from bot.channels.answering import Answering
from bot.channels.channel_state import ChannelState
from bot.channels.email.incoming import event_of, read_mail
from bot.channels.email.mailbox import Mailbox
from bot.channels.email.timing import Timing
from bot.channels.polled_service import PolledService
from bot.channels.requests import Ask, Decline
from bot.messages import email as email_texts
from bot.web.limits import RateLimiter

MOST_AT_ONCE, SECONDS_EACH = 10, 120.0
"""How often one address is answered; the rest stays unread so long. A program need not say that it is one."""


class Service(PolledService):
    """One address."""

    def __init__(
        self, answering: Answering, mailbox: Mailbox, address: str, timing: Timing, state: ChannelState
    ) -> None:
        super().__init__(answering, timing, timing.poll, state, email_texts.connected(address))
        self._mailbox, self._address = mailbox, address
        self._limiter = RateLimiter(1 / SECONDS_EACH, MOST_AT_ONCE)

    def why_not(self, error: Exception) -> str:
        return email_texts.unreachable(type(error).__name__)

    async def look(self) -> None:
        """Answer what is unread: the mails of one person in their order, those of different people side by side."""
        by_person: dict[str, list[tuple[str, str, Ask | Decline]]] = defaultdict(list)
        for number, raw in (await asyncio.to_thread(self._mailbox.unread)).items():
            request = await asyncio.to_thread(read_mail, raw, self._address)
            if isinstance(request, Ask | Decline):
                event = f"email:{self._address}:{event_of(raw)}"
                by_person[request.conversation].append((number, event, request))
            else:
                await asyncio.to_thread(self._mailbox.mark_read, number)
        await asyncio.gather(*(self._answer_all(mails) for mails in by_person.values()))

    async def _answer_all(self, mails: list[tuple[str, str, Ask | Decline]]) -> None:
        for number, event, request in mails:
            answer = self.answering.ask if isinstance(request, Ask) else self.answering.decline
            too_many = self._limiter.allow(request.conversation)
            if too_many or not await self.answered(event, partial(answer, request)):
                return  # those that came later wait for this one
            await asyncio.to_thread(self._mailbox.mark_read, number)

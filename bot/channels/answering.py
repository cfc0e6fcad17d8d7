"""From a request on a platform to the last part of its answer, once, however often the platform delivers it.

What was answered stands in the conversation, how far the answer was sent in the store's deliveries. So the platform's
next delivery, another process or a restart goes on where this one stopped.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence

from bot.channels.platform import Asking, Choosing, Declining, Judging, Part, Platform, Pressable, Reaching
from bot.channels.reply_parts import buttons_of
from bot.channels.retrying import Patience, backoff
from bot.engine.turn import NOT_STORED, Handler, take_turn
from bot.errors import StoreError
from bot.settings import Settings
from bot.storage.deliveries import WAIT, Delivery
from bot.storage.store import ConversationStore

NOTE_TRIES = 6
"""Each waits up to 5 s for the database: a part that is sent is noted, or it would be sent again."""

Work = Callable[[Delivery], Awaitable[None]]


class Answering:
    """Answers requests on one platform."""

    def __init__(
        self,
        platform: Platform | Pressable,
        handle: Handler,
        store: ConversationStore,
        settings: Settings,
        patience: Patience,
    ) -> None:
        """`handle` has Rasa handle a message. What is pressed (`choose`, `judge`) needs a Pressable platform."""
        self.platform, self.store = platform, store
        self._handle, self._settings, self._patience = handle, settings, patience
        self._sent: dict[str, int] = {}
        """Parts sent of events that are not finished, in case the database could not take a note of it."""

    async def once(self, event: str, work: Work, wait: float = WAIT) -> bool:
        """Do something for an event, unless it was done before; say whether it was done now.

        DeliveryBusy where somebody else has been at it for longer than `wait` seconds.
        """
        async with self.store.deliveries.claim(event, wait) as delivery:
            if delivery.done:
                return False
            await work(delivery)
            await _note(delivery.finish)
            self._sent.pop(event, None)
            return True

    async def ask(self, request: Asking, delivery: Delivery, opening: Sequence[Part] = ()) -> None:
        """Answer what somebody wrote; `opening` stands before the answer."""
        async with self.platform.typing(request):
            parts, repeated = await self._parts(request, request.text)
        await self.send(request, [*opening, *parts], delivery, repeated)

    async def choose(self, request: Choosing, delivery: Delivery) -> None:
        """Answer the question that a button under a reply stands for."""
        turn = await self.store.turn(request.conversation, request.asked)
        offered = buttons_of(turn.messages) if turn else []
        if turn is None or request.number >= len(offered):
            await self.platform.unknown_button(request)
            return
        button = offered[request.number]
        async with self.platform.choosing(request, turn.messages, delivery.sent > 0):
            parts, repeated = await self._parts(request, button["payload"], button["title"])
        await self.send(request, parts, delivery, repeated)

    async def decline(self, request: Declining, delivery: Delivery) -> None:
        """Say why there is no answer; nothing where there is nothing to say."""
        await self.send(request, [self.platform.notice(request.text)] if request.text else [], delivery)

    async def judge(self, request: Judging) -> None:
        """Keep what somebody thinks of a reply."""
        known = await self.store.feedback.add(request.conversation, request.asked, request.verdict)
        await self.platform.judged(request, known)

    async def send(self, request: Reaching, parts: Sequence[Part], delivery: Delivery, again: bool = False) -> None:
        """Send the parts that have not been sent; with `again` the first of these may have been."""
        place = request.place
        sent = max(delivery.sent, self._sent.get(delivery.event, 0))
        for number, part in enumerate(parts):
            if number < sent:
                continue
            place = await self.platform.send(request, place, part, number, again and number == sent)
            self._sent[delivery.event] = number + 1
            await _note(lambda parts=number + 1: delivery.mark_sent(parts))

    async def _parts(self, request: Asking | Choosing, text: str, title: str | None = None) -> tuple[list[Part], bool]:
        """Have the bot answer; return the parts of its reply, and whether some may have been sent before."""
        platform = self.platform
        for tried in range(1, platform.turn_tries + 1):
            reply = await take_turn(
                self._handle, request.conversation, text, platform.name, self._settings, request.message_id
            )
            if reply.failure is not NOT_STORED:
                break
            if tried < platform.turn_tries:
                # The database is busy, or another process has just added a turn to the conversation.
                await asyncio.sleep(backoff(self._patience.first_pause, tried, self._patience.longest_pause))
        if reply.failure is NOT_STORED and not platform.tells_not_stored:
            raise StoreError(NOT_STORED.code)
        if reply.failure:
            return [platform.notice(reply.failure.text)], False
        return platform.render(reply.messages, request, title), reply.repeated


async def _note(write: Callable[[], Awaitable[None]]) -> None:
    for tried in range(1, NOTE_TRIES + 1):
        try:
            await write()
            return
        except StoreError:
            if tried == NOTE_TRIES:
                raise

"""One update from its arrival to the last part of its answer.

An update is acknowledged to Telegram when `Handling.update` returns, and not before: what goes wrong until then is made
good by Telegram's next delivery of it.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections import Counter
from collections.abc import Coroutine
from typing import Any

from telegram import Update, User

from bot import messages
from bot.channels.answering import Answering
from bot.channels.arrivals import Arrivals
from bot.channels.requests import Ignore
from bot.channels.telegram.incoming import read_update
from bot.channels.telegram.lanes import Lanes, Room
from bot.channels.telegram.platform import NAME, TelegramPlatform
from bot.channels.telegram.requests import Ask, Choose, Decline, Judge, Request, Stray
from bot.channels.telegram.send import Sender
from bot.channels.telegram.timing import Timing
from bot.channels.telegram.tokens import Tokens
from bot.engine.turn import Handler
from bot.errors import DeliveryBusy
from bot.messages import telegram as telegram_texts
from bot.settings import Settings
from bot.storage.deliveries import Delivery
from bot.storage.postponed import Kept, Resuming
from bot.storage.store import ConversationStore

logger = logging.getLogger(__name__)


class Handling:
    """Answer updates: those of a chat in their order, those of different chats side by side."""

    def __init__(
        self,
        me: User,
        handle: Handler,
        store: ConversationStore,
        settings: Settings,
        sender: Sender,
        tokens: Tokens,
        timing: Timing,
    ) -> None:
        """`me` is the bot in Telegram, `handle` has Rasa handle a message."""
        self.ignored: Counter[str] = Counter()
        """What was ignored, by reason."""
        self._me, self._store, self._sender, self._tokens, self._timing = me, store, sender, tokens, timing
        platform = TelegramPlatform(sender, tokens, timing)
        self._answering = Answering(platform, handle, store, settings, timing)
        self._arrivals: Arrivals[None] = Arrivals(store.postponed, timing.longest_pause, settings.max_waiting)
        self._lanes = Lanes(settings.max_waiting)

    async def update(self, data: dict[str, Any], one_by_one: bool = False) -> None:
        """Answer an update; returns when nothing is left to do, raises where it should be delivered again.

        The same update is not begun twice: whoever delivers it again waits for the first. It goes
        on where whoever waits for it gives up. With `one_by_one` Telegram delivers no other update of the
        chat before this one is acknowledged, so that whatever has to wait for the others is done afterwards.
        """
        update_id = data["update_id"]
        task = self._arrivals.join(update_id, lambda: self._begin(data))
        if one_by_one and _waits_for_others(self._read(data)):
            task.add_done_callback(lambda done: _log_failure(update_id, done))
            return
        await asyncio.shield(task)

    def resuming(self) -> Coroutine[Any, Any, None]:
        """Return what answers, until it is cancelled, the updates that were put aside."""
        postponed, deliveries = self._store.postponed, self._store.deliveries
        return Resuming(postponed, deliveries, prefix_of(self._me), self._resume, self._timing.resume).run()

    async def finish(self, seconds: float) -> None:
        """Let what is under way be answered for so long, then drop it: Telegram will deliver it again."""
        await self._arrivals.stop(seconds)

    async def _begin(self, data: dict[str, Any]) -> None:
        request = self._read(data)
        if isinstance(request, Ignore):
            self.ignored[request.reason] += 1
            logger.debug("ignored: %s", request.reason)
            return
        if _waits_for_others(request):
            await asyncio.sleep(self._timing.album)
        # Nothing is waited for before this by what has its place in the chat's order.
        async with self._lanes.turn(request.place.chat) as room:
            if room is not Room.FREE:
                notice = messages.TOO_MANY if room is Room.FULL else ""
                request = Decline(request.conversation, request.place, notice)
            if await self._put_aside(request, data):
                return
            if isinstance(request, Ask) and request.album:
                await self._spare_album(request.album)
            place = self._sender.place_of(request.place.chat)
            await self._arrivals.serve(place, self._event(data), data, self._answer_once(request, data))

    async def _resume(self, kept: Kept) -> None:
        """Answer an update that was put aside."""
        request = self._read(kept.payload)
        if isinstance(request, Ignore):
            return
        if kept.too_many:
            request = Decline(request.conversation, request.place, messages.TOO_MANY)
        async with self._lanes.turn(request.place.chat):
            await self._answer_once(request, kept.payload)

    async def _put_aside(self, request: Request, data: dict[str, Any]) -> bool:
        """Put an update aside where its answer can't be sent for long, or others wait in its chat; say whether."""
        if not isinstance(request, Ask | Choose | Decline):
            return False  # nothing of it is sent to the chat
        place = self._sender.place_of(request.place.chat)
        put_aside = await self._arrivals.put_aside(place, self._event(data), data)
        if put_aside and isinstance(request, Choose):
            await self._sender.acknowledge(request.press)
        return put_aside

    async def _spare_album(self, album: str) -> None:
        """See that no photo of an album is declined for having no words: they stand under another."""

        async def nothing(delivery: Delivery) -> None: ...

        with contextlib.suppress(DeliveryBusy):  # one is being declined
            await self._answering.once(self._named(album), nothing, wait=0)

    async def _answer_once(self, request: Request, data: dict[str, Any]) -> None:
        await self._answering.once(self._event(data), lambda delivery: self._answer(request, delivery))

    async def _answer(self, request: Request, delivery: Delivery) -> None:
        answering = self._answering
        if isinstance(request, Judge):
            await answering.judge(request)
        elif isinstance(request, Stray):
            private = request.place.reply_to is None
            await self._sender.acknowledge(
                request.press, telegram_texts.OLD_BUTTON if private else telegram_texts.NOT_YOURS
            )
        elif isinstance(request, Ask):
            await answering.ask(request, delivery)
        elif isinstance(request, Choose):
            event = self._named(request.once)
            if not await answering.once(event, lambda inner: answering.choose(request, inner)):
                await self._sender.acknowledge(request.press, telegram_texts.ASKED)
        elif request.once:
            await answering.once(self._named(request.once), lambda inner: answering.decline(request, inner))
        else:
            await answering.decline(request, delivery)

    def _event(self, data: dict[str, Any]) -> str:
        return self._named(data["update_id"])

    def _named(self, what: object) -> str:
        return f"{prefix_of(self._me)}{what}"

    def _read(self, data: dict[str, Any]) -> Request | Ignore:
        try:
            return read_update(Update.de_json(data, None), self._me, self._tokens)
        except Exception as error:  # whatever an update of a shape that nobody foresaw leads to
            return Ignore(f"malformed ({type(error).__name__})")


def prefix_of(me: User) -> str:
    """Return what the names of all events and chats of a bot begin with."""
    return f"{NAME}:{me.id}:"


def _log_failure(update_id: int, task: asyncio.Task[None]) -> None:
    error = None if task.cancelled() else task.exception()
    if error:
        logger.error(telegram_texts.update_dropped(update_id, 1))


def _waits_for_others(request: Request | Ignore) -> bool:
    return isinstance(request, Decline) and bool(request.album)

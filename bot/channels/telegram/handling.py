"""One update from its arrival to the last part of its answer.

An update is acknowledged to Telegram when `Handling.update` returns, and not before: what goes
wrong until then is made good by Telegram's redelivery. What has been answered stands in the
conversation, how far the answer was sent in the store's deliveries, so a redelivery, a second
worker or a restart does not do anything twice.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Coroutine
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from typing import Any

from telegram import Update, User

from bot import messages
from bot.channels.telegram.incoming import Ask, Choose, Decline, Ignore, Judge, Place, Request, Stray, read_update
from bot.channels.telegram.lanes import Lanes, Room
from bot.channels.telegram.render import Part, Post, buttons_of, render
from bot.channels.telegram.send import Sender, pause
from bot.channels.telegram.tasks import end
from bot.channels.telegram.timing import Timing
from bot.channels.telegram.tokens import Button, Tokens
from bot.engine.turn import NOT_STORED, Handler, take_turn
from bot.errors import DeliveryBusy, Paused
from bot.messages import telegram as telegram_texts
from bot.settings import Settings
from bot.storage.deliveries import Delivery
from bot.storage.postponed import Kept, Resuming
from bot.storage.store import ConversationStore

CHANNEL = "telegram"

logger = logging.getLogger(__name__)


@dataclass
class Services:
    """What it takes to answer."""

    me: User
    handle: Handler
    store: ConversationStore
    settings: Settings
    sender: Sender
    tokens: Tokens
    timing: Timing


class Handling:
    """Answer updates: those of a chat in their order, those of different chats side by side."""

    def __init__(self, services: Services) -> None:
        self._ = services
        self.ignored: Counter[str] = Counter()
        """What was ignored, by reason."""
        self._lanes = Lanes(services.settings.max_waiting)
        self._under_way: dict[int, asyncio.Task[None]] = {}
        self._sent: dict[str, int] = {}
        """Parts sent of events that are not finished, in case the database could not take a note of it."""

    async def update(self, data: dict[str, Any], one_by_one: bool = False) -> None:
        """Answer an update; returns when nothing is left to do, raises where it should be delivered again.

        The same update is not begun twice: whoever delivers it again waits for the first. It goes
        on where whoever waits for it gives up. With `one_by_one` Telegram delivers no other update of the
        chat before this one is acknowledged, so that whatever has to wait for the others is done afterwards.
        """
        update_id = data["update_id"]
        task = self._under_way.get(update_id)
        if task is None:
            task = asyncio.create_task(self._begin(data))
            self._under_way[update_id] = task
            task.add_done_callback(lambda done: self._ended(update_id, done))
        if one_by_one and _waits_for_others(self._read(data)):
            task.add_done_callback(lambda done: _log_failure(update_id, done))
            return
        await asyncio.shield(task)

    def resuming(self) -> Coroutine[Any, Any, None]:
        """Return what answers, until it is cancelled, the updates that were put aside."""
        store, look_again = self._.store, self._.timing.resume
        return Resuming(store.postponed, store.deliveries, prefix_of(self._.me), self._resume, look_again).run()

    async def finish(self, seconds: float) -> None:
        """Let what is under way be answered for so long, then drop it: Telegram will deliver it again."""
        tasks = list(self._under_way.values())
        if tasks:
            await asyncio.wait(tasks, timeout=seconds)
        await end(tasks)

    def _ended(self, update_id: int, task: asyncio.Task[None]) -> None:
        self._under_way.pop(update_id, None)
        if not task.cancelled():
            task.exception()  # whoever waits for it gets it; nobody may be left to

    async def _begin(self, data: dict[str, Any]) -> None:
        request = self._read(data)
        if isinstance(request, Ignore):
            self.ignored[request.reason] += 1
            logger.debug("ignored: %s", request.reason)
            return
        if _waits_for_others(request):
            await asyncio.sleep(self._.timing.album)
        # Nothing is waited for before this by what has its place in the chat's order.
        async with self._lanes.turn(request.place.chat) as room:
            if room is not Room.FREE:
                notice = messages.TOO_MANY if room is Room.FULL else ""
                request = Decline(request.conversation, request.place, notice)
            if await self._put_aside(request, data):
                return
            if isinstance(request, Ask) and request.album:
                await self._spare_album(request.album)
            try:
                await self._answer_event(request, data)
            except Paused as paused:
                logger.warning("%s", paused)
                place = self._.sender.place_of(request.place.chat)
                await self._.store.postponed.keep(place, self._event(data), data)

    async def _resume(self, kept: Kept) -> None:
        """Answer an update that was put aside."""
        request = self._read(kept.payload)
        if isinstance(request, Ignore):
            return
        if kept.too_many:
            request = Decline(request.conversation, request.place, messages.TOO_MANY)
        async with self._lanes.turn(request.place.chat):
            await self._answer_event(request, kept.payload)

    async def _put_aside(self, request: Request, data: dict[str, Any]) -> bool:
        """Put an update aside where its answer can't be sent for long, or others wait in its chat; say whether."""
        if not isinstance(request, Ask | Choose | Decline):
            return False  # nothing of it is sent to the chat
        put_aside = await self._.store.postponed.keep_behind(
            self._.sender.place_of(request.place.chat),
            self._event(data),
            data,
            self._.timing.longest_pause,
            self._.settings.max_waiting,
        )
        if put_aside and isinstance(request, Choose):
            await self._.sender.acknowledge(request.press)
        return put_aside

    async def _spare_album(self, album: str) -> None:
        """See that no photo of an album is declined for having no words: they stand under another."""
        with contextlib.suppress(DeliveryBusy):  # one is being declined
            async with self._.store.deliveries.claim(self._once(album), wait=0) as delivery:
                await delivery.finish()

    async def _answer_event(self, request: Request, data: dict[str, Any]) -> None:
        async with self._.store.deliveries.claim(self._event(data)) as delivery:
            if not delivery.done:
                await self._answer(request, delivery)
                await self._finish(delivery)

    def _event(self, data: dict[str, Any]) -> str:
        return f"{prefix_of(self._.me)}{data['update_id']}"

    def _once(self, what: str) -> str:
        return f"{prefix_of(self._.me)}{what}"

    def _read(self, data: dict[str, Any]) -> Request | Ignore:
        try:
            return read_update(Update.de_json(data, None), self._.me, self._.tokens)
        except Exception as error:  # whatever an update of a shape that nobody foresaw leads to
            return Ignore(f"malformed ({type(error).__name__})")

    async def _answer(self, request: Request, delivery: Delivery) -> None:
        if isinstance(request, Judge):
            await self._judge(request)
        elif isinstance(request, Stray):
            private = request.place.reply_to is None
            await self._.sender.acknowledge(
                request.press, telegram_texts.OLD_BUTTON if private else telegram_texts.NOT_YOURS
            )
        elif not isinstance(request, Ask) and request.once:
            async with self._.store.deliveries.claim(self._once(request.once)) as inner:
                if not inner.done:
                    await self._answer_once(request, inner)
                    await self._finish(inner)
                elif isinstance(request, Choose):
                    await self._.sender.acknowledge(request.press, telegram_texts.ASKED)
        else:
            await self._answer_once(request, delivery)

    async def _answer_once(self, request: Ask | Decline | Choose, delivery: Delivery) -> None:
        if isinstance(request, Decline):
            parts: list[Part] = [Post(request.text)] if request.text else []
            await self._send(request.conversation, request.place, parts, delivery)
        elif isinstance(request, Ask):
            async with _meanwhile(self._.timing.courtesy, self._.sender.typing(request.place)):
                parts = await self._parts(request, request.text)
            await self._send(request.conversation, request.place, parts, delivery)
        else:
            await self._choose(request, delivery)

    async def _choose(self, request: Choose, delivery: Delivery) -> None:
        turn = await self._.store.turn(request.conversation, request.asked)
        buttons = buttons_of(turn.messages) if turn else []
        if request.number >= len(buttons):
            await self._.sender.acknowledge(request.press, telegram_texts.OLD_BUTTON)
            return
        button = buttons[request.number]
        courtesies = (
            self._.sender.acknowledge(request.press),
            self._.sender.show_chosen(request.press),
            self._.sender.typing(request.place),
        )
        async with _meanwhile(self._.timing.courtesy, *courtesies):
            parts = await self._parts(request, button["payload"], asked=button["title"])
        await self._send(request.conversation, request.place, parts, delivery)

    async def _judge(self, request: Judge) -> None:
        known = await self._.store.feedback.add(request.conversation, request.asked, request.verdict)
        notice = telegram_texts.THANKS if known else telegram_texts.OLD_BUTTON
        await self._.sender.acknowledge(request.press, notice)
        if known:
            await self._.sender.show_chosen(request.press)

    async def _parts(self, request: Ask | Choose, text: str, asked: str | None = None) -> list[Part]:
        """Have the bot answer and render what it says."""
        conversation = request.conversation
        for attempt in range(self._.timing.tries):
            reply = await take_turn(
                self._.handle, conversation, text, CHANNEL, self._.settings, message_id=request.message_id
            )
            if reply.failure != NOT_STORED:
                break
            # The database is busy, or another process has just added a turn to the conversation.
            await asyncio.sleep(pause(self._.timing, attempt))
        if reply.failure:
            return [Post(reply.failure.text)]

        def token(button: Button) -> str:
            where = replace(button, thread=request.place.thread, author=request.place.author)
            return self._.tokens.make(conversation, where)

        return render(reply.messages, request.message_id, token if request.place.buttons else None, asked)

    async def _send(self, conversation: str, place: Place, parts: list[Part], delivery: Delivery) -> None:
        sent = max(delivery.sent, self._sent.get(delivery.event, 0))
        for number, part in enumerate(parts, 1):
            if number > sent:
                place = await self._.sender.send(place, conversation, part)
                self._sent[delivery.event] = number
                await delivery.mark_sent(number)

    async def _finish(self, delivery: Delivery) -> None:
        await delivery.finish()
        self._sent.pop(delivery.event, None)


def prefix_of(me: User) -> str:
    """Return what the names of all events and chats of a bot begin with."""
    return f"{CHANNEL}:{me.id}:"


def _log_failure(update_id: int, task: asyncio.Task[None]) -> None:
    error = None if task.cancelled() else task.exception()
    if error:
        logger.error(telegram_texts.update_dropped(update_id, 1))


def _waits_for_others(request: Request | Ignore) -> bool:
    return isinstance(request, Decline) and bool(request.album)


@asynccontextmanager
async def _meanwhile(patience: float, *courtesies: Awaitable[None]) -> AsyncIterator[None]:
    """Do these while the body runs, and wait for them no longer than `patience` after it."""
    task = asyncio.ensure_future(asyncio.gather(*courtesies, return_exceptions=True))
    # Cancelled, a gathering holds an error (CancelledError) that asyncio logs unless somebody has looked at it.
    task.add_done_callback(lambda done: done.cancelled() or done.exception())
    try:
        yield
        await asyncio.wait([task], timeout=patience)
    finally:
        task.cancel()

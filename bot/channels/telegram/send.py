"""Send to Telegram: what is to be tried again and when, and what is final."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any, TypeVar

from telegram import LinkPreviewOptions, ReplyParameters
from telegram.constants import ChatAction, ParseMode
from telegram.error import BadRequest, ChatMigrated, TelegramError

from bot import messages
from bot.channels import pictures
from bot.channels.retrying import NotTaken, Trouble, insist
from bot.channels.telegram.client import Client
from bot.channels.telegram.render import Part, Picture, Post, keyboard, mark_chosen
from bot.channels.telegram.requests import Place, Press
from bot.channels.telegram.timing import Timing
from bot.channels.telegram.trouble import read_trouble, reason
from bot.errors import Paused, PutOff, StoreError
from bot.messages import telegram as telegram_texts
from bot.storage.postponed import Postponed

_NO_TOPIC = "message thread not found"

T = TypeVar("T")

logger = logging.getLogger(__name__)


class Sender:
    """Send parts of replies, one after the other, and small courtesies."""

    def __init__(self, client: Client, timing: Timing, postponed: Postponed, prefix: str) -> None:
        """`prefix` stands before a chat's id in the names of the places in `postponed`."""
        self._client = client
        self._timing = timing
        self._postponed = postponed
        self._prefix = prefix
        self._until: dict[int, float] = {}
        """When a chat may be written to again, by the monotonic clock, where the database took no note of it."""

    def place_of(self, chat: int) -> str:
        """Return the name of a chat among the places in `postponed`."""
        return f"{self._prefix}{chat}"

    async def send(self, place: Place, conversation: str, part: Part) -> Place:
        """Send one part and return where the next one goes.

        PutOff where it is worth trying again later, Paused where Telegram takes nothing for that chat for long. A
        part that Telegram refuses for good is logged and skipped.
        """
        photo = await _drawn(part.name) if isinstance(part, Picture) else None
        if isinstance(part, Picture) and photo is None:
            return place
        try:
            await self._insist(place.chat, conversation, lambda: self._send(place, part, photo))
        except ChatMigrated as error:
            # The group became a supergroup, which has another id; messages have too, and so have conversations: what
            # buttons say would not be known there.
            place = replace(place, chat=error.new_chat_id, reply_to=None)
            part = replace(part, rows=()) if isinstance(part, Post) else part
            await self._insist(place.chat, conversation, lambda: self._send(place, part, photo))
        return place

    async def typing(self, place: Place) -> None:
        """Show that an answer is on its way."""
        if await self._pause_left(place.chat):
            return
        await self._once(
            self._client.send_chat_action(place.chat, ChatAction.TYPING, message_thread_id=place.thread),
        )

    async def acknowledge(self, press: Press, text: str | None = None) -> None:
        """Have a pressed button stop waiting, with a notice or without."""
        await self._once(self._client.answer_callback_query(press.query, text))

    async def show_chosen(self, press: Press) -> None:
        """Mark the button that was pressed."""
        message = press.message
        if message is None or message.reply_markup is None or await self._pause_left(message.chat.id):
            return
        markup = mark_chosen(message.reply_markup, press.token)
        if markup:
            await self._once(
                self._client.edit_message_reply_markup(message.chat.id, message.message_id, reply_markup=markup)
            )

    async def _send(self, place: Place, part: Part, photo: bytes | None) -> None:
        try:
            await self._send_into(place, part, photo, place.thread)
        except BadRequest as error:
            if not place.thread or _NO_TOPIC not in str(error).lower():
                raise
            # Telegram loses sight of topics that are still there; but a reply goes where its question stands.
            await self._send_into(place, part, photo, None)

    async def _send_into(self, place: Place, part: Part, photo: bytes | None, thread: int | None) -> None:
        """Send to the topic `thread`; for None to where the message replied to is, and if that is gone nowhere else."""
        anyhow = thread == place.thread
        reply = ReplyParameters(place.reply_to, allow_sending_without_reply=anyhow) if place.reply_to else None
        where: dict[str, Any] = {"message_thread_id": thread, "reply_parameters": reply}
        if isinstance(part, Picture):
            await self._client.send_photo(
                place.chat, photo, part.alt or None, parse_mode=ParseMode.HTML, filename=f"{part.name}.png", **where
            )
        else:
            await self._client.send_message(
                place.chat,
                part.html,
                ParseMode.HTML,
                reply_markup=keyboard(part.rows),
                link_preview_options=LinkPreviewOptions(is_disabled=True),
                **where,
            )

    async def _insist(self, chat: int, conversation: str, request: Callable[[], Awaitable[T]]) -> T | None:
        """Make a request until Telegram takes it; None where it refuses for good."""
        started = time.monotonic()

        async def attempt() -> T:
            await self._wait(chat, started)
            return await request()

        async def leave_alone(seconds: float) -> None:
            await self._leave_alone(chat, seconds)

        def trouble_of(error: Exception) -> Trouble:
            return read_trouble(error, self._timing.first_pause)

        try:
            return await insist(attempt, trouble_of, self._timing, leave_alone)
        except NotTaken as error:
            trouble = error.trouble
        if trouble.final and not trouble.bad_token:
            logger.warning(telegram_texts.refused(conversation, trouble.reason))
            return None
        raise PutOff(telegram_texts.not_sent(conversation, trouble.reason))

    async def _wait(self, chat: int, started: float) -> None:
        """Wait until Telegram takes something for a chat again; Paused where that takes too long in all."""
        while seconds := await self._pause_left(chat):
            if time.monotonic() - started + seconds > self._timing.longest_pause:
                raise Paused(messages.paused("telegram", chat, seconds), seconds)
            await asyncio.sleep(seconds)

    async def _leave_alone(self, chat: int, seconds: float) -> None:
        try:
            await self._postponed.pause(self.place_of(chat), seconds)
        except StoreError as error:
            logger.error("%s", error)
            now = time.monotonic()
            self._until = {known: until for known, until in self._until.items() if until > now}
            self._until[chat] = now + seconds

    async def _pause_left(self, chat: int) -> float:
        """Return for how many seconds a chat is still to be left alone: as known here, and to all processes."""
        known = self._until.get(chat, 0.0) - time.monotonic()
        try:
            stored = await self._postponed.seconds(self.place_of(chat))
        except StoreError:
            stored = 0.0
        return max(known, stored, 0.0)

    async def _once(self, request: Awaitable[object]) -> None:
        """Make a request on which nothing depends."""
        try:
            await request
        except BadRequest:
            pass  # answered too late, or marked already
        except TelegramError as error:
            logger.debug("%s", reason(error))


async def _drawn(name: str) -> bytes | None:
    """Draw a picture, off the event loop; None where that fails, which is logged."""
    try:
        return await asyncio.get_running_loop().run_in_executor(None, pictures.png, name)
    except Exception as error:
        logger.error(telegram_texts.no_picture(name, repr(error)))
        return None

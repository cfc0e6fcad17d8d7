"""Telegram, as `bot.channels.platform` has it: how a reply looks there, is sent and is announced."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import replace
from typing import Any

from bot.channels.telegram.render import Part, Post, render
from bot.channels.telegram.requests import Ask, Choose, Decline, Judge, Place
from bot.channels.telegram.send import Sender
from bot.channels.telegram.timing import Timing
from bot.channels.telegram.tokens import Button, Tokens
from bot.channels.telegram.typing import meanwhile
from bot.messages import telegram as telegram_texts

NAME = "telegram"


class TelegramPlatform:
    """One bot in Telegram."""

    name = NAME
    tells_not_stored = True

    def __init__(self, sender: Sender, tokens: Tokens, timing: Timing) -> None:
        self.sender, self._tokens, self._timing = sender, tokens, timing
        self.turn_tries = timing.tries

    def notice(self, text: str) -> Part:
        return Post(text)

    def render(self, reply: Sequence[dict[str, Any]], request: Ask | Choose, title: str | None) -> list[Part]:
        def token(button: Button) -> str:
            where = replace(button, thread=request.place.thread, author=request.place.author)
            return self._tokens.make(request.conversation, where)

        return render(reply, request.message_id, token if request.place.buttons else None, title)

    async def send(self, request: Ask | Choose | Decline, place: Place, part: Part, number: int, again: bool) -> Place:
        # Telegram can't be asked what it has: what may have been sent is sent again.
        return await self.sender.send(place, request.conversation, part)

    def typing(self, request: Ask | Choose) -> AbstractAsyncContextManager[None]:
        return meanwhile(self._timing.courtesy, self.sender.typing(request.place))

    def choosing(
        self, request: Choose, reply: Sequence[dict[str, Any]], begun: bool
    ) -> AbstractAsyncContextManager[None]:
        return meanwhile(
            self._timing.courtesy,
            self.sender.acknowledge(request.press),
            self.sender.show_chosen(request.press),
            self.sender.typing(request.place),
        )

    async def unknown_button(self, request: Choose) -> None:
        await self.sender.acknowledge(request.press, telegram_texts.OLD_BUTTON)

    async def judged(self, request: Judge, known: bool) -> None:
        await self.sender.acknowledge(request.press, telegram_texts.THANKS if known else telegram_texts.OLD_BUTTON)
        if known:
            await self.sender.show_chosen(request.press)

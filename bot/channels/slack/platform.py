"""Slack, as `bot.channels.platform` has it: how a reply looks there, is sent and is announced."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager, contextmanager
from typing import Any

from bot.channels.slack.render import Part, chosen, notice, render
from bot.channels.slack.requests import Ask, Choose, Decline, Judge, Place
from bot.channels.slack.send import Mark, Refused, Sender
from bot.channels.slack.typing import Typing
from bot.messages import slack as slack_texts

NAME = "slack"

logger = logging.getLogger(__name__)


class SlackPlatform:
    """The bot in one workspace."""

    name = NAME
    turn_tries = 1
    tells_not_stored = False
    """Slack delivers such a message again, and within a minute."""

    def __init__(self, sender: Sender) -> None:
        self.sender = sender
        self._typing = Typing(sender)

    def notice(self, text: str) -> Part:
        return notice(text)

    def render(self, reply: Sequence[dict[str, Any]], request: Ask | Choose, title: str | None) -> list[Part]:
        return render(reply, request.message_id)  # the button's title is shown where the button was

    async def send(self, request: Ask | Choose | Decline, place: Place, part: Part, number: int, again: bool) -> Place:
        with refusals():
            await self.sender.send(
                place, part, Mark(request.conversation, request.message_id, number, request.ts), again
            )
        return place

    def typing(self, request: Ask | Choose) -> AbstractAsyncContextManager[None]:
        return self._typing.shown(request.place, request.ts)

    @asynccontextmanager
    async def choosing(self, request: Choose, reply: Sequence[dict[str, Any]], begun: bool) -> AsyncIterator[None]:
        shown = chosen(reply, request.asked, request.number)
        if shown and not begun:
            with refusals():
                await self.sender.update(request.place, request.ts, shown)
        async with self.typing(request):
            yield

    async def unknown_button(self, request: Choose) -> None:
        await self.whisper(request.place, slack_texts.OLD_BUTTON)

    async def judged(self, request: Judge, known: bool) -> None:
        if known:
            await self.whisper(request.place, slack_texts.THANKS)

    async def whisper(self, place: Place, text: str) -> None:
        """Say something that only one person sees."""
        with refusals():
            await self.sender.whisper(place, text)


@contextmanager
def refusals() -> Iterator[None]:
    """Log what Slack refuses for good and go on: one bad part does not take the others with it."""
    try:
        yield
    except Refused as error:
        logger.error(slack_texts.part_refused(error))

"""Talks to the bot in Telegram: each conversation is the private chat of one person, in a stand-in for Telegram.

What comes back is what that person sees: the answer's text without the quotes below it, the buttons as titled. The
answer record, which Telegram does not show, is taken from the stored turn.
"""

from __future__ import annotations

import asyncio
import hashlib
import uuid
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

from sanic import Sanic
from sanic.touchup import TouchUp

from bot.channels.channel_state import WORKING
from bot.channels.reply_parts import buttons_of
from bot.channels.telegram.incoming import without_spans
from bot.channels.telegram.render import THUMBS
from bot.channels.telegram.tokens import Tokens
from bot.settings import Settings
from converse.driver import Driver, TurnResult
from converse.drivers import Events
from tests.support.buttons import unlabelled
from tests.support.telegram_api import TOKEN, TelegramApi
from tests.support.waiting import until

if TYPE_CHECKING:
    from bot.engine.agent import BotAgent


class InTelegram:
    """People, each in a private chat with the bot."""

    def __init__(self, telegram: TelegramApi, agent: BotAgent) -> None:
        self.telegram = telegram
        self.store = agent.tracker_store
        self.events = Events(agent)
        self.tokens = Tokens(TOKEN)

    async def say(self, conversation_id: str, text: str, metadata: Mapping[str, Any]) -> TurnResult:
        """Have a person write a message, and return what they see until it is confirmed to Telegram."""
        user = int(hashlib.sha256(conversation_id.encode()).hexdigest()[:12], 16)
        chat = self.telegram.chat(user)
        before = len(chat.messages)
        update = self.telegram.write(text, user)
        try:
            await until(lambda: update not in self.telegram.waiting)
        except asyncio.TimeoutError:
            return TurnResult([], [], "not answered")
        asked, *said = chat.messages[before:]
        conversation = f"tg:{user}:0:{user}"
        turn = await self.store.turn(conversation, f"{asked['message_id']}-{update}")
        offered = buttons_of(turn.messages) if turn else []
        shown = [self._shown(conversation, message, offered) for message in said if "text" in message]
        if turn is None:  # refused before it was read, or failed
            return TurnResult(shown, [])
        customs = [{"custom": message["custom"]} for message in turn.messages if "custom" in message]
        return TurnResult([*shown, *customs], await self.events.new(conversation))

    def _shown(self, conversation: str, message: dict[str, Any], offered: list[dict[str, str]]) -> dict[str, Any]:
        """Return a message as a reply has it."""
        quotes = [e for e in message.get("entities", []) if e["type"] == "expandable_blockquote"]
        text = without_spans(message["text"], [(quote["offset"], quote["length"]) for quote in quotes]).strip()
        rows = message.get("reply_markup", {}).get("inline_keyboard", [])
        buttons = []
        for button in (button for row in rows for button in row if button["text"] not in THUMBS.values()):
            token = self.tokens.read(button["callback_data"], lambda button: conversation)
            assert token, "a button that is not valid in its own conversation"
            buttons.append({"title": unlabelled(button["text"]), "payload": offered[int(token.choice)]["payload"]})
        return {"text": text, **({"buttons": buttons} if buttons else {})}


@asynccontextmanager
async def connect(agent: BotAgent, settings: Settings) -> AsyncIterator[Driver]:
    """Serve the agent with the Telegram channel, by long polling."""
    from bot.web.server import create_app, open_socket

    if getattr(Sanic, "__touched__", False):  # Sanic 21.12 rewrites its own classes at a start, which works only once
        TouchUp.run = lambda app: None
    with TelegramApi().running() as telegram:
        settings = settings.copy(
            update={"telegram_bot_token": TOKEN, "telegram_api_url": telegram.url, "telegram_webhook_url": None}
        )
        app = create_app(agent, settings, name=f"telegram{uuid.uuid4().hex}")
        listener = open_socket("127.0.0.1", 0)
        server = await app.create_server(sock=listener, return_asyncio_server=True, access_log=False)
        await server.startup()
        try:
            await server.before_start()
            await server.after_start()
            (state,) = (channel.state for channel in app.ctx.input_channels if channel.name() == "telegram")
            await until(lambda: state.state == WORKING)
            yield InTelegram(telegram, agent)
        finally:
            await server.before_stop()
            server.close()
            listener.close()

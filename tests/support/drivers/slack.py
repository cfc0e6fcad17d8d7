"""Talks to the bot in Slack: each conversation is the direct messages of one person, in a stand-in for Slack.

What comes back is what that person sees: the text as shown, the buttons as titled. The answer record, which Slack does
not show, is taken from the stored turn.
"""

from __future__ import annotations

import asyncio
import hashlib
import uuid
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

from bot.channels.channel_state import WORKING
from bot.channels.reply_parts import buttons_of
from bot.channels.slack.incoming import BotIdentity, conversation_of
from bot.engine import intake
from bot.settings import Settings
from converse.driver import Driver, TurnResult
from converse.drivers import Events
from tests.support.buttons import unlabelled
from tests.support.slack_api import APP_TOKEN, BOT_TOKEN, BOT_USER, TEAM, SlackApi, unescape
from tests.support.waiting import until

if TYPE_CHECKING:
    from bot.engine.agent import BotAgent


class InSlack:
    """People in a workspace, each in a conversation of their own with the bot."""

    def __init__(self, slack: SlackApi, agent: BotAgent) -> None:
        self.slack = slack
        self.store = agent.tracker_store
        self.events = Events(agent)

    async def say(self, conversation_id: str, text: str, metadata: Mapping[str, Any]) -> TurnResult:
        """Have a person write a message, and return what they see until it is acknowledged."""
        user = "U" + hashlib.sha256(conversation_id.encode()).hexdigest()[:20].upper()
        channel = self.slack.direct(user)
        before = len(channel.messages)
        delivery = await asyncio.to_thread(self.slack.say, text, user)
        if not delivery.acknowledged:
            return TurnResult([], [], f"not acknowledged: {delivery.statuses}")
        asked, *said = channel.messages[before:]
        conversation = conversation_of(BotIdentity(TEAM, BOT_USER), channel.id)
        turn = await self.store.turn(conversation, asked["ts"])
        offered = buttons_of(turn.messages) if turn else []
        shown = [piece for message in said for piece in _shown(message, offered)]
        if turn is None:
            return TurnResult([*shown, *_refused(text, shown)], [])
        customs = [{"custom": message["custom"]} for message in turn.messages if "custom" in message]
        return TurnResult([*shown, *customs], await self.events.new(conversation))


@asynccontextmanager
async def connect(agent: BotAgent, settings: Settings) -> AsyncIterator[Driver]:
    """Serve the agent with the Slack channel, in a workspace of its own."""
    from bot.web.server import create_app, open_socket

    with SlackApi().running() as slack:
        settings = settings.copy(
            update={"slack_bot_token": BOT_TOKEN, "slack_app_token": APP_TOKEN, "slack_api_url": slack.url}
        )
        app = create_app(agent, settings, name=f"slack{uuid.uuid4().hex}")
        listener = open_socket("127.0.0.1", 0)
        server = await app.create_server(sock=listener, return_asyncio_server=True, access_log=False)
        await server.startup()
        try:
            await server.before_start()
            await server.after_start()
            (state,) = (channel.state for channel in app.ctx.input_channels if channel.name() == "slack")
            await until(lambda: state.state == WORKING)
            yield InSlack(slack, agent)
            await server.before_stop()
        finally:
            server.close()
            listener.close()


def _refused(text: str, shown: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the record of a message that was declined without being read: such a turn is not stored."""
    read = intake.read_text(text)
    if isinstance(read, intake.Refusal) and [message["text"] for message in shown] == [read.text]:
        return [message for message in read.messages() if "custom" in message]
    return []


def _shown(message: dict[str, Any], offered: list[dict[str, str]]) -> list[dict[str, Any]]:
    """Return the texts of a message as a reply has them, its buttons at the last."""
    blocks = message.get("blocks") or [{"type": "section", "text": {"text": message["text"]}}]
    texts = [{"text": unescape(block["text"]["text"])} for block in blocks if block["type"] == "section"]
    buttons = [
        {"title": unlabelled(element["text"]["text"]), "payload": offered[int(element["value"].split()[0])]["payload"]}
        for block in blocks
        if block["type"] == "actions"
        for element in block["elements"]
    ]
    if texts and buttons:
        texts[-1]["buttons"] = buttons
    return texts

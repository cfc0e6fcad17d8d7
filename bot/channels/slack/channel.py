"""The Slack channel: off without SLACK_BOT_TOKEN.

With SLACK_APP_TOKEN events come over Socket Mode; with SLACK_SIGNING_SECRET Slack may post them to
/webhooks/slack/events (events, buttons and slash commands alike). Both may be on: each event is answered once.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from sanic import Blueprint, Sanic
from sanic.request import Request
from sanic.response import HTTPResponse, empty
from sanic.response import json as json_response

from bot import messages
from bot.channels.platform_channel import PlatformChannel
from bot.channels.requests import Ignore
from bot.channels.slack import incoming, webhook
from bot.channels.slack.requests import Decline
from bot.channels.slack.timing import Timing
from bot.channels.slack.webhook import ACTION, CHALLENGE, COMMAND, EVENT, LAST_RETRY, Posted, Rejected
from bot.engine.turn import Handler
from bot.errors import PutOff
from bot.messages import slack as slack_texts
from bot.storage.postponed import Kept
from bot.web.http import error_response

if TYPE_CHECKING:
    from bot.channels.slack.service import Service

READERS = {EVENT: incoming.read_event, ACTION: incoming.read_action, COMMAND: incoming.read_command}


class SlackChannel(PlatformChannel):
    """Answer in a Slack workspace."""

    NAME = "slack"
    TITLE = "Slack"
    TIMING = Timing

    def secrets(self) -> tuple[str | None, ...]:
        settings = self.settings
        if not settings.slack_bot_token:
            return ()
        return settings.slack_bot_token, settings.slack_app_token, settings.slack_signing_secret

    def connect(self, app: Sanic, handle: Handler) -> Service:
        # Slack's library takes a second to import, so only where it is used.
        from bot.channels.slack.service import Service

        assert self.state
        store = app.ctx.agent.tracker_store
        return Service(self.settings, self.timing, self.state, handle, store, self.take, self._resume)

    def add_routes(self, routes: Blueprint) -> None:
        if self.settings.slack_signing_secret:

            @routes.route("/events", methods=["POST"])
            async def receive(request: Request) -> HTTPResponse:
                return await self._receive(request)

    async def take(self, posted: Posted, patience: float | None = None) -> bool:
        """Handle what Slack sends; True where it is to be acknowledged."""
        handling = self._service.handling if self._service else None
        if posted.kind not in READERS:
            return True
        if handling is None:
            return False  # nobody knows yet who the bot is in Slack
        request = READERS[posted.kind](posted.payload, handling.me)
        if isinstance(request, Ignore):
            return True
        if posted.kind == EVENT:
            return await handling.take(posted, request, posted.retry >= LAST_RETRY, patience)
        await handling.take(posted, request, True, self.timing.acknowledge)
        return True

    async def _resume(self, kept: Kept) -> None:
        """Handle what was put aside; PutOff where it is to be tried again."""
        handling = self._service.handling if self._service else None
        posted = Posted(*kept.payload)
        if handling is None or posted.kind not in READERS:
            raise PutOff(slack_texts.BUSY)
        request = READERS[posted.kind](posted.payload, handling.me)
        if isinstance(request, Ignore):
            return
        if kept.too_many:
            place, conversation = getattr(request, "place", None), getattr(request, "conversation", "")
            if place is None:
                return
            request = Decline(request.event, conversation, place, messages.TOO_MANY)
        await handling.resume(request)

    async def _receive(self, request: Request) -> HTTPResponse:
        try:
            posted = webhook.read_posted(
                request.headers, request.body, self.settings.slack_signing_secret or "", time.time()
            )
        except Rejected as error:
            return error_response(error.status, error.code, error.text)
        if posted.kind == CHALLENGE:
            return json_response({"challenge": posted.payload})
        if await self.take(posted, self.timing.redeliver):
            return empty(status=200)
        return error_response(503, "busy", slack_texts.BUSY)

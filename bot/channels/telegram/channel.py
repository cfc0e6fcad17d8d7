"""The Telegram channel: on with TELEGRAM_BOT_TOKEN, by long polling unless TELEGRAM_WEBHOOK_URL is set."""

from __future__ import annotations

import asyncio
import logging

from sanic import Blueprint, Sanic
from sanic.request import Request
from sanic.response import HTTPResponse
from sanic.response import json as json_response
from telegram import User

from bot.channels.platform_channel import PlatformChannel
from bot.channels.telegram.client import Client
from bot.channels.telegram.handling import Handling, prefix_of
from bot.channels.telegram.platform import NAME
from bot.channels.telegram.send import Sender
from bot.channels.telegram.service import Service
from bot.channels.telegram.timing import Timing
from bot.channels.telegram.tokens import Tokens
from bot.channels.telegram.trouble import reason
from bot.channels.telegram.webhook import PATH, SECRET_HEADER, Webhook, derived_secret, is_secret, read_posted
from bot.engine.turn import Handler
from bot.errors import log_level_of
from bot.messages import telegram as telegram_texts
from bot.web.http import RequestError, error_response, refusal

logger = logging.getLogger(__name__)


class TelegramChannel(PlatformChannel):
    """Answer people in Telegram."""

    NAME = NAME
    TITLE = "Telegram"
    TIMING = Timing

    def secrets(self) -> tuple[str | None, ...]:
        token, webhook = self.settings.telegram_bot_token, self._webhook()
        return (token, token.partition(":")[2], webhook.secret if webhook else None) if token else ()

    def connect(self, app: Sanic, handle: Handler) -> Service:
        client = Client(self.settings.telegram_bot_token, self.settings.telegram_api_url, self.timing)
        tokens = Tokens(self.settings.telegram_bot_token)

        def handling(me: User) -> Handling:
            store = app.ctx.agent.tracker_store
            sender = Sender(client, self.timing, store.postponed, prefix_of(me))
            return Handling(me, handle, store, self.settings, sender, tokens, self.timing)

        assert self.state
        return Service(client, handling, self.state, self.timing, self._webhook())

    def add_routes(self, routes: Blueprint) -> None:
        webhook = self._webhook()
        if not webhook:
            return

        @routes.route("/webhook", methods=["POST"])
        async def receive(request: Request) -> HTTPResponse:
            if not is_secret(request.headers.get(SECRET_HEADER), webhook.secret):
                return error_response(403, "forbidden", telegram_texts.FORBIDDEN)
            return await self._receive(request)

    def _webhook(self) -> Webhook | None:
        base = self.settings.telegram_webhook_url
        if not base:
            return None
        secret = self.settings.telegram_webhook_secret or derived_secret(self.settings.telegram_bot_token)
        return Webhook(base + PATH, secret)

    async def _receive(self, request: Request) -> HTTPResponse:
        """Answer an update that Telegram delivers; 200 once nothing is left to do for it."""
        try:
            data = read_posted(request.headers.get("content-type", ""), request.body)
        except RequestError as error:
            return refusal(error)
        handling = self._service and self._service.accepting
        if not handling:  # not introduced to Telegram yet, or stopping: it will deliver this again
            return error_response(503, "not_ready", telegram_texts.LATER)
        try:
            await asyncio.wait_for(handling.update(data, one_by_one=True), self.timing.redeliver)
        except asyncio.TimeoutError:
            return error_response(503, "busy", telegram_texts.LATER)
        except Exception as error:
            logger.log(log_level_of(error), telegram_texts.update_failed(data["update_id"], reason(error)))
            return error_response(503, "failed", telegram_texts.LATER)
        return json_response({})

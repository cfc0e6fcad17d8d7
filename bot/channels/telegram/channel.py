"""The Telegram channel: on with TELEGRAM_BOT_TOKEN, by long polling unless TELEGRAM_WEBHOOK_URL is set."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import logging
from typing import Any

from rasa.core.channels.channel import InputChannel
from sanic import Blueprint, Sanic
from sanic.request import Request
from sanic.response import HTTPResponse
from sanic.response import json as json_response
from telegram import User

from bot.channels.channel_state import ChannelState
from bot.channels.telegram.client import Client, reason
from bot.channels.telegram.handling import CHANNEL, Handling, Services, prefix_of
from bot.channels.telegram.send import Sender
from bot.channels.telegram.service import Service, Webhook
from bot.channels.telegram.timing import Timing
from bot.channels.telegram.tokens import Tokens
from bot.channels.timing import read_timing
from bot.engine.turn import Handler
from bot.errors import log_level_of
from bot.logs import hide, quiet_clients
from bot.messages import telegram as telegram_texts
from bot.settings import Settings, read_settings
from bot.web.http import RequestError, error_response, read_object, refusal

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
PATH = f"/webhooks/{CHANNEL}/webhook"

logger = logging.getLogger(__name__)


class TelegramChannel(InputChannel):
    """Answer people in Telegram."""

    def __init__(self, settings: Settings | None = None, timing: Timing | None = None) -> None:
        self.settings = settings or read_settings()
        self.timing = timing or Timing()
        self.state: ChannelState | None = None
        """How it does; None while the channel is off."""
        self._service: Service | None = None

    @classmethod
    def name(cls) -> str:
        return CHANNEL

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> TelegramChannel:
        return cls(timing=read_timing(Timing, "Telegram", credentials))

    def blueprint(self, on_new_message: Handler) -> Blueprint:
        """Start and stop with the server; define the webhook's route where Telegram is to use one."""
        routes = Blueprint(CHANNEL)
        token = self.settings.telegram_bot_token
        if not token:
            return routes
        self.state = ChannelState(CHANNEL)
        webhook = self._webhook()
        quiet_clients()
        hide(token, token.partition(":")[2], self.settings.telegram_webhook_secret or "")

        @routes.listener("after_server_start")
        async def start(app: Sanic, loop: object) -> None:
            self._service = self._connect(app, on_new_message, webhook)
            self._service.start()

        @routes.listener("before_server_stop")
        async def stop(app: Sanic, loop: object) -> None:
            service, self._service = self._service, None
            if service:
                await service.stop()

        if webhook:
            hide(webhook.secret)

            @routes.route("/webhook", methods=["POST"])
            async def receive(request: Request) -> HTTPResponse:
                if not is_secret(request.headers.get(SECRET_HEADER), webhook.secret):
                    return error_response(403, "forbidden", telegram_texts.FORBIDDEN)
                return await self._receive(request)

        return routes

    def _webhook(self) -> Webhook | None:
        base = self.settings.telegram_webhook_url
        if not base:
            return None
        secret = self.settings.telegram_webhook_secret or derived_secret(self.settings.telegram_bot_token)
        return Webhook(base + PATH, secret)

    def _connect(self, app: Sanic, handle: Handler, webhook: Webhook | None) -> Service:
        client = Client(self.settings.telegram_bot_token, self.settings.telegram_api_url, self.timing)
        tokens = Tokens(self.settings.telegram_bot_token)

        def handling(me: User) -> Handling:
            store = app.ctx.agent.tracker_store
            sender = Sender(client, self.timing, store.postponed, prefix_of(me))
            return Handling(Services(me, handle, store, self.settings, sender, tokens, self.timing))

        assert self.state
        return Service(client, handling, self.state, self.timing, webhook)

    async def _receive(self, request: Request) -> HTTPResponse:
        """Answer an update that Telegram delivers; 200 once nothing is left to do for it."""
        try:
            # Sanic has seen to the size.
            kind = request.headers.get("content-type", "")
            data = read_object(kind, request.body, len(request.body), telegram_texts.NO_UPDATE)
            if type(data.get("update_id")) is not int:
                raise RequestError(400, "no_update", telegram_texts.NO_UPDATE)
        except RequestError as error:
            return refusal(error)
        handling = self._service and self._service.handling
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


def is_secret(given: str | None, secret: str) -> bool:
    """Compare what came with the request with the secret, in the same time whatever came."""
    return hmac.compare_digest((given or "").encode("utf-8", "replace"), secret.encode())


def derived_secret(token: str) -> str:
    """Make a webhook secret that only who has the bot's token can make; the same at each start."""
    return hashlib.sha256(b"webhook:" + token.encode()).hexdigest()

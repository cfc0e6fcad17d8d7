"""The REST channel: POST {"sender", "message"} to /webhooks/rest/webhook, a list comes back."""

from __future__ import annotations

from typing import Any

from rasa.core.channels.channel import InputChannel
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse
from sanic.response import json as json_response

from bot import messages
from bot.engine import intake
from bot.engine.turn import Handler, TurnReply, take_turn
from bot.settings import Settings, read_settings
from bot.web import cors
from bot.web.http import RequestError, error_response, read_object, refusal, too_fast
from bot.web.limits import RateLimiter, address_of


class RestChannel(InputChannel):
    """Answer requests of programs: test scripts, the acceptance score, other servers."""

    def __init__(self, settings: Settings | None = None) -> None:
        self.settings = settings or read_settings()

    @classmethod
    def name(cls) -> str:
        return "rest"

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> RestChannel:
        return cls()

    def blueprint(self, on_new_message: Handler) -> Blueprint:
        """Define the two routes: a sign of life and the webhook."""
        addresses = RateLimiter(self.settings.address_rate_per_second, self.settings.address_rate_burst)
        routes = Blueprint("rest")

        @routes.route("/", methods=["GET"])
        async def health(request: Request) -> HTTPResponse:
            return json_response({"status": "ok"})

        @routes.route("/webhook", methods=["OPTIONS"])
        async def preflight(request: Request) -> HTTPResponse:
            return cors.preflight(request, self.settings.web_origins)

        @routes.route("/webhook", methods=["POST"])
        async def receive(request: Request) -> HTTPResponse:
            try:
                cors.check_origin(request, self.settings.web_origins)
                address = address_of(request)
                if address is not None and (wait := addresses.allow(address)):
                    raise too_fast(wait)
                sender, text = read_request(
                    request.headers.get("content-type", ""), request.body, self.settings.max_body_bytes
                )
            except RequestError as error:
                return refusal(error)
            sender = sender or intake.fresh_id()
            conversation = intake.conversation_id(self.name(), sender)
            reply = await take_turn(on_new_message, conversation, text, self.name(), self.settings)
            return _render(sender, reply)

        cors.add_headers(routes, self.settings.web_origins)
        return routes


def read_request(content_type: str, body: bytes, max_bytes: int) -> tuple[str | None, str]:
    """Read sender (None where there is none) and message from a request, or raise RequestError.

    Everything else that a client sends along (metadata, input_channel, ...) is ignored.
    """
    content = read_object(content_type, body, max_bytes, messages.NOT_AN_OBJECT)
    if not isinstance(content.get("message"), str):
        raise RequestError(400, "no_message", messages.NO_MESSAGE)
    sender = content.get("sender")
    if sender is not None and not intake.is_conversation_id(sender):
        raise RequestError(400, "bad_sender", messages.BAD_SENDER)
    return sender, content["message"]


def _render(sender: str, reply: TurnReply) -> HTTPResponse:
    if reply.failure:
        return error_response(reply.failure.status, reply.failure.code, reply.failure.text)
    return json_response([{"recipient_id": sender, **message} for message in reply.messages])

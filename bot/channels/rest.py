"""The REST channel: POST {"sender", "message"} to /webhooks/rest/webhook, a list comes back."""

from __future__ import annotations

import json
from typing import Any

from rasa.core.channels.channel import InputChannel
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse
from sanic.response import json as json_response

from bot import messages
from bot.channels import intake
from bot.channels.turn import Handler, Reply, take_turn
from bot.settings import Settings, read_settings

JSON_TYPE = "application/json"


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
        routes = Blueprint("rest")

        @routes.route("/", methods=["GET"])
        async def health(request: Request) -> HTTPResponse:
            return json_response({"status": "ok"})

        @routes.route("/webhook", methods=["POST"])
        async def receive(request: Request) -> HTTPResponse:
            try:
                sender, text = read_request(
                    request.headers.get("content-type", ""), request.body, self.settings.max_body_bytes
                )
            except RequestError as error:
                return error_response(error.status, error.code, error.text)
            sender = sender or intake.fresh_id()
            conversation = intake.conversation_id(self.name(), sender)
            reply = await take_turn(on_new_message, conversation, text, self.name(), self.settings)
            return _render(sender, reply)

        return routes


class RequestError(Exception):
    """A request that cannot be served: the caller's fault."""

    def __init__(self, status: int, code: str, text: str) -> None:
        super().__init__(text)
        self.status, self.code, self.text = status, code, text


def read_request(content_type: str, body: bytes, max_bytes: int) -> tuple[str | None, str]:
    """Read sender (None where there is none) and message from a request, or raise RequestError.

    Everything else that a client sends along (metadata, input_channel, ...) is ignored.
    """
    if len(body) > max_bytes:
        raise RequestError(413, "too_large", messages.body_too_large(max_bytes))
    if content_type.split(";")[0].strip().lower() != JSON_TYPE:
        raise RequestError(415, "not_json", messages.NOT_JSON_TYPE)
    try:
        content = json.loads(body)
    except (ValueError, RecursionError):  # not UTF-8, not JSON, nested too deeply
        raise RequestError(400, "not_json", messages.NOT_JSON) from None
    if not isinstance(content, dict):
        raise RequestError(400, "not_an_object", messages.NOT_AN_OBJECT)
    if not isinstance(content.get("message"), str):
        raise RequestError(400, "no_message", messages.NO_MESSAGE)
    sender = content.get("sender")
    if sender is not None and not intake.is_conversation_id(sender):
        raise RequestError(400, "bad_sender", messages.BAD_SENDER)
    return sender, content["message"]


def error_response(status: int, code: str, text: str) -> HTTPResponse:
    """Build the answer to a request that is not served."""
    return json_response({"error": {"code": code, "message": text}}, status=status)


def _render(sender: str, reply: Reply) -> HTTPResponse:
    if reply.failure:
        return error_response(reply.failure.status, reply.failure.code, reply.failure.text)
    return json_response([{"recipient_id": sender, **message} for message in reply.messages])

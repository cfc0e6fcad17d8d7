"""The web channel: what the chat widget and the page speak with. Its interface: docs/web-api.md."""

from __future__ import annotations

import asyncio
import datetime
import logging
from collections.abc import Awaitable, Callable
from functools import wraps
from typing import Any

from rasa.core.channels.channel import InputChannel
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse
from sanic.response import json as json_response

from bot import messages
from bot.channels.web import content as page_content
from bot.channels.web import fields, transcript
from bot.channels.web.credentials import Credentials
from bot.channels.web.sessions import Sessions, read_secret, secret_file
from bot.engine import intake
from bot.engine.turn import NOT_STORED, TIMED_OUT, TOO_MANY, Failure, Handler, take_turn
from bot.errors import StoreError, log_level_of
from bot.settings import Settings, read_settings
from bot.storage.ended_sessions import EndedSessions
from bot.storage.feedback import DOWN, UP
from bot.storage.store import ConversationStore
from bot.storage.stored_turns import StoredTurn
from bot.web import cors
from bot.web.http import RequestError, cached, error_response, read_object, refusal, too_fast
from bot.web.limits import RateLimiter, address_of

HISTORY = 100
TRANSCRIPT = 1000
"""Turns in a history, and in a transcript; what came before is left out."""
MAX_REMARK = 1000
QUEUE_WAIT = 1.0
"""Seconds after which to try again where too many messages of one conversation wait."""

_PATHS = {
    "/": ("GET", "health"),
    "/session": ("POST", "session"),
    "/message": ("POST", "message"),
    "/history": ("GET", "history"),
    "/feedback": ("POST", "feedback"),
    "/restart": ("POST", "restart"),
    "/transcript.md": ("GET", "transcript"),
    "/content": ("GET", "content"),
    "/<name:[a-z]+[.]png>": ("GET", "picture"),
}
"""Path -> method, and the name of the method of _Server that answers."""

_OF_NOBODY = ("health", "content", "picture")

logger = logging.getLogger(__name__)

Route = Callable[[Request], Awaitable[HTTPResponse]]


class WebChannel(InputChannel):
    """Answer pages: our own, which have a cookie, and those of allowed origins, which have a token."""

    def __init__(self, settings: Settings | None = None) -> None:
        self.settings = settings or read_settings()

    @classmethod
    def name(cls) -> str:
        return "web"

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> WebChannel:
        return cls()

    def blueprint(self, on_new_message: Handler) -> Blueprint:
        """Define the routes; StartError where there is no secret to sign with."""
        settings = self.settings
        secret = read_secret(settings.web_secret, secret_file(settings.database))
        routes = Blueprint("web")
        served = _Server(on_new_message, settings, Sessions(secret, settings.web_session_days))

        async def preflight(request: Request, **arguments: str) -> HTTPResponse:
            return cors.preflight(request, settings.web_origins)

        for path, (method, name) in _PATHS.items():
            routes.add_route(served.guarded(getattr(served, name)), path, methods=[method], name=name)
            routes.add_route(preflight, path, methods=["OPTIONS"], name=f"preflight {path}")
        cors.add_headers(routes, settings.web_origins)
        return routes


class _Server:
    """The routes, one method each."""

    def __init__(self, handle: Handler, settings: Settings, sessions: Sessions) -> None:
        self._handle, self._settings, self._sessions = handle, settings, sessions
        self._credentials = Credentials(sessions, settings.secure_cookies)
        self._ended: EndedSessions | None = None
        self._addresses = RateLimiter(settings.address_rate_per_second, settings.address_rate_burst)
        self._questions = RateLimiter(settings.rate_per_second, settings.rate_burst)
        self._acts = RateLimiter(settings.rate_per_second, settings.rate_burst)

    def guarded(self, route: Callable[..., Awaitable[HTTPResponse]]) -> Route:
        """Have a route refuse what comes too fast or from a page that may not, and answer to errors in JSON."""

        # A turn itself is cut before, and says so in the log; what reads no conversation waits for nobody.
        patience = None if route.__name__ in _OF_NOBODY else self._settings.turn_timeout + 0.5

        @wraps(route)
        async def guard(request: Request, **arguments: str) -> HTTPResponse:
            try:
                if request.method == "POST":
                    cors.check_origin(request, self._settings.web_origins)
                self._limit(self._addresses, address_of(request))
                return await asyncio.wait_for(route(request, **arguments), patience)
            except RequestError as error:
                return refusal(error)
            except asyncio.TimeoutError:
                return _failed(TIMED_OUT)
            except StoreError as error:
                logger.log(log_level_of(error), "%s", error)
                return _failed(NOT_STORED)

        return guard

    async def health(self, request: Request) -> HTTPResponse:
        """Say that the channel is there, or to a page that it answers none of that origin."""
        return cors.answer_origin(request, self._settings.web_origins) or json_response({"status": "ok"})

    async def session(self, request: Request) -> HTTPResponse:
        """Begin a conversation, or go on with the one that is shown."""
        self._read(request)
        session_id = await self._session_of(request)
        return self._issue(request, session_id or Sessions.new_id(), restored=session_id is not None)

    async def message(self, request: Request) -> HTTPResponse:
        """Ask."""
        content = self._read(request)
        message_id = fields.message_id(content)
        text = fields.string(content, "text")
        payload = fields.string(content, "payload", optional=True)
        sentence = fields.sentence(content, page_content.base().article)
        session_id = await self._required(request)
        self._limit(self._questions, session_id)
        conversation, name = _conversation(session_id), WebChannel.name()
        reply = await take_turn(self._handle, conversation, payload or text, name, self._settings, message_id, sentence)
        if reply.failure:
            return _failed(reply.failure)
        return _private({"id": message_id, "repeated": reply.repeated, "messages": reply.messages})

    async def history(self, request: Request) -> HTTPResponse:
        """Return what was said."""
        conversation = _conversation(await self._required(request))
        store = _store(request)
        turns = await store.history(conversation, HISTORY)
        opinions = await store.feedback.of(conversation)
        return _private({"turns": [_shown(turn, *opinions.get(turn.message_id or "", (None, ""))) for turn in turns]})

    async def feedback(self, request: Request) -> HTTPResponse:
        """Keep what a reader thinks of an answer."""
        content = self._read(request)
        message_id = fields.message_id(content)
        if "verdict" not in content or content["verdict"] not in (UP, DOWN, None):
            raise RequestError(400, "bad_field", messages.bad_field("verdict", f'"{UP}", "{DOWN}" or null'))
        remark = intake.normalise(fields.string(content, "remark", optional=True))
        if len(remark) > MAX_REMARK:
            raise RequestError(400, "bad_field", messages.bad_field("remark", f"{MAX_REMARK} characters at most"))
        session_id = await self._required(request)
        self._limit(self._acts, session_id)
        conversation, verdict, store = _conversation(session_id), content["verdict"], _store(request)
        if not await store.turn(conversation, message_id):
            raise RequestError(404, "no_such_message", messages.NO_SUCH_MESSAGE)
        await store.feedback.add(conversation, message_id, verdict, remark)
        return _private({"id": message_id, "verdict": verdict})

    async def restart(self, request: Request) -> HTTPResponse:
        """Leave a conversation for a new one."""
        self._read(request)
        session_id = await self._required(request)
        self._limit(self._acts, session_id)
        await self._ended_sessions(request).add(session_id)
        return self._issue(request, Sessions.new_id(), restored=False)

    async def transcript(self, request: Request) -> HTTPResponse:
        """Return the conversation as a file."""
        conversation = _conversation(await self._required(request))
        turns = await _store(request).history(conversation, TRANSCRIPT)
        headers = {**_PRIVATE, "Content-Disposition": 'attachment; filename="conversation.md"'}
        text = transcript.markdown(page_content.base(), turns)
        return HTTPResponse(text, headers=headers, content_type="text/markdown; charset=utf-8")

    async def content(self, request: Request) -> HTTPResponse:
        """Return what the page draws."""
        return cached(request, page_content.packed())

    async def picture(self, request: Request, name: str) -> HTTPResponse:
        """Return a picture; drawing the first takes a second, so it happens beside the event loop."""
        try:
            drawn = await asyncio.get_running_loop().run_in_executor(None, page_content.picture, name[: -len(".png")])
        except KeyError:
            raise RequestError(404, "not_found", messages.NO_SUCH_PICTURE) from None
        return cached(request, drawn)

    def _read(self, request: Request) -> dict[str, Any]:
        kind = request.headers.get("content-type", "")
        return read_object(kind, request.body, self._settings.max_body_bytes, messages.WEB_NOT_AN_OBJECT)

    def _limit(self, limiter: RateLimiter, key: str | None) -> None:
        if key is not None and (wait := limiter.allow(key)):
            raise too_fast(wait)

    async def _required(self, request: Request) -> str:
        session_id = await self._session_of(request)
        if session_id is None:
            raise RequestError(401, "no_session", messages.NO_SESSION)
        return session_id

    async def _session_of(self, request: Request) -> str | None:
        """Return the id that a request shows, None where it shows none that holds."""
        session_id = self._credentials.shown(request)
        if session_id is None or await self._ended_sessions(request).has(session_id):
            return None
        return session_id

    def _issue(self, request: Request, session_id: str, restored: bool) -> HTTPResponse:
        token = self._credentials.token(request, session_id)
        response = _private({"token": token, "restored": restored})
        if token is None:
            self._credentials.set_cookie(request, response, session_id)
        return response

    def _ended_sessions(self, request: Request) -> EndedSessions:
        if self._ended is None:
            self._ended = EndedSessions(_store(request).database, self._sessions.seconds)
        return self._ended


_PRIVATE = {"Cache-Control": "no-store"}


def _conversation(session_id: str) -> str:
    return intake.conversation_id(WebChannel.name(), session_id)


def _store(request: Request) -> ConversationStore:
    store = request.app.ctx.agent.tracker_store
    store = getattr(store, "_tracker_store", store)  # `rasa run` wraps it into a store of its own
    if not isinstance(store, ConversationStore):
        raise StoreError(messages.OTHER_STORE)
    return store


def _private(content: dict[str, Any]) -> HTTPResponse:
    return json_response(content, headers=dict(_PRIVATE))


def _failed(failure: Failure) -> HTTPResponse:
    if failure == TOO_MANY:
        return refusal(too_fast(QUEUE_WAIT))
    return error_response(failure.status, failure.code, failure.text)


def _shown(turn: StoredTurn, verdict: str | None, remark: str) -> dict[str, Any]:
    asked = datetime.datetime.fromtimestamp(turn.time, datetime.timezone.utc)
    return {
        "id": turn.message_id,
        "text": turn.text,
        "sentence": turn.sentence,
        "time": asked.isoformat(timespec="seconds").replace("+00:00", "Z"),
        "messages": turn.messages,
        "verdict": verdict,
        "remark": remark,
    }

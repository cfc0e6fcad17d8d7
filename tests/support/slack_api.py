"""A stand-in for Slack on loopback: its Web API, Socket Mode, Events API, and the people in the workspace.

It keeps to the documented behaviour: scopes and events as in the app's manifest, limits and errors of each method,
tickets that connect once, acknowledgements within three seconds, three redeliveries (at once, after a minute, after
five: shortened here), signatures. What the bot calls is in `calls`, what people see in `channels`.
"""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import hmac
import itertools
import json
import threading
import time
from collections import defaultdict, deque
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import aiohttp
import yaml
from aiohttp import web

from bot import paths
from tests.support.slack_rules import Refused, check_blocks, check_message
from tests.support.waiting import CEILING, FOR_EVER, until, wait_until

BOT_TOKEN = "xoxb-1111111111-canary-BotTokenOfTheStandIn"
APP_TOKEN = "xapp-1-A0APP-2222222222-canaryAppTokenOfTheStandIn"
SIGNING_SECRET = "canary0123456789abcdef0123456789"
TEAM, BOT_USER, BOT_ID, APP = "T0TEAM", "U0BOT", "B0BOT", "A0APP"
PNG = b"\x89PNG\r\n\x1a\n"

HANG, RESET, LOST = "hang", "reset", "lost"
"""Scripted faults: no answer at all; the connection is cut before, or after, the request is done."""

SOCKET, HTTP = "socket", "http"
PATH = "/webhooks/slack/events"

_NEEDS = {
    "chat.postMessage": "chat:write",
    "chat.postEphemeral": "chat:write",
    "chat.update": "chat:write",
    "assistant.threads.setStatus": "chat:write",
    "conversations.open": "im:write",
    "files.getUploadURLExternal": "files:write",
    "files.completeUploadExternal": "files:write",
    "reactions.add": "reactions:write",
    "reactions.remove": "reactions:write",
    "users.info": "users:read",
}
_HISTORY = {"C": "channels:history", "G": "groups:history", "D": "im:history"}
_TYPES = {"C": "channel", "G": "group", "D": "im"}


@dataclass
class Call:
    """One request of the bot."""

    method: str
    params: dict[str, Any]
    status: int = 0
    error: str = ""
    time: float = field(default_factory=time.monotonic)


@dataclass
class Channel:
    """A channel and all that was written in it."""

    id: str
    messages: list[dict[str, Any]] = field(default_factory=list)
    ephemeral: list[dict[str, Any]] = field(default_factory=list)
    """What one person sees only, with `user`."""
    member: bool = True
    archived: bool = False

    @property
    def said(self) -> list[dict[str, Any]]:
        """What the bot wrote, for all to see."""
        return [message for message in self.messages if message["user"] == BOT_USER]

    @property
    def texts(self) -> list[str]:
        return [visible(message) for message in self.said]

    def find(self, ts: str | None) -> dict[str, Any] | None:
        return next((message for message in self.messages if message["ts"] == ts), None)


@dataclass
class Delivery:
    """Something that Slack brings to the bot, and how it went."""

    kind: str
    payload: dict[str, Any]
    statuses: list[int | str] = field(default_factory=list)
    """Of each attempt: an HTTP status, "ack", "timeout", "closed" or "no connection"."""
    acknowledged: bool = False
    done: threading.Event = field(default_factory=threading.Event)

    def wait(self, timeout: float = CEILING) -> Delivery:
        assert self.done.wait(timeout), f"not delivered within {timeout} s: {self.statuses}"
        return self


class SlackApi:
    """The servers and the workspace; use `running()`."""

    def __init__(self) -> None:
        self.calls: list[Call] = []
        self.channels: dict[str, Channel] = {}
        self.views: dict[str, dict[str, Any]] = {}
        self.statuses: list[str] = []
        """What the bot was shown to be doing."""
        manifest = yaml.safe_load((paths.ROOT / "bot/channels/slack/manifest.yml").read_text())
        self.manifest = manifest
        self.scopes = set(manifest["oauth_config"]["scopes"]["bot"])
        self.events = set(manifest["settings"]["event_subscriptions"]["bot_events"])
        self.tokens = {BOT_TOKEN}
        self.app_tokens = {APP_TOKEN}
        self.secret = SIGNING_SECRET
        self.via = SOCKET
        self.bots: list[str] = []
        """Addresses of the bot's servers; each attempt to deliver over HTTP goes to the next."""
        self.patience: float | tuple[float, ...] = CEILING
        """How long each attempt waits for its acknowledgement; of several, the last goes for all further attempts."""
        self.redeliver_after = (0.0, 0.4, 0.8)
        self.hold = CEILING
        """How long an event is held while there is no connection at all."""
        self.other_bots = {"U7BOT"}
        """Users that are other bots'."""
        self.strangers: set[str] = set()
        """Users whom the bot can't see."""
        self.pings = 0
        """How often the bot looked whether its connection is alive."""
        self.deliveries: list[Delivery] = []
        self.sockets: list[web.WebSocketResponse] = []
        self.silent = False
        """Whether new connections hear no ping."""
        self.port = 0
        self._held_from: int | None = None
        self._faults: dict[str, deque[Any]] = defaultdict(deque)
        self._numbers = itertools.count(1)
        self._turns = itertools.count()
        self._tickets: set[str] = set()
        self._acks: dict[str, asyncio.Future[None]] = {}
        self._uploads: dict[str, dict[str, Any]] = {}
        self._responses: dict[str, dict[str, Any]] = {}
        self._tasks: set[asyncio.Task[Any]] = set()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._session: aiohttp.ClientSession | None = None

    # ---- For tests ----------------------------------------------------------------

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/api"

    @contextmanager
    def running(self, port: int = 0) -> Iterator[SlackApi]:
        """Serve in a thread of its own."""
        started, stops = threading.Event(), []

        async def main() -> None:
            stop = asyncio.Event()
            self._loop = asyncio.get_running_loop()
            stops.append(stop)
            app = web.Application(client_max_size=50_000_000)
            app.router.add_route("*", "/api/{method}", self._serve)
            app.router.add_post("/upload/{id}", self._take_upload)
            app.router.add_post("/response/{id}", self._take_response)
            app.router.add_get("/link", self._open_socket)
            runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
            await runner.setup()
            site = web.TCPSite(runner, "127.0.0.1", port or self.port, reuse_address=True)
            await site.start()
            self.port = runner.addresses[0][1]
            async with aiohttp.ClientSession() as self._session:
                started.set()
                await stop.wait()
                for task in self._tasks:
                    task.cancel()
                await asyncio.gather(*self._tasks, return_exceptions=True)
                for socket in list(self.sockets):
                    await self._cut(socket)
            await runner.cleanup()

        thread = threading.Thread(target=lambda: asyncio.run(main()), daemon=True)
        thread.start()
        assert started.wait(CEILING)
        try:
            yield self
        finally:
            self._loop.call_soon_threadsafe(stops[0].set)
            thread.join(CEILING)

    def fail(self, method: str, *faults: Any) -> None:
        """Script the next calls of a method: a status, (429, seconds), an error, HANG, RESET, LOST, None.

        With an Event a call is answered as usual once that is set.
        """
        self._faults[method].extend(faults)

    def heal(self) -> None:
        """Forget all faults that have not happened yet."""
        self._faults.clear()

    def wait_for(self, condition: Callable[[], Any]) -> Any:
        """Wait until something is true and return it."""
        return wait_until(condition, lambda: f"calls: {self.calls[-5:]}")

    @contextmanager
    def holding(self, attempt: int) -> Iterator[None]:
        """Bring no event for the `attempt`-th time or more (the first delivery is 0) before the block ends."""
        self._held_from = attempt
        try:
            yield
        finally:
            self._held_from = None

    def called(self, method: str) -> list[Call]:
        return [call for call in self.calls if call.method == method]

    def channel(self, channel: str) -> Channel:
        return self.channels.setdefault(channel, Channel(channel))

    def direct(self, user: str = "U1") -> Channel:
        """The direct messages of a person with the bot."""
        return self.channel("D" + user)

    # ---- What people do -------------------------------------------------------------

    def write(
        self, text: str, user: str = "U1", channel: str | None = None, thread: str | None = None, **more: Any
    ) -> dict[str, Any]:
        """Put a message into a channel, as Slack stores it, without telling the bot."""
        where = self.channel(channel or "D" + user)
        message = {"type": "message", "user": user, "text": text, "ts": self._ts(), "team": TEAM, "channel": where.id}
        message["client_msg_id"] = f"00000000-0000-4000-8000-{next(self._numbers):012d}"
        if thread:
            message["thread_ts"] = thread
        message.update(more)
        where.messages.append(message)
        return message

    def say(self, text: str, user: str = "U1", channel: str | None = None, wait: bool = True, **more: Any) -> Delivery:
        """Have somebody type a message; return the (last) delivery of the events that it causes."""
        channel = channel or "D" + user
        typed = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        message = self.write(typed.replace("@bot", f"<@{BOT_USER}>"), user, channel, **more)
        deliveries = [self.deliver(event, wait=False) for event in self.events_of(message, channel)]
        if wait:
            for delivery in deliveries:
                delivery.wait()
        return deliveries[-1]

    def events_of(self, message: dict[str, Any], channel: str) -> list[dict[str, Any]]:
        """Return the events that a message causes for an app with these subscriptions."""
        kind = _TYPES[channel[0]]
        event = {**message, "channel": channel, "event_ts": message["ts"], "channel_type": kind}
        events = []
        if f"message.{kind}s".replace("ims", "im") in self.events:
            events.append(self.envelope(event))
        by_people = message.get("subtype") in (None, "file_share", "thread_broadcast")
        mentioned = kind != "im" and f"<@{BOT_USER}>" in message.get("text", "")
        if by_people and mentioned and "app_mention" in self.events:
            mention = {key: value for key, value in event.items() if key not in ("channel_type", "subtype")}
            events.append(self.envelope({**mention, "type": "app_mention"}))
        return events

    def envelope(self, event: dict[str, Any]) -> dict[str, Any]:
        """Wrap an event as the Events API does."""
        return {
            "token": "legacyVerificationToken",
            "team_id": TEAM,
            "api_app_id": APP,
            "event": event,
            "type": "event_callback",
            "event_id": f"Ev{next(self._numbers):08d}",
            "event_time": int(time.time()),
            "authorizations": [{"team_id": TEAM, "user_id": BOT_USER, "is_bot": True}],
            "is_ext_shared_channel": False,
        }

    def press(self, message: dict[str, Any], title: str, user: str = "U1", wait: bool = True) -> Delivery:
        """Press the button with this title under a message of the bot's."""
        for block in message.get("blocks", ()):
            for element in block.get("elements", ()):
                if element.get("type") == "button" and element["text"]["text"] == title:
                    return self.act(message, element, element["value"], user, wait)
                if element.get("type") == "feedback_buttons":
                    for side in ("positive_button", "negative_button"):
                        if element[side]["text"]["text"] == title:
                            return self.act(message, element, element[side]["value"], user, wait)
        raise AssertionError(f"no button {title!r} in {buttons(message)}")

    def act(
        self, message: dict[str, Any], element: dict[str, Any], value: str, user: str = "U1", wait: bool = True
    ) -> Delivery:
        """Send what a pressed element of a message causes."""
        channel = message["channel"]
        thread = {"thread_ts": message["thread_ts"]} if message.get("thread_ts") else {}
        ephemeral = bool(message.get("is_ephemeral"))
        payload = self._interaction(user, element, value)
        payload["container"] = {
            "type": "message",
            "message_ts": message["ts"],
            "channel_id": channel,
            "is_ephemeral": ephemeral,
            **thread,
        }
        payload["channel"] = {"id": channel, "name": "directmessage" if channel[0] == "D" else "general"}
        payload["response_url"] = self._response_url(channel, user, message)
        if not ephemeral:
            payload["message"] = {key: value for key, value in message.items() if key != "channel"}
        return self.deliver(payload, "interactive", wait)

    def press_home(self, number: int, user: str = "U1", wait: bool = True) -> Delivery:
        """Press a button on the bot's home page."""
        elements = [element for block in self.views[user]["blocks"] for element in block.get("elements", ())]
        element = [element for element in elements if element.get("type") == "button"][number]
        payload = self._interaction(user, element, element["value"])
        payload["container"] = {"type": "view", "view_id": "V0HOME"}
        payload["view"] = {"id": "V0HOME", "type": "home", **self.views[user]}
        return self.deliver(payload, "interactive", wait)

    def command(self, text: str, user: str = "U1", channel: str = "C1", wait: bool = True) -> Delivery:
        """Type the slash command."""
        payload = {
            "token": "legacyVerificationToken",
            "team_id": TEAM,
            "team_domain": "stand-in",
            "channel_id": channel,
            "channel_name": "directmessage" if channel[0] == "D" else "general",
            "user_id": user,
            "user_name": user.lower(),
            "command": self.manifest["features"]["slash_commands"][0]["command"],
            "text": text,
            "api_app_id": APP,
            "is_enterprise_install": "false",
            "response_url": self._response_url(channel, user),
            "trigger_id": f"{next(self._numbers)}.13345224609.738474920",
        }
        return self.deliver(payload, "slash_commands", wait)

    def react(self, message: dict[str, Any], name: str, user: str = "U1", kind: str = "reaction_added") -> Delivery:
        event = {
            "type": kind,
            "user": user,
            "reaction": name,
            "item": {"type": "message", "channel": message["channel"], "ts": message["ts"]},
            "item_user": message["user"],
            "event_ts": self._ts(),
        }
        return self.deliver(self.envelope(event))

    def open_home(self, user: str = "U1", tab: str = "home") -> Delivery:
        event = {"type": "app_home_opened", "user": user, "channel": "D" + user, "tab": tab, "event_ts": self._ts()}
        return self.deliver(self.envelope(event))

    # ---- Bringing it to the bot -------------------------------------------------------

    def deliver(self, payload: dict[str, Any], kind: str = "events_api", wait: bool = True) -> Delivery:
        """Bring something to the bot, events again until they are acknowledged."""
        delivery = Delivery(kind, payload)
        self.deliveries.append(delivery)
        self._submit(self._deliver(delivery))
        return delivery.wait() if wait else delivery

    @contextmanager
    def refreshing(self) -> Iterator[None]:
        """Tell one connection that it will be closed, and close it when the block ends."""
        over = threading.Event()
        leaving = self.refresh(close_after=0.0, close=over)
        try:
            yield
        finally:
            over.set()
            if leaving:
                leaving.result(CEILING)

    def refresh(
        self,
        reason: str = "refresh_requested",
        close_after: float = 0.3,
        close: threading.Event | None = None,
    ) -> Future[None] | None:
        """Tell one connection that it will be closed, and close it after a while, and not before `close` is set."""
        if not self.sockets:
            return None
        socket = self.sockets[0]

        async def leave() -> None:
            # No more is sent over a connection that was told to go.
            self.sockets.remove(socket)
            with contextlib.suppress(ConnectionError, RuntimeError):
                await socket.send_json({"type": "disconnect", "reason": reason, "debug_info": {"host": "stand-in"}})
            await asyncio.sleep(close_after)
            if close:
                await until(close.is_set)
            with contextlib.suppress(ConnectionError, RuntimeError):
                await socket.close()

        return self._submit(leave())

    def drop(self, all_of_them: bool = False) -> None:
        """Cut a connection without a word."""
        for socket in list(self.sockets if all_of_them else self.sockets[:1]):
            self._submit(self._cut(socket)).result(CEILING)

    def spare_the_last_attempts(self) -> None:
        """Wait until nothing is brought for the last time: what is cut off then, Slack itself gives up."""
        last = len(self.redeliver_after)
        self.wait_for(lambda: all(one.done.is_set() or len(one.statuses) < last for one in list(self.deliveries)))

    def sign(self, body: bytes, stamp: int | None = None, secret: str | None = None) -> dict[str, str]:
        """Return the headers by which Slack proves itself."""
        stamp_text = str(int(time.time()) if stamp is None else stamp)
        key = (self.secret if secret is None else secret).encode()
        digest = hmac.new(key, b"v0:" + stamp_text.encode() + b":" + body, hashlib.sha256).hexdigest()
        return {"X-Slack-Request-Timestamp": stamp_text, "X-Slack-Signature": f"v0={digest}"}

    @staticmethod
    def encode(kind: str, payload: dict[str, Any]) -> tuple[bytes, str]:
        """Return body and content type of what Slack posts."""
        if kind == "events_api":
            return json.dumps(payload).encode(), "application/json"
        fields = payload if kind == "slash_commands" else {"payload": json.dumps(payload)}
        return urlencode(fields).encode(), "application/x-www-form-urlencoded"

    def _submit(self, work: Coroutine[Any, Any, Any]) -> Any:
        async def run() -> Any:
            task = asyncio.current_task()
            assert task
            self._tasks.add(task)
            try:
                return await work
            finally:
                self._tasks.discard(task)

        assert self._loop
        return asyncio.run_coroutine_threadsafe(run(), self._loop)

    async def _deliver(self, delivery: Delivery) -> None:
        pauses = (0.0, *self.redeliver_after) if delivery.kind == "events_api" else (0.0,)
        reason = ""
        for attempt, pause in enumerate(pauses):
            await asyncio.sleep(pause)
            await until(lambda attempt=attempt: self._held_from is None or attempt < self._held_from)
            send = self._send_socket if self.via == SOCKET else self._post
            status = await send(delivery, attempt, reason)
            delivery.statuses.append(status)
            if status in (200, "ack"):
                delivery.acknowledged = True
                break
            reason = {"timeout": "http_timeout", "no connection": "connection_failed"}.get(str(status), "http_error")
        delivery.done.set()

    async def _send_socket(self, delivery: Delivery, attempt: int, reason: str) -> str:
        try:
            await until(lambda: self.sockets, self.hold)
        except asyncio.TimeoutError:
            return "no connection"
        socket = self.sockets[next(self._turns) % len(self.sockets)]
        envelope_id = f"envelope-{next(self._numbers)}"
        envelope: dict[str, Any] = {
            "envelope_id": envelope_id,
            "type": delivery.kind,
            "payload": delivery.payload,
            "accepts_response_payload": delivery.kind != "events_api",
        }
        if delivery.kind == "events_api":
            envelope |= {"retry_attempt": attempt, "retry_reason": reason}
        acknowledged = self._acks[envelope_id] = asyncio.get_running_loop().create_future()
        try:
            await socket.send_json(envelope)
            closed = asyncio.ensure_future(self._closed(socket))
            patience = self._patience(attempt)
            await asyncio.wait({acknowledged, closed}, timeout=patience, return_when=asyncio.FIRST_COMPLETED)
            closed.cancel()
            if acknowledged.done():
                return "ack"
            return "closed" if socket.closed else "timeout"
        except (ConnectionError, RuntimeError):
            return "closed"
        finally:
            del self._acks[envelope_id]

    @staticmethod
    async def _closed(socket: web.WebSocketResponse) -> None:
        await until(lambda: socket.closed, FOR_EVER)

    def _patience(self, attempt: int) -> float:
        patience = self.patience if isinstance(self.patience, tuple) else (self.patience,)
        return patience[min(attempt, len(patience) - 1)]

    async def _post(self, delivery: Delivery, attempt: int, reason: str) -> int | str:
        assert self._session
        body, content_type = self.encode(delivery.kind, delivery.payload)
        headers = {**self.sign(body), "Content-Type": content_type}
        if attempt:
            headers |= {"X-Slack-Retry-Num": str(attempt), "X-Slack-Retry-Reason": reason}
        url = self.bots[next(self._turns) % len(self.bots)] + PATH
        timeout = aiohttp.ClientTimeout(total=self._patience(attempt))
        try:
            async with self._session.post(url, data=body, headers=headers, timeout=timeout) as response:
                await response.read()
                return response.status
        except asyncio.TimeoutError:
            return "timeout"
        except aiohttp.ClientError:
            return "no connection"

    # ---- Socket Mode ------------------------------------------------------------------

    async def _open_socket(self, request: web.Request) -> web.StreamResponse:
        ticket = request.query.get("ticket", "")
        if ticket not in self._tickets:
            return web.Response(status=408)
        self._tickets.discard(ticket)  # each connects once
        silent = self.silent
        socket = web.WebSocketResponse(autoping=False)
        await socket.prepare(request)
        self.sockets.append(socket)
        await socket.send_json(
            {
                "type": "hello",
                "num_connections": len(self.sockets),
                "debug_info": {"host": "stand-in", "approximate_connection_time": 18060},
                "connection_info": {"app_id": APP},
            }
        )
        try:
            async for message in socket:
                if message.type is aiohttp.WSMsgType.PING and not silent:
                    await socket.pong(message.data)
                    self.pings += 1
                if message.type is aiohttp.WSMsgType.TEXT:
                    acknowledged = self._acks.get(json.loads(message.data).get("envelope_id"))
                    if acknowledged and not acknowledged.done():
                        acknowledged.set_result(None)
        finally:
            if socket in self.sockets:
                self.sockets.remove(socket)
        return socket

    async def _cut(self, socket: web.WebSocketResponse) -> None:
        if socket in self.sockets:
            self.sockets.remove(socket)
        transport = socket._req.transport if socket._req else None
        if transport:
            transport.abort()

    # ---- Web API ----------------------------------------------------------------------

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        params = await _params(request)
        call = Call(method, params)
        self.calls.append(call)
        fault = self._faults[method].popleft() if self._faults[method] else None
        if fault == HANG:
            await asyncio.sleep(FOR_EVER)
        if isinstance(fault, threading.Event):
            await until(fault.is_set)
        if fault == RESET:
            request.transport.abort()
            return web.Response()
        if isinstance(fault, tuple):
            call.status = 429
            content = {"ok": False, "error": "ratelimited"}
            return web.json_response(content, status=429, headers={"Retry-After": str(fault[1])})
        if isinstance(fault, int):
            call.status = fault
            return web.Response(status=fault, text="<html>Server Error</html>", content_type="text/html")
        token = request.headers.get("Authorization", "").removeprefix("Bearer ")
        try:
            if isinstance(fault, str) and fault != LOST:
                raise Refused(fault)
            content = {"ok": True, **self._do(method, params, token)}
        except Refused as error:
            call.error = error.error
            content = {"ok": False, "error": error.error}
            if error.error == "missing_scope":
                content |= {"needed": _NEEDS.get(method, ""), "provided": ",".join(sorted(self.scopes))}
            if error.details:
                content |= {"errors": error.details, "response_metadata": {"messages": error.details}}
        call.status = 200
        if fault == LOST:
            request.transport.abort()
        return web.json_response(content)

    def _do(self, method: str, params: dict[str, Any], token: str) -> dict[str, Any]:
        name = "_do_" + method.replace(".", "_")
        if not hasattr(self, name):
            raise Refused("unknown_method")
        if not token:
            raise Refused("not_authed")
        if method == "apps.connections.open":
            if token in self.tokens:
                raise Refused("not_allowed_token_type")
            if token not in self.app_tokens:
                raise Refused("invalid_auth")
        elif token not in self.tokens:
            raise Refused("invalid_auth")
        if method in _NEEDS and _NEEDS[method] not in self.scopes:
            raise Refused("missing_scope")
        return getattr(self, name)(params)

    def _do_auth_test(self, params: dict[str, Any]) -> dict[str, Any]:
        return {
            "url": "https://stand-in.slack.com/",
            "team": "Stand-in",
            "user": "article_bot",
            "team_id": TEAM,
            "user_id": BOT_USER,
            "bot_id": BOT_ID,
            "is_enterprise_install": False,
        }

    def _do_users_info(self, params: dict[str, Any]) -> dict[str, Any]:
        user = params["user"]
        if user in self.strangers:
            raise Refused("user_not_found")
        is_bot = user == BOT_USER or user in self.other_bots
        return {"user": {"id": user, "team_id": TEAM, "is_bot": is_bot, "is_app_user": is_bot, "deleted": False}}

    def _do_apps_connections_open(self, params: dict[str, Any]) -> dict[str, Any]:
        ticket = f"canary-ticket-{next(self._numbers)}"
        self._tickets.add(ticket)
        return {"url": f"ws://127.0.0.1:{self.port}/link?ticket={ticket}&app_id={APP}"}

    def _do_chat_postMessage(self, params: dict[str, Any]) -> dict[str, Any]:  # noqa: N802
        channel = self._writable(params)
        check_message(params.get("text"), params.get("blocks"))
        thread = params.get("thread_ts")
        if thread and not channel.find(thread):
            raise Refused("thread_not_found")
        metadata = params.get("metadata")
        if metadata is not None and set(metadata) != {"event_type", "event_payload"}:
            raise Refused("invalid_metadata_format")
        message = {
            "type": "message",
            "user": BOT_USER,
            "bot_id": BOT_ID,
            "app_id": APP,
            "team": TEAM,
            "ts": self._ts(),
            "text": params.get("text", ""),
            "channel": channel.id,
            **({"blocks": _with_ids(params["blocks"])} if params.get("blocks") else {}),
            **({"thread_ts": thread} if thread else {}),
            **({"metadata": metadata} if metadata else {}),
        }
        channel.messages.append(message)
        return {"channel": channel.id, "ts": message["ts"], "message": _without_metadata(message)}

    def _do_chat_update(self, params: dict[str, Any]) -> dict[str, Any]:
        channel = self._writable(params)
        check_message(params.get("text"), params.get("blocks"))
        message = channel.find(params.get("ts"))
        if not message:
            raise Refused("message_not_found")
        if message["user"] != BOT_USER:
            raise Refused("cant_update_message")
        message |= {"text": params.get("text", ""), "blocks": _with_ids(params.get("blocks") or [])}
        message["edited"] = {"user": BOT_USER, "ts": self._ts()}
        return {"channel": channel.id, "ts": message["ts"], "text": message["text"]}

    def _do_chat_postEphemeral(self, params: dict[str, Any]) -> dict[str, Any]:  # noqa: N802
        channel = self._writable(params)
        check_message(params.get("text"), params.get("blocks"))
        self._whisper(channel, params["user"], params)
        return {"message_ts": channel.ephemeral[-1]["ts"]}

    def _do_views_publish(self, params: dict[str, Any]) -> dict[str, Any]:
        view = params.get("view")
        if not isinstance(view, dict) or view.get("type") != "home":
            raise Refused("invalid_arguments")
        check_blocks(view.get("blocks"), "home")
        if not self.manifest["features"]["app_home"]["home_tab_enabled"]:
            raise Refused("not_enabled")
        self.views[params["user_id"]] = {"blocks": _with_ids(view["blocks"])}
        return {"view": view}

    def _do_conversations_open(self, params: dict[str, Any]) -> dict[str, Any]:
        return {"channel": {"id": self.direct(params["users"]).id}}

    def _do_conversations_history(self, params: dict[str, Any]) -> dict[str, Any]:
        channel = self._readable(params)
        found = [m for m in channel.messages if m.get("thread_ts") in (None, m["ts"])]
        return self._page(found[::-1], params)

    def _do_conversations_replies(self, params: dict[str, Any]) -> dict[str, Any]:
        channel = self._readable(params)
        message = channel.find(params.get("ts"))
        if not message:
            raise Refused("thread_not_found")
        top = message.get("thread_ts", message["ts"])
        thread = [m for m in channel.messages if top in (m["ts"], m.get("thread_ts"))]
        page = self._page(thread[1:], params)
        # The first message comes along whatever is asked for.
        page["messages"].insert(0, _without_metadata(thread[0]))
        if params.get("include_all_metadata"):
            page["messages"][0] = thread[0]
        return page

    def _page(self, messages: list[dict[str, Any]], params: dict[str, Any]) -> dict[str, Any]:
        oldest, latest = float(params.get("oldest") or 0), float(params.get("latest") or "inf")
        inclusive = str(params.get("inclusive", "")).lower() in ("1", "true")
        found = [
            message
            for message in messages
            if oldest < float(message["ts"]) < latest or (inclusive and float(message["ts"]) in (oldest, latest))
        ][: int(params.get("limit") or 100)]
        if str(params.get("include_all_metadata", "")).lower() not in ("1", "true"):
            found = [_without_metadata(message) for message in found]
        return {"messages": found, "has_more": False}

    def _do_reactions_add(self, params: dict[str, Any]) -> dict[str, Any]:
        message = self._reacted(params)
        if params["name"] in message.setdefault("reactions", []):
            raise Refused("already_reacted")
        message["reactions"].append(params["name"])
        return {}

    def _do_reactions_remove(self, params: dict[str, Any]) -> dict[str, Any]:
        message = self._reacted(params)
        if params["name"] not in message.get("reactions", []):
            raise Refused("no_reaction")
        message["reactions"].remove(params["name"])
        return {}

    def _do_assistant_threads_setStatus(self, params: dict[str, Any]) -> dict[str, Any]:  # noqa: N802
        if not self._writable({"channel": params["channel_id"]}).find(params["thread_ts"]):
            raise Refused("invalid_thread_ts")
        self.statuses.append(params["status"])
        return {}

    def _do_files_getUploadURLExternal(self, params: dict[str, Any]) -> dict[str, Any]:  # noqa: N802
        if int(params.get("length") or 0) < 1:
            raise Refused("invalid_arguments")
        if len(params.get("alt_txt") or "") > 1000:
            raise Refused("alt_txt_too_large")
        file_id = f"F{next(self._numbers):08d}"
        self._uploads[file_id] = {**params, "content": None}
        return {"upload_url": f"http://127.0.0.1:{self.port}/upload/{file_id}", "file_id": file_id}

    def _do_files_completeUploadExternal(self, params: dict[str, Any]) -> dict[str, Any]:  # noqa: N802
        channel = self._writable({"channel": params["channel_id"]})
        files = json.loads(params["files"]) if isinstance(params["files"], str) else params["files"]
        for file in files:
            upload = self._uploads.pop(file["id"], None)
            if not upload or upload["content"] is None:
                raise Refused("file_not_found")
            message = {
                "type": "message",
                "user": BOT_USER,
                "bot_id": BOT_ID,
                "ts": self._ts(),
                "text": params.get("initial_comment") or "",
                "channel": channel.id,
                "files": [{**upload, "title": file.get("title")}],
                **({"thread_ts": params["thread_ts"]} if params.get("thread_ts") else {}),
            }
            channel.messages.append(message)
        return {"files": files}

    async def _take_upload(self, request: web.Request) -> web.StreamResponse:
        call = Call("upload", {})
        self.calls.append(call)
        fault = self._faults["upload"].popleft() if self._faults["upload"] else None
        upload = self._uploads.get(request.match_info["id"])
        body = await request.read()
        if isinstance(fault, int) or not upload or len(body) != int(upload["length"]):
            call.status = fault if isinstance(fault, int) else 400
            return web.Response(status=call.status, text="error")
        upload["content"] = body
        call.status = 200
        return web.Response(text=f"OK - {len(body)}")

    async def _take_response(self, request: web.Request) -> web.StreamResponse:
        """Take what is posted to a response URL: five times within half an hour."""
        content = await request.json()
        call = Call("response_url", content)
        self.calls.append(call)
        fault = self._faults["response_url"].popleft() if self._faults["response_url"] else None
        if isinstance(fault, tuple):
            call.status = 429
            return web.Response(status=429, text="rate_limited", headers={"Retry-After": str(fault[1])})
        if isinstance(fault, int):
            call.status = fault
            return web.Response(status=fault, text="error")
        address = self._responses[request.match_info["id"]]
        if address["uses"] >= 5:
            return web.json_response({"ok": False, "error": "used_url"}, status=404)
        address["uses"] += 1
        try:
            check_message(content.get("text"), content.get("blocks"))
        except Refused as error:
            call.status, call.error = 400, error.error
            return web.Response(status=400, text=error.error)
        channel, message = self.channel(address["channel"]), address["message"]
        if content.get("replace_original") and message is not None:
            message |= {"text": content.get("text", ""), "blocks": _with_ids(content.get("blocks") or [])}
        elif content.get("response_type") == "in_channel":
            raise AssertionError("the bot does not answer so")
        else:
            self._whisper(channel, address["user"], content)
        call.status = 200
        return web.Response(text="ok")

    # ---- Helpers ------------------------------------------------------------------------

    def _whisper(self, channel: Channel, user: str, content: dict[str, Any]) -> None:
        channel.ephemeral.append(
            {
                "type": "message",
                "subtype": "bot_message",
                "user": user,
                "is_ephemeral": True,
                "ts": self._ts(),
                "channel": channel.id,
                "text": content.get("text", ""),
                **({"blocks": _with_ids(content["blocks"])} if content.get("blocks") else {}),
                **({"thread_ts": content["thread_ts"]} if content.get("thread_ts") else {}),
            }
        )

    def _interaction(self, user: str, element: dict[str, Any], value: str) -> dict[str, Any]:
        action = {key: element[key] for key in ("type", "action_id", "block_id", "text") if key in element}
        return {
            "type": "block_actions",
            "user": {"id": user, "username": user.lower(), "name": user.lower(), "team_id": TEAM},
            "api_app_id": APP,
            "token": "legacyVerificationToken",
            "trigger_id": f"{next(self._numbers)}.13345224609.738474920",
            "team": {"id": TEAM, "domain": "stand-in"},
            "enterprise": None,
            "is_enterprise_install": False,
            "state": {"values": {}},
            "actions": [{**action, "value": value, "action_ts": self._ts()}],
        }

    def _response_url(self, channel: str, user: str, message: dict[str, Any] | None = None) -> str:
        number = str(next(self._numbers))
        self._responses[number] = {"channel": channel, "user": user, "message": message, "uses": 0}
        return f"http://127.0.0.1:{self.port}/response/{number}"

    def _writable(self, params: dict[str, Any]) -> Channel:
        channel = self.channels.get(params.get("channel") or "")
        if channel is None:
            raise Refused("channel_not_found")
        if channel.archived:
            raise Refused("is_archived")
        if not channel.member:
            raise Refused("not_in_channel")
        return channel

    def _readable(self, params: dict[str, Any]) -> Channel:
        channel = self._writable(params)
        if _HISTORY[channel.id[0]] not in self.scopes:
            raise Refused("missing_scope")
        return channel

    def _reacted(self, params: dict[str, Any]) -> dict[str, Any]:
        message = self._writable(params).find(params.get("timestamp"))
        if not message:
            raise Refused("message_not_found")
        return message

    def _ts(self) -> str:
        return f"{int(time.time())}.{next(self._numbers):06d}"


def visible(message: dict[str, Any]) -> str:
    """Return what a message says above its buttons, as people read it; the plain text where it has no blocks."""
    texts = [block["text"]["text"] for block in message.get("blocks", ()) if block["type"] == "section"]
    return unescape("".join(texts) if message.get("blocks") else message["text"])


def small_print(message: dict[str, Any]) -> list[str]:
    """Return what a message says in small print."""
    contexts = [block for block in message.get("blocks", ()) if block["type"] == "context"]
    return [unescape(element["text"]) for block in contexts for element in block["elements"]]


def buttons(message: dict[str, Any]) -> list[str]:
    """Return the titles of a message's buttons, without the thumbs."""
    actions = [block for block in message.get("blocks", ()) if block["type"] == "actions"]
    return [element["text"]["text"] for block in actions for element in block["elements"]]


def unescape(text: str) -> str:
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _with_ids(blocks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Give blocks the ids that Slack gives them."""
    blocks = json.loads(json.dumps(blocks))
    for number, block in enumerate(blocks):
        block.setdefault("block_id", f"block{number}")
        for element in block.get("elements", ()):
            if "action_id" in element:
                element["block_id"] = block["block_id"]
    return blocks


def _without_metadata(message: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in message.items() if key != "metadata"}


async def _params(request: web.Request) -> dict[str, Any]:
    params: dict[str, Any] = dict(request.query)
    if request.content_type == "application/json":
        params |= await request.json()
    else:
        params |= dict(await request.post())
    for name in ("blocks", "metadata", "view"):
        if isinstance(params.get(name), str):
            params[name] = json.loads(params[name])
    params.pop("token", None)
    return params

"""Socket Mode: events over connections that this server opens, so it needs no public address.

Slack closes a connection after some hours and says so some seconds before: a new one is opened at once and the old one
listened to until it goes. There is one at other times, because over several events lose their order. An event that is
not acknowledged, because it is not finished or its connection broke, comes again.

The library's own client closes the old connection first, tries a used-up address again and again, and logs it; so only
the addresses are asked for through the library.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from typing import Any

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient

from bot.channels.retrying import backoff
from bot.channels.slack.timing import Timing
from bot.channels.slack.trouble import read_trouble
from bot.channels.slack.webhook import Posted
from bot.messages import slack as slack_texts

MAX_MESSAGE = 1_048_576

Take = Callable[[Posted], Awaitable[bool]]
"""Handles one envelope; True where it is to be acknowledged."""


class Sockets:
    """Keeps a connection to Slack until cancelled."""

    def __init__(
        self,
        client: AsyncWebClient,
        app_token: str,
        timing: Timing,
        take: Take,
        report: Callable[[str], None],
    ) -> None:
        """`report` is told why there is no connection, "" when there is one again."""
        self._client, self._app_token, self._timing, self._take = client, app_token, timing, take
        self._report = report
        self._open = 0
        self._connections: set[asyncio.Task[None]] = set()
        self._envelopes: set[asyncio.Task[None]] = set()
        self._stopping = False

    async def run(self) -> None:
        """Open one connection after the other."""
        try:
            await self._keep()
        finally:
            tasks = self._connections | self._envelopes
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    def stop_intake(self) -> None:
        """Take no more envelopes: they go to another server or come again."""
        self._stopping = True

    async def acknowledged(self) -> None:
        """Wait until the envelopes that are finished are acknowledged."""
        if self._envelopes:
            await asyncio.wait(self._envelopes, timeout=1.0)

    async def _keep(self) -> None:
        failures = 0
        while True:
            leaving: asyncio.Future[str] = asyncio.get_running_loop().create_future()
            began = time.monotonic()
            _start(self._connections, self._connect(leaving))
            reason = await leaving
            if reason and not self._open:
                self._report(reason)
            # One that is refused at once, or ended as soon as it begins, is not asked for without a pause.
            failures = 0 if time.monotonic() - began > self._timing.settled else failures + 1
            if failures:
                await asyncio.sleep(backoff(self._timing.first_pause, failures, self._timing.reconnect))

    async def _connect(self, leaving: asyncio.Future[str]) -> None:
        """Open a connection and listen; `leaving` gets "" when another is to be opened, or why this one failed."""
        greeted = False
        try:
            address = await self._address()
            session = self._client.session
            async with session.ws_connect(
                address, heartbeat=self._timing.heartbeat, max_msg_size=MAX_MESSAGE, proxy=self._client.proxy
            ) as socket:
                async for envelope in self._received(socket):
                    kind = envelope.get("type")
                    if kind == "hello":
                        greeted = True
                        self._count(1)
                    elif kind == "disconnect":
                        if not leaving.done():
                            leaving.set_result("")
                        _start(self._connections, self._close_later(socket))
                    elif isinstance(envelope.get("envelope_id"), str) and not self._stopping:
                        _start(self._envelopes, self._handle(socket, envelope))
        except asyncio.CancelledError:
            raise
        except Exception as error:
            reason = _reason(error)
            if not leaving.done():
                leaving.set_result(reason)
        finally:
            if greeted:
                self._count(-1)
            if not leaving.done():
                leaving.set_result("" if greeted else slack_texts.unreachable("connection closed"))

    def _count(self, change: int) -> None:
        self._open += change
        if self._open == 1 and change > 0:
            self._report("")

    async def _address(self) -> str:
        return (await self._client.apps_connections_open(app_token=self._app_token))["url"]

    async def _handle(self, socket: aiohttp.ClientWebSocketResponse, envelope: dict[str, Any]) -> None:
        retry = envelope.get("retry_attempt")
        posted = Posted(str(envelope["type"]), envelope.get("payload"), retry if isinstance(retry, int) else 0)
        if await self._take(posted):
            # On a connection that is gone nothing can be acknowledged; the event comes again and is known.
            with contextlib.suppress(ConnectionError, RuntimeError):
                await socket.send_str(json.dumps({"envelope_id": envelope["envelope_id"]}))

    async def _received(self, socket: aiohttp.ClientWebSocketResponse) -> AsyncIterator[dict[str, Any]]:
        """Yield the JSON objects that come, until the connection closes."""
        waiting: float | None = self._timing.hello
        while True:
            message = await asyncio.wait_for(socket.receive(), waiting)
            waiting = None
            if message.type is not aiohttp.WSMsgType.TEXT:
                if message.type is aiohttp.WSMsgType.BINARY:
                    continue
                if isinstance(message.data, Exception):
                    raise message.data
                return
            try:
                envelope = json.loads(message.data)
            except (ValueError, RecursionError):
                continue
            if isinstance(envelope, dict):
                yield envelope

    async def _close_later(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        await asyncio.sleep(self._timing.drain)
        await socket.close()


def _start(tasks: set[asyncio.Task[None]], work: Coroutine[Any, Any, None]) -> None:
    task = asyncio.create_task(work)
    tasks.add(task)
    task.add_done_callback(tasks.discard)


def _reason(error: Exception) -> str:
    trouble = read_trouble(error)
    if trouble.bad_token or "missing_scope" in trouble.reason:
        return slack_texts.bad_app_token(trouble.reason)
    return slack_texts.unreachable(trouble.reason)

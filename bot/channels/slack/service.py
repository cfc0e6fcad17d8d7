"""The bot's account in a workspace: finds out who it is, keeps connected, starts over when Slack refuses its token."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Callable, Coroutine
from functools import partial
from typing import Any

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient

from bot.channels.channel_state import ChannelState
from bot.channels.retrying import backoff
from bot.channels.slack.handling import Handling
from bot.channels.slack.incoming import PREFIX
from bot.channels.slack.requests import BotIdentity
from bot.channels.slack.send import Sender
from bot.channels.slack.sockets import Sockets
from bot.channels.slack.timing import Timing
from bot.channels.slack.trouble import read_trouble
from bot.channels.slack.webhook import Posted
from bot.engine.turn import Handler
from bot.messages import slack as slack_texts
from bot.settings import Settings
from bot.storage.postponed import Kept, Resuming
from bot.storage.store import ConversationStore

_TOKEN, _CONNECTION = "token", "connection"

Take = Callable[[Posted], Coroutine[Any, Any, bool]]

logger = logging.getLogger(__name__)


class Service:
    """Runs beside the server; whatever happens to it, the server goes on."""

    def __init__(
        self,
        settings: Settings,
        timing: Timing,
        state: ChannelState,
        handle: Handler,
        store: ConversationStore,
        take: Take,
        resume: Callable[[Kept], Coroutine[Any, Any, None]],
    ) -> None:
        """`handle` has Rasa handle a message, `take` gets what comes over Socket Mode, `resume` what was put aside."""
        self.handling: Handling | None = None
        """None until Slack has said who the bot is."""
        self._settings, self._timing, self._state = settings, timing, state
        self._handle, self._store, self._take, self._resume = handle, store, take, resume
        self._refused = asyncio.Event()
        self._sockets: Sockets | None = None
        self._running: asyncio.Task[None] | None = None
        self._troubles: dict[str, str] = {}
        """What is the matter with the token and with the connections."""
        self._who = ""

    def start(self) -> None:
        """Begin in the background."""
        self._running = asyncio.create_task(self._run())

    async def stop(self) -> None:
        """Take nothing new, finish what is under way, then leave."""
        if self._sockets:
            self._sockets.stop_intake()
        if self.handling:
            await self.handling.stop(self._timing.stop)
        if self._sockets:
            await self._sockets.acknowledged()
        if self._running:
            self._running.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._running
        self._state.stopped()

    async def _run(self) -> None:
        failures = 0
        while True:
            try:
                await self._work()
            except Exception as error:
                logger.exception(slack_texts.fault())
                self._report(_TOKEN, slack_texts.unreachable(type(error).__name__))
                failures += 1
                await asyncio.sleep(backoff(self._timing.first_pause, failures, self._timing.reconnect))

    async def _work(self) -> None:
        timeout = aiohttp.ClientTimeout(total=self._timing.request)
        async with aiohttp.ClientSession(timeout=timeout) as session:
            client = AsyncWebClient(
                self._settings.slack_bot_token,
                base_url=self._settings.slack_api_url,
                session=session,
                retry_handlers=[],
            )
            sender = Sender(client, self._timing, self._on_bad_token)
            me = await self._identify(client)
            self.handling = Handling(self._handle, self._store, sender, me, self._settings)
            work = [self._stay_known(client), self._resuming(me).run()]
            if self._settings.slack_app_token:
                self._sockets = Sockets(
                    client,
                    self._settings.slack_app_token,
                    self._timing,
                    self._take,
                    partial(self._report, _CONNECTION),
                )
                work.append(self._sockets.run())
            tasks = [asyncio.create_task(part) for part in work]
            try:
                await asyncio.gather(*tasks)
            finally:
                for task in tasks:
                    task.cancel()
                await asyncio.gather(*tasks, return_exceptions=True)

    async def _identify(self, client: AsyncWebClient) -> BotIdentity:
        """Ask Slack who the bot is until it says so."""
        failures = 0
        while True:
            try:
                found = await client.auth_test()
            except Exception as error:
                trouble = read_trouble(error)
                text = slack_texts.bad_token if trouble.bad_token else slack_texts.unreachable
                self._report(_TOKEN, text(trouble.reason))
                failures += 1
                await asyncio.sleep(backoff(self._timing.first_pause, failures, self._timing.reconnect))
                continue
            self._refused.clear()
            self._who = slack_texts.connected(str(found.get("team")), str(found.get("user")))
            self._report(_TOKEN, "")
            return BotIdentity(str(found["team_id"]), str(found["user_id"]), str(found.get("bot_id") or ""))

    async def _stay_known(self, client: AsyncWebClient) -> None:
        while True:
            await self._refused.wait()
            await self._identify(client)

    def _resuming(self, me: BotIdentity) -> Resuming:
        prefix = f"{PREFIX}:{me.team}:"
        return Resuming(self._store.postponed, self._store.deliveries, prefix, self._resume, self._timing.resume)

    def _on_bad_token(self, reason: str) -> None:
        self._report(_TOKEN, slack_texts.bad_token(reason))
        self._refused.set()

    def _report(self, part: str, trouble: str) -> None:
        """Note what is the matter with a part, "" for nothing."""
        self._troubles[part] = trouble
        worst = next(filter(None, self._troubles.values()), None)
        if worst:
            self._state.degraded(worst)
        elif not self._settings.slack_app_token or _CONNECTION in self._troubles:
            self._state.working(self._who)

"""The channel's connection to Telegram: introduces the bot, keeps messages coming, goes on after faults."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from typing import Any

from telegram import BotCommand, User
from telegram.error import BadRequest, Conflict, TelegramError

from bot.channels.channel_state import ChannelState
from bot.channels.tasks import end
from bot.channels.telegram.client import Client
from bot.channels.telegram.handling import Handling
from bot.channels.telegram.incoming import ALLOWED_UPDATES
from bot.channels.telegram.polling import Poller
from bot.channels.telegram.timing import Timing
from bot.channels.telegram.trouble import BAD_TOKEN, FINAL, pause, reason
from bot.channels.telegram.webhook import Webhook
from bot.messages import telegram as telegram_texts

logger = logging.getLogger(__name__)


class Service:
    """Run the channel until stopped; its faults are its own and never leave it."""

    def __init__(
        self,
        client: Client,
        make_handling: Callable[[User], Handling],
        state: ChannelState,
        timing: Timing,
        webhook: Webhook | None,
    ) -> None:
        self.handling: Handling | None = None
        """What answers; None until Telegram has said who the bot is."""
        self._client = client
        self._make_handling = make_handling
        self._state = state
        self._timing = timing
        self._webhook = webhook
        self._poller = Poller(client, self._handle, timing, self._reached)
        self._task: asyncio.Task[None] | None = None
        self._resuming: asyncio.Task[None] | None = None
        self._username = ""
        self._failures = 0
        self._conflicts = 0
        self._contested_until = 0.0
        self._stopping = False

    @property
    def accepting(self) -> Handling | None:
        """What answers further updates; None before the introduction, and once the channel is told to stop."""
        return None if self._stopping else self.handling

    def start(self) -> None:
        """Begin, in the background: the server does not wait for Telegram."""
        self._task = asyncio.create_task(self._run())

    async def stop(self) -> None:
        """Take nothing more in, let what is under way be answered, and close the connections."""
        self._stopping = True
        await end([task for task in (self._task, self._resuming) if task])
        if self.handling:
            await self.handling.finish(self._timing.stop)
        if not self._webhook:
            await self._poller.stop()
        await self._client.close_connections()
        self._state.stopped()

    async def _run(self) -> None:
        introduced = False
        while True:
            try:
                if not introduced:
                    await self._introduce()
                    introduced = True
                await (self._watch() if self._webhook else self._poller.run())
            except BAD_TOKEN:
                introduced = False  # another may answer to a new token
                await self._failed(telegram_texts.BAD_TOKEN)
            except Conflict as error:
                # The other may also be a webhook that somebody set meanwhile.
                introduced = False
                await self._contested(error)
            except FINAL as error:
                await self._failed(telegram_texts.refuses(reason(error)))
            except TelegramError as error:
                await self._failed(telegram_texts.unreachable(reason(error)), error)
            except Exception as error:
                logger.exception(telegram_texts.fault())
                await self._failed(telegram_texts.unreachable(reason(error)))

    async def _failed(self, text: str, error: TelegramError | None = None) -> None:
        self._state.degraded(text)
        self._failures += 1
        await asyncio.sleep(pause(self._timing, self._failures, error))

    async def _contested(self, error: Conflict) -> None:
        """Make way for the other for longer and longer: both may get something in between."""
        self._state.degraded(telegram_texts.CONFLICT)
        self._conflicts += 1
        seconds = pause(self._timing, self._conflicts, error)
        self._contested_until = time.monotonic() + seconds + self._timing.longest_pause
        await asyncio.sleep(seconds)

    def _reached(self) -> None:
        self._failures = 0
        if time.monotonic() < self._contested_until:
            return
        self._conflicts = 0
        if self._webhook:
            self._state.working(telegram_texts.webhook(self._username, self._webhook.url))
        else:
            self._state.working(telegram_texts.polling(self._username))

    async def _handle(self, data: dict[str, Any]) -> None:
        assert self.handling  # there are no updates before the introduction
        await self.handling.update(data)

    async def _introduce(self) -> None:
        """Learn who the bot is, register its commands and say how updates are to come."""
        me = await self._client.get_me()
        self._username = me.username or str(me.id)
        if self.handling is None:
            self.handling = self._make_handling(me)
            self._resuming = asyncio.create_task(self.handling.resuming())
        commands = [BotCommand(name, text) for name, text in telegram_texts.COMMANDS.items()]
        await _optional("setMyCommands", self._client.set_my_commands(commands))
        if self._webhook:
            await self._set_webhook(self._webhook)
        else:
            await self._client.delete_webhook(drop_pending_updates=False)
            self._reached()

    async def _set_webhook(self, webhook: Webhook) -> None:
        await self._client.set_webhook(
            webhook.url,
            allowed_updates=ALLOWED_UPDATES,
            drop_pending_updates=False,
            secret_token=webhook.secret,
        )
        self._reached()

    async def _watch(self) -> None:
        """See now and then that the webhook still stands, and that Telegram gets through."""
        assert self._webhook
        while True:
            await asyncio.sleep(self._timing.watch)
            info = await self._client.get_webhook_info()
            if info.url != self._webhook.url:
                await self._set_webhook(self._webhook)
            elif info.last_error_message and info.pending_update_count:
                self._state.degraded(telegram_texts.cannot_deliver(self._webhook.url, info.last_error_message))
            else:
                self._reached()


async def _optional(what: str, request: Awaitable[object]) -> None:
    """Make a request without which the bot works too."""
    try:
        await request
    except BadRequest as error:
        logger.warning(telegram_texts.not_set(what, reason(error)))

"""Have the bot answer what somebody wants in Slack, once, however often Slack delivers it.

A request is finished when its reply is sent; only then does Slack get its acknowledgement. What cannot be finished (the
database is locked, Slack takes no messages) is left for Slack's next delivery, which goes on where this one stopped.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from dataclasses import replace

from bot import messages
from bot.channels.answering import Answering
from bot.channels.arrivals import Arrivals
from bot.channels.slack.incoming import conversation_of
from bot.channels.slack.people import People
from bot.channels.slack.platform import SlackPlatform, refusals
from bot.channels.slack.render import home, notice, question
from bot.channels.slack.requests import (
    Ask,
    BotIdentity,
    Choose,
    ChooseExample,
    Decline,
    Judge,
    OpenHome,
    Place,
    React,
    Request,
)
from bot.channels.slack.send import Mark, Sender, payload_of
from bot.channels.slack.webhook import Posted
from bot.engine.locks import ConversationLocks
from bot.engine.turn import Handler
from bot.errors import BotError, DeliveryBusy, PutOff, QueueFullError, StoreError, log_level_of
from bot.facts.loader import load
from bot.messages import slack as slack_texts
from bot.settings import Settings
from bot.storage.deliveries import Delivery
from bot.storage.store import ConversationStore

COMMAND = "/article"
"""The slash command in the app's manifest."""

_NOT_NOW = (StoreError, DeliveryBusy, PutOff, OSError)

logger = logging.getLogger(__name__)


class Handling:
    """Takes requests for one workspace, any number at once, those of one conversation in their order."""

    def __init__(
        self, handle: Handler, store: ConversationStore, sender: Sender, me: BotIdentity, settings: Settings
    ) -> None:
        """`handle` has Rasa handle a message, `me` is the bot in Slack."""
        self.me = me
        self._store, self._sender = store, sender
        self._platform = SlackPlatform(sender)
        self._answering = Answering(self._platform, handle, store, settings, sender.timing)
        self._arrivals: Arrivals[bool] = Arrivals(store.postponed, sender.timing.longest_pause, settings.max_waiting)
        self._people = People(sender)
        self._queues = ConversationLocks(max_waiting=settings.max_waiting)
        self._told: set[str] = set()
        """Conversations that were told of a full queue, until it moves."""
        self._last: set[str] = set()
        """Events under way that will not be delivered again."""
        self._stopping = False

    async def take(self, posted: Posted, request: Request, last: bool, patience: float | None = None) -> bool:
        """Say whether a request is finished within `patience` seconds; it goes on in any case.

        A request under way is joined. With `last` nobody will deliver it again, so that whoever asks is told of a
        failure. A request that was not finished is to be delivered again. `posted` is what was read as the request.
        """
        begin = None if self._stopping else (lambda: self._run(posted, request))
        task = self._arrivals.join(request.event, begin)
        if task is None:
            return False
        if last:
            self._last.add(request.event)
            task.add_done_callback(lambda done: self._last.discard(request.event))
        done, _ = await asyncio.wait({task}, timeout=patience)
        return bool(done) and not task.cancelled() and task.result()

    async def resume(self, request: Request) -> None:
        """Handle what was put aside; raises where it is to be tried again."""
        try:
            async with self._queues.lock(_queue_of(request)):
                await self._serve_once(request)
        except _NOT_NOW:
            raise
        except QueueFullError as error:
            raise PutOff(str(error)) from error
        except Exception:
            logger.exception(slack_texts.failed(request.event))
            await self._tell(request, messages.APOLOGY)

    async def stop(self, seconds: float) -> None:
        """Let what is under way end, and cut off what takes longer: Slack delivers that again."""
        self._stopping = True
        await self._arrivals.stop(seconds)

    async def _run(self, posted: Posted, request: Request) -> bool:
        queue, payload = _queue_of(request), [posted.kind, posted.payload]
        try:
            async with self._queues.lock(queue):
                self._told.discard(queue)
                if not await self._arrivals.put_aside(queue, request.event, payload):
                    await self._arrivals.serve(queue, request.event, payload, self._serve_once(request))
            return True
        except QueueFullError as error:
            logger.debug("%s", error)
            if queue not in self._told:
                self._told.add(queue)
                await self._tell(request, messages.TOO_MANY)
            return True
        except _NOT_NOW as error:
            level = min(log_level_of(error), logging.WARNING)
            logger.log(level, slack_texts.put_off(request.event, error or type(error).__name__))
            apology = messages.NOT_STORED
        except Exception:
            logger.exception(slack_texts.failed(request.event))
            apology = messages.APOLOGY
        if request.event in self._last:
            await self._tell(request, apology)
        return False

    async def _serve_once(self, request: Request) -> None:
        await self._answering.once(request.event, lambda delivery: self._serve(request, delivery))

    async def _serve(self, request: Request, delivery: Delivery) -> None:
        if isinstance(request, Ask):
            await self._ask(request, delivery)
        elif isinstance(request, Choose):
            await self._answering.choose(request, delivery)
        elif isinstance(request, ChooseExample):
            await self._choose_example(request, delivery)
        elif isinstance(request, Decline):
            if await self._people.may_ask(request):
                await self._answering.decline(request, delivery)
        elif isinstance(request, Judge):
            await self._answering.judge(request)
        elif isinstance(request, React):
            await self._react(request)
        elif isinstance(request, OpenHome):
            await self._open_home(request)

    async def _ask(self, request: Ask, delivery: Delivery) -> None:
        place = request.place
        if request.only_known and not await self._store.exists(request.conversation):
            return
        if not await self._people.may_ask(request):
            return
        if request.direct and await self._direct_channel(place.user) == place.channel:
            # In the direct messages with the bot a slash command is part of that conversation.
            conversation = conversation_of(self.me, place.channel)
            request = replace(request, conversation=conversation, place=Place(place.channel, user=place.user))
        await self._answering.ask(request, delivery)

    async def _choose_example(self, request: ChooseExample, delivery: Delivery) -> None:
        examples = _examples()
        channel = await self._direct_channel(request.user) if request.number < len(examples) else None
        if channel is None:
            return
        conversation, example = conversation_of(self.me, channel), examples[request.number]
        ask = Ask(request.event, conversation, request.message_id, example, Place(channel))
        async with self._queues.lock(conversation):
            await self._answering.ask(ask, delivery, [question(example)])

    async def _react(self, request: React) -> None:
        with refusals():
            carried = payload_of(await self._sender.find(request.channel, request.ts))
            conversation, asked = (str(carried.get(key) or "") for key in ("conversation", "asked"))
            if (conversation + ":").startswith(conversation_of(self.me, request.channel) + ":"):
                await self._store.feedback.add(conversation, asked, request.verdict)

    async def _open_home(self, request: OpenHome) -> None:
        base = load()
        title = next(iter(base.article.sentences.values())).text
        view = home(_examples(), title, COMMAND)
        with refusals():
            await self._sender.call("home", self._sender.client.views_publish, user_id=request.user, view=view)

    async def _direct_channel(self, user: str) -> str | None:
        """Return the direct messages with a person, None where the app may not open them."""
        with refusals():
            found = await self._sender.call(user, self._sender.client.conversations_open, users=user)
            return found["channel"]["id"]
        return None

    async def _tell(self, request: Request, text: str) -> None:
        """Say one thing outside any turn; if that fails too, only the log knows."""
        place = getattr(request, "place", None)
        if place and not getattr(request, "only_known", False):
            with contextlib.suppress(BotError):
                await self._sender.send(place, notice(text), Mark(getattr(request, "conversation", ""), ""))


def _queue_of(request: Request) -> str:
    """Return the queue in which a request waits: that of its conversation, or one of its own where it has none."""
    return getattr(request, "conversation", request.event)


def _examples() -> list[str]:
    return list(load().wording["examples"])

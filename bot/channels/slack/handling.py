"""Have the bot answer what somebody wants in Slack, once, however often Slack delivers it.

A request is finished when its reply is sent; only then does Slack get its acknowledgement. What cannot be finished (the
database is locked, Slack takes no messages) is left for Slack's next delivery, which goes on where this one stopped.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager

from bot import messages
from bot.channels.slack.incoming import choice_id, conversation_of
from bot.channels.slack.people import People
from bot.channels.slack.render import Part, buttons_of, chosen, home, notice, question, render
from bot.channels.slack.requests import (
    Ask,
    Decline,
    Identity,
    Judge,
    OpenHome,
    Place,
    Press,
    PressExample,
    React,
    Request,
)
from bot.channels.slack.send import Mark, Refused, Sender, payload_of
from bot.channels.slack.typing import Typing
from bot.channels.slack.webhook import Posted
from bot.engine.locks import ConversationLocks
from bot.engine.turn import NOT_STORED, Handler, take_turn
from bot.errors import BotError, DeliveryBusy, Paused, PutOff, QueueFullError, StoreError, log_level_of
from bot.facts.loader import load
from bot.messages import slack as slack_texts
from bot.settings import Settings
from bot.storage.deliveries import Delivery
from bot.storage.store import ConversationStore

NAME = "slack"
COMMAND = "/article"
"""The slash command in the app's manifest."""
MARK_TRIES = 6
"""Each waits up to 5 s for the database: a reply that is sent is noted, or it would be sent again."""

_NOT_NOW = (StoreError, DeliveryBusy, PutOff, OSError)

logger = logging.getLogger(__name__)


class Handling:
    """Takes requests for one workspace, any number at once, those of one conversation in their order."""

    def __init__(
        self, handle: Handler, store: ConversationStore, sender: Sender, me: Identity, settings: Settings
    ) -> None:
        """`handle` has Rasa handle a message, `me` is the bot in Slack."""
        self.store, self.sender, self.me, self.settings = store, sender, me, settings
        self._handle = handle
        self._typing = Typing(sender)
        self._people = People(sender)
        self._queues = ConversationLocks(max_waiting=settings.max_waiting)
        self._told: set[str] = set()
        """Conversations that were told of a full queue, until it moves."""
        self._tasks: dict[str, asyncio.Task[bool]] = {}
        self._last: set[str] = set()
        """Events under way that will not be delivered again."""
        self._stopping = False

    async def take(
        self, posted: Posted, request: Request, last: bool, patience: float | None = None, resumed: bool = False
    ) -> bool:
        """Say whether a request is finished within `patience` seconds; it goes on in any case.

        A request under way is joined. With `last` nobody will deliver it again, so that whoever asks is told of a
        failure. A request that was not finished is to be delivered again. `posted` is what was read as the request,
        `resumed` says that it had been put aside.
        """
        task = self._tasks.get(request.event)
        if task is None and self._stopping:
            return False
        if last:
            self._last.add(request.event)
        if task is None:
            task = asyncio.create_task(self._run(posted, request, resumed))
            self._tasks[request.event] = task
            task.add_done_callback(lambda done: self._forget(request.event))
        done, _ = await asyncio.wait({task}, timeout=patience)
        return bool(done) and not task.cancelled() and task.result()

    async def stop(self, seconds: float) -> None:
        """Let what is under way end, and cut off what takes longer: Slack delivers that again."""
        self._stopping = True
        tasks = set(self._tasks.values())
        if not tasks:
            return
        _, late = await asyncio.wait(tasks, timeout=seconds)
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)

    def _forget(self, event: str) -> None:
        del self._tasks[event]
        self._last.discard(event)

    async def _run(self, posted: Posted, request: Request, resumed: bool) -> bool:
        queue = getattr(request, "conversation", request.event)
        try:
            async with self._queues.lock(queue):
                self._told.discard(queue)
                if not resumed and await self._put_aside(posted, request, queue):
                    return True
                try:
                    await self._serve_once(request)
                except Paused as paused:
                    logger.warning("%s", paused)
                    await self.store.postponed.pause(queue, paused.seconds)
                    if resumed:
                        return False
                    await self.store.postponed.keep(queue, request.event, [posted.kind, posted.payload])
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
        if request.event in self._last and not (resumed and apology == messages.NOT_STORED):
            await self._tell(request, apology)
        return resumed and apology == messages.APOLOGY

    async def _put_aside(self, posted: Posted, request: Request, queue: str) -> bool:
        """Put a request aside where Slack takes nothing for long, or others wait in its conversation; say whether."""
        return await self.store.postponed.keep_behind(
            queue,
            request.event,
            [posted.kind, posted.payload],
            self.sender.timing.longest_pause,
            self.settings.max_waiting,
        )

    async def _serve_once(self, request: Request) -> None:
        async with self.store.deliveries.claim(request.event) as delivery:
            if not delivery.done:
                await self._serve(request, delivery)
                await self._note(delivery.finish)

    async def _serve(self, request: Request, delivery: Delivery) -> None:
        if isinstance(request, Ask):
            await self._ask(request, delivery)
        elif isinstance(request, Press):
            await self._press(request, delivery)
        elif isinstance(request, PressExample):
            await self._press_example(request, delivery)
        elif isinstance(request, Decline):
            if await self._people.may_ask(request):
                await self._send([notice(request.text)], request.place, Mark(request.conversation, ""), delivery)
        elif isinstance(request, Judge):
            await self._judge(request)
        elif isinstance(request, React):
            await self._react(request)
        elif isinstance(request, OpenHome):
            await self._open_home(request)

    async def _ask(self, request: Ask, delivery: Delivery) -> None:
        conversation, place = request.conversation, request.place
        if request.only_known and not await self.store.exists(conversation):
            return
        if not await self._people.may_ask(request):
            return
        if request.direct and await self._direct_channel(place.user) == place.channel:
            # In the direct messages with the bot a slash command is part of that conversation.
            conversation, place = conversation_of(self.me, place.channel), Place(place.channel, user=place.user)
        async with self._typing.shown(place, request.ts):
            parts, repeated = await self._answer(conversation, request.text, request.message_id)
        mark = Mark(conversation, request.message_id, since=request.ts)
        await self._send(parts, place, mark, delivery, repeated)

    async def _press(self, request: Press, delivery: Delivery) -> None:
        place = request.place
        turn = await self.store.turn(request.conversation, request.asked)
        offered = buttons_of(turn.messages) if turn else []
        if turn is None or request.number >= len(offered):
            with self._refusals():
                await self.sender.whisper(place, slack_texts.OLD_BUTTON)
            return
        shown = chosen(turn.messages, request.asked, request.number)
        if shown and not delivery.sent:
            with self._refusals():
                await self.sender.update(place, request.shown, shown)
        message_id = choice_id(request.asked, request.number)
        async with self._typing.shown(place, request.shown):
            parts, repeated = await self._answer(request.conversation, offered[request.number]["payload"], message_id)
        mark = Mark(request.conversation, message_id, since=request.shown)
        await self._send(parts, place, mark, delivery, repeated)

    async def _press_example(self, request: PressExample, delivery: Delivery) -> None:
        examples = _examples()
        channel = await self._direct_channel(request.user) if request.number < len(examples) else None
        if channel is None:
            return
        conversation = conversation_of(self.me, channel)
        message_id = choice_id(request.event, request.number)
        async with self._queues.lock(conversation):
            example = examples[request.number]
            parts, repeated = await self._answer(conversation, example, message_id)
            mark = Mark(conversation, message_id)
            await self._send([question(example), *parts], Place(channel), mark, delivery, repeated)

    async def _judge(self, request: Judge) -> None:
        if await self.store.feedback.add(request.conversation, request.asked, request.verdict):
            with self._refusals():
                await self.sender.whisper(request.place, slack_texts.THANKS)

    async def _react(self, request: React) -> None:
        with self._refusals():
            carried = payload_of(await self.sender.find(request.channel, request.ts))
            conversation, asked = (str(carried.get(key) or "") for key in ("conversation", "asked"))
            if (conversation + ":").startswith(conversation_of(self.me, request.channel) + ":"):
                await self.store.feedback.add(conversation, asked, request.verdict)

    async def _open_home(self, request: OpenHome) -> None:
        base = load()
        title = next(iter(base.article.sentences.values())).text
        view = home(_examples(), title, COMMAND)
        with self._refusals():
            await self.sender.call("home", self.sender.client.views_publish, user_id=request.user, view=view)

    async def _answer(self, conversation: str, text: str, message_id: str) -> tuple[list[Part], bool]:
        """Return the parts of a reply, and whether some may have been sent before."""
        reply = await take_turn(self._handle, conversation, text, NAME, self.settings, message_id)
        if reply.failure is NOT_STORED:
            raise StoreError(NOT_STORED.code)
        if reply.failure:
            return [notice(reply.failure.text)], False
        return render(reply.messages, message_id), reply.repeated

    async def _send(
        self, parts: Sequence[Part], place: Place, mark: Mark, delivery: Delivery, again: bool = False
    ) -> None:
        for number, part in enumerate(parts):
            if number < delivery.sent:
                continue
            with self._refusals():
                first = number == delivery.sent
                await self.sender.send(
                    place, part, Mark(mark.conversation, mark.asked, number, mark.since), again and first
                )
            again = False
            await self._note(lambda sent=number + 1: delivery.mark_sent(sent))

    async def _note(self, write: Callable[[], Awaitable[None]]) -> None:
        for tried in range(1, MARK_TRIES + 1):
            try:
                await write()
                return
            except StoreError:
                if tried == MARK_TRIES:
                    raise

    async def _direct_channel(self, user: str) -> str | None:
        """Return the direct messages with a person, None where the app may not open them."""
        with self._refusals():
            found = await self.sender.call(user, self.sender.client.conversations_open, users=user)
            return found["channel"]["id"]
        return None

    @contextmanager
    def _refusals(self) -> Iterator[None]:
        """Log what Slack refuses for good and go on: one bad part does not take the others with it."""
        try:
            yield
        except Refused as error:
            logger.error(slack_texts.part_refused(error))

    async def _tell(self, request: Request, text: str) -> None:
        """Say one thing outside any turn; if that fails too, only the log knows."""
        place = getattr(request, "place", None)
        if place and not getattr(request, "only_known", False):
            with contextlib.suppress(BotError):
                await self.sender.send(place, notice(text), Mark(getattr(request, "conversation", ""), ""))


def _examples() -> list[str]:
    return list(load().wording["examples"])

"""The ways to the bot: in this process, over a running server's REST channel, through a channel's own connector."""

from __future__ import annotations

import importlib
import tempfile
import uuid
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import aiohttp

from bot.errors import BotError
from bot.messages import converse as converse_texts
from bot.settings import Settings, read_settings
from converse.driver import Driver, TurnResult, Unreachable

if TYPE_CHECKING:
    from bot.engine.agent import BotAgent

CHANNELS = ("rest", "web", "telegram", "slack")
WEBHOOK = "/webhooks/rest/webhook"
DRIVERS = "tests.support.drivers"
"""Where the drivers of channels are: they play the platform, so they belong to the tests."""
PREFIX = "converse"
"""What ids of conversations in process begin with, and the input channel where a script names none."""

Load = Callable[[Settings], "BotAgent"]


@dataclass(frozen=True)
class Target:
    """Which bot to talk to: the one in this process (through a channel, if given), or a running one at `url`."""

    url: str | None = None
    channel: str | None = None

    @property
    def way(self) -> str | None:
        """The channel that messages go through, None in process."""
        return "rest" if self.url else self.channel


@asynccontextmanager
async def connect(target: Target, load: Load | None = None) -> AsyncIterator[Driver]:
    """Start what a target needs and yield its driver; BotError where that cannot be."""
    if target.url:
        async with over_http(target.url) as driver:
            yield driver
        return
    connect_channel = _channel(target.channel) if target.channel else None
    with tempfile.TemporaryDirectory(prefix="converse-") as folder:
        own = {"database": f"{folder}/conversations.sqlite", "action_endpoint": None}
        settings = read_settings().copy(update=own)
        agent = (load or load_model)(settings)
        try:
            if connect_channel:
                async with connect_channel(agent, settings) as driver:
                    yield driver
            else:
                yield InProcess(agent)
        finally:
            agent.tracker_store.close()


def load_model(settings: Settings) -> BotAgent:
    """Load the trained model."""
    # Rasa takes seconds to import; whoever only reads scripts should not wait for it.
    from bot.engine.agent import load_agent

    return load_agent(settings)


class Events:
    """The tracker's events of the last turn of a conversation, for drivers that share the agent's process."""

    def __init__(self, agent: BotAgent) -> None:
        self.store = agent.tracker_store
        self._seen: dict[str, float] = {}

    async def new(self, conversation_id: str) -> list[dict[str, Any]]:
        """Return what has happened since it was last asked about; `conversation_id` carries its channel."""
        tracker = await self.store.retrieve(conversation_id)
        events = [event.as_dict() for event in tracker.events] if tracker else []
        begun = max((place for place, event in enumerate(events) if event["event"] == "user"), default=None)
        if begun is None or events[begun]["timestamp"] <= self._seen.get(conversation_id, 0.0):
            return []  # refused before it was read
        self._seen[conversation_id] = events[begun]["timestamp"]
        return events[begun:]


class InProcess:
    """Has the agent take turns, without a server."""

    def __init__(self, agent: BotAgent) -> None:
        self.agent = agent
        self.events = Events(agent)

    async def say(self, conversation_id: str, text: str, metadata: Mapping[str, Any]) -> TurnResult:
        """Take one turn."""
        from bot.engine.turn import take_turn

        async def handle(message: Any) -> Any:
            message.metadata = dict(metadata)
            return await self.agent.handle_message(message)

        conversation_id = f"{PREFIX}:{conversation_id}"
        channel = str(metadata.get("channel", PREFIX))
        reply = await take_turn(handle, conversation_id, text, channel, self.agent.settings)
        failure = f"{reply.failure.code}: {reply.failure.text}" if reply.failure else None
        return TurnResult(reply.messages, await self.events.new(conversation_id), failure)

    async def preset(self, conversation_id: str, slots: Mapping[str, Any]) -> None:
        """Set slots; BotError for one that the domain does not have."""
        from rasa.shared.core.events import SlotSet

        tracker = await self.agent.processor.fetch_tracker_and_update_session(f"{PREFIX}:{conversation_id}")
        unknown = [name for name in slots if name not in tracker.slots]
        if unknown:
            raise BotError(converse_texts.unknown_slots(unknown, tracker.slots))
        for name, value in slots.items():
            tracker.update(SlotSet(name, value))
        await self.agent.processor.save_tracker(tracker)


class OverHttp:
    """Talks to the REST channel of a running server."""

    def __init__(self, session: aiohttp.ClientSession, url: str, events: Events | None = None) -> None:
        self.session = session
        self.url = url.rstrip("/")
        self.events = events

    async def say(self, conversation_id: str, text: str, metadata: Mapping[str, Any]) -> TurnResult:
        """Post one message; a server that is not there is Unreachable, one that refuses a failed turn."""
        content = {"sender": conversation_id, "message": text, "metadata": dict(metadata)}
        try:
            async with self.session.post(self.url + WEBHOOK, json=content) as response:
                body = await response.json(content_type=None)
        except (aiohttp.ClientError, OSError, ValueError, TimeoutError) as error:
            raise Unreachable(converse_texts.server_silent(self.url, error or type(error).__name__)) from error
        events = await self.events.new(f"rest:{conversation_id}") if self.events else None
        if isinstance(body, list):
            said = [{key: value for key, value in m.items() if key != "recipient_id"} for m in body]
            return TurnResult(said, events)
        told = body.get("error", {}) if isinstance(body, dict) else {}
        return TurnResult([], events, f"{told.get('code', response.status)}: {told.get('message', response.reason)}")


@asynccontextmanager
async def over_http(url: str, events: Events | None = None) -> AsyncIterator[OverHttp]:
    """Yield a driver for the server at a URL."""
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=60)) as session:
        yield OverHttp(session, url, events)


@asynccontextmanager
async def over_rest(agent: BotAgent, settings: Settings) -> AsyncIterator[Driver]:
    """Serve the agent on a free port of loopback and yield a driver that talks to its REST channel."""
    from bot.web.server import create_app, open_socket

    allow_another_server()
    app = create_app(agent, settings, name=f"converse{uuid.uuid4().hex}")
    listener = open_socket("127.0.0.1", 0)
    server = await app.create_server(sock=listener, return_asyncio_server=True, access_log=False)
    await server.startup()
    try:
        await server.before_start()
        await server.after_start()
        async with over_http(f"http://127.0.0.1:{listener.getsockname()[1]}", Events(agent)) as driver:
            yield driver
    finally:
        server.close()
        await server.wait_closed()
        listener.close()


def allow_another_server() -> None:
    """Let this process start a server after another: Sanic 21.12 rewrites its own classes at each start, which works
    only once."""
    from sanic import Sanic
    from sanic.touchup import TouchUp

    if getattr(Sanic, "__touched__", False):
        TouchUp.run = lambda app: None


def _channel(name: str) -> Callable[[BotAgent, Settings], AbstractAsyncContextManager[Driver]]:
    if name not in CHANNELS:
        raise BotError(converse_texts.no_such_channel(name, CHANNELS))
    if name == "rest":
        return over_rest
    module = f"{DRIVERS}.{name}"
    try:
        return importlib.import_module(module).connect
    except ModuleNotFoundError as error:
        if not module.startswith(error.name or module):
            raise  # something that the driver itself needs
        raise BotError(converse_texts.no_channel_driver(name, module)) from error

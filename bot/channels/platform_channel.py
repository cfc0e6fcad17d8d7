"""The frame of a channel that depends on a platform: off without a token, started and stopped with the server."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any, ClassVar, Protocol

from rasa.core.channels.channel import InputChannel
from sanic import Blueprint, Sanic

from bot.channels.channel_state import ChannelState
from bot.channels.timing import read_timing
from bot.engine.turn import Handler
from bot.logs import hide, quiet_clients
from bot.settings import Settings, read_settings


class Service(Protocol):
    """The bot's account on a platform, which runs beside the server."""

    def start(self) -> None:
        """Begin in the background: the server waits for no platform."""

    async def stop(self) -> None:
        """Take nothing more in, finish what is under way, then leave."""


class PlatformChannel(InputChannel, ABC):
    """A channel of credentials.yml; each platform says what it is called, what it needs and how it connects."""

    NAME: ClassVar[str]
    TITLE: ClassVar[str]
    """As operators read it."""
    TIMING: ClassVar[type]
    """A dataclass of times, which credentials.yml may set."""

    def __init__(self, settings: Settings | None = None, timing: Any = None) -> None:
        self.settings = settings or read_settings()
        self.timing = timing or self.TIMING()
        self.state: ChannelState | None = None
        """How it does; None while the channel is off."""
        self._service: Any = None

    @classmethod
    def name(cls) -> str:
        return cls.NAME

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> PlatformChannel:
        return cls(timing=read_timing(cls.TIMING, cls.TITLE, credentials))

    def blueprint(self, on_new_message: Handler) -> Blueprint:
        """Define what the channel does in the server: nothing where it is off."""
        routes = Blueprint(self.NAME)
        secrets = self.secrets()
        if not secrets:
            return routes
        self.state = ChannelState(self.NAME)
        quiet_clients()
        hide(*filter(None, secrets))

        @routes.listener("after_server_start")
        async def start(app: Sanic, loop: object) -> None:
            self._service = self.connect(app, on_new_message)
            self._service.start()

        @routes.listener("before_server_stop")
        async def stop(app: Sanic, loop: object) -> None:
            if self._service:
                await self._service.stop()

        self.add_routes(routes)
        return routes

    @abstractmethod
    def secrets(self) -> tuple[str | None, ...]:
        """Return what no log may show; nothing where the channel is off."""

    @abstractmethod
    def connect(self, app: Sanic, handle: Handler) -> Service:
        """Return what runs beside the server; `handle` has Rasa handle a message."""

    @abstractmethod
    def add_routes(self, routes: Blueprint) -> None:
        """Define the routes to which the platform delivers, if it does."""

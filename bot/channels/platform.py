"""What a messaging platform has to give, so that `bot.channels.answering` can do the rest.

A platform delivers what people write and press, and shows what it is sent. How it delivers and what it can show is its
own; that each request is answered once, piece by piece, whatever fails in between, is the same for all.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager
from typing import Any, Protocol

Place = Any
"""Where a reply goes. Each platform has its own, and nobody else looks into it."""
Part = Any
"""One message to send, as the platform's `render` makes it."""


class Reaching(Protocol):
    """A request that something is sent for."""

    @property
    def conversation(self) -> str: ...
    @property
    def place(self) -> Place: ...


class Declining(Reaching, Protocol):
    """A request that the bot can't read; it is answered by a text of the channel's own."""

    @property
    def text(self) -> str: ...


class Asking(Reaching, Protocol):
    """A request that the bot takes a turn for: somebody wrote a text."""

    @property
    def text(self) -> str: ...
    @property
    def message_id(self) -> str:
        """The id of the turn, the same however often the message is delivered."""


class Choosing(Reaching, Protocol):
    """A request that the bot takes a turn for: somebody pressed a button under a reply."""

    @property
    def asked(self) -> str:
        """The id of the message that the reply with the button answered."""

    @property
    def number(self) -> int:
        """Which of its buttons, from 0."""

    @property
    def message_id(self) -> str: ...


class Judging(Reaching, Protocol):
    """A request to keep what somebody thinks of a reply."""

    @property
    def asked(self) -> str: ...
    @property
    def verdict(self) -> str | None: ...


class Platform(Protocol):
    """One account of the bot on a platform."""

    name: str
    """What the bot is told as the channel of a message."""
    turn_tries: int
    """How often a turn is tried that can't be stored."""
    tells_not_stored: bool
    """Whether people are told of such a turn at once; else it is left for the platform's next delivery."""

    def notice(self, text: str) -> Part:
        """Return a text of the channel's own as the platform shows it."""

    def render(self, reply: Sequence[dict[str, Any]], request: Asking | Choosing, title: str | None) -> list[Part]:
        """Return a reply as the platform shows it; `title` is that of the button that was pressed, if one was."""

    async def send(self, request: Reaching, place: Place, part: Part, number: int, again: bool) -> Place:
        """Send part `number` (from 0) of a reply to `place`, and return where the next one goes.

        With `again` it may have been sent before. What the platform refuses for good is logged and skipped. PutOff
        where it is worth trying later, Paused where the platform takes nothing there for long.
        """

    def typing(self, request: Reaching) -> AbstractAsyncContextManager[None]:
        """Show that an answer is on its way while the body runs."""


class Pressable(Platform, Protocol):
    """A platform with buttons; one without needs none of this."""

    def choosing(
        self, request: Choosing, reply: Sequence[dict[str, Any]], begun: bool
    ) -> AbstractAsyncContextManager[None]:
        """Show in `reply` which button was pressed, and that an answer is on its way while the body runs.

        With `begun` some of the answer has been sent before.
        """

    async def unknown_button(self, request: Choosing) -> None:
        """Tell somebody that the button is of no known reply."""

    async def judged(self, request: Judging, known: bool) -> None:
        """Thank somebody for an opinion; with `known` False it is of no known reply and was not kept."""

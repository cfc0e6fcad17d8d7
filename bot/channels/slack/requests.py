"""What may be wanted of the bot in Slack, and where."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import ClassVar

OWN_APP, ANOTHER_APP = "own", "another"
"""Through which app a message was posted, if it was not typed."""


@dataclass(frozen=True)
class BotIdentity:
    """Who the bot is in Slack: its workspace, its user id and its bot id."""

    team: str
    user: str
    bot: str = ""


@dataclass(frozen=True)
class Place:
    """Where a reply goes: a channel and a thread in it, or to one person alone by `response_url`."""

    channel: str
    thread: str | None = None
    user: str = ""
    response_url: str | None = None


@dataclass(frozen=True)
class Ask:
    """Somebody asks something."""

    event: str
    conversation: str
    message_id: str
    text: str
    place: Place
    ts: str | None = None
    """The message that asks."""
    only_known: bool = False
    """Not addressed to the bot: it answers only in a thread in which it has answered before."""
    direct: bool = False
    """A slash command in somebody's direct messages, which may be those with the bot."""
    through: str = ""
    """OWN_APP or ANOTHER_APP where it was posted through one: by a person or by a bot, which Slack has to be asked."""


@dataclass(frozen=True)
class Choose:
    """Somebody presses a button under a reply."""

    event: str
    conversation: str
    asked: str
    """Which message the reply with the button answered."""
    number: int
    """Which of its buttons, from 0."""
    place: Place
    ts: str
    """The message with the button."""

    @property
    def message_id(self) -> str:
        """Return the id of the turn that this leads to, the same however often it is pressed."""
        return choice_id(self.asked, self.number)


@dataclass(frozen=True)
class ChooseExample:
    """Somebody presses an example on the bot's home page."""

    event: str
    number: int
    user: str

    @property
    def message_id(self) -> str:
        """Return the id of the turn that this leads to."""
        return choice_id(self.event, self.number)


@dataclass(frozen=True)
class Judge:
    """Somebody presses a thumb under a reply."""

    event: str
    conversation: str
    asked: str
    verdict: str
    place: Place


@dataclass(frozen=True)
class React:
    """Somebody puts a thumb to a message of the bot as a reaction, or takes it away (no verdict)."""

    event: str
    channel: str
    ts: str
    verdict: str | None


@dataclass(frozen=True)
class Decline:
    """Somebody sends what the bot can't read."""

    event: str
    conversation: str
    place: Place
    text: str
    through: str = ""
    """As of Ask."""

    message_id: ClassVar[str] = ""
    ts: ClassVar[str | None] = None
    """There is no turn, and what Slack has of the answer is not looked for."""


@dataclass(frozen=True)
class OpenHome:
    """Somebody opens the bot's home page."""

    event: str
    user: str


Request = Ask | Choose | ChooseExample | Judge | React | Decline | OpenHome


def choice_id(asked: str, number: int) -> str:
    """Return the id of the turn that a pressed button takes: no longer for buttons of buttons of buttons."""
    return f"choice.{digest(f'{asked} {number}')}"


def digest(value: object) -> str:
    """Return a short name for whatever Slack sent."""
    return hashlib.sha256(repr(value).encode("utf-8", "replace")).hexdigest()[:24]

"""What may be wanted of the bot in Telegram, and where."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from telegram import Message

from bot.channels import requests


@dataclass(frozen=True)
class Place:
    """Where a reply goes."""

    chat: int
    thread: int | None = None
    reply_to: int | None = None
    """The message to reply to, in chats with more than one person."""
    buttons: bool = True
    """Whether buttons make sense there: not in a channel, where everybody could press them."""
    author: int | None = None
    """The group or channel in whose name somebody asks; None where a person does.

    Who that is Telegram does not say, but whoever presses a button it names. So such a conversation and
    its buttons belong to all who read along: an anonymous administrator is one of them, and so is whoever
    posts as a channel.
    """


@dataclass(frozen=True)
class Ask(requests.Ask):
    """Somebody asks something."""

    place: Place
    album: str = ""
    """The album that the words stand under, if any: each of its photos comes as an update of its own."""


@dataclass(frozen=True)
class Decline(requests.Decline):
    """Somebody sends what the bot can't read, such as a picture without words."""

    place: Place
    album: str = ""
    """The album that it is part of, if any: the words may stand under another of its photos."""

    @property
    def once(self) -> str:
        """Return what is declined once although it comes as several updates."""
        return self.album


@dataclass(frozen=True)
class Press:
    """A button that somebody pressed."""

    query: str
    """Id of the callback query, which has to be acknowledged."""
    token: str
    message: Message | None
    """The message with the button; None where Telegram has only its place left (it is old, or deleted)."""


@dataclass(frozen=True)
class Choose:
    """Somebody presses a suggestion under a reply."""

    conversation: str
    asked: str
    """Which message the reply with the button answered."""
    number: int
    """Which of its buttons, from 0."""
    place: Place
    press: Press

    @property
    def message_id(self) -> str:
        """Return the id of the turn that this leads to, the same however often it is pressed."""
        return hashlib.sha256(f"{self.asked} {self.number}".encode()).hexdigest()[:16]

    @property
    def once(self) -> str:
        """Return what is answered once although several presses of the same button come."""
        return f"{self.conversation}:{self.message_id}"


@dataclass(frozen=True)
class Judge:
    """Somebody presses a thumb under a reply."""

    conversation: str
    asked: str
    verdict: str
    place: Place
    press: Press


@dataclass(frozen=True)
class Stray:
    """Somebody presses a button that was not made for that person, or not by this bot."""

    conversation: str
    place: Place
    press: Press


Request = Ask | Decline | Choose | Judge | Stray

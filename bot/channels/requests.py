"""What people want of the bot, as far as it is the same on all platforms; some add to it."""

from __future__ import annotations

from dataclasses import dataclass

from bot.channels.platform import Place


@dataclass(frozen=True)
class Ask:
    """Somebody asks something."""

    conversation: str
    message_id: str
    text: str
    place: Place


@dataclass(frozen=True)
class Decline:
    """Somebody sends what the bot can't read, such as a picture without words."""

    conversation: str
    place: Place
    text: str
    """What is answered; nothing where that is empty."""


@dataclass(frozen=True)
class Ignore:
    """Nothing is wanted of the bot."""

    reason: str

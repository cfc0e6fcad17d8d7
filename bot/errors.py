"""What can go wrong, in classes that callers tell apart."""

from __future__ import annotations

import logging


class BotError(Exception):
    """Base of every error of ours; its text is fit to be shown to an operator."""


class SettingError(BotError):
    """A setting has a value that cannot be used."""


class StartError(BotError):
    """The bot cannot start: no model, the port is taken, the database cannot be opened."""


class StoreError(BotError):
    """A conversation, or what else is kept in the database, could not be read or stored."""


class DatabaseFault(StoreError):
    """The database cannot be used as a whole; the log has been told what to do, and need not be again."""

    def __init__(self, reason: str, advice: str = "") -> None:
        """Take the database's reason, and what the log was told."""
        super().__init__(reason)
        self.advice = advice


class NewerLayout(StoreError):
    """A newer version of this program made the conversations' file."""


class QueueFullError(BotError):
    """Too many messages wait in one conversation, or in all of them together."""


class DeliveryBusy(BotError):
    """Another task or process has been at the same event for too long."""


class PutOff(BotError):
    """A platform does not take a message now; it is worth another attempt."""


class Paused(PutOff):
    """A platform takes nothing in this place for longer than is waited for."""

    def __init__(self, text: str, seconds: float) -> None:
        """`seconds` is for how long."""
        super().__init__(text)
        self.seconds = seconds


def log_level_of(error: BaseException) -> int:
    """Say how loud to log an error of the conversations' database; of one that is known, not each message tells."""
    return logging.DEBUG if isinstance(error, DatabaseFault) else logging.ERROR

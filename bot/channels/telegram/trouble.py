"""What went wrong in a call of Telegram, and whether to try again. Pure functions, but for the dice."""

from __future__ import annotations

import random
from datetime import timedelta

from telegram.error import (
    BadRequest,
    ChatMigrated,
    EndPointNotFound,
    Forbidden,
    InvalidToken,
    RetryAfter,
    TelegramError,
)

from bot.channels.retrying import Patience, Trouble, backoff
from bot.errors import BotError, StoreError
from bot.logs import discreet

BAD_TOKEN = (InvalidToken, EndPointNotFound)
"""How the library reports a token that Telegram does not know."""
FINAL = (BadRequest, Forbidden)
"""A request that fails like this would fail again."""

_TELLING = (TelegramError, OSError, StoreError)


def read_trouble(error: Exception, first_pause: float) -> Trouble:
    """Say what an error of the client means; raise it where it is none of Telegram's, or a chat has moved."""
    if not isinstance(error, TelegramError) or isinstance(error, ChatMigrated):
        raise error
    if isinstance(error, RetryAfter):
        return Trouble(reason(error), wait=seconds_asked(error, first_pause))
    bad_token = isinstance(error, BAD_TOKEN)
    return Trouble(reason(error), final=bad_token or isinstance(error, FINAL), bad_token=bad_token)


def pause(patience: Patience, failures: int, failure: Exception | None = None) -> float:
    """Return how long to wait after so many failures, the last being `failure`."""
    if isinstance(failure, RetryAfter):
        return seconds_asked(failure, patience.first_pause)
    return backoff(patience.first_pause, failures, patience.longest_pause)


def seconds_asked(failure: RetryAfter, first_pause: float) -> float:
    """Return the pause that Telegram asks for, and a little more: clocks need not agree, nor all come back at once."""
    asked = failure.retry_after
    seconds = asked.total_seconds() if isinstance(asked, timedelta) else float(asked)
    return seconds + first_pause * random.uniform(0.1, 1.0)


def reason(error: Exception) -> str:
    """Say what went wrong, without a token."""
    text = discreet(str(error)).strip()
    if text and isinstance(error, BotError):
        return text
    # The text of any other error may hold what somebody wrote.
    return f"{type(error).__name__}: {text}" if text and isinstance(error, _TELLING) else type(error).__name__

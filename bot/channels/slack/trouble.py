"""What went wrong in a call of Slack, and whether to try again. Pure functions, but for the dice."""

from __future__ import annotations

import asyncio
import random
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError, SlackClientError

from bot.channels.retrying import Trouble

TOKEN_ERRORS = {
    "invalid_auth",
    "not_authed",
    "account_inactive",
    "token_revoked",
    "token_expired",
    "not_allowed_token_type",
}
"""Slack does not take the token: nothing can be sent until somebody sees to it."""

_LEAST = 0.1
"""Seconds; Slack counts in whole ones."""
_PASSING = {"ratelimited", "rate_limited", "internal_error", "fatal_error", "service_unavailable", "request_timeout"}


class NotOk(Exception):
    """A response URL did not answer 200."""

    def __init__(self, status: int, headers: Any, body: str) -> None:
        super().__init__(status)
        self.status, self.headers, self.body = status, headers, body


def read_trouble(error: Exception) -> Trouble:
    """Say what an error of the client means."""
    if isinstance(error, SlackApiError):
        return _read_response(error.response)
    if isinstance(error, NotOk):
        if error.status == 429:
            return Trouble("ratelimited", wait=_retry_after(error.headers))
        return Trouble(f"{error.status} {error.body}", final=error.status < 500)
    if isinstance(error, aiohttp.ClientConnectorError):
        return Trouble(type(error).__name__)
    if isinstance(error, (aiohttp.ClientError, asyncio.TimeoutError, OSError)):
        return Trouble(type(error).__name__, unclear=True)
    if isinstance(error, SlackClientError):  # an upload that was not taken
        return Trouble(type(error).__name__)
    return Trouble(type(error).__name__, final=True, detail=f"{type(error).__name__}: {error}")


def _read_response(response: Any) -> Trouble:
    # The library hands on its own response, or the plain one where the body is not JSON.
    status = getattr(response, "status_code", None) or getattr(response, "status", 0)
    data = getattr(response, "data", None)
    data = data if isinstance(data, dict) else {}
    reason = str(data.get("error") or f"status {status}")
    if status == 429 or reason in ("ratelimited", "rate_limited"):
        return Trouble(reason, wait=_retry_after(response.headers))
    if status >= 500 or reason in _PASSING or not data:
        return Trouble(reason, unclear=True)
    needed = f" (the app needs the scope {data['needed']})" if data.get("needed") else ""
    return Trouble(reason, final=True, detail=reason + needed, bad_token=reason in TOKEN_ERRORS)


def _retry_after(headers: Any) -> float:
    values = {str(name).lower(): value for name, value in dict(headers or {}).items()}
    value = values.get("retry-after", "1")
    try:
        seconds = float(value[0] if isinstance(value, list) else value)
    except (TypeError, ValueError):
        seconds = 1.0
    return max(seconds, _LEAST) * (1 + random.random() / 10)

"""Requests that Telegram posts to this server: who sent them, and what is in them. Pure functions."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass, field
from typing import Any

from bot.messages import telegram as telegram_texts
from bot.web.http import RequestError, read_object

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
PATH = "/webhooks/telegram/webhook"


@dataclass(frozen=True)
class Webhook:
    """Where Telegram delivers, and what it says to prove itself."""

    url: str
    secret: str = field(repr=False)


def read_posted(content_type: str, body: bytes) -> dict[str, Any]:
    """Read an update, or raise RequestError."""
    data = read_object(content_type, body, len(body), telegram_texts.NO_UPDATE)  # Sanic has seen to the size
    if type(data.get("update_id")) is not int:
        raise RequestError(400, "no_update", telegram_texts.NO_UPDATE)
    return data


def is_secret(given: str | None, secret: str) -> bool:
    """Compare what came with the request with the secret, in the same time whatever came."""
    return hmac.compare_digest((given or "").encode("utf-8", "replace"), secret.encode())


def derived_secret(token: str) -> str:
    """Make a webhook secret that only who has the bot's token can make; the same at each start."""
    return hashlib.sha256(b"webhook:" + token.encode()).hexdigest()

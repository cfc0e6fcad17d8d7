"""Requests that Slack posts to this server: who sent them, and what is in them. Pure functions.

Events, buttons and slash commands all come to one address. The signature is checked before anything is parsed.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs

from bot.messages import slack as slack_texts

EVENT, ACTION, COMMAND, CHALLENGE, NOTHING = "events_api", "interactive", "slash_commands", "challenge", "nothing"
"""Kinds of requests; the first three are named as in Socket Mode."""

MAX_AGE = 300
"""Seconds by which the time of a request may be off, either way."""
LAST_RETRY = 3

_JSON, _FORM = "application/json", "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class Posted:
    """A request of Slack's."""

    kind: str
    payload: Any
    retry: int = 0
    """Which redelivery this is, 0 for the first delivery."""


class Rejected(Exception):
    """A request that is not served."""

    def __init__(self, status: int, code: str, text: str) -> None:
        super().__init__(text)
        self.status, self.code, self.text = status, code, text


def read_posted(headers: Mapping[str, str], body: bytes, secret: str, now: float) -> Posted:
    """Check and read a request; Rejected with 401 where it is not Slack's, with 400 where it can't be read."""
    if not is_signed(headers, body, secret, now):
        raise Rejected(401, "bad_signature", slack_texts.BAD_SIGNATURE)
    kind = headers.get("content-type", "").split(";")[0].strip().lower()
    try:
        if kind == _JSON:
            return _read_json(json.loads(body), _retry(headers))
        if kind == _FORM:
            return _read_form(body)
    except (ValueError, RecursionError):  # not UTF-8, not JSON, nested too deeply
        pass
    raise Rejected(400, "bad_request", slack_texts.UNREADABLE)


def is_signed(headers: Mapping[str, str], body: bytes, secret: str, now: float) -> bool:
    """Say whether a request comes from Slack and is of these minutes.

    Works on bytes: the library's own check raises where body or signature is not plain text.
    """
    stamp = headers.get("x-slack-request-timestamp", "")
    if not (stamp.isascii() and stamp.isdigit() and len(stamp) <= 12) or abs(now - int(stamp)) > MAX_AGE:
        return False
    expected = "v0=" + hmac.new(secret.encode(), b"v0:" + stamp.encode() + b":" + body, hashlib.sha256).hexdigest()
    given = headers.get("x-slack-signature", "")
    return hmac.compare_digest(expected.encode(), given.encode("utf-8", "surrogateescape"))


def _read_json(content: Any, retry: int) -> Posted:
    if not isinstance(content, dict):
        raise ValueError(content)
    if content.get("type") == "url_verification":
        challenge = content.get("challenge")
        if not isinstance(challenge, str):
            raise ValueError(content)
        return Posted(CHALLENGE, challenge)
    return Posted(EVENT if content.get("type") == "event_callback" else NOTHING, content, retry)


def _read_form(body: bytes) -> Posted:
    fields = {name: values[0] for name, values in parse_qs(body.decode(), keep_blank_values=True).items()}
    if "payload" in fields:
        return Posted(ACTION, json.loads(fields["payload"]))
    if "command" in fields:
        return Posted(COMMAND, fields)
    if "ssl_check" in fields:
        return Posted(NOTHING, fields)
    raise ValueError(fields)


def _retry(headers: Mapping[str, str]) -> int:
    number = headers.get("x-slack-retry-num", "")
    return int(number) if number.isascii() and number.isdigit() and len(number) < 4 else 0

"""What a button of Telegram carries: at most 64 bytes, valid in its own conversation only.

A token names the message that was answered and which button of the answer it is, and is
signed together with the conversation: nobody can reach an intent by it, or someone else's
conversation. The text that the button stands for is in the stored turn, so buttons work
after a restart too.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from dataclasses import dataclass

QUESTION, OPINION = "q", "o"
MAX_BYTES = 64

_BODY = r"(?P<kind>[qo])(?P<choice>[a-z0-9]{1,4})\.(?P<message>[A-Za-z0-9_-]{1,36})"
_TOKEN = re.compile(rf"(?P<body>{_BODY})\.(?P<mac>[0-9a-f]+)")
_MAC_SIGNS = 16


@dataclass(frozen=True)
class Button:
    """What a token says."""

    kind: str
    """QUESTION or OPINION."""
    choice: str
    """Which suggestion (a number), or which opinion."""
    message: str
    """Id of the message whose answer has the button."""


class Tokens:
    """Make and check tokens with a key of the bot's own."""

    def __init__(self, bot_token: str) -> None:
        self._key = hashlib.sha256(b"buttons:" + bot_token.encode()).digest()

    def make(self, conversation: str, button: Button) -> str:
        """Return the token of a button in a conversation."""
        body = f"{button.kind}{button.choice}.{button.message}"
        return f"{body}.{self._mac(conversation, body)}"

    def read(self, conversation: str, token: str) -> Button | None:
        """Return what a token says, None for one that was not made for this conversation."""
        found = _TOKEN.fullmatch(token)
        if not found or not hmac.compare_digest(found["mac"], self._mac(conversation, found["body"])):
            return None
        return Button(found["kind"], found["choice"], found["message"])

    def _mac(self, conversation: str, body: str) -> str:
        return hmac.new(self._key, f"{conversation} {body}".encode(), hashlib.sha256).hexdigest()[:_MAC_SIGNS]

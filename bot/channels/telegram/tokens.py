"""What a button of Telegram carries: at most 64 bytes, valid in its own conversation only.

A token names the message that was answered and which button of the answer it is, and is
signed together with the conversation: nobody can reach an intent by it, or someone else's
conversation. The text that the button stands for is in the stored turn, so buttons work
after a restart too.

A press comes with the chat and with the person who presses. What else the conversation's id
is made of stands in the token: its topic, because Telegram may no longer have the message with
the button and then does not say in which topic it was, and the group or channel in whose name
the question was written, because Telegram never says who wrote in it.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Callable
from dataclasses import dataclass

QUESTION, OPINION = "q", "o"
MAX_BYTES = 64

_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_WHERE = r"(?:~(?P<thread>[0-9a-z]{1,12}))?(?:@(?P<author>-?[0-9a-z]{1,12}))?"
_BODY = rf"(?P<kind>[qo])(?P<choice>[a-z0-9]{{1,4}})\.(?P<message>[A-Za-z0-9_-]{{1,36}}){_WHERE}"
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
    thread: int | None = None
    """The topic in which the question was asked, where the chat has topics."""
    author: int | None = None
    """The group or channel in whose name the question was asked; None where a person asked it."""


class Tokens:
    """Make and check tokens with a key of the bot's own."""

    def __init__(self, bot_token: str) -> None:
        self._key = hashlib.sha256(b"buttons:" + bot_token.encode()).digest()

    def make(self, conversation: str, button: Button) -> str:
        """Return the token of a button in a conversation."""
        thread = f"~{_written(button.thread)}" if button.thread is not None else ""
        author = f"@{_written(button.author)}" if button.author is not None else ""
        body = f"{button.kind}{button.choice}.{button.message}{thread}{author}"
        return f"{body}.{self._mac(conversation, body)}"

    def read(self, token: str, conversation_of: Callable[[Button], str]) -> Button | None:
        """Return what a token says, None for one that was not made for the conversation it is pressed in.

        `conversation_of` names that conversation, for a token that says what it does.
        """
        found = _TOKEN.fullmatch(token)
        if not found:
            return None
        thread, author = (int(found[name], 36) if found[name] else None for name in ("thread", "author"))
        button = Button(found["kind"], found["choice"], found["message"], thread, author)
        genuine = hmac.compare_digest(found["mac"], self._mac(conversation_of(button), found["body"]))
        return button if genuine else None

    def _mac(self, conversation: str, body: str) -> str:
        return hmac.new(self._key, f"{conversation} {body}".encode(), hashlib.sha256).hexdigest()[:_MAC_SIGNS]


def _written(number: int) -> str:
    """Write a number in few signs, so that a token keeps within its bytes."""
    digits, rest = "", abs(number)
    while rest or not digits:
        rest, digit = divmod(rest, 36)
        digits = _DIGITS[digit] + digits
    return f"-{digits}" if number < 0 else digits

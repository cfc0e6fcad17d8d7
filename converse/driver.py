"""What a runner talks to: anything that can say a message and tells what came back.

A channel's driver is `connect(agent, settings)` in `tests/support/drivers/<channel>.py`: an asynchronous context
manager that serves the agent with the channel's connector, talks to it as the platform would, and yields a Driver.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol, runtime_checkable

from bot.errors import BotError


@dataclass(frozen=True)
class TurnResult:
    """What came back to one message.

    `messages` are as a channel's reply has them: {"text", "buttons"?} and, where it can be seen, {"custom": {"answer":
    record}}. `events` are the tracker's since the message, as dictionaries; None where they cannot be seen.
    """

    messages: list[dict[str, Any]]
    events: list[dict[str, Any]] | None = None
    failure: str | None = None
    """Why there is no answer."""

    @property
    def text(self) -> str:
        """All that was said, a message a line."""
        return "\n".join(message["text"] for message in self.messages if message.get("text"))

    @property
    def record(self) -> dict[str, Any] | None:
        """The answer record, None where it cannot be seen."""
        records = [(message.get("custom") or {}).get("answer") for message in self.messages]
        return next((record for record in reversed(records) if record), None)

    @property
    def buttons(self) -> list[dict[str, str]]:
        """All buttons, in order."""
        return [button for message in self.messages for button in message.get("buttons") or ()]

    @property
    def intent(self) -> str | None:
        """What the message was taken to ask, None where that cannot be seen."""
        for event in self.events or ():
            if event.get("event") == "user":
                return ((event.get("parse_data") or {}).get("intent") or {}).get("name")
        return None


class Unreachable(BotError):
    """The bot does not answer at all any more, so that no other case can be held either."""


class Driver(Protocol):
    """Says messages to the bot over some way; conversations are kept apart by their ids (letters and digits)."""

    async def say(self, conversation_id: str, text: str, metadata: Mapping[str, Any]) -> TurnResult:
        """Say something and return what comes back."""


@runtime_checkable
class PresettingDriver(Driver, Protocol):
    """A driver that can set slots before a conversation begins."""

    async def preset(self, conversation_id: str, slots: Mapping[str, Any]) -> None:
        """Set slots."""

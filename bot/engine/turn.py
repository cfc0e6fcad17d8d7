"""Take one turn of a conversation on behalf of a channel, whatever goes wrong in it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from rasa.core.channels.channel import OutputChannel, UserMessage

from bot import messages
from bot.engine import intake
from bot.errors import QueueFullError, StoreError, log_level_of
from bot.settings import Settings
from bot.storage.stored_turns import SENTENCE, messages_of

logger = logging.getLogger(__name__)

Handler = Callable[[UserMessage], Awaitable[Any]]
"""Has Rasa handle a message; replies go to the message's output channel."""


@dataclass(frozen=True)
class Failure:
    """Why there is no answer: an HTTP status, a code for programs, a text for people."""

    status: int
    code: str
    text: str


@dataclass(frozen=True)
class TurnReply:
    """What a channel is to send for a turn: messages, the one with `custom` last; or a failure."""

    messages: list[dict[str, Any]] = field(default_factory=list)
    failure: Failure | None = None
    repeated: bool = False
    """Whether the message had been answered before, and this is what was said then."""


NO_REPLY = Failure(500, "no_reply", messages.APOLOGY)
FAILED = Failure(500, "failed", messages.APOLOGY)
TIMED_OUT = Failure(504, "timed_out", messages.TIMED_OUT)
NOT_STORED = Failure(503, "not_stored", messages.NOT_STORED)
TOO_MANY = Failure(429, "too_many", messages.TOO_MANY)


async def take_turn(
    handle: Handler,
    conversation_id: str,
    text: str,
    channel: str,
    settings: Settings,
    message_id: str | None = None,
    sentence: str | None = None,
) -> TurnReply:
    """Give what somebody wrote to the bot and collect its reply; never raises for a bad turn.

    `conversation_id` carries its channel already (`intake.conversation_id`). A message whose
    `message_id` was answered in this conversation is not answered anew: the same reply comes back.
    `sentence` is the id of the sentence of the article that the message is about, where one was picked.
    """
    read = intake.read_text(text, settings.max_message_chars, settings.max_message_tokens)
    if isinstance(read, intake.Refusal):
        return TurnReply(read.messages())
    collector = Collector(once=message_id is not None)
    about = {SENTENCE: sentence} if sentence else None
    message = UserMessage(
        read, collector, conversation_id, input_channel=channel, message_id=message_id, metadata=about
    )
    try:
        await asyncio.wait_for(handle(message), settings.turn_timeout)
    except asyncio.TimeoutError:
        logger.error(messages.turn_timed_out(conversation_id, settings.turn_timeout))
        return TurnReply(failure=TIMED_OUT)
    except QueueFullError as error:
        logger.debug("%s", error)  # not louder: whoever sends bursts must not fill the log
        return TurnReply(failure=TOO_MANY)
    except StoreError as error:
        logger.log(log_level_of(error), "%s", error)
        return TurnReply(failure=NOT_STORED)
    except Exception:
        logger.exception(messages.turn_failed(conversation_id))
        return TurnReply(failure=FAILED)
    if collector.repeated is not None:
        return TurnReply(collector.repeated, repeated=True)
    if collector.failed:
        return TurnReply(failure=FAILED)
    if not any(message.get("text") for message in collector.said):
        logger.error(messages.no_reply(conversation_id))
        return TurnReply(failure=NO_REPLY)
    return TurnReply(collector.messages())


class Collector(OutputChannel):
    """Keep what the bot says in a turn: texts with their buttons, then one record.

    Rasa's own collector splits a text at blank lines.
    """

    FAILED = "failed"
    """Key of `custom` by which an action in this process says that it failed."""

    def __init__(self, once: bool = False) -> None:
        """With `once`, a message that has been answered is not answered again."""
        self.once = once
        self.said: list[dict[str, Any]] = []
        self.repeated: list[dict[str, Any]] | None = None

    @classmethod
    def name(cls) -> str:
        return "collector"

    @property
    def failed(self) -> bool:
        return any((message.get("custom") or {}).get(self.FAILED) for message in self.said)

    def messages(self) -> list[dict[str, Any]]:
        """Return the reply, its record last."""
        return messages_of(self.said)

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        self.said.append(message)

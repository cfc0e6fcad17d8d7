"""A stored turn, read back as the messages that a channel sent for it. Pure functions."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

SAID = ("text", "buttons")
SENTENCE = "sentence"
"""Key of a message's metadata: the id of the sentence of the article that it is about."""


@dataclass(frozen=True)
class StoredTurn:
    """What somebody wrote and what the bot replied."""

    number: int
    message_id: str | None
    text: str
    messages: list[dict[str, Any]]
    """As on the REST channel: texts with their buttons, then one `custom`."""
    time: float
    """When it was asked, in seconds since 1970."""
    sentence: str | None = None
    """Id of the sentence of the article that it was about, where the reader had picked one."""

    @property
    def record(self) -> dict[str, Any]:
        """The answer record, {} where there is none."""
        return next((m["custom"]["answer"] for m in self.messages if (m.get("custom") or {}).get("answer")), {})


def read_turn(number: int, events: str) -> StoredTurn:
    """Read a turn from its events as stored (a JSON list); ValueError or KeyError for a damaged one."""
    asked: dict[str, Any] = {}
    said: list[dict[str, Any]] = []
    for event in json.loads(events):
        if event["event"] == "user":
            asked = event
        elif event["event"] == "bot":
            said.append({"text": event.get("text"), **(event.get("data") or {})})
    text, time = asked.get("text") or "", asked.get("timestamp") or 0.0
    sentence = (asked.get("metadata") or {}).get(SENTENCE)
    return StoredTurn(number, asked.get("message_id"), text, messages_of(said), time, sentence)


def messages_of(said: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Put what the bot said into the shape of a reply: texts with their buttons, then one `custom`."""
    texts: list[dict[str, Any]] = []
    custom: dict[str, Any] = {}
    for message in said:
        if message.get("text"):
            texts.append({key: message[key] for key in SAID if message.get(key)})
        custom.update(message.get("custom") or {})
    return [*texts, {"custom": custom}] if custom else texts

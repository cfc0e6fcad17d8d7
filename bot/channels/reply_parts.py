"""What all platforms take from a reply: its record, its buttons in order, the quotes to show. Pure functions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

JUDGED = ("answered", "not_in_document")
"""Statuses of replies that people are asked to judge."""


@dataclass(frozen=True)
class Picture:
    """A picture, by its name in `bot.channels.pictures`."""

    name: str
    alt: str
    """What it shows, for whoever can't see it."""
    instead: str = ""
    """What to say where it can't be shown, "" where the answer says it already."""


def custom_of(reply: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """Return what a reply carries beside its text: the answer record, a picture."""
    custom: dict[str, Any] = {}
    for message in reply:
        custom.update(message.get("custom") or {})
    return custom


def buttons_of(reply: Iterable[dict[str, Any]]) -> list[dict[str, str]]:
    """Return the buttons of a reply in the order in which they are shown and numbered."""
    return [button for message in reply if message.get("text") for button in message.get("buttons") or ()]


def is_judged(reply: Iterable[dict[str, Any]]) -> bool:
    """Say whether people are asked what they think of a reply."""
    return (custom_of(reply).get("answer") or {}).get("status") in JUDGED


def quotes_of(reply: Sequence[dict[str, Any]]) -> list[tuple[str, str]]:
    """Return the sentences that a reply rests on, each with its quote, less what its text quotes already."""
    said = "\n".join(message.get("text") or "" for message in reply)
    record = custom_of(reply).get("answer") or {}
    evidence = [(item["sentence"], item["quote"]) for item in record.get("evidence") or ()]
    return [(name, quote) for name, quote in dict.fromkeys(evidence) if f"“{quote}”" not in said]

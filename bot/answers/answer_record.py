"""The answer record that every reply carries beside its text, and why a message was not answered."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from typing import Any


class Reason(str, Enum):
    """Why a message has no answer: `reason` of the record; none where it was answered, or was small talk."""

    SILENT = "silent"
    """It asks about the article's subject, and the article does not tell."""
    OFF_TOPIC = "off_topic"
    """It asks, or orders, something that the article is not about."""
    NOT_UNDERSTOOD = "not_understood"
    """No question could be made out: signs, keys struck at random, what programs say to each other, a gap left open."""
    OTHER_LANGUAGE = "other_language"
    """It is in another language or script than the bot reads."""
    UNCLEAR = "unclear"
    """It can mean several things, and the reply asks which."""
    EMPTY = "empty"
    """It holds nothing to read, and was declined unread."""
    TOO_LONG = "too_long"
    """It is longer than the bot reads, and was declined unread."""


REASONS = tuple(reason.value for reason in Reason)


def answer_record(
    status: str,
    reason: Reason | None = None,
    facts: Iterable[str] = (),
    derived: bool = False,
    evidence: Iterable[dict[str, Any]] = (),
) -> dict[str, Any]:
    """Return a record; `evidence` as dictionaries of sentence, start, end and quote."""
    return {
        "status": status,
        "facts": list(facts),
        "derived": derived,
        "reason": reason.value if reason else None,
        "evidence": list(evidence),
    }


def reason_of(record: dict[str, Any]) -> Reason | None:
    """Return the reason that a record gives; None where it gives none, or is older than reasons."""
    value = record.get("reason")
    return Reason(value) if value in REASONS else None

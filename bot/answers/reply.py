"""A reply: its text, its status, what it rests on."""

from __future__ import annotations

from dataclasses import dataclass

from bot.answers.answer_record import Reason, answer_record
from bot.facts.base import Quote

ANSWERED, NOT_IN_DOCUMENT, CLARIFY, SOCIAL = "answered", "not_in_document", "clarify", "social"

_OFFERED = 3


@dataclass(frozen=True)
class Reply:
    """What to say, and what it rests on."""

    text: str
    status: str
    facts: tuple[str, ...] = ()
    derived: bool = False
    evidence: tuple[Quote, ...] = ()
    buttons: tuple[str, ...] = ()
    """Questions offered next, or choices; each is sent as if typed."""
    choices: tuple[str, ...] = ()
    """Entity ids behind the buttons of a question asked back."""
    picture: dict[str, str] | None = None
    """Name of a picture to show (`bot.channels.pictures`), and the words that stand for it."""
    reason: Reason | None = None
    """Why it is no answer: set where it refuses or asks back."""

    def record(self) -> dict:
        """Return the machine-readable answer record."""
        evidence = [dict(vars(quote)) for quote in self.evidence]
        return answer_record(self.status, self.reason, self.facts, self.derived, evidence)


def joined(replies: list[Reply]) -> Reply:
    """Return several answers as one reply, with what all of them rest on."""
    return Reply(
        " ".join(reply.text for reply in replies),
        ANSWERED if any(reply.status == ANSWERED for reply in replies) else replies[-1].status,
        tuple(dict.fromkeys(fact for reply in replies for fact in reply.facts)),
        any(reply.derived for reply in replies),
        tuple(dict.fromkeys(quote for reply in replies for quote in reply.evidence)),
        tuple(dict.fromkeys(text for reply in replies for text in reply.buttons))[:_OFFERED],
        reason=None if any(reply.status == ANSWERED for reply in replies) else replies[-1].reason,
    )

"""A reply as values: what it says sentence by sentence, its verdict and status, what it rests on and is about."""

from __future__ import annotations

from dataclasses import dataclass

from bot.answers.answer_record import Reason, answer_record
from bot.facts.base import Quote

ANSWERED, NOT_IN_DOCUMENT, CLARIFY, SOCIAL = "answered", "not_in_document", "clarify", "social"


@dataclass(frozen=True)
class NamedPicture:
    """A picture to show with a reply."""

    name: str
    """What `bot.channels.pictures` draws it by."""
    alt: str
    """The words that stand for it where it cannot be seen."""


@dataclass(frozen=True)
class Reply:
    """What to say, and what it rests on."""

    sentences: tuple[str, ...]
    """What it tells, sentence by sentence, without its `lead`."""
    status: str
    facts: tuple[str, ...] = ()
    derived: bool = False
    """True where it was counted or put in order."""
    evidence: tuple[Quote, ...] = ()
    buttons: tuple[str, ...] = ()
    """Questions offered next, or choices; each is sent as if typed."""
    choices: tuple[str, ...] = ()
    """Entity ids behind the buttons of a question asked back."""
    picture: NamedPicture | None = None
    reason: Reason | None = None
    """Why it is no answer: set where it refuses or asks back."""
    verdict: bool | None = None
    """True or False: what the message claims is so, or is not; None where it claims nothing or that is left open."""
    lead: str = ""
    """Words before the sentences that say the verdict: Yes, No, or that something else is so."""
    about: tuple[str, ...] = ()
    """Ids of the entities that it tells of, in the order in which it names them."""
    listed: tuple[str, ...] = ()
    """Ids of the entities that it lists beside each other, so that "which of them?" can be asked."""
    questions_named: tuple[str, ...] = ()
    """Questions that its own words name ("You could ask: ...")."""

    @property
    def text(self) -> str:
        """All that it says."""
        return " ".join(filter(None, (self.lead, *self.sentences)))

    def record(self) -> dict:
        """Return the machine-readable answer record."""
        evidence = [dict(vars(quote)) for quote in self.evidence]
        return answer_record(self.status, self.reason, self.facts, self.derived, evidence)

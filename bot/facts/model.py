"""The records of the fact base, as they stand in `data/facts/*.yml`.

Every record refuses keys that it does not know, so a slip of the pen is reported instead of ignored.
"""

from __future__ import annotations

import datetime
import re

from pydantic import BaseModel, Field, validator

from bot.language.sentences import sentences_of

Evidence = dict[str, str | None]

_WEB_ADDRESS = re.compile(r"https?://[^\s/?#<>\"]+[^\s<>\"]*")


def _listed(value: object) -> object:
    """Take one text for a list of one."""
    return [value] if isinstance(value, str) else value


class Record(BaseModel):
    """A frozen record without unknown keys."""

    class Config:
        extra = "forbid"
        allow_mutation = False


class Credits(Record):
    """Who wrote the article and where it was published; what is not known is left out."""

    byline: str | None = None
    source: str | None = None
    url: str | None = None

    @validator("byline", "source")
    @classmethod
    def _says_something(cls, value: str) -> str:
        if not value.strip():
            raise ValueError("is empty; write it, or leave the key out")
        return value.strip()

    @validator("url")
    @classmethod
    def _can_be_opened(cls, value: str) -> str:
        if not _WEB_ADDRESS.fullmatch(value):
            raise ValueError(f"{value} is no address of a web page; valid is https://example.org/page")
        return value


class Entity(Record):
    """A person, state, organisation, agreement, place, office or group."""

    id: str
    type: str
    name: str
    aliases: list[str] = []
    exact: list[str] = []
    misspellings: list[str] = []
    descriptions: list[str] = []
    adjectives: list[str] = []
    short: str | None = None
    about: str | None = None
    briefly: str | None = None
    facts: list[str] = []
    holder: str | None = None
    of: str | None = None
    outside: bool = False
    evidence: Evidence = {}

    @property
    def first_said(self) -> str:
        """What is said of it where there is room for one statement, "" where the article says nothing of it."""
        return self.briefly or next(iter(sentences_of(self.about or "")), "")


class Date(Record):
    """When something happened: stated (`on`, `in`, `until`) or counted (`days` `after` another event)."""

    on: datetime.date | None = None
    in_: str | None = Field(None, alias="in")
    until: str | None = None
    days: int | None = None
    after: str | None = None


class Event(Record):
    """Something that happened."""

    id: str
    type: str
    says: str
    noun: str
    participants: dict[str, str | list[str]] = {}
    date: Date | None = None
    order: int | None = None
    place: str | None = None
    purpose: str | None = None
    causes: list[str] = []
    outcomes: list[str] = []
    names: list[str] = []
    after: list[str] = []
    before: list[str] = []
    timeline: bool = True
    evidence: Evidence

    def entities(self, role: str | None = None) -> list[str]:
        """Return the ids of those who took part, in `role` or in any."""
        values = self.participants.values() if role is None else [self.participants.get(role, [])]
        return [i for value in values for i in ([value] if isinstance(value, str) else value)]


class Claim(Record):
    """Something that was so: a goal, a status, a reason, a relation."""

    id: str
    kind: str
    says: str
    subject: list[str] = []
    because: list[str] = []
    evidence: Evidence

    def entities(self) -> list[str]:
        """Return the ids of those it is about."""
        return list(self.subject)


class Count(Record):
    """How many an answer tells of, and the nouns by which a question may count them."""

    number: int
    of: list[str]


class Part(Record):
    """One of several things that an answer tells: how a reply names it, and the words by which questions do."""

    name: str
    words: list[str]
    fact: str


class Members(Record):
    """Of whom an answer is so, and of whom it is not: entity id -> the fact that tells it.

    `called` are words by which questions name those of whom it is so, `against` words that ask for the others.
    """

    called: list[str] = []
    against: list[str] = []
    are: dict[str, str] = {}
    are_not: dict[str, str] = {}
    parts: list[Part] = []

    def facts(self) -> list[str]:
        """Return the facts that it names."""
        return [*self.are.values(), *self.are_not.values(), *(part.fact for part in self.parts)]


class Answer(Record):
    """How one intent is answered: by a text that rests on facts, or by an operation over events."""

    question: str
    facts: list[str] = []
    answer: str | None = None
    yes: str | None = None
    no: str | None = None
    no_facts: list[str] = []
    only: dict[str, list[str]] = {}
    duration_days: int | None = None
    counts: Count | None = None
    members: Members | None = None
    during: str | None = None
    on_day: str | None = None
    gives: list[str] = []
    withholds: list[str] = []
    restated: str | None = None
    simple: str | None = None
    operation: str | None = None
    events: str | None = None
    event: str | None = None
    role: str | None = None
    group: str | None = None
    type: str | None = None
    next: list[str] = []


class Particular(Record):
    """What a question of a kind may ask in particular: the words that tell it, and how a refusal names it."""

    words: list[str]
    what: list[str]

    _one_or_more = validator("what", pre=True, allow_reuse=True)(_listed)


class Missing(Record):
    """A kind of question near the article that it does not answer: what to say, and the nearest it does say.

    Of several `what` the first is said of which all {braces} can be filled from the question.
    """

    what: list[str]
    asked: list[Particular] = []
    near: str | None = None
    near_kinds: list[str] | None = None
    events: str | None = None
    role: str | None = None
    next: list[str] = []

    _one_or_more = validator("what", pre=True, allow_reuse=True)(_listed)


Fact = Event | Claim

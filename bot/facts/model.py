"""The records of the fact base, as they stand in `data/facts/*.yml`.

Every record refuses keys that it does not know, so a slip of the pen is reported instead of ignored.
"""

from __future__ import annotations

import datetime
from typing import Dict, List, Optional, Union

from pydantic import BaseModel, Field

# pydantic 1 (pinned by Rasa) evaluates annotations at run time, hence typing's names instead of `X | None`.
Evidence = Dict[str, Optional[str]]


class Record(BaseModel):
    """A frozen record without unknown keys."""

    class Config:
        extra = "forbid"
        allow_mutation = False


class Entity(Record):
    """A person, state, organisation, agreement, place, office or group."""

    id: str
    type: str
    name: str
    aliases: List[str] = []
    exact: List[str] = []
    misspellings: List[str] = []
    descriptions: List[str] = []
    adjectives: List[str] = []
    pronouns: List[str] = []
    short: Optional[str] = None
    about: Optional[str] = None
    facts: List[str] = []
    holder: Optional[str] = None
    outside: bool = False
    evidence: Evidence = {}


class Date(Record):
    """When something happened: stated (`on`, `in`, `until`) or counted (`days` `after` another event)."""

    on: Optional[datetime.date] = None
    in_: Optional[str] = Field(None, alias="in")
    until: Optional[str] = None
    days: Optional[int] = None
    after: Optional[str] = None


class Event(Record):
    """Something that happened."""

    id: str
    type: str
    says: str
    noun: str
    participants: Dict[str, Union[str, List[str]]] = {}
    date: Optional[Date] = None
    order: Optional[int] = None
    place: Optional[str] = None
    purpose: Optional[str] = None
    causes: List[str] = []
    outcomes: List[str] = []
    names: List[str] = []
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
    subject: List[str] = []
    because: List[str] = []
    evidence: Evidence

    def entities(self) -> list[str]:
        """Return the ids of those it is about."""
        return list(self.subject)


class Answer(Record):
    """How one intent is answered: by a text that rests on facts, or by an operation over events."""

    question: str
    facts: List[str] = []
    answer: Optional[str] = None
    yes: Optional[str] = None
    no: Optional[str] = None
    no_facts: List[str] = []
    only: Dict[str, List[str]] = {}
    duration_days: Optional[int] = None
    operation: Optional[str] = None
    events: Optional[str] = None
    event: Optional[str] = None
    role: Optional[str] = None
    group: Optional[str] = None
    type: Optional[str] = None
    next: List[str] = []


class Missing(Record):
    """A kind of question near the article that it does not answer: what to say, and the nearest it does say."""

    what: str
    near: Optional[str] = None
    next: List[str] = []


Fact = Union[Event, Claim]

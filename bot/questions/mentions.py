"""What a message mentions: pieces of it, and what each stands for."""

from __future__ import annotations

from dataclasses import dataclass

NAME, DESCRIPTION, ADJECTIVE, HEARD = "name", "description", "adjective", "heard"
"""Forms of a mention: by name, by a description ("the Soviet leader"), by an adjective ("Russian"), or by a name heard
as several words ("yell sin")."""
EVENT, DATE, DURATION, ORDER = "event", "date", "duration", "order"
"""Kinds of mentions beside the types of entities."""


@dataclass(frozen=True)
class Mention:
    """A piece of a message and what it stands for.

    `entity` is the kind (a type of entities, or event, date, duration, order), `value` the id, a date with what is
    known of it (1991-12-10, --12-10, ---10, 1990, 1991-12), a number of days, or before/after/first/last. `start` and
    `end` are offsets into the text; -1 where it comes from the conversation.
    """

    entity: str
    value: str
    start: int
    end: int
    form: str = NAME

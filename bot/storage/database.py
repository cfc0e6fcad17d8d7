"""What the bot asks of a database, whichever it is.

Each method does its work in one transaction: all of it or nothing. What goes wrong is a StoreError; a DatabaseFault
where the database as a whole cannot be used, of which the log has been told by then. Times are seconds since 1970, and
are handed in, so that a test can have a clock of its own.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from bot.errors import StartError
from bot.messages import database as texts
from bot.settings.kinds import scheme_of
from bot.storage.clock import Clock


@dataclass(frozen=True)
class StoredConversation:
    """A conversation as stored: its last turn's number, the state after it, turns as JSON."""

    last_turn: int
    state: str
    turns: tuple[str, ...]


@dataclass(frozen=True)
class StoredOpinion:
    """An opinion as stored, with the turn that it is about: its number and its events as JSON."""

    turn: int
    events: str
    verdict: str
    remark: str
    given: float


@dataclass(frozen=True)
class Kept:
    """Something that waits for its answer."""

    number: int
    place: str
    event: str
    payload: Any
    """What the platform delivered, as JSON."""
    too_many: bool
    """Whether it is the first beyond those that are answered: whoever wrote it is told so."""


class Turns(Protocol):
    """Conversations and their turns."""

    async def read(self, conversation_id: str, turns: int | None) -> StoredConversation | None:
        """Read the last `turns` turns (all for None), oldest first; None where there is no such conversation."""

    async def append(
        self, conversation_id: str, last_turn: int, events: str, state: str, message_id: str | None = None
    ) -> int:
        """Add a turn after `last_turn` (0: begin the conversation), return the new turn's number.

        StoreError where another process has added one meanwhile, or this `message_id` has been answered already.
        """

    async def find(self, conversation_id: str, message_id: str) -> tuple[int, str] | None:
        """Return number and events of the turn that answered a message, None where there is none."""

    async def last(self, conversation_id: str, turns: int) -> list[tuple[int, str]]:
        """Return numbers and events of the last turns, oldest first."""

    async def ids(self) -> list[str]:
        """Return the ids of all conversations."""


class Opinions(Protocol):
    """What readers think of replies; deleted with their conversation."""

    async def put(self, conversation_id: str, message_id: str, verdict: str, remark: str, given: float) -> bool:
        """Keep an opinion in place of an earlier one; False where the conversation has no such message."""

    async def remove(self, conversation_id: str, message_id: str) -> bool:
        """Forget an opinion; False where there was none."""

    async def of(self, conversation_id: str) -> dict[str, tuple[str, str]]:
        """Return verdict and remark by the id of the message, for a conversation."""

    async def all(self) -> list[StoredOpinion]:
        """Return all opinions, oldest first."""


class Claims(Protocol):
    """Events of platforms: who handles one, until when that holds, and how far its reply was sent."""

    async def claim(self, event: str, owner: str, clock: Clock, seconds: float) -> tuple[int, bool] | None:
        """Take an event for some seconds unless another owner has it.

        Returns how many parts of its reply were sent and whether it is done, None where it is not taken. The time is
        that at which the claim is written, after any wait for others who write. An event that is done can be claimed
        by anybody, to find out that it is.
        """

    async def set_sent(self, event: str, owner: str, now: float, parts: int) -> None:
        """Note how many parts of the reply were sent."""

    async def set_done(self, event: str, owner: str, now: float) -> None:
        """Note that nothing is left to do."""

    async def set_until(self, event: str, owner: str, until: float) -> None:
        """Change until when the owner has the event."""

    async def forget(self, before: float) -> None:
        """Delete what nobody has touched since, but for what still waits for its answer."""


class Waiting(Protocol):
    """What waits for its answer, and the places that are to be left alone until some time."""

    async def left_alone_until(self, place: str) -> float:
        """Return until when a place is to be left alone; a time that is past, or 0, for one that is not."""

    async def leave_alone(self, place: str, now: float, until: float) -> None:
        """Note until when a place is to be left alone; of two times the later holds."""

    async def keep(self, place: str, event: str, payload: Any) -> None:
        """Keep an event that could not be answered; once, however often it comes."""

    async def keep_behind(self, place: str, event: str, payload: Any, patient_until: float, most: int) -> bool:
        """Keep an event if its place is left alone for longer than `patient_until` or others wait there; say whether.

        Of more than `most` that wait in a place the rest is dropped; the first of it is kept to say so.
        """

    async def first(self, place: str) -> Kept | None:
        """Return what has waited longest in a place, None where nothing waits."""

    async def drop(self, number: int) -> None:
        """Forget something that needs no more answer."""

    async def places(self, prefix: str) -> dict[str, float]:
        """Return where something waits, of the places that begin so, and until when each is to be left alone."""


class EndedIds(Protocol):
    """Ids of web conversations that a restart has left behind."""

    async def add(self, session_id: str, now: float, forget_before: float) -> None:
        """Keep an id, and forget those that ended before some time."""

    async def has(self, session_id: str) -> bool:
        """Say whether an id was left behind."""


class ConversationDatabase(Protocol):
    """All that is kept."""

    turns: Turns
    opinions: Opinions
    claims: Claims
    waiting: Waiting
    ended: EndedIds
    name: str
    """What operators know it by: a path, or an address without its password."""

    def exists(self) -> bool:
        """Say whether it is there already; the first use makes one that is not."""

    async def open(self) -> int:
        """Open it, delete what is too old, return how many conversations that was; done by itself at the first use."""

    def close(self) -> None:
        """Finish what is under way and close it; a later use opens it again."""


def open_database(address: str | Path, retention_days: int = 0) -> ConversationDatabase:
    """Return the database that an address means, which is not opened before its first use.

    Args:
        address: the setting DATABASE as it is given: the path of a file, or an address with a scheme.
        retention_days: how long a conversation is kept that nobody goes on with; 0 keeps all for ever.

    Raises:
        StartError: none of the databases here has such addresses.
    """
    scheme = scheme_of(str(address))
    if scheme not in BACKENDS:
        raise StartError(texts.no_backend(scheme, [known for known in BACKENDS if known]))
    return BACKENDS[scheme](str(address), retention_days)


def _sqlite(address: str, retention_days: int) -> ConversationDatabase:
    from bot.storage.sqlite.database import SqliteDatabase

    return SqliteDatabase(Path(address), retention_days)


BACKENDS: dict[str, Callable[[str, int], ConversationDatabase]] = {"": _sqlite}
"""What opens an address, by its scheme; a path has none. A database is imported where it is chosen."""

"""Rasa's tracker store on our database: conversations, read and written by the turn.

A turn costs one row: its events as JSON. Beside the turns stands one row for each
conversation with the state they led to (slots and the like), so a message reads that row
and the last turns, however long the conversation and however many others there are.

A fault (a locked file, a damaged row, an id that the database refuses) stays in the turn that
met it: nothing is answered from a conversation that could not be read, and nothing is
written over. Rasa 3.6 would swallow an error raised here and go on with a blank
conversation, so the tracker carries the fault instead (`fault_of`), and one that could
not be read is paused: Rasa then has no reply to it.
"""

from __future__ import annotations

import dataclasses
import json
import logging
from collections.abc import Iterable
from itertools import islice
from pathlib import Path
from typing import Any

from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import BotUttered, ConversationPaused, Event, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker, TrackerActiveLoop

from bot import messages
from bot.errors import DatabaseFault, StoreError, log_level_of
from bot.settings import read_settings
from bot.storage.database import StoredConversation, open_database
from bot.storage.deliveries import Deliveries
from bot.storage.feedback import Feedback
from bot.storage.postponed import Postponed
from bot.storage.stored_turns import StoredTurn, read_turn

TURNS_READ = 2
"""Turns a tracker begins with. Actions read slots and the latest message only, and rules
are of one turn, so Rasa needs no more than the turn before."""

logger = logging.getLogger(__name__)


class ConversationStore(TrackerStore):
    """The tracker store; `type: bot.storage.store.ConversationStore` in endpoints.yml."""

    def __init__(
        self,
        domain: Domain | None = None,
        event_broker: EventBroker | None = None,
        host: str | None = None,
        address: str | Path | None = None,
        retention_days: int | None = None,
        **kwargs: Any,
    ) -> None:
        """Take the database's address and how long it keeps from the settings where they are not given.

        `host` is Rasa's (the `url` in endpoints.yml) and has no meaning here.
        """
        super().__init__(domain, event_broker, **kwargs)
        settings = read_settings()
        self.retention_days = settings.retention_days if retention_days is None else retention_days
        self.database = open_database(address or settings.database, self.retention_days)
        self.deliveries = Deliveries(self.database)
        self.postponed = Postponed(self.database)
        self.feedback = Feedback(self.database)

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """Return the conversation as its last turn left it, None where there is none."""
        return await self._contained(sender_id, TURNS_READ)

    async def retrieve_full_tracker(self, conversation_id: str) -> DialogueStateTracker | None:
        """Return the conversation with all its events."""
        return await self._contained(conversation_id, None)

    async def create_tracker(self, sender_id: str, append_action_listen: bool = True) -> DialogueStateTracker:
        """Make an empty conversation; it is written with its first turn."""
        return self.init_tracker(sender_id)

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Store the events that the tracker has gained, all of them or none."""
        if fault_of(tracker):
            return
        mark = _mark_of(tracker)
        new = list(islice(tracker.events, mark.events, None))
        if not new:
            return
        try:
            events = json.dumps([event.as_dict() for event in new])
            state = json.dumps(_state_of(tracker))
            turn = await self.database.turns.append(tracker.sender_id, mark.turn, events, state, _message_id(new))
        except _FAULTS as error:
            _set_fault(tracker, error, messages.write_failed(tracker.sender_id, error))
            return
        tracker._stored = _Mark(turn, len(tracker.events))
        if self.event_broker:
            await self._stream_new_events(self.event_broker, new, tracker.sender_id)

    async def turn(self, conversation_id: str, message_id: str) -> StoredTurn | None:
        """Return the turn that answered a message, None where there is none; StoreError where it can't be read."""
        try:
            found = await self.database.turns.find(conversation_id, message_id)
            return found and read_turn(*found)
        except _FAULTS as error:
            raise _fault(error, messages.read_failed(conversation_id, error)) from error

    async def history(self, conversation_id: str, limit: int = 50) -> list[StoredTurn]:
        """Return the last turns of a conversation, oldest first; none for an unknown one, StoreError as above."""
        try:
            return [
                read_turn(number, events) for number, events in await self.database.turns.last(conversation_id, limit)
            ]
        except _FAULTS as error:
            raise _fault(error, messages.read_failed(conversation_id, error)) from error

    async def keys(self) -> Iterable[str]:
        """Return the ids of all conversations."""
        return await self.database.turns.ids()

    async def exists(self, conversation_id: str) -> bool:
        return await self.database.turns.read(conversation_id, 0) is not None

    async def open(self) -> int:
        """Open the database now, unless it is open and usable, and return how many old conversations were deleted."""
        return await self.database.open()

    def close(self) -> None:
        """Close the database; a later use opens it again."""
        self.database.close()

    async def _contained(self, sender_id: str, turns: int | None) -> DialogueStateTracker | None:
        try:
            stored = await self.database.turns.read(sender_id, turns)
            return stored and self._rebuild(sender_id, stored)
        except _FAULTS as error:
            tracker = DialogueStateTracker.from_events(sender_id, [ConversationPaused()], self.domain.slots)
            _set_fault(tracker, error, messages.read_failed(sender_id, error))
            return tracker

    def _rebuild(self, sender_id: str, stored: StoredConversation) -> DialogueStateTracker:
        state = json.loads(stored.state)
        tracker = self.init_tracker(sender_id)
        if len(stored.turns) < stored.last_turn:
            # The other turns may have set slots, so their outcome comes first, as events of
            # its own: policies replay events and must see it too.
            for name, value in state["slots"].items():
                if name in tracker.slots and tracker.slots[name].value != value:
                    tracker.update(SlotSet(name, value))
        for turn in stored.turns:
            for parameters in json.loads(turn):
                tracker.update(_read_event(parameters))
        loop = state["active_loop"]
        tracker._paused = state["paused"]
        tracker.followup_action = state["followup_action"]
        tracker.active_loop = loop and TrackerActiveLoop(**loop)
        tracker._stored = _Mark(stored.last_turn, len(tracker.events))
        return tracker


def fault_of(tracker: DialogueStateTracker) -> StoreError | None:
    """Say why a tracker could not be read or stored, None where it could."""
    return getattr(tracker, "_store_fault", None)


@dataclasses.dataclass(frozen=True)
class _Mark:
    """What of a tracker is stored: the number of its last turn, and how many of its events."""

    turn: int = 0
    events: int = 0


# Where a damaged database, row or id shows: the database itself, JSON (ValueError), and values of an unexpected shape.
_FAULTS = (StoreError, ValueError, TypeError, KeyError, AttributeError)


def _message_id(events: list[Event]) -> str | None:
    """Return the message that these events answer; None where they failed to, so that it can be tried again."""
    if any(isinstance(event, BotUttered) and (event.data.get("custom") or {}).get("failed") for event in events):
        return None
    return next((event.message_id for event in events if isinstance(event, UserUttered)), None)


def _mark_of(tracker: DialogueStateTracker) -> _Mark:
    return getattr(tracker, "_stored", _Mark())


def _set_fault(tracker: DialogueStateTracker, cause: Exception, text: str) -> None:
    logger.log(log_level_of(cause), text)
    tracker._store_fault = _fault(cause, text)


def _fault(cause: Exception, text: str) -> StoreError:
    return DatabaseFault(text) if isinstance(cause, DatabaseFault) else StoreError(text)


def _state_of(tracker: DialogueStateTracker) -> dict[str, Any]:
    return {
        "slots": tracker.current_slot_values(),
        "paused": tracker.is_paused(),
        "followup_action": tracker.followup_action,
        "active_loop": tracker.active_loop and dataclasses.asdict(tracker.active_loop),
    }


def _read_event(parameters: dict[str, Any]) -> Event:
    """Do as Event.from_parameters, which looks through all classes for each event."""
    kind = parameters["event"]
    if kind not in _event_classes:
        _event_classes[kind] = Event.resolve_by_type(kind)
    parameters = {name: value for name, value in parameters.items() if name != "event"}
    return _event_classes[kind]._from_parameters(parameters)


_event_classes: dict[str, type[Event]] = {}

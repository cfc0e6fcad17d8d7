"""Custom actions, run in this process or on a server of their own; one that fails apologises."""

from __future__ import annotations

import bot.engine.light_imports  # noqa: F401  # isort: skip  (before Rasa)

import logging
import pickle
from typing import Any

from rasa.core.actions.action import ActionExecutionRejection, RemoteAction
from rasa.core.channels.channel import OutputChannel
from rasa.core.nlg import NaturalLanguageGenerator
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import BotUttered, Event, deserialise_events
from rasa.shared.core.trackers import DialogueStateTracker
from rasa_sdk.executor import ActionExecutor

from bot import messages
from bot.engine.turn import Collector

logger = logging.getLogger(__name__)


class ServerAction(RemoteAction):
    """A custom action on an action server, with an apology when it fails.

    Rasa's own goes on without a word to the user.
    """

    async def run(
        self,
        output_channel: OutputChannel,
        nlg: NaturalLanguageGenerator,
        tracker: DialogueStateTracker,
        domain: Domain,
    ) -> list[Event]:
        try:
            return await self._run(output_channel, nlg, tracker, domain)
        except ActionExecutionRejection:
            raise
        except Exception:
            logger.exception(messages.action_failed(self.name()))
            return [BotUttered(messages.APOLOGY, {"custom": {Collector.FAILED: True}})]

    async def _run(
        self,
        output_channel: OutputChannel,
        nlg: NaturalLanguageGenerator,
        tracker: DialogueStateTracker,
        domain: Domain,
    ) -> list[Event]:
        return await super().run(output_channel, nlg, tracker, domain)


class LocalAction(ServerAction):
    """A custom action in this process: no HTTP, no copy of the history, no schema check."""

    def __init__(self, name: str, executor: ActionExecutor) -> None:
        super().__init__(name, None)
        self.executor = executor

    async def _run(
        self,
        output_channel: OutputChannel,
        nlg: NaturalLanguageGenerator,
        tracker: DialogueStateTracker,
        domain: Domain,
    ) -> list[Event]:
        result = await self.executor.run({"next_action": self.name(), "tracker": _state(tracker)})
        said = await self._utter_responses(result["responses"], output_channel, nlg, tracker)
        return [*said, *deserialise_events(result["events"])]


def _state(tracker: DialogueStateTracker) -> dict[str, Any]:
    """Return what an action reads: slots, the latest message, sender and channel."""
    latest = tracker.latest_message
    return {
        "sender_id": tracker.sender_id,
        # An action that changes a slot's value in place must not change the tracker.
        "slots": pickle.loads(pickle.dumps(tracker.current_slot_values(), pickle.HIGHEST_PROTOCOL)),
        "latest_message": {**latest.parse_data, "text": latest.text, "entities": latest.entities},
        "events": [{"event": "user", "text": latest.text, "input_channel": latest.input_channel}],
        "latest_action_name": tracker.latest_action_name,
    }

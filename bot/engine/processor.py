"""Rasa's message processor, with our actions and without answers from a conversation that could not be read."""

from __future__ import annotations

import bot.engine.light_imports  # noqa: F401  # isort: skip  (before Rasa)

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from rasa.core.actions.action import Action, RemoteAction
from rasa.core.channels.channel import UserMessage
from rasa.core.policies.policy import PolicyPrediction
from rasa.core.processor import MessageProcessor
from rasa.engine.loader import load_predict_graph_runner
from rasa.engine.runner.interface import GraphRunner
from rasa.engine.storage.storage import ModelMetadata
from rasa.shared.core.events import ActionExecutionRejected, Event
from rasa.shared.core.trackers import DialogueStateTracker
from rasa_sdk.executor import ActionExecutor

from bot.engine.custom_actions import LocalAction, ServerAction
from bot.engine.graph_runner import PredictionRunner, PredictionStorage
from bot.engine.turn import Collector
from bot.errors import StoreError
from bot.storage.store import ConversationStore, fault_of


class BotProcessor(MessageProcessor):
    """Rasa's processor with our actions, in which a store's fault ends the turn."""

    def __init__(self, *, executor: ActionExecutor | None, **arguments: Any) -> None:
        self.executor = executor
        self._actions: dict[str, Action] = {}
        super().__init__(**arguments)

    @staticmethod
    def _load_model(model_path: str | Path) -> tuple[str, ModelMetadata, GraphRunner]:
        with TemporaryDirectory() as folder:
            metadata, runner = load_predict_graph_runner(
                Path(folder), Path(model_path), PredictionStorage, PredictionRunner
            )
        return Path(model_path).name, metadata, runner

    async def handle_message(self, message: UserMessage) -> list[dict[str, Any]] | None:
        """Do as Rasa, but only once for a message that is delivered several times."""
        if await self._repeated(message):
            return None
        try:
            return await super().handle_message(message)
        except StoreError:
            # Another process may have answered it meanwhile, and a conversation takes each message once.
            if await self._repeated(message):
                return None
            raise

    async def _repeated(self, message: UserMessage) -> bool:
        collector = message.output_channel
        if not (
            isinstance(collector, Collector) and collector.once and isinstance(self.tracker_store, ConversationStore)
        ):
            return False
        turn = await self.tracker_store.turn(message.sender_id, message.message_id)
        collector.repeated = turn and turn.messages
        return turn is not None

    async def get_tracker(self, conversation_id: str) -> DialogueStateTracker:
        tracker = await super().get_tracker(conversation_id)
        _raise_fault(tracker)
        return tracker

    async def save_tracker(self, tracker: DialogueStateTracker) -> None:
        await super().save_tracker(tracker)
        _raise_fault(tracker)

    def _check_for_unseen_features(self, parse_data: dict[str, Any]) -> None:
        """Leave out warnings of intents that are not in the domain: training finds them, and this takes its time."""

    def _log_action_on_tracker(
        self,
        tracker: DialogueStateTracker,
        action: Action,
        events: list[Event] | None,
        prediction: PolicyPrediction,
    ) -> None:
        # As Rasa does it, but for copies of all events for debug lines.
        if not any(isinstance(event, ActionExecutionRejected) for event in events or []):
            tracker.update_with_events(prediction.events, self.domain)
            tracker.update(action.event_for_successful_execution(prediction))
        tracker.update_with_events(events or [], self.domain)

    def predict_next_with_tracker_if_should(self, tracker: DialogueStateTracker) -> tuple[Action, PolicyPrediction]:
        action, prediction = super().predict_next_with_tracker_if_should(tracker)
        return self._ours(action), prediction

    def _get_action(self, action_name: str) -> Action | None:
        return self._ours(super()._get_action(action_name))

    def _ours(self, action: Action) -> Action:
        """Have a custom action run in this process, or at least apologise for its server."""
        if type(action) is not RemoteAction:
            return action
        name = action.name()
        if self.executor:
            return LocalAction(name, self.executor)
        return ServerAction(name, self.action_endpoint)


def _raise_fault(tracker: DialogueStateTracker) -> None:
    fault = fault_of(tracker)
    if fault:
        raise fault

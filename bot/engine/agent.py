"""The bot in one process: Rasa's agent with custom actions run in it, not on a server.

agent = load_agent(settings, paths.MODELS)
messages = await answer(agent, "cli:1", "When did it end?", "cli")
"""

from __future__ import annotations

import bot.engine.light_imports  # noqa: F401  # isort: skip  (before Rasa)

import logging
import pickle
import tarfile
import time
import zlib
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from rasa.core.actions.action import Action as RasaAction
from rasa.core.actions.action import ActionExecutionRejection, RemoteAction
from rasa.core.agent import Agent
from rasa.core.channels.channel import OutputChannel, UserMessage
from rasa.core.lock_store import LockStore
from rasa.core.nlg import NaturalLanguageGenerator
from rasa.core.policies.policy import PolicyPrediction
from rasa.core.processor import MessageProcessor
from rasa.core.tracker_store import TrackerStore, create_tracker_store
from rasa.core.utils import AvailableEndpoints
from rasa.engine.exceptions import GraphComponentException
from rasa.engine.loader import load_predict_graph_runner
from rasa.engine.runner.interface import GraphRunner
from rasa.engine.storage.storage import ModelMetadata
from rasa.model import get_latest_model
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecutionRejected, BotUttered, Event, deserialise_events
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.exceptions import RasaException
from rasa.utils.endpoints import EndpointConfig
from rasa_sdk.executor import ActionExecutor

from bot import messages, paths
from bot.engine.graph_runner import PredictionRunner, PredictionStorage
from bot.engine.pipeline_reader import hand_over
from bot.engine.turn import Collector, Reply, take_turn
from bot.errors import StartError, StoreError
from bot.settings import Settings
from bot.storage.store import ConversationStore, fault_of

ACTIONS_PACKAGE = "actions"

_OUR_STORE = f"{ConversationStore.__module__}.{ConversationStore.__name__}"
_MODEL_FAULTS = (
    RasaException,
    GraphComponentException,  # what Rasa makes of any other error of a component
    tarfile.TarError,
    zlib.error,
    EOFError,
    OSError,
    ValueError,
    TypeError,
    KeyError,
    ImportError,
)

logger = logging.getLogger(__name__)


def load_agent(
    settings: Settings,
    model_path: str | Path = paths.MODELS,
    endpoints: Path = paths.ENDPOINTS,
    actions: str = ACTIONS_PACKAGE,
) -> BotAgent:
    """Load the newest model of a folder, or a model file, with the stores of endpoints.yml.

    Custom actions run in this process, unless `endpoints` or the setting ACTION_ENDPOINT
    names an action server. Raises StartError where there is no usable model.
    """
    model = find_model(model_path)
    configured = AvailableEndpoints.read_endpoints(str(endpoints))
    _pass_settings(settings, configured.tracker_store, configured.lock_store)
    remote = configured.action
    if settings.action_endpoint:
        remote = EndpointConfig(settings.action_endpoint)
    agent = BotAgent(
        generator=configured.nlg,
        tracker_store=_make_store(configured.tracker_store),
        lock_store=LockStore.create(configured.lock_store),
        action_endpoint=remote,
    )
    agent.actions_package = actions
    agent.settings = settings
    logger.info(messages.loading(model.name))
    started = time.perf_counter()
    try:
        agent.load_model(model)
    except _MODEL_FAULTS as error:
        raise StartError(messages.model_broken(model, error)) from error
    seconds = time.perf_counter() - started
    if remote:
        logger.info(messages.loaded_remote(seconds, remote.url))
    else:
        logger.info(messages.loaded(seconds, sorted(agent.executor.actions)))
    return agent


async def answer(agent: BotAgent, conversation_id: str, text: str, channel: str) -> list[dict[str, Any]]:
    """Take one turn without a server; messages are {"text", "buttons"?}, the last {"custom"}.

    `conversation_id` carries its channel ("cli:1"). A turn that fails is one apology.
    """
    reply = await ask(agent, conversation_id, text, channel)
    return [{"text": reply.failure.text}] if reply.failure else reply.messages


async def ask(agent: BotAgent, conversation_id: str, text: str, channel: str, message_id: str | None = None) -> Reply:
    """Take one turn without a server, keeping a failure apart from an answer."""
    return await take_turn(agent.handle_message, conversation_id, text, channel, agent.settings, message_id)


def find_model(path: str | Path) -> Path:
    """Return a model file: the path itself, or the newest in a folder; else raise StartError."""
    found = path if Path(path).is_file() else get_latest_model(str(path))
    if not found:
        raise StartError(messages.no_model(path))
    return Path(found)


class BotAgent(Agent):
    """Rasa's agent with our message processor and without the store that forgets on error."""

    actions_package = ACTIONS_PACKAGE
    settings = Settings()
    executor: ActionExecutor | None = None

    def load_model(self, model_path: str | Path, fingerprint: str | None = None) -> None:
        if self.action_endpoint is None:
            self.executor = ActionExecutor()
            self.executor.register_package(self.actions_package)
        self.processor = BotProcessor(
            model_path=model_path,
            tracker_store=self.tracker_store,
            lock_store=self.lock_store,
            generator=self.nlg,
            action_endpoint=self.action_endpoint,
            executor=self.executor,
        )
        if self.executor:
            hand_over(self.processor.graph_runner, self.executor)
        self.domain = self.processor.domain
        self.tracker_store.domain = self.domain
        self.nlg.responses = self.domain.responses
        self._set_fingerprint(fingerprint)

    @staticmethod
    def _create_tracker_store(store: TrackerStore | None, domain: Domain) -> TrackerStore:
        # Rasa would wrap it in FailSafeTrackerStore, which answers from a blank
        # conversation when one cannot be read.
        return store if store is not None else Agent._create_tracker_store(store, domain)


class BotProcessor(MessageProcessor):
    """Rasa's processor with our actions, in which a store's fault ends the turn."""

    def __init__(self, *, executor: ActionExecutor | None, **arguments: Any) -> None:
        self.executor = executor
        self._actions: dict[str, RasaAction] = {}
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
        action: RasaAction,
        events: list[Event] | None,
        prediction: PolicyPrediction,
    ) -> None:
        # As Rasa does it, but for copies of all events for debug lines.
        if not any(isinstance(event, ActionExecutionRejected) for event in events or []):
            tracker.update_with_events(prediction.events, self.domain)
            tracker.update(action.event_for_successful_execution(prediction))
        tracker.update_with_events(events or [], self.domain)

    def predict_next_with_tracker_if_should(self, tracker: DialogueStateTracker) -> tuple[RasaAction, PolicyPrediction]:
        action, prediction = super().predict_next_with_tracker_if_should(tracker)
        return self._ours(action), prediction

    def _get_action(self, action_name: str) -> RasaAction | None:
        return self._ours(super()._get_action(action_name))

    def _ours(self, action: RasaAction) -> RasaAction:
        """Have a custom action run in this process, or at least apologise for its server."""
        if type(action) is not RemoteAction:
            return action
        name = action.name()
        if self.executor:
            return LocalAction(name, self.executor)
        return ServerAction(name, self.action_endpoint)


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


def _pass_settings(settings: Settings, *stores: EndpointConfig | None) -> None:
    """Give our stores these settings; by themselves they read the environment."""
    for store in stores:
        if store and store.type == _OUR_STORE:
            store.kwargs.setdefault("path", settings.database)
            store.kwargs.setdefault("retention_days", settings.retention_days)
        elif store and store.type:
            store.kwargs.setdefault("max_waiting", settings.max_waiting)


def _make_store(configured: EndpointConfig | None) -> TrackerStore:
    if configured and configured.type == _OUR_STORE:
        return create_tracker_store(configured)
    # Imports the libraries of all databases first, for the errors that they might raise.
    return TrackerStore.create(configured)


def _raise_fault(tracker: DialogueStateTracker) -> None:
    fault = fault_of(tracker)
    if fault:
        raise fault

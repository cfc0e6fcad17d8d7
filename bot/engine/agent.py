"""The bot in one process: Rasa's agent with our message processor, stores and custom actions.

agent = load_agent(settings, paths.MODELS)
messages = await answer(agent, "cli:1", "When did it end?", "cli")
"""

from __future__ import annotations

import bot.engine.light_imports  # noqa: F401  # isort: skip  (before Rasa)

import logging
import tarfile
import time
import zlib
from pathlib import Path
from typing import Any

from rasa.core.agent import Agent
from rasa.core.lock_store import LockStore
from rasa.core.tracker_store import TrackerStore, create_tracker_store
from rasa.core.utils import AvailableEndpoints
from rasa.engine.exceptions import GraphComponentException
from rasa.model import get_latest_model
from rasa.shared.core.domain import Domain
from rasa.shared.exceptions import RasaException
from rasa.utils.endpoints import EndpointConfig
from rasa_sdk.executor import ActionExecutor

from bot import messages, paths
from bot.engine.pipeline_reader import hand_over
from bot.engine.processor import BotProcessor
from bot.engine.turn import TurnReply, take_turn
from bot.errors import StartError
from bot.settings import Settings
from bot.storage.store import ConversationStore

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


async def ask(
    agent: BotAgent, conversation_id: str, text: str, channel: str, message_id: str | None = None
) -> TurnReply:
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


def _pass_settings(settings: Settings, *stores: EndpointConfig | None) -> None:
    """Give our stores these settings; by themselves they read the environment."""
    for store in stores:
        if store and store.type == _OUR_STORE:
            store.kwargs.setdefault("address", settings.database)
            store.kwargs.setdefault("retention_days", settings.retention_days)
        elif store and store.type:
            store.kwargs.setdefault("max_waiting", settings.max_waiting)


def _make_store(configured: EndpointConfig | None) -> TrackerStore:
    if configured and configured.type == _OUR_STORE:
        return create_tracker_store(configured)
    # Imports the libraries of all databases first, for the errors that they might raise.
    return TrackerStore.create(configured)

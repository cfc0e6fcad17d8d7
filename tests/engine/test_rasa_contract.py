"""What we rely on in Rasa, rasa-sdk and Sanic that they do not promise.

An upgrade fails here first, and the failure says what breaks.

Each entry names the thing, the signature or behaviour that it has in the pinned version, and who needs it.
"""

from __future__ import annotations

import asyncio
import importlib
import inspect
import subprocess
import sys
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from typing import Any

import bot.engine.light_imports  # noqa: F401  # isort: skip  (before Rasa)
import pytest
import rasa_sdk.executor
import yaml
from rasa.core.actions.action import RemoteAction, action_for_name_or_text
from rasa.core.agent import Agent
from rasa.core.channels.channel import OutputChannel, UserMessage
from rasa.core.lock_store import InMemoryLockStore, LockStore
from rasa.core.policies.policy import Policy
from rasa.core.policies.rule_policy import DEFAULT_ACTION_MAPPINGS
from rasa.core.processor import MessageProcessor
from rasa.core.tracker_store import TrackerStore
from rasa.core.utils import AvailableEndpoints
from rasa.engine.graph import GraphNode, GraphSchema
from rasa.engine.loader import load_predict_graph_runner
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.runner.interface import GraphRunner
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import BotUttered, Event, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker, TrackerActiveLoop
from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.utils.common import class_from_module_path
from sanic.http import Http
from sanic.server import HttpProtocol

from bot import paths
from bot.engine import light_imports
from bot.engine.agent import BotAgent
from bot.engine.custom_actions import LocalAction, ServerAction
from bot.engine.graph_runner import PredictionRunner, PredictionStorage
from bot.engine.importer import OneRule
from bot.engine.locks import ConversationLocks
from bot.engine.policy import OneActionAnswers
from bot.engine.processor import BotProcessor
from bot.engine.turn import Collector
from bot.storage.store import ConversationStore
from bot.web.connections import BoundedHttp, CheckedHttp


def test_versions_are_those_that_this_was_written_for() -> None:
    """A new version is fine once this file passes with it; then change the number."""
    assert (version("rasa"), version("rasa-sdk")) == ("3.6.21", "3.6.2")


# ---- Methods that we put ours in place of -----------------------------------------

OVERRIDDEN = [
    # (theirs, ours, name, parameters without self or cls, what breaks)
    (Agent, BotAgent, "load_model", "model_path fingerprint", "our processor is not made"),
    (
        Agent,
        BotAgent,
        "_create_tracker_store",
        "store domain",
        "unreadable conversations are answered as new ones",
    ),
    (MessageProcessor, BotProcessor, "_load_model", "model_path", "Rasa's own runner and its TensorFlow are loaded"),
    (MessageProcessor, BotProcessor, "handle_message", "message", "a message that comes twice is answered twice"),
    (MessageProcessor, BotProcessor, "get_tracker", "conversation_id", "faults of the database are not noticed"),
    (MessageProcessor, BotProcessor, "save_tracker", "tracker", "turns that were not stored are answered"),
    (MessageProcessor, BotProcessor, "_check_for_unseen_features", "parse_data", "each message is checked in vain"),
    (
        *(MessageProcessor, BotProcessor, "_log_action_on_tracker"),
        *("tracker action events prediction", "all events are copied with each action"),
    ),
    (
        *(MessageProcessor, BotProcessor, "predict_next_with_tracker_if_should"),
        *("tracker", "custom actions go to a server that is not there"),
    ),
    (MessageProcessor, BotProcessor, "_get_action", "action_name", "follow-up actions go to a server"),
    (RemoteAction, ServerAction, "run", "output_channel nlg tracker domain", "an action that fails says nothing"),
    (TrackerStore, ConversationStore, "retrieve", "sender_id", "conversations are not read"),
    (TrackerStore, ConversationStore, "retrieve_full_tracker", "conversation_id", "conversations are cut short"),
    (TrackerStore, ConversationStore, "create_tracker", "sender_id append_action_listen", "an empty turn is stored"),
    (TrackerStore, ConversationStore, "save", "tracker", "turns are not stored"),
    (TrackerStore, ConversationStore, "keys", "", "conversations cannot be listed"),
    (TrackerStore, ConversationStore, "exists", "conversation_id", "conversations are not found"),
    (InMemoryLockStore, ConversationLocks, "lock", "conversation_id lock_lifetime wait_time_in_seconds", "no order"),
    (OutputChannel, Collector, "name", "", "the channel has no name"),
    (OutputChannel, Collector, "send_response", "recipient_id message", "replies are lost"),
    (
        *(GraphRunner, PredictionRunner, "create"),
        *("graph_schema model_storage execution_context hooks", "the model is not loaded"),
    ),
    (GraphRunner, PredictionRunner, "run", "inputs targets", "no message is read"),
    (LocalModelStorage, PredictionStorage, "_load_metadata", "directory", "TensorFlow is imported at each start"),
    (Policy, OneActionAnswers, "load", "config model_storage resource execution_context", "no model can be loaded"),
    (Policy, OneActionAnswers, "train", "training_trackers domain", "no model can be trained"),
    (
        *(Policy, OneActionAnswers, "predict_action_probabilities"),
        *("tracker domain rule_only_data", "no action is chosen"),
    ),
    (RasaFileImporter, OneRule, "get_stories", "exclusion_percentage", "`rasa data validate` warns of each intent"),
]


def parameters(function: Callable[..., Any]) -> list[str]:
    """Return the names of a function's parameters, without those that take what is left."""
    left = (inspect.Parameter.VAR_KEYWORD, inspect.Parameter.VAR_POSITIONAL)
    found = inspect.signature(function).parameters.values()
    return [p.name for p in found if p.kind not in left and p.name not in ("self", "cls")]


@pytest.mark.parametrize(
    ("theirs", "ours", "name", "expected", "breaks"), OVERRIDDEN, ids=lambda v: getattr(v, "__name__", None)
)
def test_overridden_method_is_as_it_was(theirs: type, ours: type, name: str, expected: str, breaks: str) -> None:
    original = getattr(theirs, name, None)
    assert original is not None, f"{theirs.__name__}.{name} is gone: {breaks}"
    assert name in vars(ours) or any(name in vars(base) for base in ours.__mro__ if base.__module__.startswith("bot."))
    assert parameters(original) == expected.split(), f"{theirs.__name__}.{name} takes something else: {breaks}"
    assert parameters(getattr(ours, name)) == expected.split()
    same = inspect.iscoroutinefunction(original), inspect.iscoroutinefunction(inspect.unwrap(getattr(ours, name)))
    assert same[0] == same[1], f"{theirs.__name__}.{name} is awaited, or no longer is: {breaks}"


# ---- What we call or set -----------------------------------------------------------

CALLED = [
    # (owner, name, parameters, who needs it)
    (MessageProcessor, "__init__", "model_path tracker_store lock_store generator action_endpoint", "BotAgent"),
    (Agent, "__init__", "generator tracker_store lock_store action_endpoint", "load_agent"),
    (Agent, "_set_fingerprint", "fingerprint", "BotAgent.load_model"),
    (Agent, "handle_message", "message", "turn.take_turn"),
    (RemoteAction, "__init__", "name action_endpoint", "LocalAction"),
    (RemoteAction, "_utter_responses", "responses output_channel nlg tracker", "LocalAction"),
    (rasa_sdk.executor.ActionExecutor, "register_package", "package", "BotAgent.load_model"),
    (rasa_sdk.executor.ActionExecutor, "run", "action_call", "LocalAction"),
    (AvailableEndpoints, "read_endpoints", "endpoint_file", "load_agent"),
    (LockStore, "create", "obj", "load_agent"),
    (TrackerStore, "create", "obj", "load_agent"),
    (TrackerStore, "init_tracker", "sender_id", "ConversationStore"),
    (TrackerStore, "_stream_new_events", "event_broker new_events sender_id", "ConversationStore.save"),
    (UserMessage, "__init__", "text output_channel sender_id input_channel message_id metadata", "turn.take_turn"),
    (GraphNode, "from_schema_node", "node_name schema_node model_storage execution_context hooks", "PredictionRunner"),
    (GraphSchema, "minimal_graph_schema", "targets", "PredictionRunner"),
    (Event, "resolve_by_type", "type_name", "ConversationStore"),
    (Event, "_from_parameters", "parameters", "ConversationStore"),
    (Policy, "_prediction", "probabilities", "OneActionAnswers"),
    (Policy, "_default_predictions", "domain", "OneActionAnswers"),
    (Domain, "index_for_action", "action_name", "OneActionAnswers"),
]


@pytest.mark.parametrize(("owner", "name", "expected", "user"), CALLED, ids=lambda v: getattr(v, "__name__", None))
def test_method_that_we_call_takes_what_we_give(owner: type, name: str, expected: str, user: str) -> None:
    method = getattr(owner, name, None)
    assert method is not None, f"{owner.__name__}.{name} is gone, which {user} needs"
    missing = set(expected.split()) - set(parameters(method))
    assert not missing, f"{owner.__name__}.{name} no longer takes {missing}, which {user} gives"


def test_the_loader_takes_our_storage_and_runner() -> None:
    taken = parameters(load_predict_graph_runner)
    assert taken == ["storage_path", "model_archive_path", "model_storage_class", "graph_runner_class"]


def test_a_node_of_the_graph_is_called_with_names_and_values_and_holds_its_component() -> None:
    node = inspect.getsource(GraphNode)
    assert parameters(GraphNode.__call__) == []  # (name, value) of each thing it needs, in order
    assert "self._component" in node, "pipeline_reader cannot find the reader in the pipeline"
    assert "return self._node_name, output" in node, "PredictionRunner reads (name, value) from a node"


def test_a_custom_action_comes_as_exactly_a_remote_action() -> None:
    """BotProcessor puts ours in place of what is a RemoteAction, and of nothing else."""
    domain = Domain.from_dict({"actions": ["action_custom"], "responses": {"utter_a": [{"text": "a"}]}})
    assert type(action_for_name_or_text("action_custom", domain, None)) is RemoteAction
    for name in ("action_listen", "action_session_start", "utter_a"):
        assert type(action_for_name_or_text(name, domain, None)) is not RemoteAction


def test_executor_gives_responses_and_events_of_an_action() -> None:
    executor = rasa_sdk.executor.ActionExecutor()

    class Says(rasa_sdk.Action):
        def name(self) -> str:
            return "action_says"

        def run(self, dispatcher: Any, tracker: Any, domain: Any) -> list[dict[str, Any]]:
            dispatcher.utter_message(text="said", json_message={"a": 1}, utter_action="utter_a")
            return [{"event": "slot", "name": "a", "value": tracker.sender_id, "timestamp": None}]

    executor.register_action(Says())
    assert set(executor.actions) == {"action_says"}
    assert getattr(executor.actions["action_says"], "__self__", None), "hand_over cannot tell which action it has"
    tracker = {"sender_id": "x", "slots": {}, "latest_message": {}, "events": [], "latest_action_name": None}
    result = asyncio.run(executor.run({"next_action": "action_says", "tracker": tracker}))
    assert [r["text"] for r in result["responses"]] == ["said"]
    assert result["responses"][0]["custom"] == {"a": 1}
    assert [e["value"] for e in result["events"]] == ["x"]


def test_tracker_has_what_the_store_writes_and_sets() -> None:
    tracker = DialogueStateTracker("x", [])
    assert (tracker.is_paused(), tracker.followup_action, tracker.active_loop) == (False, "action_listen", None)
    assert isinstance(tracker.current_slot_values(), dict)
    assert hasattr(tracker, "_paused")
    tracker._store_fault = tracker._stored = None  # it takes attributes of others
    assert parameters(TrackerActiveLoop.__init__)[0] == "name"


@pytest.mark.parametrize("event", [SlotSet("a", 1), UserUttered("a", {"name": "b"}), BotUttered("c", {"custom": {}})])
def test_an_event_can_be_made_again_from_what_it_writes(event: Event) -> None:
    written = event.as_dict()
    kind = Event.resolve_by_type(written.pop("event"))
    assert kind._from_parameters(written) == event


def test_rasas_processor_awaits_and_calls_what_we_override() -> None:
    """An override that nobody calls any more would be silently lost."""
    source = inspect.getsource(MessageProcessor)
    for name in (
        *("self.get_tracker(", "self.save_tracker(", "self._load_model(", "self._log_action_on_tracker("),
        *("self._check_for_unseen_features(", "self.predict_next_with_tracker_if_should(", "self._get_action("),
    ):
        assert name in source, f"MessageProcessor no longer calls {name}...)"


def test_default_intents_have_their_actions() -> None:
    assert set(DEFAULT_ACTION_MAPPINGS) == {"restart", "back", "session_start"}


def test_each_component_of_config_is_registered_for_the_recipe() -> None:
    """By the class's name, with what kind of component it is; `_registered_components` is where the recipe looks."""
    config = yaml.safe_load(paths.CONFIG.read_text("utf-8"))
    kinds = DefaultV1Recipe.ComponentType
    found = set()
    for part in config["pipeline"] + config["policies"]:
        component = class_from_module_path(part["name"])
        registered = DefaultV1Recipe._registered_components[component.__name__]
        assert registered.clazz is component
        found |= set(registered.types)
    assert found >= {kinds.INTENT_CLASSIFIER, kinds.ENTITY_EXTRACTOR, kinds.POLICY_WITHOUT_END_TO_END_SUPPORT}


# ---- Modules that are stood in for -------------------------------------------------

STOOD_IN_FOR = {
    **light_imports.TRAINING,
    **light_imports.CHANNELS,
    **light_imports.DATABASES,
    **light_imports.OTHERS,
}


def test_each_module_that_is_stood_in_for_has_the_names_that_its_stand_in_has() -> None:
    """In a Python of its own, without stand-ins. What is missing would be an ImportError when it is first used."""
    code = f"""
import importlib, warnings
warnings.simplefilter("ignore")
for module, names in {dict(STOOD_IN_FOR)!r}.items():
    real = importlib.import_module(module)
    for name in names:
        if not hasattr(real, name):
            print(module, name)
print("looked")
"""
    done = subprocess.run([sys.executable, "-c", code], cwd=paths.ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1:] == ["looked"]
    assert done.stdout.splitlines()[:-1] == [], "modules whose names have changed; see bot/engine/light_imports.py"


@pytest.mark.parametrize("name", light_imports.NEED_TENSORFLOW)
def test_components_that_need_tensorflow_are_still_rasas(name: str) -> None:
    sources = Path(importlib.import_module("rasa").__file__).parent
    assert any(f"class {name}(" in path.read_text("utf-8") for path in sources.rglob("*.py"))


def test_the_validators_warning_has_the_words_that_the_policy_silences() -> None:
    source = (Path(importlib.import_module("rasa").__file__).parent / "graph_components/validators").glob("*.py")
    assert any("is not included in the model's" in path.read_text("utf-8") for path in source)


def test_training_log_names_components_as_the_progress_shows_them() -> None:
    hooks = (Path(importlib.import_module("rasa").__file__).parent / "engine/training/hooks.py").read_text("utf-8")
    assert "Starting to train component" in hooks
    assert "Finished training component" in hooks


def test_local_action_needs_no_endpoint() -> None:
    assert LocalAction("action_says", rasa_sdk.executor.ActionExecutor()).name() == "action_says"


# ---- Sanic --------------------------------------------------------------------------

SANIC = [
    # (theirs, ours, name, parameters, what breaks)
    (HttpProtocol, BoundedHttp, "connection_made", "transport", "any number of connections is served"),
    (HttpProtocol, BoundedHttp, "data_received", "data", "a request that trickles in holds its connection for ever"),
    (HttpProtocol, BoundedHttp, "_setup_connection", "", "heads are not checked before Sanic falls over them"),
    (Http, CheckedHttp, "http1_request_header", "", "heads are not checked before Sanic falls over them"),
    (Http, CheckedHttp, "read", "", "chunks are not checked before Sanic falls over them"),
]


@pytest.mark.parametrize(("theirs", "ours", "name", "expected", "breaks"), SANIC)
def test_sanics_method_is_as_it_was(theirs: type, ours: type, name: str, expected: str, breaks: str) -> None:
    test_overridden_method_is_as_it_was(theirs, ours, name, expected, breaks)


@pytest.mark.parametrize(
    "name",
    [
        *("recv_buffer", "stage", "request_body", "request_bytes_left", "expecting_continue", "keep_alive"),
        *("HEADER_MAX_SIZE", "_receive_more", "_send", "upgrade_websocket"),
    ],
)
def test_sanics_reading_of_a_request_has_what_ours_uses(name: str) -> None:
    assert hasattr(Http, name) or name in Http.__slots__ or f"self.{name}" in inspect.getsource(Http)


def test_sanics_protocol_has_what_ours_uses() -> None:
    assert hasattr(HttpProtocol, "_time") or "_time" in inspect.getsource(HttpProtocol)
    assert "self.connections" in inspect.getsource(HttpProtocol) + inspect.getsource(HttpProtocol.__mro__[1])

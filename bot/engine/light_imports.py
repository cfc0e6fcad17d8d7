"""Import Rasa without what a running bot of ours never uses; to be imported before Rasa.

Rasa 3.6 imports TensorFlow for the training log of classifiers that we do not have, the
client libraries of a dozen chat platforms to list its own connectors, and those of
databases that a tracker store might use: 9 of 13 seconds on two cores. The modules named
here are stood in for by empty ones, which hold the names that Rasa takes from them on
import. Whoever wants more of one, or uses what it holds, gets the real module, loaded at
that moment; so training works as ever.

Nothing is stood in for where config.yml names a component that needs TensorFlow.

So a running bot needs none of those libraries, and `make run` does not install them (requirements-run.without lists
them; tests/engine/test_light_set.py serves without). What is stood in for fits the pinned Rasa alone: the names that it
imports are compared in tests/engine/test_light_imports.py.
"""

from __future__ import annotations

import importlib
import os
import re
import sys
import types
import warnings
from collections.abc import Mapping, Sequence
from typing import Any

from bot import paths

NEED_TENSORFLOW = (
    "DIETClassifier",
    "ResponseSelector",
    "LanguageModelFeaturizer",
    "ConveRTFeaturizer",
    "TEDPolicy",
    "UnexpecTEDIntentPolicy",
)
"""Rasa's components that use TensorFlow."""

TRAINING = {
    "rasa.utils.tensorflow.callback": ("RasaTrainingLogger", "RasaModelCheckpoint"),
    "rasa.utils.tensorflow.data_generator": ("RasaBatchDataGenerator",),
    # Training data of those classifiers; needs no TensorFlow but scikit-learn, a second more.
    "rasa.utils.tensorflow.model_data": ("Data", "FeatureArray", "RasaModelData", "ragged_array_to_ndarray"),
    # Imported by RulePolicy for a check in training; brings matplotlib.
    "rasa.core.test": ("emulate_loop_rejection",),
}
CHANNELS = {
    "rasa.core.channels.socketio": ("SocketIOInput",),
    "rasa.core.channels.botframework": ("BotFrameworkInput",),
    "rasa.core.channels.callback": ("CallbackInput",),
    "rasa.core.channels.console": ("CmdlineInput",),
    "rasa.core.channels.facebook": ("FacebookInput",),
    "rasa.core.channels.mattermost": ("MattermostInput",),
    "rasa.core.channels.rasa_chat": ("RasaChatInput",),
    "rasa.core.channels.rocketchat": ("RocketChatInput",),
    "rasa.core.channels.slack": ("SlackInput",),
    "rasa.core.channels.telegram": ("TelegramInput",),
    "rasa.core.channels.twilio": ("TwilioInput",),
    "rasa.core.channels.twilio_voice": ("TwilioVoiceInput",),
    "rasa.core.channels.webexteams": ("WebexTeamsInput",),
    "rasa.core.channels.hangouts": ("HangoutsInput",),
}
DATABASES = {
    "boto3.dynamodb.conditions": ("Key",),
    "pymongo.collection": ("Collection",),
}
"""Rasa's stores for DynamoDB and MongoDB; left alone where endpoints.yml names one of them."""
OTHERS = {
    # For reminders; brings APScheduler.
    "rasa.core.jobs": ("scheduler", "kill_scheduler"),
    # We run the graph ourselves, see bot/engine/graph_runner.py; training uses it.
    "rasa.engine.runner.dask": ("DaskGraphRunner",),
}

SPARSE = {
    # Rasa names sparse matrices in the types of features, which our components do not make.
    "scipy": (),
    "scipy.sparse": ("spmatrix",),
}
"""Stood in for only while Rasa imports it: a package that stays a stand-in would keep its submodules from others."""
NAME_SPARSE = (
    "rasa.shared.nlu.training_data.util",
    "rasa.shared.nlu.training_data.features",
    "rasa.core.featurizers.single_state_featurizer",
)
"""Rasa's modules that import SciPy on the way to its agent."""

COMPONENTS = {
    "rasa.engine.recipes.default_components": ("DEFAULT_COMPONENTS",),
    # Rasa's validator asks of each component whether it is one of these.
    "rasa.core.policies.ted_policy": ("TEDPolicy",),
    "rasa.nlu.classifiers.diet_classifier": ("DIETClassifier",),
    "rasa.nlu.extractors.crf_entity_extractor": ("CRFEntityExtractor", "CRFEntityExtractorOptions"),
    "rasa.nlu.featurizers.sparse_featurizer.regex_featurizer": ("RegexFeaturizer",),
    "rasa.nlu.selectors.response_selector": ("ResponseSelector",),
}
"""Rasa's own components, which its training imports all; left alone where config.yml names one of Rasa's."""

_DATABASE = re.compile(r"^\s*type:\s*[\"']?(mongod|dynamo)\b", re.MULTILINE | re.IGNORECASE)
_NAME = re.compile(r"^\s*-?\s*name:\s*[\"']?([\w.]+)", re.MULTILINE)


def trim(config: str, endpoints: str = "") -> None:
    """Stand in for what a bot with this config.yml and endpoints.yml never uses, unless it is imported already."""
    if "rasa.core.channels" not in sys.modules:
        _stand_in(CHANNELS)
        _stand_in(OTHERS)
        if not _DATABASE.search(endpoints):
            _stand_in({name: held for name, held in DATABASES.items() if name not in sys.modules})
    loaded = {"rasa.utils.train_utils", "rasa.core.policies.rule_policy"} & set(sys.modules)
    if not loaded and not tensorflow_components(config):
        _stand_in(TRAINING)
        _import_without(SPARSE, NAME_SPARSE)


def trim_for_training(config: str) -> None:
    """Have Rasa train a bot that is made of our components alone without importing its own, and with our runner."""
    if any(not name.startswith("bot.") for name in _NAME.findall(config)):
        return
    _stand_in({name: held for name, held in COMPONENTS.items() if name not in sys.modules})
    import rasa.model_training

    from bot.engine.graph_runner import PredictionRunner

    rasa.model_training.DaskGraphRunner = PredictionRunner


def tensorflow_components(config: str) -> list[str]:
    """List the components in a config.yml that need TensorFlow."""
    names = {name.rpartition(".")[2] for name in _NAME.findall(config)}
    return [name for name in NEED_TENSORFLOW if name in names]


class _StandIn(types.ModuleType):
    """A module that is loaded when somebody asks for more than it holds."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):  # asked by whoever looks through all modules
            raise AttributeError(name)
        return getattr(_real(self.__name__), name)


class _Loading(type):
    """Gives a class that was left out the attributes of the real one."""

    def __getattr__(cls, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return getattr(getattr(_real(cls.__module__), cls.__name__), name)

    def __instancecheck__(cls, instance: Any) -> bool:
        """Ask the real class; what was never loaded has no instances."""
        module = sys.modules.get(cls.__module__)
        if module is None or isinstance(module, _StandIn):
            return False
        return isinstance(instance, getattr(module, cls.__name__))


class _LeftOut(metaclass=_Loading):
    """A class or function that is loaded when it is called, or when something of it is used."""

    def __new__(cls, *arguments: Any, **named: Any) -> Any:
        return getattr(_real(cls.__module__), cls.__name__)(*arguments, **named)

    @classmethod
    def name(cls) -> str:
        """Rasa asks each of its connectors for its name to list them."""
        return cls.__name__


def _stand_in(modules: Mapping[str, tuple[str, ...]]) -> None:
    for module, names in modules.items():
        stand_in = _StandIn(module)
        for name in names:
            setattr(stand_in, name, _Loading(name, (_LeftOut,), {"__module__": module}))
        sys.modules[module] = stand_in


def _import_without(libraries: Mapping[str, tuple[str, ...]], modules: Sequence[str]) -> None:
    """Import modules with stand-ins for libraries that they name; whoever imports these later gets the real ones."""
    if sys.modules.keys() & libraries.keys():
        return
    _stand_in(libraries)
    for name in libraries:
        package, _, last = name.rpartition(".")
        if package:
            setattr(sys.modules[package], last, sys.modules[name])
    try:
        for module in modules:
            importlib.import_module(module)
    finally:
        for name in libraries:
            sys.modules.pop(name, None)


def _real(name: str) -> types.ModuleType:
    if isinstance(sys.modules.get(name), _StandIn):
        del sys.modules[name]
    return importlib.import_module(name)


def _quieten() -> None:
    """Set what has to be set before the libraries are imported, for them to be quiet."""
    for name, value in (
        ("TF_CPP_MIN_LOG_LEVEL", "3"),
        ("SQLALCHEMY_SILENCE_UBER_WARNING", "1"),
        ("RASA_TELEMETRY_ENABLED", "false"),
        # NumPy's matrices are small here, and its threads wait for each other by turning in circles: beside other
        # work on the machine that took ten times as long as the sums. Networks have their own threads.
        ("OPENBLAS_NUM_THREADS", "1"),
        # Waking threads takes longer than one question's word pieces.
        ("TOKENIZERS_PARALLELISM", "false"),
    ):
        os.environ.setdefault(name, value)
    if not sys.warnoptions:
        import sanic  # noqa: F401  (it puts a filter of its own before all others)

        warnings.simplefilter("ignore", DeprecationWarning)
        warnings.simplefilter("ignore", PendingDeprecationWarning)


_quieten()
trim(*(path.read_text(encoding="utf-8") if path.is_file() else "" for path in (paths.CONFIG, paths.ENDPOINTS)))

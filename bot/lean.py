"""Import Rasa without what a running bot of ours never uses; to be imported before Rasa.

Rasa 3.6 imports TensorFlow for the training log of classifiers that we do not have, and
the client libraries of a dozen chat platforms to list its own connectors: 8 of 13
seconds on two cores. The modules named here are stood in for by empty ones, which hold
the names that Rasa takes from them on import. Whoever wants more of one, or uses what it
holds, gets the real module, loaded at that moment; so training works as ever.

Nothing is stood in for where config.yml names a component that needs TensorFlow.
"""

from __future__ import annotations

import importlib
import os
import re
import sys
import types
import warnings
from collections.abc import Mapping
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

_NAME = re.compile(r"^\s*-?\s*name:\s*[\"']?([\w.]+)", re.MULTILINE)


def trim(config: str) -> None:
    """Stand in for what a bot with this config.yml never uses, unless it is imported already."""
    if "rasa.core.channels" not in sys.modules:
        _stand_in(CHANNELS)
    loaded = {"rasa.utils.train_utils", "rasa.core.policies.rule_policy"} & set(sys.modules)
    if not loaded and not tensorflow_components(config):
        _stand_in(TRAINING)


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


class _LeftOut:
    """A class or function that is loaded when it is called."""

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
            setattr(stand_in, name, type(name, (_LeftOut,), {"__module__": module}))
        sys.modules[module] = stand_in


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
    ):
        os.environ.setdefault(name, value)
    if os.environ.get("LOG_LEVEL", "").upper() != "DEBUG" and not sys.warnoptions:
        import sanic  # noqa: F401  (it puts a filter of its own before all others)

        warnings.simplefilter("ignore", DeprecationWarning)
        warnings.simplefilter("ignore", PendingDeprecationWarning)


_quieten()
trim(paths.CONFIG.read_text(encoding="utf-8") if paths.CONFIG.is_file() else "")

"""Rasa component: what a message asks, and whether it is open, true or false by the article."""

from __future__ import annotations

import hashlib
import random
import shutil
import sys
from pathlib import Path
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, INTENT_NAME_KEY, INTENT_RANKING_KEY, PREDICTED_CONFIDENCE_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot import paths
from bot.facts.loader import load
from bot.questions.model.question_model import FOLLOWS, STANCES, LabelledQuestion, QuestionModel
from bot.questions.reader import clearest

QUESTION = "question"
"""Key of a parsed message: {"stance": {"ask": p, ...}, "part": the part of the message that was read}."""

_LEARNING = (
    *("model/question_model", "model/fine_tuning", "model/transformer_layer", "model/logistic_regression"),
    *("model/nearest_questions", "model/ngrams", "encoder/graph", "encoder/quantised_weights", "encoder/int8"),
)
"""Modules of bot/questions/ that decide what is learnt."""


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class QuestionClassifier(GraphComponent, IntentClassifier):
    """Classifies messages with a `QuestionModel`.

    Of a message of several sentences, the one that asks most clearly is read: in "Hi, I teach history. Who sent
    Nazarbayev to Moscow? Thanks!" the second.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return the component's options.

        `ranking`: how many intents to report.
        """
        return {"ranking": 10}

    def __init__(
        self,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        model: QuestionModel | None = None,
    ) -> None:
        self._config = config
        self._storage = model_storage
        self._resource = resource
        self.model = model

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> QuestionClassifier:
        """Make an untrained component."""
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> QuestionClassifier:
        """Load a trained component."""
        with model_storage.read_from(resource) as folder:
            model = QuestionModel.load(folder)
        return cls(config, model_storage, resource, model)

    def train(self, training_data: TrainingData) -> Resource:
        """Learn from the training questions; the stance of a block of them stands in its metadata."""
        # Sorted: in whatever order Rasa reads the files, the same questions make the same model.
        questions = sorted(
            LabelledQuestion(message.get(TEXT), message.get(INTENT), _stance(message))
            for message in training_data.intent_examples
        )
        trained = _trained(questions + _changes_of_topic(questions))
        with self._storage.write_to(self._resource) as folder:
            shutil.copytree(trained, folder, dirs_exist_ok=True)
        self.model = QuestionModel.load(trained)
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Set intent, ranking and stance of each message."""
        for message in messages:
            text = message.get(TEXT)
            if text and self.model:
                self._read(message, text)
        return messages

    def _read(self, message: Message, text: str) -> None:
        reading, part = clearest(self.model, text, load().vocabulary.intents.asides)
        ranking = [
            {INTENT_NAME_KEY: intent, PREDICTED_CONFIDENCE_KEY: round(odds, 4)}
            for intent, odds in list(reading.intents.items())[: self._config["ranking"]]
        ]
        message.set(INTENT, ranking[0], add_to_output=True)
        message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)
        stances = {stance: round(odds, 4) for stance, odds in reading.stances.items()}
        message.set(QUESTION, {"stance": stances, "part": part}, add_to_output=True)


def _changes_of_topic(questions: list[LabelledQuestion]) -> list[LabelledQuestion]:
    """Return pairs of unrelated questions, labelled as the second: not everything follows up what came before."""
    alone = [q for q in questions if FOLLOWS not in q.text]
    first = [q.text.split(FOLLOWS)[0] for q in questions if FOLLOWS in q.text]
    if not first:
        return []
    rng = random.Random(len(alone))
    return [
        LabelledQuestion(rng.choice(first) + FOLLOWS + q.text, q.intent, q.stance)
        for q in rng.sample(alone, min(len(alone), len(first) // 2))
    ]


def _trained(questions: list[LabelledQuestion]) -> Path:
    """Return the folder of a model for just these questions, trained now or before.

    Learning takes minutes, and most changes (an answer, a rule, a response) leave the questions as they are.
    """
    code = [(paths.ROOT / "bot" / "questions" / f"{name}.py").read_bytes() for name in _LEARNING]
    made_from = repr([(q.text, q.intent, q.stance) for q in questions]).encode() + b"".join(code)
    folder = paths.QUESTION_MODELS
    kept = folder / hashlib.sha256(made_from).hexdigest()[:16]
    if not kept.is_dir():
        shutil.rmtree(folder, ignore_errors=True)
        unfinished = folder / "unfinished"
        QuestionModel.train(questions, unfinished, _show)
        unfinished.rename(kept)
    return kept


def _stance(message: Message) -> str:
    # YAML reads a bare `true` as a truth value.
    stance = str(((message.get("metadata") or {}).get("intent") or {}).get("stance", "ask")).lower()
    if stance not in STANCES:
        raise ValueError(f"data/nlu: stance {stance!r} of {message.get(INTENT)}; valid are {', '.join(STANCES)}")
    return stance


def _show(share: float) -> None:
    if sys.stderr.isatty() or int(share * 1000) % 50 == 0:
        end = "\n" if share >= 1 else ""
        print(f"\r  learning what questions ask: {share:4.0%}", end=end, file=sys.stderr, flush=True)

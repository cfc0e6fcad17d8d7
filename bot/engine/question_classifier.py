"""Rasa component: what a message asks, and whether it is open, true or false by the article."""

from __future__ import annotations

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
from bot.engine.fitting import fit
from bot.facts.loader import load
from bot.questions import fitted
from bot.questions.model.question_model import QuestionModel
from bot.questions.reader import clearest

QUESTION = "question"
"""Key of a parsed message: {"stance": {"ask": p, ...}, "part": the part of the message that was read}."""


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
        return cls(config, model_storage, resource, QuestionModel.load(fitted.in_use(), paths.READER))

    def train(self, training_data: TrainingData) -> Resource:
        """Fit the reader to the training questions, unless that is done; nothing of it is in Rasa's model."""
        self.model = QuestionModel.load(fit(), paths.READER)
        with self._storage.write_to(self._resource):
            pass  # Rasa loads what it has a folder of
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Set intent, ranking and stance of each message."""
        for message in messages:
            text = message.get(TEXT)
            if text and self.model:
                self._read(message, text)
        return messages

    def _read(self, message: Message, text: str) -> None:
        base = load()
        reading, part = clearest(self.model, text, base.vocabulary.intents.asides, base.plain_questions)
        ranking = [
            {INTENT_NAME_KEY: intent, PREDICTED_CONFIDENCE_KEY: round(odds, 4)}
            for intent, odds in list(reading.intents.items())[: self._config["ranking"]]
        ]
        message.set(INTENT, ranking[0], add_to_output=True)
        message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)
        stances = {stance: round(odds, 4) for stance, odds in reading.stances.items()}
        message.set(QUESTION, {"stance": stances, "part": part}, add_to_output=True)

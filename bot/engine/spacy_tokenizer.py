"""Rasa component: the tokens of a message, by spaCy.

Rasa's own spaCy components run the language model over all training questions as well, which takes longer than all
other preparation; nothing here learns from tokens, so this one reads messages only. Of the spaCy pipeline the tokenizer
alone is loaded: tagger and named-entity recogniser took 6 ms a message, and names come from the fact base
(docs/decisions.md).
"""

from __future__ import annotations

from typing import Any

import spacy
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.constants import TOKENS_NAMES
from rasa.nlu.tokenizers.tokenizer import Token
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, is_trainable=False)
class SpacyReader(GraphComponent):
    """Reads messages with a spaCy pipeline."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return the component's options: `model` is the spaCy pipeline's package."""
        return {"model": "en_core_web_sm"}

    def __init__(self, config: dict[str, Any]) -> None:
        model = config["model"]
        self._tokens = spacy.load(model, exclude=spacy.info(model)["pipeline"]).tokenizer

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> SpacyReader:
        """Load the spaCy pipeline."""
        return cls(config)

    def process(self, messages: list[Message]) -> list[Message]:
        """Set the tokens of each message."""
        for message in messages:
            tokens = [
                Token(token.text, token.idx, token.idx + len(token.text))
                for token in self._tokens(message.get(TEXT) or "")
                if not token.is_space
            ]
            message.set(TOKENS_NAMES[TEXT], tokens)
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Leave the training data as they are."""
        return training_data

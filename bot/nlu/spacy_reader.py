"""Rasa component: tokens, lemmas and named entities of a message, by spaCy.

Rasa's own spaCy components run the language model over all training questions as well, which takes longer than all
other preparation; nothing here learns from them, so this one reads messages only.
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

NAMES = "names"
"""Key of a parsed message: named entities, [{"text", "label", "start", "end"}]."""

_UNUSED = ["parser", "attribute_ruler"]


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, is_trainable=False)
class SpacyReader(GraphComponent):
    """Reads messages with a spaCy pipeline."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Return the component's options: `model` is the spaCy pipeline's package."""
        return {"model": "en_core_web_sm"}

    def __init__(self, config: dict[str, Any]) -> None:
        self._read = spacy.load(config["model"], disable=_UNUSED)

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
        """Set tokens and named entities of each message."""
        for message in messages:
            read = self._read(message.get(TEXT) or "")
            tokens = [
                Token(t.text, t.idx, t.idx + len(t.text), lemma=t.lemma_, data={"pos": t.pos_ or t.tag_})
                for t in read
                if not t.is_space
            ]
            message.set(TOKENS_NAMES[TEXT], tokens)
            names = [{"text": e.text, "label": e.label_, "start": e.start_char, "end": e.end_char} for e in read.ents]
            message.set(NAMES, names, add_to_output=True)
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Leave the training data as they are."""
        return training_data

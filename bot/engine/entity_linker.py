"""Rasa component: whom and what a message speaks of, from the names in the fact base."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.facts.loader import load
from bot.questions.linker import Linker


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR, is_trainable=False)
class EntityLinker(GraphComponent, EntityExtractorMixin):
    """Adds entities of the fact base, dates, durations and words of order; nothing to train."""

    def __init__(self, linker: Linker) -> None:
        self.linker = linker

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> EntityLinker:
        """Make the component from the fact base in `data/facts`."""
        return cls(Linker.to(load()))

    def process(self, messages: list[Message]) -> list[Message]:
        """Add what each message mentions to its entities."""
        for message in messages:
            found = [
                {"entity": m.entity, "value": m.value, "start": m.start, "end": m.end, "form": m.form}
                for m in self.linker.link(message.get(TEXT) or "")
            ]
            message.set(ENTITIES, message.get(ENTITIES, []) + self.add_extractor_name(found), add_to_output=True)
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Leave the training data as they are: nothing is learnt from entities."""
        return training_data

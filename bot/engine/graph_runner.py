"""Loads Rasa's graph of components and runs it for one message, in an order that is worked out once."""

from __future__ import annotations

import json
from graphlib import TopologicalSorter
from pathlib import Path
from typing import Any, TypeVar

from rasa.engine.exceptions import GraphRunError
from rasa.engine.graph import ExecutionContext, GraphNode, GraphNodeHook, GraphSchema
from rasa.engine.runner.interface import GraphRunner
from rasa.engine.storage.local_model_storage import MODEL_ARCHIVE_METADATA_FILE, LocalModelStorage
from rasa.engine.storage.storage import ModelMetadata, ModelStorage

Component = TypeVar("Component")


class PredictionRunner(GraphRunner):
    """Does as Rasa's runner, which has Dask sort the graph anew for each of three runs a message.

    It also does without a debug line of Rasa's, for which the whole conversation is turned into text each time.
    """

    def __init__(self, schema: GraphSchema, nodes: dict[str, GraphNode]) -> None:
        self._schema = schema
        self._nodes = nodes
        self._orders: dict[tuple[str, ...], list[tuple[str, tuple[str, ...]]]] = {}

    @classmethod
    def create(
        cls,
        graph_schema: GraphSchema,
        model_storage: ModelStorage,
        execution_context: ExecutionContext,
        hooks: list[GraphNodeHook] | None = None,
    ) -> PredictionRunner:
        """Load the components of a graph (see Rasa's GraphRunner)."""
        nodes = {
            name: GraphNode.from_schema_node(name, node, model_storage, execution_context, hooks)
            for name, node in graph_schema.nodes.items()
        }
        return cls(graph_schema, nodes)

    def component(self, kind: type[Component]) -> Component | None:
        """Return the component of a class, None where the graph has none."""
        components = (node._component for node in self._nodes.values())
        return next((one for one in components if isinstance(one, kind)), None)

    def run(self, inputs: dict[str, Any] | None = None, targets: list[str] | None = None) -> dict[str, Any]:
        """Run what the targets need and return their results (see Rasa's GraphRunner)."""
        wanted = tuple(targets or self._schema.target_names)
        given = inputs or {}
        if clashes := given.keys() & self._nodes.keys():
            raise GraphRunError(f"inputs named like components: {', '.join(sorted(clashes))}")
        results = {name: (name, value) for name, value in given.items()}
        for name, needs in self._order(wanted):
            # What nobody provides is handed on by its name, as Dask would; the node says what is missing.
            results[name] = self._nodes[name](*(results.get(need, need) for need in needs))
        return dict(results[name] for name in wanted)

    def _order(self, targets: tuple[str, ...]) -> list[tuple[str, tuple[str, ...]]]:
        """Return the nodes that the targets need, each after those that it needs itself."""
        if targets not in self._orders:
            nodes = self._schema.minimal_graph_schema(list(targets)).nodes
            needs = {name: tuple(node.needs.values()) for name, node in nodes.items()}
            # What is given as an input is no node, and comes first by itself.
            self._orders[targets] = [
                (name, needs[name]) for name in TopologicalSorter(needs).static_order() if name in needs
            ]
        return self._orders[targets]


class PredictionStorage(LocalModelStorage):
    """Rasa's model storage without the training graph, whose classes import TensorFlow."""

    @staticmethod
    def _load_metadata(directory: Path) -> ModelMetadata:
        stored = json.loads((directory / MODEL_ARCHIVE_METADATA_FILE).read_text("utf-8"))
        return ModelMetadata.from_dict({**stored, "train_schema": {"nodes": {}}})

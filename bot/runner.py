"""Runs Rasa's graph of components for one message, in an order that is worked out once."""

from __future__ import annotations

from typing import Any

from rasa.engine.exceptions import GraphRunError
from rasa.engine.runner.dask import DaskGraphRunner


class PredictionRunner(DaskGraphRunner):
    """Rasa's runner without Dask, which sorts the graph anew for each of three runs a message.

    It also does without Rasa's debug line, for which the whole conversation is turned into text each time.
    """

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._orders: dict[tuple[str, ...], list[tuple[str, tuple[str, ...]]]] = {}

    def run(self, inputs: dict[str, Any] | None = None, targets: list[str] | None = None) -> dict[str, Any]:
        """Run what the targets need and return their results (see Rasa's GraphRunner)."""
        wanted = tuple(targets or self._graph_schema.target_names)
        given = inputs or {}
        if clashes := given.keys() & self._instantiated_nodes.keys():
            raise GraphRunError(f"inputs named like components: {', '.join(sorted(clashes))}")
        results = {name: (name, value) for name, value in given.items()}
        for name, needs in self._order(wanted):
            # What nobody provides is handed on by its name, as Dask would; the node says what is missing.
            results[name] = self._instantiated_nodes[name](*(results.get(need, need) for need in needs))
        return dict(results[name] for name in wanted)

    def _order(self, targets: tuple[str, ...]) -> list[tuple[str, tuple[str, ...]]]:
        """Return the nodes that the targets need, each after those that it needs itself."""
        if targets not in self._orders:
            nodes = self._graph_schema.minimal_graph_schema(list(targets)).nodes
            order: dict[str, tuple[str, ...]] = {}

            def visit(name: str) -> None:
                if name in nodes and name not in order:
                    needs = tuple(nodes[name].needs.values())
                    for need in needs:
                        visit(need)
                    order[name] = needs

            for name in nodes:
                visit(name)
            self._orders[targets] = list(order.items())
        return self._orders[targets]

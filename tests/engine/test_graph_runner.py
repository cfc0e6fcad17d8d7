"""Our runner of the graph does as Rasa's."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import bot.engine.light_imports  # noqa: F401  # isort: skip  (before Rasa)
import pytest
from rasa.engine.exceptions import GraphRunError
from rasa.engine.graph import ExecutionContext, GraphComponent, GraphSchema, SchemaNode
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.engine.storage.local_model_storage import LocalModelStorage

from bot.engine.graph_runner import PredictionRunner

ran: list[str] = []


class Add(GraphComponent):
    """Adds a number to what it gets."""

    def __init__(self, number: int, name: str) -> None:
        self.number, self.name = number, name

    @classmethod
    def create(cls, config: dict, model_storage: Any, resource: Any, execution_context: ExecutionContext) -> Add:
        return cls(config["number"], execution_context.node_name)

    def add(self, one: int, other: int = 0) -> int:
        ran.append(self.name)
        return one + other + self.number


def node(number: int, **needs: str) -> SchemaNode:
    return SchemaNode(needs, Add, "create", "add", {"number": number}, eager=True)


SCHEMA = GraphSchema(
    {
        "last": node(100, one="left", other="right"),
        "left": node(1, one="message"),
        "right": node(10, one="left"),
        "aside": node(1000, one="message"),
    }
)


@pytest.fixture(params=[PredictionRunner, DaskGraphRunner])
def runner(request: pytest.FixtureRequest, tmp_path: Path) -> Any:
    ran.clear()
    return request.param.create(SCHEMA, LocalModelStorage(tmp_path), ExecutionContext(SCHEMA))


@pytest.mark.parametrize("targets", [["last"], ["right", "aside"], ["left"]])
def test_results_are_those_of_rasas_runner(runner: Any, targets: list[str]) -> None:
    values = {"left": 6, "right": 16, "last": 122, "aside": 1005}
    for _ in range(2):
        assert runner.run({"message": 5}, targets) == {name: values[name] for name in targets}


def test_only_what_a_target_needs_runs_and_only_once(runner: Any) -> None:
    runner.run({"message": 5}, ["last"])
    assert sorted(ran) == ["last", "left", "right"]


def test_missing_input_is_told(runner: Any) -> None:
    with pytest.raises(GraphRunError, match="message"):
        runner.run({}, ["left"])


def test_input_with_the_name_of_a_component_is_refused(tmp_path: Path) -> None:
    runner = PredictionRunner.create(SCHEMA, LocalModelStorage(tmp_path), ExecutionContext(SCHEMA))
    with pytest.raises(GraphRunError, match="left"):
        runner.run({"left": 5}, ["left"])

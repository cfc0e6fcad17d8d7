"""What the pipeline reads with is handed to the actions."""

from __future__ import annotations

from types import SimpleNamespace

from rasa_sdk.executor import ActionExecutor

from bot.engine.entity_linker import EntityLinker
from bot.engine.pipeline_reader import hand_over
from bot.engine.question_classifier import QuestionClassifier


class Runner:
    """Has the components that it is given."""

    def __init__(self, *components: object) -> None:
        self.components = components

    def component(self, kind: type) -> object | None:
        return next((one for one in self.components if isinstance(one, kind)), None)


class Action:
    """Reads messages again."""

    reader = None

    def use(self, reader: object) -> None:
        self.reader = reader

    def run(self) -> None:
        """Do nothing."""


def executor(*actions: object) -> ActionExecutor:
    made = ActionExecutor()
    made.actions = {str(number): action.run for number, action in enumerate(actions)}
    return made


def test_an_action_that_reads_gets_model_and_linker_of_the_pipeline() -> None:
    model, linker, action = object(), object(), Action()
    other = SimpleNamespace(run=lambda: None)
    classifier = QuestionClassifier({}, None, None, model)
    hand_over(Runner(classifier, EntityLinker(linker)), executor(action, other))
    assert action.reader.model is model
    assert action.reader.linker is linker


def test_a_pipeline_of_others_hands_over_nothing() -> None:
    action = Action()
    hand_over(Runner(EntityLinker(object())), executor(action))
    assert action.reader is None

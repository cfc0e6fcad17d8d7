"""Hands what the pipeline reads messages with to the actions, so that the model is in memory once."""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from rasa_sdk.executor import ActionExecutor

from bot.engine.entity_linker import EntityLinker
from bot.engine.graph_runner import PredictionRunner
from bot.engine.question_classifier import QuestionClassifier
from bot.facts.loader import load
from bot.questions.reader import Reader


@runtime_checkable
class ReadsAgain(Protocol):
    """An action that reads messages again, together with what was said before."""

    def use(self, reader: Reader) -> None:
        """Take the reader to use, in place of one of its own."""


def hand_over(runner: PredictionRunner, executor: ActionExecutor) -> None:
    """Give the actions that read messages the model and the linker of the pipeline, if it has both."""
    classifier, linker = runner.component(QuestionClassifier), runner.component(EntityLinker)
    if not (classifier and classifier.model and linker):
        return
    base = load()
    reader = Reader(classifier.model, linker.linker, base.vocabulary.intents.asides, base.plain_questions)
    for run in executor.actions.values():
        action = getattr(run, "__self__", None)
        if isinstance(action, ReadsAgain):
            action.use(reader)

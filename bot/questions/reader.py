"""Reads a message: what it asks and what it mentions, on its own or as said after another question.

    reader = load_reader()
    reader.read("wen did rusia leave").intent -> "departure_when"
    reader.read("and why?", Before("When did Kazakhstan leave?", "On December 16th.")).intent -> "kazakhstan_left_why"

The pipeline reads each message once. What follows up an earlier question is read again by whoever knows the
conversation, together with that question, by the same model and the same linker: the agent hands them to the action.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from bot import paths
from bot.facts.loader import load
from bot.language.sentences import choose, segments
from bot.language.words import plain
from bot.questions import fitted
from bot.questions.linker import Linker
from bot.questions.model.question_model import QuestionModel, Reading
from bot.questions.question import Before, Question, within

_RANKED = 10


class Reader:
    """A trained model and a linker to one fact base, which together read a message."""

    def __init__(
        self, model: QuestionModel, linker: Linker, aside: Collection[str], offered: Mapping[str, str]
    ) -> None:
        """Take both.

        Args:
            model: tells what a text asks.
            linker: tells what it mentions.
            aside: the intents that yield to another one in the same message (greetings, thanks).
            offered: questions as the bot itself offers them, folded -> the intent that each asks.
        """
        self.model = model
        self.linker = linker
        self._aside = aside
        self._offered = offered

    def read(self, text: str, after: Before | None = None) -> Question:
        """Return what a message asks, on its own or as said after another question."""
        reading, part = clearest(self.model, text, self._aside, self._offered, after)
        return Question(
            text=part,
            intent=reading.intent,
            confidence=reading.confidence,
            mentions=within(tuple(self.linker.link(text)), text, part),
            ask=reading.stances["ask"],
            true=reading.stances["true"],
            false=reading.stances["false"],
            ranking=tuple(list(reading.intents.items())[:_RANKED]),
            acting=self.linker.acting,
            whole=text,
        )


def clearest(
    model: QuestionModel, text: str, aside: Collection[str], offered: Mapping[str, str], after: Before | None = None
) -> tuple[Reading, str]:
    """Return how the part of a message that asks most clearly is read, and that part: often the whole of it.

    What the bot itself offers to ask is read as it is meant, not as a model takes it.
    """
    parts = segments(text)
    readings = [
        reading.certain(offered[plain(part)]) if plain(part) in offered else reading
        for part, reading in zip(parts, model.read(parts, after), strict=True)
    ]
    best = choose(readings, parts, aside)
    return readings[best], parts[best]


def load_reader() -> Reader:
    """Return a reader of its own for a process without a pipeline: an action server, the command line.

    Raises:
        StartError: there is no trained model.
    """
    base = load()
    model = QuestionModel.load(fitted.in_use(), paths.READER)
    return Reader(model, Linker.to(base), base.vocabulary.intents.asides, base.plain_questions)

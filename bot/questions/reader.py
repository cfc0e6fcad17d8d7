"""Reads a text the way the pipeline does, for what is only known in the conversation.

The pipeline sees one message. What follows up an earlier question is read again here, together with it, by the same
model and the same linker.
"""

from __future__ import annotations

from pathlib import Path

from bot import paths
from bot.errors import StartError
from bot.facts.base import FactBase
from bot.facts.loader import load
from bot.language.sentences import choose, segments
from bot.questions.linker import Linker
from bot.questions.model.question_model import QuestionModel
from bot.questions.question import Question, within

_loaded: list[QuestionModel] = []
_linkers: list[tuple[FactBase, Linker]] = []


def use(model: QuestionModel) -> None:
    """Share a model that the pipeline has loaded in this process."""
    _loaded[:] = [model]


def read_message(text: str, after: str | None = None) -> Question:
    """Return what a message asks, on its own or as said after another question.

    Of a message of several sentences, the one that asks most clearly is read.
    """
    parts = segments(text)
    readings = _model().read(parts, after)
    best = choose(readings, parts)
    reading = readings[best]
    return Question(
        text=parts[best],
        intent=reading.intent,
        confidence=reading.confidence,
        mentions=within(tuple(linker().link(text)), text, parts[best]),
        ask=reading.stances["ask"],
        true=reading.stances["true"],
        false=reading.stances["false"],
        ranking=tuple(list(reading.intents.items())[:_RANKED]),
        whole=text,
    )


_RANKED = 10


def _model() -> QuestionModel:
    if not _loaded:
        # An action server of its own has no pipeline; it reads the model that training kept.
        use(QuestionModel.load(_kept()))
    return _loaded[0]


def _kept() -> Path:
    found = [folder for folder in (paths.MODELS / "questions").glob("*") if (folder / "labels.json").is_file()]
    if not found:
        raise StartError(f"there is no trained model in {paths.MODELS / 'questions'}; make one with: make train")
    return max(found, key=lambda folder: folder.stat().st_mtime)


def linker() -> Linker:
    """Return the linker to the fact base, the same one for the pipeline and the conversation."""
    base = load()
    if not _linkers or _linkers[0][0] is not base:
        _linkers[:] = [(base, Linker(base.entities.values(), base.events.values(), base.date_customs))]
    return _linkers[0][1]

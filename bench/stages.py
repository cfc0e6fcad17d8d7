"""Our server with a stopwatch at each stage of a message, to be run in place of `python -m bot serve`.

    .venv/bin/python -m bench.stages RESULT

At its end it writes to RESULT how many messages there were and the seconds that each stage took, without what other
stages took inside it. Meant for one client at a time.
"""

from __future__ import annotations

import functools
import inspect
import json
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import bot.web.server  # isort: skip  (before all else that imports Rasa)
from bot.answers import compose
from bot.answers.operations import OPERATIONS
from bot.channels import rest
from bot.dialogue import conversation
from bot.engine.policy import OneActionAnswers
from bot.facts.base import FactBase
from bot.questions import reader
from bot.questions.encoder.encoder import SentenceEncoder
from bot.questions.linker import Linker
from bot.questions.model.question_model import QuestionModel
from bot.storage.store import ConversationStore

TURN = "Rasa and the rest"
EMBEDDING, CLASSIFICATION, LINKING = "embedding", "classification", "names and dates"
RESOLUTION, QUERY, COMPOSITION, RULES, TRACKER = "resolution", "query", "composition", "rules", "tracker"
STAGES = (EMBEDDING, CLASSIFICATION, LINKING, RESOLUTION, QUERY, COMPOSITION, RULES, TRACKER, TURN)

took: Counter[str] = Counter()
count: Counter[str] = Counter()
_inside: list[float] = []
"""For each stage under way, the seconds that stages inside it took."""


def timed(stage: str, function: Callable) -> Callable:
    """Return the function with its time, less that of stages inside it, added to the stage."""

    def enter() -> float:
        _inside.append(0.0)
        return time.perf_counter()

    def leave(started: float) -> None:
        seconds = time.perf_counter() - started
        took[stage] += seconds - _inside.pop()
        count[stage] += 1
        if _inside:
            _inside[-1] += seconds

    if inspect.iscoroutinefunction(function):

        @functools.wraps(function)
        async def waited(*arguments: Any, **named: Any) -> Any:
            started = enter()
            try:
                return await function(*arguments, **named)
            finally:
                leave(started)

        return waited

    @functools.wraps(function)
    def called(*arguments: Any, **named: Any) -> Any:
        started = enter()
        try:
            return function(*arguments, **named)
        finally:
            leave(started)

    return called


def watch() -> None:
    """Put the stopwatches in place."""
    places: list[tuple[Any, str, str]] = [
        (SentenceEncoder, "encode", EMBEDDING),
        (QuestionModel, "read", CLASSIFICATION),
        (reader, "segments", CLASSIFICATION),
        (Linker, "link", LINKING),
        (conversation, "understand", RESOLUTION),
        (compose, "reply_to", COMPOSITION),
        (FactBase, "quotes", QUERY),
        (OneActionAnswers, "predict_action_probabilities", RULES),
        (ConversationStore, "retrieve", TRACKER),
        (ConversationStore, "save", TRACKER),
        (rest, "take_turn", TURN),
    ]
    for place, name, stage in places:
        setattr(place, name, timed(stage, getattr(place, name)))
    for name, operation in OPERATIONS.items():
        OPERATIONS[name] = timed(QUERY, operation)


def main(arguments: list[str]) -> None:
    """Serve until told to stop, then write what was measured."""
    watch()
    try:
        bot.web.server.serve()
    finally:
        told = {"messages": count[TURN], "seconds": {stage: took[stage] for stage in STAGES}, "times": dict(count)}
        Path(arguments[0]).write_text(json.dumps(told), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])

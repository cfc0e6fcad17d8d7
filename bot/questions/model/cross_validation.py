"""Cross-validation of the question model: each set of training questions is held out in turn.

The sets were written without sight of each other, so a held-out set is read as a stranger's questions would be.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot import paths
from bot.facts.loader import load
from bot.questions.model.question_model import FOLLOWS, LabelledQuestion, QuestionModel
from bot.questions.training_data import blocks

_PART = 256


@dataclass(frozen=True)
class Score:
    """How a held-out set was read: shares between 0 and 1."""

    name: str
    questions: int
    intents: float
    """The intent is right."""
    answers: float
    """It is answered where it should be and refused where it should be, whichever intent."""
    refused: float
    """Of those that the article does not answer, those read so."""
    stances: float
    """Of those read right, the stance is right."""


def questions_by_set(folder: Path = paths.NLU) -> dict[str, list[LabelledQuestion]]:
    """Return the training questions that stand alone, by the set they belong to."""
    found: dict[str, list[LabelledQuestion]] = {}
    for block in blocks(folder):
        for text in block.texts:
            if FOLLOWS not in text:
                found.setdefault(block.set, []).append(LabelledQuestion(text, block.intent, block.stance))
    return found


def cross_validate(
    sets: dict[str, list[LabelledQuestion]],
    held_out: Sequence[str] | None = None,
    tuned: bool = True,
    progress: Callable[[float], None] = lambda share: None,
) -> Iterator[Score]:
    """Yield the score of each held-out set, the model being trained on all others."""
    answerable = set(load().answers)
    for name in held_out or list(sets):
        rest = [q for other, questions in sets.items() if other != name for q in questions]
        with tempfile.TemporaryDirectory() as folder:
            model = QuestionModel.train(rest, Path(folder) / "model", progress, tuned)
            yield _score(name, model, sets[name], answerable)


def _score(name: str, model: QuestionModel, questions: list[LabelledQuestion], answerable: set[str]) -> Score:
    readings = []
    for start in range(0, len(questions), _PART):
        readings += model.read([q.text for q in questions[start : start + _PART]])
    pairs = list(zip(questions, readings, strict=True))
    right = [(q, r) for q, r in pairs if q.intent == r.intent]
    untold = [(q, r) for q, r in pairs if q.intent not in answerable]
    return Score(
        name,
        len(pairs),
        len(right) / len(pairs),
        sum((q.intent in answerable) == (r.intent in answerable) for q, r in pairs) / len(pairs),
        sum(r.intent not in answerable for _, r in untold) / max(len(untold), 1),
        sum(max(r.stances, key=r.stances.get) == q.stance for q, r in right) / max(len(right), 1),
    )


def main(argv: list[str]) -> int:
    """Run `python -m bot crossval`; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m bot crossval", description="Cross-validate the question model.")
    parser.add_argument("--sets", nargs="*", help="sets to hold out; all unless given")
    parser.add_argument("--frozen", action="store_true", help="leave the encoder as released (quick)")
    parser.add_argument(
        "--at-least", type=float, default=0.0, help="exit 1 where the mean share of right intents is lower"
    )
    options = parser.parse_args(argv)
    sets = questions_by_set()
    unknown = sorted(set(options.sets or []) - set(sets))
    if unknown:
        parser.error(f"there is no set {', '.join(unknown)}; valid are {', '.join(sets)}")
    print(f"{'held out':18}{'questions':>10}{'intent':>8}{'told?':>8}{'refused':>9}{'stance':>8}{'seconds':>9}")
    scores, started = [], time.monotonic()
    for score in cross_validate(sets, options.sets, tuned=not options.frozen):
        seconds, started = time.monotonic() - started, time.monotonic()
        scores.append(score)
        print(
            f"{score.name:18}{score.questions:10}{score.intents:8.1%}{score.answers:8.1%}{score.refused:9.1%}"
            f"{score.stances:8.1%}{seconds:9.0f}",
            flush=True,
        )
    mean = sum(s.intents for s in scores) / len(scores)
    print(f"{'mean':18}{'':10}{mean:8.1%}")
    return int(mean < options.at_least)

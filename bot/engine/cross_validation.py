"""Cross-validation of the reader: each set of questions, and each writer of conversations, is held out in turn.

They were written without sight of each other, so what is held out is read as a stranger's would be.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.engine.training_questions import by_source, joined
from bot.facts.loader import load
from bot.questions.encoder import files
from bot.questions.model.fine_tuning import Recipe
from bot.questions.model.fit import fit as fit_model
from bot.questions.model.network import train_network
from bot.questions.model.question_model import FOLLOWS, LabelledQuestion, QuestionModel, Reading
from bot.questions.question import Before

QUICK = Recipe(layers=3, epochs=2, encoder_rate=2.5e-4)
"""How the network is trained here: enough to compare, in minutes instead of an hour."""


@dataclass(frozen=True)
class Score:
    """How what was held out was read: shares between 0 and 1."""

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


def cross_validate(
    sources: Mapping[str, list[LabelledQuestion]],
    held_out: Sequence[str] | None = None,
    tuned: bool = True,
    progress: Callable[[float], None] = lambda share: None,
) -> Iterator[Score]:
    """Yield the score of each held-out source, the reader being trained on all others.

    Args:
        sources: questions by the set or writer that they are of.
        held_out: sources to hold out; all unless given.
        tuned: whether the network is trained, too; else it stays as it was released, which is quick.
        progress: told how much of a training is done.
    """
    answerable = set(load().answers)
    for name in held_out or list(sources):
        rest = joined({other: questions for other, questions in sources.items() if other != name})
        with tempfile.TemporaryDirectory() as folder:
            encoder = Path(folder) / "network"
            if tuned:
                train_network(rest, encoder, QUICK, progress)
            else:
                encoder = files.require()
            model = fit_model(rest, Path(folder) / "fitted", encoder)
            yield _score(name, model, sources[name], answerable)


def _score(name: str, model: QuestionModel, questions: list[LabelledQuestion], answerable: set[str]) -> Score:
    pairs = [(question, _read(model, question)) for question in questions]
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


def _read(model: QuestionModel, question: LabelledQuestion) -> Reading:
    said, follows, text = question.text.partition(FOLLOWS)
    return model.read([text], Before(said))[0] if follows else model.read([said])[0]


def main(argv: list[str]) -> int:
    """Run `python -m bot crossval`; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m bot crossval", description="Cross-validate the reader.")
    parser.add_argument("--sets", nargs="*", help="sets or writers to hold out; all unless given")
    parser.add_argument("--frozen", action="store_true", help="leave the network as released (quick)")
    parser.add_argument(
        "--at-least", type=float, default=0.0, help="exit 1 where the mean share of right intents is lower"
    )
    options = parser.parse_args(argv)
    sources = by_source()
    unknown = sorted(set(options.sets or []) - set(sources))
    if unknown:
        parser.error(f"there is no set {', '.join(unknown)}; valid are {', '.join(sources)}")
    print(f"{'held out':18}{'questions':>10}{'intent':>8}{'told?':>8}{'refused':>9}{'stance':>8}{'seconds':>9}")
    scores, started = [], time.monotonic()
    for score in cross_validate(sources, options.sets, tuned=not options.frozen):
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

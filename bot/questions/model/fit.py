"""Fits a question model to labelled questions, by the vectors of a network that stays as it is.

    fit(questions, folder, network)                   from nothing; needs scikit-learn
    fit(questions, folder, network, fitted_before)    goes on from what was fitted to most of them: seconds

Going on needs nothing that a running bot does not have.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bot.questions.encoder import files
from bot.questions.encoder.encoder import SentenceEncoder
from bot.questions.model import nearest_questions, ngrams
from bot.questions.model.logistic_regression import train_head
from bot.questions.model.ngrams import NgramReader
from bot.questions.model.question_model import (
    FOLLOWS,
    HEADS,
    LABELS,
    STANCES,
    LabelledQuestion,
    QuestionModel,
    with_separator,
)

_DIGESTS = "digests.npy"
_REMINDERS = 3
"""For each new question, so many that are not new are shown to the reader of n-grams again, lest it forget them."""
_SEED = 20


def fit(
    questions: Sequence[LabelledQuestion], folder: Path, encoder: Path, fitted_before: Path | None = None
) -> QuestionModel:
    """Learn from labelled questions, write that to `folder` and return it.

    Args:
        questions: what to learn from.
        folder: where to put what was learnt.
        encoder: folder of the network.
        fitted_before: folder of what was fitted to other questions; nothing is taken from it if another network was
            used.
    """
    folder.mkdir(parents=True, exist_ok=True)
    names = _Names(
        sorted({q.intent for q in questions}), sorted([*pair] for pair in {(q.intent, q.stance) for q in questions})
    )
    digests = _digests([q.text for q in questions], encoder)
    before = _Before.read(fitted_before, digests)
    vectors = _vectors(questions, digests, encoder, before)
    _fit_heads(vectors, names.numbers(questions), names, before, folder)
    nearest_questions.write(vectors, folder)
    np.save(folder / _DIGESTS, digests)
    (folder / LABELS).write_text(json.dumps(vars(names)), encoding="utf-8")
    _fit_ngrams(questions, digests, names, before, folder)
    return QuestionModel.load(folder, encoder)


@dataclass(frozen=True)
class _Names:
    """What is told apart, in the order of its numbers: intents, and pairs of intent and stance."""

    intents: list[str]
    pairs: list[list[str]]

    def numbers(self, questions: Sequence[LabelledQuestion]) -> tuple[np.ndarray, np.ndarray]:
        """Return the number of each question's intent, and of its pair: [questions] each."""
        intent_of = {intent: number for number, intent in enumerate(self.intents)}
        pair_of = {tuple(pair): number for number, pair in enumerate(self.pairs)}
        return (
            np.array([intent_of[q.intent] for q in questions]),
            np.array([pair_of[q.intent, q.stance] for q in questions]),
        )


@dataclass(frozen=True)
class _Before:
    """What was fitted before: to which texts, under which names."""

    folder: Path
    names: _Names
    vectors: dict[bytes, np.ndarray]
    labelled: set[tuple[bytes, tuple[str, ...]]]
    heads: dict[str, np.ndarray]

    @classmethod
    def read(cls, folder: Path | None, digests: np.ndarray) -> _Before | None:
        """Read a folder; None where none of its texts has one of the digests, or it is not whole."""
        try:
            known = [*map(bytes, np.load(folder / _DIGESTS))]
            names = _Names(**json.loads((folder / LABELS).read_text(encoding="utf-8")))
            with np.load(folder / HEADS) as stored:
                heads = {name: stored[name] for name in stored.files}
            vectors = dict(zip(known, nearest_questions.read_vectors(folder), strict=True))
        except (OSError, ValueError, TypeError, KeyError):
            return None
        if not vectors.keys() & set(map(bytes, digests)):
            return None
        pairs = (tuple(names.pairs[number]) for number in heads["known_pairs"])
        return cls(folder, names, vectors, set(zip(known, pairs, strict=True)), heads)


def _digests(texts: list[str], encoder: Path) -> np.ndarray:
    """Return what tells texts apart that a network turns into vectors: [texts, 16] bytes."""
    network = files.read_stamp(encoder).get(files.NETWORK, "").encode()
    found = [hashlib.sha256(network + b"\0" + text.encode()).digest()[:16] for text in texts]
    return np.frombuffer(b"".join(found), dtype=np.uint8).reshape(-1, 16)


def _vectors(
    questions: Sequence[LabelledQuestion], digests: np.ndarray, encoder: Path, before: _Before | None
) -> np.ndarray:
    """Return the vectors [questions, 384] float32, those that are known from before being taken over.

    All of them are rounded as they are kept, so that it makes no difference which were known.
    """
    known = dict(before.vectors) if before else {}
    unknown = [place for place, digest in enumerate(map(bytes, digests)) if digest not in known]
    by_encoder = SentenceEncoder(encoder, threads=0, cache_size=0, batch=1)
    new = nearest_questions.rounded(by_encoder.encode([with_separator(questions[place].text) for place in unknown]))
    known |= {bytes(digests[place]): vector for place, vector in zip(unknown, new, strict=True)}
    return np.array([known[bytes(digest)] for digest in digests], dtype=np.float32)


def _fit_heads(
    vectors: np.ndarray,
    numbers: tuple[np.ndarray, np.ndarray],
    names: _Names,
    before: _Before | None,
    folder: Path,
) -> None:
    """Learn to tell intents, and intents with stance, from vectors [questions, 384] and write what was learnt.

    The heads that the network learnt with are thrown away: logistic regression on its vectors generalises better.
    """
    found = {"known_pairs": numbers[1]}
    for head, wanted, now in (("intent", numbers[0], names.intents), ("pair", numbers[1], names.pairs)):
        start = None
        if before:
            places = _places(before.names.intents if head == "intent" else before.names.pairs, now)
            weights, bias = before.heads[f"{head}_weights"], before.heads[f"{head}_bias"]
            start = np.where(places < 0, 0, weights[:, places]), np.where(places < 0, bias.min(), bias[places])
        found[f"{head}_weights"], found[f"{head}_bias"] = train_head(vectors, wanted, len(now), start)
    np.savez(folder / HEADS, **found)


def _fit_ngrams(
    questions: Sequence[LabelledQuestion], digests: np.ndarray, names: _Names, before: _Before | None, folder: Path
) -> None:
    """Learn what spelling tells, from the questions that stand alone."""
    alone = [place for place, question in enumerate(questions) if FOLLOWS not in question.text]
    if before:
        alone = _new_and_reminders(questions, digests, alone, before)
    texts = [questions[place].text for place in alone]
    intents, _ = names.numbers([questions[place] for place in alone])
    labels = [intents, np.array([STANCES.index(questions[place].stance) for place in alone], dtype=int)]
    if before is None:
        ngrams.train(texts, labels, [len(names.intents), len(STANCES)], folder)
        return
    columns = [_places(before.names.intents, names.intents), np.arange(len(STANCES))]
    NgramReader.load(before.folder).learn_on(texts, labels, columns, folder)


def _new_and_reminders(
    questions: Sequence[LabelledQuestion], digests: np.ndarray, alone: list[int], before: _Before
) -> list[int]:
    """Return the places of questions that are new, or labelled otherwise than before, and of some others."""
    labels = ((bytes(digests[place]), (questions[place].intent, questions[place].stance)) for place in alone)
    new = [place for place, label in zip(alone, labels, strict=True) if label not in before.labelled]
    others = sorted(set(alone) - set(new))
    count = min(len(others), _REMINDERS * len(new))
    return new + np.random.default_rng(_SEED).choice(others, count, replace=False).tolist() if new else []


def _places(before: Sequence, now: Sequence) -> np.ndarray:
    """Return where each name was before, -1 where it is new."""
    place_of = {str(name): place for place, name in enumerate(before)}
    return np.array([place_of.get(str(name), -1) for name in now])

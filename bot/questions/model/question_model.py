"""What a question asks: an ensemble over a fine-tuned sentence encoder and n-grams of letters and words.

    model = QuestionModel.load(folder, network)
    model.read(["wen did rusia leave"])[0].intent -> "departure_when"
    before = Before("When did Kazakhstan leave?", "On December 16th.")
    model.read(["and why?"], before)[0].intent -> "kazakhstan_left_why"

Three readers give a probability for each intent: logistic regression over the encoder's sentence vector, the training
questions nearest to it, and logistic regression over n-grams, which adds what spelling tells (typos, names). What
follows up another question is read together with it, as a pair of sentences, by the first two alone. The weights were
chosen by cross-validation, see docs/decisions.md.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from bot.questions.encoder.encoder import SentenceEncoder
from bot.questions.model.nearest_questions import Neighbours
from bot.questions.model.ngrams import NgramReader, log_softmax
from bot.questions.question import Before

STANCES = ("ask", "true", "false")
NGRAM_SHARE = 0.2
"""Weight of the n-grams, in a mean of logarithms with the two readers of vectors."""
NEIGHBOUR_SHARE = 0.6
"""Weight of the nearest training questions in the plain mean of the two readers of vectors."""
NEIGHBOURS = 15
SHARPNESS = 15.0
"""How fast a neighbour's vote falls with distance: exp(SHARPNESS * similarity)."""

LABELS, HEADS = "labels.json", "heads.npz"
_UNSEEN = 1e-9
"""Odds of a stance that no training question of an intent has; also keeps logarithms finite."""
_LEAST_ODDS = 1e-6
"""Added to odds before their logarithm is taken, so that no reader can rule an intent out alone."""
FOLLOWS = " || "
"""Between a question and the one that follows it up, in training questions."""
# BERT's own mark between two sentences.
_SEPARATOR = " [SEP] "


@dataclass(frozen=True, order=True)
class LabelledQuestion:
    """A training question: what it asks and whether the article confirms (true) or contradicts (false) it."""

    text: str
    intent: str
    stance: str = "ask"

    def after(self, before: Before) -> LabelledQuestion:
        """Return the same, as it follows something said before."""
        return replace(self, text=f"{before.said}{FOLLOWS}{self.text}")


@dataclass(frozen=True)
class Reading:
    """What the model makes of one text."""

    intents: dict[str, float]
    """Probability of each intent, the likeliest first."""
    stances: dict[str, float]
    """Probability of each stance, given the likeliest intent."""
    vector: np.ndarray
    """The sentence vector [384], of length 1."""

    @property
    def intent(self) -> str:
        """The likeliest intent."""
        return next(iter(self.intents))

    @property
    def confidence(self) -> float:
        """Probability of the likeliest intent."""
        return next(iter(self.intents.values()))

    def certain(self, intent: str) -> Reading:
        """Return the reading of a text that is known to ask one thing, openly."""
        stances = {stance: float(stance == STANCES[0]) for stance in STANCES}
        return replace(self, intents={intent: 1.0} | {i: 0.0 for i in self.intents if i != intent}, stances=stances)


class QuestionModel:
    """Reads questions. Made by `fit` (fit.py) or `load`."""

    # `pairs` are those of intent and stance that occur in training. `heads` holds what `fit` has written:
    # weights [384, intents] and [384, pairs] with a bias each, and the number of the pair of each training question.
    def __init__(
        self,
        encoder: SentenceEncoder,
        intents: list[str],
        pairs: list[list[str]],
        heads: dict[str, np.ndarray],
        neighbours: Neighbours,
        ngram_reader: NgramReader,
    ) -> None:
        self._encoder = encoder
        self._intents = intents
        self._pairs = [tuple(pair) for pair in pairs]
        self._intent_of_pair = np.array([intents.index(intent) for intent, _ in self._pairs])
        self._heads = heads
        self._neighbours = neighbours
        self._ngrams = ngram_reader
        self._pair_columns = {
            intent: [self._pairs.index((intent, s)) if (intent, s) in self._pairs else -1 for s in STANCES]
            for intent in intents
        }

    @classmethod
    def load(cls, folder: Path, encoder: Path) -> QuestionModel:
        """Read a model that `fit` (fit.py) wrote for an encoder."""
        labels = json.loads((folder / LABELS).read_text(encoding="utf-8"))
        with np.load(folder / HEADS) as stored:
            heads = {name: stored[name] for name in stored.files}
        # One text at a time: in 8 bits the texts of a batch would have a scale in common.
        by_encoder = SentenceEncoder(encoder, batch=1)
        neighbours, ngram_reader = Neighbours(folder), NgramReader.load(folder)
        return cls(by_encoder, labels["intents"], labels["pairs"], heads, neighbours, ngram_reader)

    def read(self, texts: Sequence[str], after: Before | None = None) -> list[Reading]:
        """Return a reading of each text, as it stands or as said after something else."""
        texts = [text.replace(_SEPARATOR.strip(), " ") for text in texts]
        said = after.said.replace(_SEPARATOR.strip(), " ") if after else ""
        vectors = self._encoder.encode([f"{said}{_SEPARATOR}{text}" for text in texts] if after else texts)
        # What spelling tells was learnt from questions that stand alone.
        return [self._reading(vector, None if after else text) for text, vector in zip(texts, vectors, strict=True)]

    def _reading(self, vector: np.ndarray, text: str | None) -> Reading:
        """Return the reading of a vector [384], together with what the n-grams of the text tell where one is given."""
        intent_odds, pair_odds = self._vector_odds(vector)
        intent_logs, stance_logs, share = np.log(intent_odds + _LEAST_ODDS), np.zeros(len(STANCES)), 0.0
        if text is not None:
            by_intent, by_stance = self._ngrams.read(text)
            share = NGRAM_SHARE
            intent_logs = (1 - share) * intent_logs + share * np.log(np.exp(by_intent) + _LEAST_ODDS)
            stance_logs = share * by_stance
        odds = _softmax(intent_logs)
        intents = {self._intents[i]: float(odds[i]) for i in np.argsort(-odds)}
        pair_columns = self._pair_columns[next(iter(intents))]
        by_vector = np.log([pair_odds[c] if c >= 0 else _UNSEEN for c in pair_columns] + np.float64(_UNSEEN))
        stances = _softmax((1 - share) * (by_vector - by_vector.max()) + stance_logs)
        return Reading(intents, dict(zip(STANCES, map(float, stances), strict=True)), vector)

    def _vector_odds(self, vector: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Return the odds of intents [intents], and of intents with stance [pairs], for a vector [384].

        A mean of two readers: regression, and the nearest training questions, whose votes fall with distance
        (distance-weighted nearest neighbours, Dudani 1976).
        """
        heads = self._heads
        by_pair = _softmax(vector @ heads["pair_weights"] + heads["pair_bias"])
        by_intent = _softmax(vector @ heads["intent_weights"] + heads["intent_bias"])
        places, similar = self._neighbours.nearest(vector, NEIGHBOURS)
        votes = np.exp(SHARPNESS * (similar - similar.max()))
        pairs = heads["known_pairs"][places]
        near_pairs = np.bincount(pairs, votes / votes.sum(), len(self._pairs))
        near_intents = np.bincount(self._intent_of_pair[pairs], votes / votes.sum(), len(self._intents))
        own = 1 - NEIGHBOUR_SHARE
        return own * by_intent + NEIGHBOUR_SHARE * near_intents, own * by_pair + NEIGHBOUR_SHARE * near_pairs


def with_separator(text: str) -> str:
    """Return a training question as the encoder reads it: with BERT's mark where one follows up another."""
    return text.replace(FOLLOWS, _SEPARATOR)


def _softmax(scores: np.ndarray) -> np.ndarray:
    return np.exp(log_softmax(scores))

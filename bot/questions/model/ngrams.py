"""What the letters and words of a question tell: logistic regression over n-grams.

Learnt from nothing with scikit-learn, read and learnt on without it: one question has some two hundred n-grams, and
looking them up takes a twentieth of the time that scikit-learn needs around it. Where the bot only runs, it is not
installed.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain
from pathlib import Path

import numpy as np

from bot.questions.in_bytes import from_bytes, to_bytes

LETTERS = (2, 5)
"""Lengths of the n-grams of letters, each inside one word with a space at either end."""
WORDS = (1, 3)
"""Lengths of the n-grams of words."""
MOST_LETTERS = 40_000
LEAST_OFTEN = 3
"""An n-gram that fewer questions have is left out."""

_WORD = r"[\w']+"
_WORDS = re.compile(_WORD)
_SPACES = re.compile(r"\s\s+")
_VOCABULARY, _NUMBERS = "ngrams.json", "ngrams.npz"
_SEED, _TIMES, _RATE = 20, 6, 0.5
"""How new texts are learnt: how often each is seen, and how far a step goes (up to 1 none goes too far)."""
_FLOOR = 1e-9
"""Odds of a class that no text has."""
_KEPT = 8192
"""Words whose n-grams of letters are remembered."""


class NgramReader:
    """Reads texts by their n-grams. Made by `train` or `load`."""

    def __init__(self, vocabularies: Sequence[Sequence[str]], numbers: Mapping[str, np.ndarray]) -> None:
        """Take the n-grams of letters and of words, in the order of their rows, and what was learnt about them."""
        start = 0
        self._rows: list[dict[str, int]] = []
        for ngrams in vocabularies:
            self._rows.append({ngram: row for row, ngram in enumerate(ngrams, start)})
            start += len(ngrams)
        self._of_letters = lru_cache(_KEPT)(self._rows_of_letters)
        self._vocabularies = vocabularies
        self._rarity = numbers["rarity"]
        self._weights, self._scales = numbers["weights"], numbers["scales"]
        self._bias = numbers["bias"]
        self._sizes = numbers["sizes"]

    @classmethod
    def load(cls, folder: Path) -> NgramReader:
        """Read what `train` wrote."""
        with np.load(folder / _NUMBERS) as stored:
            numbers = {name: stored[name] for name in stored.files}
        return cls(json.loads((folder / _VOCABULARY).read_text(encoding="utf-8")), numbers)

    def read(self, text: str) -> list[np.ndarray]:
        """Return the logarithms of the odds of each class, [classes] for each kind of label that was learnt."""
        rows, values = self.features(text)
        scores = (values * self._scales[rows]) @ self._weights[rows].astype(np.float32) + self._bias
        return [log_softmax(part) for part in np.split(scores, np.cumsum(self._sizes)[:-1])]

    def features(self, text: str) -> tuple[np.ndarray, np.ndarray]:
        """Return the rows of the n-grams that a text has, and their values, of length 1 for each kind of n-grams.

        A value is (1 + the logarithm of how often it occurs) times its rarity: TF-IDF with sublinear counts, as
        scikit-learn computes it.
        """
        all_rows, all_values = [], []
        of_letters = chain.from_iterable(self._of_letters(word) for word in _split(text))
        of_words = (self._rows[1][ngram] for ngram in words(text) if ngram in self._rows[1])
        for counts in (Counter(of_letters), Counter(of_words)):
            if counts:
                rows = np.fromiter(counts, dtype=np.int64)
                values = (1 + np.log(np.fromiter(counts.values(), dtype=np.float32))) * self._rarity[rows]
                all_rows.append(rows)
                all_values.append(values / np.linalg.norm(values))
        if not all_rows:
            return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.float32)
        return np.concatenate(all_rows), np.concatenate(all_values)

    def learn_on(
        self,
        texts: Sequence[str],
        labels: Sequence[np.ndarray],
        columns: Sequence[np.ndarray],
        folder: Path,
    ) -> None:
        """Learn from a few texts, and write the outcome to `folder`; n-grams that are new in them tell nothing.

        Each text moves the weights of its n-grams down the slope of its loss, some times in turn.

        Args:
            texts: those that are new, among some that are not, lest these be forgotten.
            labels: class numbers [texts] of each kind of label.
            columns: where each class was before, -1 where it is new, [classes] for each kind of label.
            folder: where to put what was learnt.
        """
        weights, bias = self._with_columns(columns)
        sizes = [len(kind) for kind in columns]
        starts = np.cumsum([0, *sizes[:-1]])
        seen = [self.features(text) for text in texts]
        order = np.random.default_rng(_SEED)
        for _ in range(_TIMES):
            for place in order.permutation(len(texts)):
                rows, values = seen[place]
                scores = values @ weights[rows] + bias
                wrong = np.concatenate([np.exp(log_softmax(part)) for part in np.split(scores, starts[1:])])
                wrong[[start + label[place] for start, label in zip(starts, labels, strict=True)]] -= 1
                weights[rows] -= _RATE * values[:, None] * wrong
        _write(folder, self._vocabularies, self._rarity, weights, bias, sizes)

    def _with_columns(self, columns: Sequence[np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
        """Return weights and bias with their classes in other places; a new class is as likely as the others."""
        known = from_bytes(self._weights, self._scales)
        kinds, biases, start = [], [], 0
        for before, size in zip(columns, self._sizes, strict=True):
            own = self._bias[start : start + size]
            new = (before < 0)[None]
            kinds.append(np.where(new, 0, known[:, start + before]))
            biases.append(np.where(new[0], np.median(own), own[before]))
            start += size
        return np.hstack(kinds).astype(np.float32), np.concatenate(biases).astype(np.float32)

    def _rows_of_letters(self, word: str) -> tuple[int, ...]:
        return tuple(self._rows[0][ngram] for ngram in _letters_of(word) if ngram in self._rows[0])


def train(texts: Sequence[str], labels: Sequence[np.ndarray], classes: Sequence[int], folder: Path) -> NgramReader:
    """Learn to tell each kind of label (class numbers, of so many classes) from the texts, and write it to `folder`."""
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import FeatureUnion

    both = {"min_df": LEAST_OFTEN, "sublinear_tf": True, "dtype": np.float32}
    by_letters = TfidfVectorizer(analyzer="char_wb", ngram_range=LETTERS, max_features=MOST_LETTERS, **both)
    by_words = TfidfVectorizer(token_pattern=_WORD, ngram_range=WORDS, **both)
    features = FeatureUnion([("letters", by_letters), ("words", by_words)])
    inputs = features.fit_transform([text.lower() for text in texts])
    weights = np.zeros((inputs.shape[1], sum(classes)), dtype=np.float32)
    bias = np.full(sum(classes), np.log(_FLOOR), dtype=np.float32)
    start = 0
    for wanted, size in zip(labels, classes, strict=True):
        classifier = LogisticRegression(C=10, solver="saga", tol=1e-2, max_iter=60, random_state=20).fit(inputs, wanted)
        coefficients, offsets = classifier.coef_, classifier.intercept_
        if len(classifier.classes_) == 2:  # scikit-learn then keeps those of the second only
            coefficients, offsets = np.vstack([0 * coefficients, coefficients]), np.append(0, offsets)
        columns = start + classifier.classes_
        weights[:, columns] = coefficients.T
        bias[columns] = offsets
        start += size
    vocabularies = [sorted(v.vocabulary_, key=v.vocabulary_.get) for v in (by_letters, by_words)]
    rarity = np.concatenate([by_letters.idf_, by_words.idf_]).astype(np.float32)
    _write(folder, vocabularies, rarity, weights, bias, classes)
    return NgramReader.load(folder)


def _write(
    folder: Path,
    vocabularies: Sequence[Sequence[str]],
    rarity: np.ndarray,
    weights: np.ndarray,
    bias: np.ndarray,
    classes: Sequence[int],
) -> None:
    in_bytes, scales = to_bytes(weights)
    np.savez(folder / _NUMBERS, rarity=rarity, weights=in_bytes, scales=scales, bias=bias, sizes=np.array(classes))
    (folder / _VOCABULARY).write_text(json.dumps(vocabularies), encoding="utf-8")


def letters(text: str) -> Iterator[str]:
    """Yield n-grams of letters as scikit-learn's `char_wb` does."""
    for word in _split(text):
        yield from _letters_of(word)


def _split(text: str) -> list[str]:
    return _SPACES.sub(" ", text.lower()).split()


def _letters_of(word: str) -> Iterator[str]:
    shortest, longest = LETTERS
    padded = f" {word} "
    for size in range(shortest, longest + 1):
        for start in range(max(len(padded) - size, 0) + 1):
            yield padded[start : start + size]
        if len(padded) <= size:
            break  # a word shorter than this counts once


def words(text: str) -> Iterator[str]:
    """Yield n-grams of words, joined by spaces."""
    found = _WORDS.findall(text.lower())
    shortest, longest = WORDS
    for size in range(shortest, longest + 1):
        for start in range(len(found) - size + 1):
            yield " ".join(found[start : start + size])


def log_softmax(scores: np.ndarray) -> np.ndarray:
    """Return the logarithms of the odds that scores along the last axis stand for."""
    shifted = scores - scores.max(-1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(-1, keepdims=True))

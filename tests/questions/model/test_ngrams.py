"""N-grams are counted and weighed as scikit-learn does, without it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import FeatureUnion

from bot.questions.model import ngrams
from bot.questions.model.ngrams import NgramReader

QUESTIONS = [
    f"{opening} {verb} {name}{end}"
    for opening in ("when did", "why did", "who", "so when did")
    for verb in ("leave", "sign the treaty with", "rename")
    for name in ("Dunholm", "the Duke's council", "marrowby", "old  Brennock")
    for end in ("?", "")
]
OPENING = np.array([0 if "when" in text else 1 if "why" in text else 2 for text in QUESTIONS])
ASKS = np.array([int(text.endswith("?")) for text in QUESTIONS])


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> NgramReader:
    folder = tmp_path_factory.mktemp("ngrams")
    return ngrams.train(QUESTIONS, [OPENING, ASKS], [3, 2], folder)


@pytest.fixture(scope="module")
def vectorizer() -> FeatureUnion:
    both = {"min_df": ngrams.LEAST_OFTEN, "sublinear_tf": True, "dtype": np.float32}
    by_letters = TfidfVectorizer(
        analyzer="char_wb", ngram_range=ngrams.LETTERS, max_features=ngrams.MOST_LETTERS, **both
    )
    by_words = TfidfVectorizer(token_pattern=r"[\w']+", ngram_range=ngrams.WORDS, **both)
    return FeatureUnion([("letters", by_letters), ("words", by_words)]).fit(QUESTIONS)


@given(st.lists(st.sampled_from("when did Duke's dunholm leave ? a  ß İ x, \t\n zzz".split(" ")), max_size=8))
def test_features_are_those_of_scikit_learn(reader: NgramReader, vectorizer: FeatureUnion, words: list[str]) -> None:
    text = " ".join(words)
    rows, values = reader.features(text)
    found = np.zeros(len(reader._rarity), dtype=np.float32)
    found[rows] = values
    assert found == pytest.approx(vectorizer.transform([text]).toarray()[0], abs=1e-5)


def test_odds_are_those_of_the_regression(reader: NgramReader, vectorizer: FeatureUnion) -> None:
    inputs = vectorizer.transform(QUESTIONS)
    options = {"C": 10, "solver": "saga", "tol": 1e-2, "max_iter": 60, "random_state": 20}
    expected = [
        LogisticRegression(**options).fit(inputs, wanted).predict_log_proba(inputs) for wanted in (OPENING, ASKS)
    ]
    for place, text in enumerate(QUESTIONS):
        for logs, wanted in zip(reader.read(text), expected, strict=True):
            # Weights are kept in half precision.
            assert logs == pytest.approx(wanted[place], abs=0.02)


def test_text_without_known_ngrams_is_read(reader: NgramReader) -> None:
    by_opening, by_end = reader.read("###")
    assert np.exp(by_opening).sum() == pytest.approx(1)
    assert len(by_end) == 2


def test_what_was_learnt_is_read_back(reader: NgramReader, tmp_path: Path) -> None:
    ngrams.train(QUESTIONS, [OPENING, ASKS], [3, 2], tmp_path)
    again = NgramReader.load(tmp_path).read("when did Dunholm leave")
    assert all((one == other).all() for one, other in zip(again, reader.read("when did Dunholm leave"), strict=True))

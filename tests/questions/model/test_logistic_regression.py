"""Our regression over vectors finds what scikit-learn's does."""

from __future__ import annotations

import numpy as np
from sklearn.linear_model import LogisticRegression

from bot.questions.model import logistic_regression


def test_weights_are_those_of_scikit_learn() -> None:
    rng = np.random.default_rng(5)
    wanted = rng.integers(0, 6, 900)
    vectors = rng.normal(size=(6, 32))[wanted] + rng.normal(size=(900, 32))
    vectors = (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)
    weights, bias = logistic_regression.train_head(vectors, wanted, 6)
    expected = LogisticRegression(C=logistic_regression.C, max_iter=logistic_regression.STEPS).fit(vectors, wanted)
    ours, theirs = vectors @ weights + bias, expected.decision_function(vectors)
    odds = [np.exp(s - s.max(1, keepdims=True)) for s in (ours, theirs)]
    odds = [o / o.sum(1, keepdims=True) for o in odds]
    assert np.abs(odds[0] - odds[1]).max() < 0.02
    assert (ours.argmax(1) == theirs.argmax(1)).mean() > 0.995

"""The nearest of many vectors are found without comparing all in full."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from bot.questions.model import nearest_questions
from bot.questions.model.nearest_questions import Neighbours


def vectors(count: int, size: int = 384) -> np.ndarray:
    """Vectors in groups, as questions are."""
    rng = np.random.default_rng(3)
    middles = rng.normal(size=(30, size))
    found = middles[rng.integers(0, 30, count)] + 0.5 * rng.normal(size=(count, size))
    return (found / np.linalg.norm(found, axis=1, keepdims=True)).astype(np.float32)


@pytest.fixture(scope="module")
def known() -> np.ndarray:
    return vectors(3000)


@pytest.fixture(scope="module")
def index(known: np.ndarray, tmp_path_factory: pytest.TempPathFactory) -> Neighbours:
    folder = tmp_path_factory.mktemp("neighbours")
    nearest_questions.write(known, folder)
    return Neighbours(folder)


def test_the_nearest_are_those_that_comparing_with_all_finds(known: np.ndarray, index: Neighbours) -> None:
    missed = 0
    for vector in vectors(3200)[3000:]:
        places, similar = index.nearest(vector, 15)
        exact = nearest_questions.rounded(known) @ vector
        missed += len(set(places) - set(np.argsort(-exact)[:15]))
        assert similar == pytest.approx(exact[places], abs=1e-5)
    # Two as good as alike may change places.
    assert missed <= 3


def test_a_known_vector_is_its_own_nearest(known: np.ndarray, index: Neighbours) -> None:
    places, similar = index.nearest(known[7], 1)
    assert places.tolist() == [7]
    assert similar[0] == pytest.approx(1, abs=1e-2)


def test_fewer_known_than_asked_for_are_all_returned(tmp_path: Path) -> None:
    nearest_questions.write(vectors(4), tmp_path)
    places, _ = Neighbours(tmp_path).nearest(vectors(1)[0], 15)
    assert sorted(places) == [0, 1, 2, 3]


def test_what_is_kept_stays_as_it_is_when_it_is_kept_again(known: np.ndarray, tmp_path: Path) -> None:
    nearest_questions.write(known, tmp_path)
    kept = nearest_questions.read_vectors(tmp_path)
    assert kept == pytest.approx(nearest_questions.rounded(known), abs=0)
    nearest_questions.write(kept, tmp_path)
    assert nearest_questions.read_vectors(tmp_path) == pytest.approx(kept, abs=1e-7)
    assert (kept * known).sum(1) == pytest.approx(1, abs=2e-3)

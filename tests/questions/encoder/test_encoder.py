"""The sentence encoder itself, as set-up made it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.questions.encoder import SentenceEncoder
from bot.questions.encoder.encoder import MAX_TOKENS, SIZE
from bot.questions.encoder.files import EncoderMissing

TEXTS = ["who signed the letter", "The weather is fine.", "", "Which people put their names to the letter?", "?!"]

# Of the two questions in the test below, by the same weights run in TensorFlow (transformers 4.36.2).
ORIGINAL_SIMILARITY = 0.93348


@pytest.fixture(scope="module")
def encoder() -> SentenceEncoder:
    return SentenceEncoder(cache_size=0)


def test_vectors_have_the_size_type_and_length_promised(encoder):
    vectors = encoder.encode(TEXTS)
    assert vectors.shape == (len(TEXTS), SIZE)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_same_text_gives_the_same_vector_every_time(encoder):
    np.testing.assert_array_equal(encoder.encode(TEXTS), encoder.encode(TEXTS))
    np.testing.assert_array_equal(encoder.encode(TEXTS[:1]), SentenceEncoder().encode(TEXTS[:1]))


def test_company_in_a_batch_does_not_change_a_vector(encoder):
    together = encoder.encode([*TEXTS, "a much longer text " * 20])
    alone = np.concatenate([encoder.encode([text]) for text in TEXTS])
    np.testing.assert_allclose(together[: len(TEXTS)], alone, atol=1e-5)


def test_order_and_repetition_are_kept(encoder):
    vectors = encoder.encode([TEXTS[1], TEXTS[0], TEXTS[1]])
    np.testing.assert_array_equal(vectors[0], vectors[2])
    assert vectors[0] @ vectors[1] < 0.9


def test_paraphrase_is_nearer_than_another_subject(encoder):
    vectors = encoder.encode(TEXTS)
    assert vectors[0] @ vectors[3] > vectors[0] @ vectors[1] + 0.2


def test_known_similarity_of_the_original_model_is_reproduced(encoder):
    first, second = encoder.encode(["How old is the bridge?", "What is the age of the bridge?"])
    assert first @ second == pytest.approx(ORIGINAL_SIMILARITY, abs=1e-4)


def test_letter_case_does_not_matter(encoder):
    first, second = encoder.encode(["WHO SIGNED IT", "who signed it"])
    np.testing.assert_allclose(first, second, atol=1e-6)


def test_no_texts_give_no_vectors(encoder):
    assert encoder.encode([]).shape == (0, SIZE)


def test_long_text_is_cut(encoder):
    start = "word " * MAX_TOKENS
    np.testing.assert_allclose(*encoder.encode([start, start + "something else entirely"]), atol=1e-6)


def test_cache_gives_what_was_worked_out_and_stays_within_its_size():
    encoder = SentenceEncoder(cache_size=2)
    first = encoder.encode(TEXTS)
    np.testing.assert_allclose(encoder.encode(TEXTS), first, atol=1e-6)
    assert len(encoder._cache) == 2


def test_cache_keeps_what_was_used_last():
    encoder = SentenceEncoder(cache_size=2)
    for text in (TEXTS[0], TEXTS[1], TEXTS[0], TEXTS[2]):
        encoder.encode([text])
    assert set(encoder._cache) == {TEXTS[0], TEXTS[2]}


def test_encoder_without_a_cache_keeps_nothing():
    encoder = SentenceEncoder(cache_size=0)
    np.testing.assert_allclose(encoder.encode(TEXTS), encoder.encode(TEXTS), atol=1e-6)
    assert len(encoder._cache) == 0


def test_changing_a_result_does_not_change_the_next(encoder):
    caching = SentenceEncoder()
    caching.encode(TEXTS[:1])[:] = 0
    np.testing.assert_allclose(np.linalg.norm(caching.encode(TEXTS[:1])), 1, atol=1e-5)


@settings(max_examples=50, deadline=None)
@given(st.text(alphabet=st.characters(), max_size=300))
def test_any_text_can_be_encoded(encoder, text):
    vectors = encoder.encode([text])
    assert np.isfinite(vectors).all()


def test_missing_encoder_says_how_to_make_it(tmp_path):
    with pytest.raises(EncoderMissing, match="make setup"):
        SentenceEncoder(tmp_path)

"""Misspelt phrases are found as if each known phrase were compared with them, without doing so."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import DamerauLevenshtein

from bot.questions.misspellings import FuzzyIndex

PHRASES = st.text("abc ", min_size=6, max_size=18).filter(lambda phrase: phrase == phrase.strip())


def compared_with_all(known: list[str], phrase: str) -> str | None:
    best, least = None, 99
    for name in known:
        allowed = 1 if len(name) < 8 else 2 if len(name) < 14 else 3
        distance = DamerauLevenshtein.distance(name, phrase)
        if name[0] == phrase[0] and distance <= allowed and distance < least:
            best, least = name, distance
    return best


@given(st.lists(PHRASES, min_size=1, max_size=20, unique=True), st.data())
def test_nearest_is_the_one_that_comparing_with_all_finds(known: list[str], data: st.DataObject) -> None:
    index = FuzzyIndex()
    for phrase in known:
        index.add(phrase)
    # One of them with a few letters changed, left out, put in or swapped.
    letters = list(data.draw(st.sampled_from(known)))
    for _ in range(data.draw(st.integers(0, 4))):
        at = data.draw(st.integers(1, len(letters) - 1)) if len(letters) > 1 else 0
        change = data.draw(st.sampled_from(["drop", "add", "swap", "other"]))
        if change == "drop" and len(letters) > 1:
            del letters[at]
        elif change == "add":
            letters.insert(at, data.draw(st.sampled_from("abcd")))
        elif change == "swap" and at + 1 < len(letters):
            letters[at], letters[at + 1] = letters[at + 1], letters[at]
        else:
            letters[at] = "d"
    phrase = "".join(letters)
    assert index.nearest(phrase) == compared_with_all(known, phrase)


@pytest.mark.parametrize(
    ("phrase", "found"),
    [
        ("marowby", "marrowby"),
        ("marrwoby", "marrowby"),
        ("mrarowby", "marrowby"),
        ("narrowby", None),
        ("selwik", "selwick"),
        ("slewik", None),
        ("m", None),
    ],
)
def test_slips_that_are_borne(phrase: str, found: str | None) -> None:
    index = FuzzyIndex()
    for known in ("marrowby", "selwick", "treaty of dunholm"):
        index.add(known)
    assert index.nearest(phrase) == found


def test_few_are_compared_however_many_are_known() -> None:
    rng = random.Random(1)
    names = ["".join(rng.choices("abcdefghijklmnoprstuvw", k=rng.randint(6, 18))) for _ in range(10_000)]
    index = FuzzyIndex()
    for name in names:
        index.add(name)
    compared = [len(index.candidates(name[:3] + name[4:])) for name in names[:500]]
    assert sum(compared) / len(compared) < 20

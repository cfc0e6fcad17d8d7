# ruff: noqa: E501 (tables are read by line)
"""Numbers as English writes them."""

from __future__ import annotations

import pytest

from bot.language.numbers import days_in_words, in_words, is_number_word, numbers_told, ordinal_suffix


@pytest.mark.parametrize(
    ("number", "suffix"),
    [(1, "st"), (2, "nd"), (3, "rd"), (4, "th"), (10, "th"), (11, "th"), (12, "th"), (13, "th"), (20, "th"), (21, "st"), (22, "nd"), (23, "rd"), (30, "th"), (31, "st"), (111, "th"), (121, "st")],
)  # fmt: skip
def test_ordinals_end_as_they_are_spoken(number: int, suffix: str) -> None:
    assert ordinal_suffix(number) == suffix


@pytest.mark.parametrize(("number", "words"), [(0, "zero"), (4, "four"), (16, "sixteen"), (17, "17"), (-1, "-1")])
def test_small_numbers_are_words_and_large_ones_figures(number: int, words: str) -> None:
    assert in_words(number) == words


@pytest.mark.parametrize(("number", "words"), [(0, "zero days"), (1, "one day"), (2, "two days"), (40, "40 days")])
def test_days_are_counted_in_words(number: int, words: str) -> None:
    assert days_in_words(number) == words


def test_numbers_that_are_told_are_found_in_words_and_figures() -> None:
    assert numbers_told("Zero of 1,500 ships, forty men; no one, a couple and 2.5 tons") == [0, 1500, 40, 2.5]
    assert is_number_word("Hundred")
    assert not is_number_word("an")

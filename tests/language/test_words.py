"""Lists as a sentence has them."""

from __future__ import annotations

import pytest

from bot.language.words import join


@pytest.mark.parametrize(
    ("items", "word", "text"),
    [
        ([], "and", ""),
        (["one"], "and", "one"),
        (["one", "two"], "and", "one and two"),
        (["one", "two", "three"], "or", "one, two or three"),
    ],
)
def test_a_list_is_joined(items: list[str], word: str, text: str) -> None:
    assert join(items, word) == text

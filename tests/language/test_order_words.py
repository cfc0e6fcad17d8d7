"""Words of order: places that a text asks for."""

from __future__ import annotations

import pytest

from bot.language.order_words import places_in_order


@pytest.mark.parametrize(
    ("text", "places"),
    [("which was first?", [0]), ("the second and the last", [1, 2]), ("the fourth", []), ("which of them", [])],
)
def test_places_are_counted_among_so_many(text: str, places: list[int]) -> None:
    assert places_in_order(text, 3) == places

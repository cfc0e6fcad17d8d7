"""Long text in pieces."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.pieces import split, utf16

TEXTS = st.text(st.sampled_from("ab. \n!?\U0001f600é\u0301\u200d“”")) | st.text()


@given(TEXTS, st.integers(2, 40))
def test_pieces_fit_and_make_up_the_text(text: str, limit: int) -> None:
    pieces = split(text, limit, utf16)
    assert "".join(pieces) == text
    assert all(0 < utf16(piece) <= limit for piece in pieces)


@given(TEXTS, st.integers(1, 40))
def test_pieces_measured_in_characters(text: str, limit: int) -> None:
    pieces = split(text, limit)
    assert "".join(pieces) == text
    assert all(0 < len(piece) <= limit for piece in pieces)


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("", []),
        ("One.", ["One."]),
        ("One two. Three four. Five", ["One two. ", "Three four. ", "Five"]),
        ("“One two.” Three four.", ["“One two.” ", "Three four."]),
        ("One two\nthree four", ["One two\n", "three four"]),
        ("One two\n\nthree. Four", ["One two\n\n", "three. Four"]),
        ("onetwothree four", ["onetwothree ", "four"]),
        ("x" * 30, ["x" * 12, "x" * 12, "x" * 6]),
        ("\U0001f600" * 13, ["\U0001f600" * 6, "\U0001f600" * 6, "\U0001f600"]),
        ("e\u0301" * 8 + "xe\u0301", ["e\u0301" * 6, "e\u0301" * 2 + "xe\u0301"]),
        ("x" * 11 + "e\u0301", ["x" * 11, "e\u0301"]),
        (
            "x" * 6 + "\U0001f468\u200d\U0001f469\u200d\U0001f467",
            ["x" * 6, "\U0001f468\u200d\U0001f469\u200d\U0001f467"],
        ),
    ],
)
def test_cut_is_where_a_reader_would_pause(text: str, pieces: list[str]) -> None:
    assert split(text, 12, utf16) == pieces

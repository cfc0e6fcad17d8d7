"""Words that take back what was just said."""

from __future__ import annotations

import pytest

from bot.language.corrections import is_taken_back


@pytest.mark.parametrize(
    ("before", "between", "taken_back"),
    [
        ("When did ", ", no wait, ", True),
        ("When did ", " leave, I mean when did ", True),
        ("I asked not about ", " but about ", True),
        ("Not the ", ", ", True),
        ("When did ", " and ", False),
        ("Did ", " but not ", False),
        # Another sentence, or too far away, is a new question.
        ("When did ", " leave? Sorry, and ", False),
        ("When did ", " leave with all of their ships and men and, sorry, before ", False),
    ],
)
def test_what_stands_between_two_names_tells_whether_the_first_is_taken_back(
    before: str, between: str, taken_back: bool
) -> None:
    assert is_taken_back(before, between) is taken_back

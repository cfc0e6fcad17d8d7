"""What an abbreviation is claimed to stand for."""

from __future__ import annotations

import pytest

from bot.language.abbreviations import claimed_meaning, long_form


@pytest.mark.parametrize(
    ("text", "claimed", "quoted"),
    [
        ("Does TL mean the Tern League, or not?", "Tern League", False),
        ("Is TL short for “Tern Lamp”?", "Tern Lamp", True),
        ("What does TL stand for?", "", False),
    ],
)
def test_what_is_claimed_stands_behind_the_verb(text: str, claimed: str, quoted: bool) -> None:
    found = claimed_meaning(text)
    assert found is not None
    assert (found.text, found.quoted) == (claimed, quoted)
    assert text[found.start : found.end] == claimed


def test_without_such_a_verb_nothing_is_claimed() -> None:
    assert claimed_meaning("Who led the TL?") is None


@pytest.mark.parametrize(
    ("name", "short", "full"),
    [
        ("The Tern League (TL)", "T.L.", "Tern League"),
        ("The Tern League (TL)", "NSL", None),
        ("The Tern League", "TL", None),
    ],
)
def test_a_name_with_its_abbreviation_is_known_in_full(name: str, short: str, full: str | None) -> None:
    assert long_form(name, short) == full

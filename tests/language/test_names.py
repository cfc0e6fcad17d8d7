"""Where a name stands in a question, and which words are none."""

from __future__ import annotations

import pytest

from bot.language.names import asked_name, is_no_name, is_particle


@pytest.mark.parametrize(
    ("text", "name", "described"),
    [
        ("And who was Ada Lovelace?", "Ada Lovelace", True),
        ("Please tell me about Ludwig van Beethoven", "Ludwig van Beethoven", True),
        ("what about ada", "ada", True),
        ("When did Ada leave?", "Ada", False),
        ("so why was Mary Anne Evans angry", "Mary Anne Evans", False),
        ("when did ada leave", None, False),
        ("Did Ada leave?", None, False),
        (f"Who was {'Wilhelmina ' * 4}?", None, False),
    ],
)
def test_a_name_is_found_by_its_place(text: str, name: str | None, described: bool) -> None:
    found = asked_name(text)
    assert (found.text if found else None) == name
    if found:
        assert text[found.start : found.end] == name
        assert found.described is described


@pytest.mark.parametrize(
    ("text", "capitals"), [("Who was Ludwig van Beethoven?", True), ("who was Ludwig beethoven", False)]
)
def test_particles_need_no_capital(text: str, capitals: bool) -> None:
    assert asked_name(text).written_as_names_are is capitals


def test_common_words_and_endings_are_no_names() -> None:
    assert all(map(is_no_name, ("Everybody", "winning", "possible", "the")))
    assert not any(map(is_no_name, ("Ada", "Beethoven")))
    assert is_particle("van")
    assert not is_particle("Ada")

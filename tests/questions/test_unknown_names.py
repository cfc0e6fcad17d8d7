"""Names of whom the article does not mention: said back as they are written, and nothing else is."""

from __future__ import annotations

import pytest

from bot.questions import unknown_names
from tests.support.factbase import asked, small

BASE = small()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Who was Trotsky?", "Trotsky"),
        ("And who is Bob Marley?", "Bob Marley"),
        ("Tell me about Ludwig van Beethoven.", "Ludwig van Beethoven"),
        ("What about Brazil?", "Brazil"),
        ("When did Wales leave the League?", "Wales"),
        # No name, or none that is said back:
        ("Who was it?", None),
        ("who was trotsky", None),
        ("WHO WAS TROTSKY", None),
        ("Who Was Responsible?", None),
        ("Who was Responsible?", None),
        ("Who is The Winner?", None),
        ("Who was Ada Pellworth?", None),
        ("Who was Fenwick?", None),
        ("Who is <b>Bob</b>?", None),
        ("Who is B0b123?", None),
        ("Who was " + "Bo" * 30 + "?", None),
        ("Who was Bob, and why did they leave?", None),
        ("When did it leave?", None),
    ],
)
def test_a_name_is_known_by_its_place_and_its_capitals(text: str, name: str | None) -> None:
    assert unknown_names.unknown(BASE, asked(text, "off_topic")) == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("who was trotsky", "trotsky"),
        ("who is bob marley?", "bob marley"),
        ("who was responsible", None),
        ("who is winning", None),
        ("who was the worst", None),
        ("when did wales leave", None),
    ],
)
def test_without_capitals_only_what_is_asked_to_be_described_is_a_name(text: str, name: str | None) -> None:
    assert unknown_names.unknown(BASE, asked(text, "who_is"), described=True) == name


def test_what_may_be_an_insult_is_not_said_back() -> None:
    ranking = (("who_is", 0.6), ("insult", 0.1))
    assert unknown_names.unknown(BASE, asked("Who is Dumbo?", "who_is", ranking=ranking), described=True) is None


def test_a_known_name_that_the_article_lacks_is_said_back_as_it_is_written() -> None:
    assert unknown_names.outside(BASE, asked("Was Dray's island there?", "missing_names")) == "Dray"
    assert unknown_names.outside(BASE, asked("was selwick there?", "missing_names")) == "Selwick"
    assert unknown_names.outside(BASE, asked("Was Selwick Dray's?", "missing_names")) == "Selwick or Dray"
    assert unknown_names.outside(BASE, asked("Was Dunholm there?", "missing_names")) is None

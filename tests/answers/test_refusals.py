# ruff: noqa: E501 (tables are read by line)
"""Refusals name what was asked, and tell the nearest where that says anything."""

from __future__ import annotations

import pytest

from bot.answers import refusals
from tests.support.factbase import asked, small

BASE = small()


@pytest.mark.parametrize(
    ("intent", "text", "told"),
    [
        ("missing_money", "How much money was there?", "The article does not say anything about money."),
        ("missing_money", "How much taxes did Pellworth pay?", "The article does not say what Ada Pellworth paid in taxes. Nearest: Ada Pellworth was Warden of the League and sought to keep it whole."),
        ("missing_money", "How much taxes?", "The article does not say anything about taxes."),
        ("missing_money", "How many islands were bought?", "The article does not say how many islands were paid."),
        ("missing_money", "How many <b>zlotys</b> were bought?", "The article does not say anything about money."),
        ("missing_leaving", "Why did Castermere go?", "The article does not say why Castermere left."),
        ("missing_leaving", "How did Castermere go?", "The article does not say that about Castermere's departure."),
        ("missing_leaving", "How did they go?", "The article does not say that."),
        ("missing_money", "Did Selwick pay taxes?", "It does not mention Selwick."),
        # The near fact says who was whose friend; of nothing said there is nothing to tell.
        ("missing_names", "What was it called?", "The article does not give that name. Nearest: Fenwick was an old friend of Pellworth's."),
        ("missing_names", "What was Fenwick's old friend called, not Pellworth?", "The article does not give that name."),
        ("missing_names", "What was Harbour House called before?", "The article does not name Harbour House. Nearest: Fenwick was an old friend of Pellworth's."),
    ],
)  # fmt: skip
def test_what_was_asked_is_named(intent: str, text: str, told: str) -> None:
    assert " ".join(refusals.missing(BASE, asked(text, intent)).sentences) == told


def test_a_detail_is_named_by_the_fact_that_lacks_it() -> None:
    entry = BASE.answers["ended_where"]
    got = refusals.detail(BASE, entry, asked("Why was it there?", "ended_where"), "reason")
    assert got.sentences == (
        "It does not say why the islanders met and declared the League ended.",
        "Nearest: At Harbour House.",
    )


def test_a_refusal_is_about_whom_was_asked_and_whom_the_nearest_tells_of() -> None:
    told = refusals.missing(BASE, asked("How much taxes did Pellworth pay?", "missing_money"))
    assert told.about == ("pellworth", "warden")
    assert refusals.missing(BASE, asked("How much money was there?", "missing_money")).about == ()


def test_of_somebody_the_first_sentence_is_told_or_what_is_said_briefly() -> None:
    long = BASE.entities["pellworth"].copy(update={"about": "Pellworth led it. She kept it whole.", "briefly": None})
    assert long.first_said == "Pellworth led it."
    assert long.copy(update={"briefly": "She led"}).first_said == "She led"
    assert long.copy(update={"about": None}).first_said == ""

"""`python -m bot facts show` tells what is known of an id."""

from __future__ import annotations

import pytest

from bot.answers.cli import describe
from tests.support.factbase import small

BASE = small()


@pytest.mark.parametrize("name", [*BASE.entities, *BASE.facts, *BASE.answers])
def test_every_id_is_described(name: str) -> None:
    lines = describe(BASE, name)
    assert lines
    assert lines[0].startswith(name)
    assert all(isinstance(line, str) and "\n" not in line for line in lines)


def test_an_unknown_id_is_not_described() -> None:
    assert describe(BASE, "nowhere") == []


def test_an_event_is_shown_with_date_quote_and_answers() -> None:
    shown = "\n".join(describe(BASE, "castermere_leaves"))
    assert "June 5th" in shown
    assert "counted: 2 days after brennock_leaves" in shown
    assert "P1S4: “two days later Castermere, the largest island, left as well”" in shown
    assert "dunholm_alone" in shown


def test_an_answer_is_shown_with_its_evidence() -> None:
    shown = "\n".join(describe(BASE, "ended_where"))
    assert BASE.answers["ended_where"].question in shown
    assert "P3S1: “Three days after Dunholm left, the islanders met" in shown

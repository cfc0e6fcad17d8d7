"""What a question claims beside its wording, checked against the facts."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.answers.compose import reply_to
from bot.answers.verdicts import miscounted, misdated, stands_for, weighed
from bot.facts.base import FactBase
from tests.support.factbase import asked, small

BASE = small()
UNDECIDED = {"ask": 0.1, "true": 0.5, "false": 0.4}


def abbreviated() -> FactBase:
    """The small base, where the League has an abbreviation in its name."""
    entities = dict(BASE.entities)
    entities["league"] = entities["league"].copy(update={"name": "the Tern League (T.L.)"})
    return replace(BASE, entities=entities)


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("Were there four islands left?", True),
        ("Were there 4 small islands left?", True),
        ("Which five islands were left?", True),
        ("Were there three islands left?", False),
        ("Were three of five islands left?", False),
        ("Were there islands left for four days?", False),
        ("Did four people leave the islands?", False),
        ("Was no one left?", False),
    ],
)
def test_a_wrong_number_of_what_is_counted(text: str, wrong: bool) -> None:
    assert miscounted(BASE.answers["left_in_june"], asked(text, "left_in_june")) is wrong


def test_a_wrong_number_is_corrected_whatever_the_wording_sounds_like() -> None:
    assert reply_to(BASE, asked("Were there four islands left?", "left_in_june", **UNDECIDED)).text.startswith("No. ")
    open_question = asked("Which four islands were left in June?", "left_in_june", ask=0.9, true=0.05, false=0.05)
    assert reply_to(BASE, open_question).text.startswith("Otherwise: ")


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("Did it begin in 1949?", True),
        ("Did it begin in June 1951?", True),
        ("Did it begin in 1950?", False),
        ("Did it begin in June 1950?", False),
        ("Ah, the 3rd. Did it begin in 1949?", True),
        ("Ah, the 3rd. Did it begin then?", False),
        ("Did it begin so early?", False),
    ],
)
def test_a_wrong_date_of_what_an_answer_is_about(text: str, wrong: bool) -> None:
    question = asked(text, "began_when", **UNDECIDED)
    assert misdated(BASE, BASE.answers["began_when"], question) is wrong
    assert not misdated(BASE, BASE.answers["why_last"], question)


def test_a_wrong_name_beside_a_right_one_makes_a_claim_less_likely() -> None:
    entry = BASE.answers["why_last"]
    right = weighed(BASE, entry, asked("Was Dunholm loyal?", "why_last", **UNDECIDED))
    partly = weighed(BASE, entry, asked("Was Dunholm loyal to Brennock?", "why_last", **UNDECIDED))
    wholly = weighed(BASE, entry, asked("Was Brennock loyal?", "why_last", **UNDECIDED))
    assert right[2] < partly[2] < wholly[2]
    # An open question may well speak of another beside it.
    asking = weighed(BASE, entry, asked("Why was Dunholm after Brennock?", "why_last", **UNDECIDED))
    assert asking[2] == right[2]


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("Does T.L. mean “Tern League”?", True),
        ('Does TL stand for "the Tern League"?', True),
        ("T.L. stands for Tern League, right?", True),
        ('Does T.L. mean "Turn Lodge"?', False),
        ("Is T.L. short for Trade League?", False),
        ("T.L. means Tern Lodge, doesn't it?", False),
        ("What does T.L. mean?", None),
        ("What did the T.L. mean for the islands?", None),
        ("Does it mean the Tern League?", None),
    ],
)
def test_an_abbreviation_spelt_out(text: str, right: bool | None) -> None:
    question = asked(text.replace("TL", "T.L."), "about_entity")
    assert stands_for(abbreviated(), question) is right

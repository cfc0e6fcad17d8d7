"""Messages of several sentences are cut into what may be a question each."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.language.sentences import MOST, choose, segments


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("When did it end?", []),
        ("when did it end", []),
        ("", []),
        ("?!", []),
        ("Hi! When did it end?", ["Hi!", "When did it end?"]),
        ("Hi! I teach history. When did it end? Thanks", ["Hi!", "I teach history.", "When did it end?", "Thanks"]),
        ("one\ntwo\n\nthree", ["one", "two", "three"]),
        ("Question: when did it end?", ["Question", "when did it end?"]),
        ("I know - when did it end?", ["I know", "when did it end?"]),
        ("well-known islands", []),
        ("I know; when?", ["I know", "when?"]),
        ('He said "no." Why?', ['He said "no.', "Why?"]),
        ("Wait... what?", ["Wait...", "what?"]),
        ("It cost 3.50 or 10:30", []),
    ],
)
def test_a_message_comes_whole_and_then_in_parts(text: str, parts: list[str]) -> None:
    assert segments(text) == [text, *parts]


def test_of_many_parts_the_last_are_kept() -> None:
    text = " ".join(f"This is {n}." for n in range(30))
    assert segments(text) == [text, *[f"This is {n}." for n in range(30 - MOST, 30)]]


@given(st.text(max_size=80) | st.text(st.sampled_from("ab.?! \n:;-–\"”'"), max_size=80))
def test_parts_stand_in_the_text_in_its_order(text: str) -> None:
    whole, *parts = segments(text)
    assert whole == text
    assert len(parts) != 1
    assert len(parts) <= MOST
    at = 0
    for part in parts:
        assert part == part.strip()
        assert any(letter.isalnum() or letter == "_" for letter in part)
        at = text.index(part, at) + len(part)


ASIDE = frozenset({"greet", "thanks", "off_topic", "affirm", "instruction"})


@dataclass
class Reading:
    """What a model might make of a part."""

    intent: str
    confidence: float


@pytest.mark.parametrize(
    ("readings", "best"),
    [
        ([("when", 0.3)], 0),
        # the part that asks beside a greeting, however sure the greeting
        ([("greet", 0.9), ("greet", 0.99), ("when", 0.4)], 2),
        # the whole where it is about as clear
        ([("when", 0.85), ("greet", 0.99), ("when", 0.9)], 0),
        ([("when", 0.5), ("why", 0.7), ("when", 0.9)], 2),
        # nothing but small talk
        ([("thanks", 0.5), ("greet", 0.99), ("thanks", 0.9)], 0),
        # of two that are alike the first
        ([("when", 0.2), ("why", 0.9), ("when", 0.9)], 1),
    ],
)
def test_the_part_that_asks_most_clearly_is_read(readings: list[tuple[str, float]], best: int) -> None:
    assert choose([Reading(*reading) for reading in readings], aside=ASIDE) == best


def test_a_question_is_read_rather_than_what_is_said_beside_it() -> None:
    parts = ["Which day? I need it for my first page.", "Which day?", "I need it for my first page."]
    readings = [Reading("when", 0.4), Reading("when", 0.5), Reading("first", 0.9)]
    assert choose(readings, parts, ASIDE) == 0
    assert choose([Reading("other", 0.3), *readings[1:]], parts, ASIDE) == 1
    assert choose(readings, aside=ASIDE) == 2

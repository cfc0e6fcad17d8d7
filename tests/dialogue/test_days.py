# ruff: noqa: E501 (tables are read by line)
"""Days reached by those spoken of before."""

from __future__ import annotations

import pytest

from bot.answers import compose
from bot.dialogue import days
from bot.dialogue.memory import Memory
from tests.support.factbase import asked, small

BASE = small()


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("And two days after that?", "1951-06-05"),
        ("six days later?", "1951-06-09"),
        ("and the day before that?", "1951-06-02"),
        ("what happened the next day?", "1951-06-04"),
        ("And two days after the 5th?", "1951-06-07"),
        ("What came the day before June 6th?", "1951-06-05"),
    ],
)
def test_days_are_counted_from_the_one_last_spoken_of(text: str, day: str) -> None:
    got = days.moved(BASE, Memory(last_day="1951-06-03"), asked(text, "friendship"))
    assert got is not None
    assert (got.intent, got.values("date")) == ("on_the_day", [day])


@pytest.mark.parametrize(
    "text",
    [
        "How many days after that did Dunholm leave?",  # asks for the number, and names somebody
        "Were they two days late?",
        "two days",
        "Who met Pellworth two days after that?",
        "99999999 days after that?",
    ],
)
def test_other_messages_are_not_moved(text: str) -> None:
    assert days.moved(BASE, Memory(last_day="1951-06-03"), asked(text, "friendship")) is None


def test_without_a_day_spoken_of_nothing_is_counted() -> None:
    assert days.moved(BASE, Memory(), asked("And two days after that?", "friendship")) is None


def test_bare_day_asks_the_question_before_of_that_day() -> None:
    before = asked("Who was left on June 4th?", "left_after")
    assert days.other_day(Memory(), asked("And on the 6th?", "x"), before) == "Who was left on the 6th?"
    assert days.other_day(Memory(), asked("And on June 6th?", "x"), before) == "Who was left on June 6th?"
    assert days.other_day(Memory(), asked("Did Dunholm leave on June 6th?", "x"), before) is None
    assert days.other_day(Memory(), asked("And on the 6th?", "x"), asked("Who was left?", "left_after")) is None


@pytest.mark.parametrize(
    ("text", "intent", "day"),
    [
        ("When did Castermere leave?", "left_when", "1951-06-05"),
        ("What happened on June 3rd?", "on_the_day", "1951-06-03"),
        ("What happened on June 20th?", "on_the_day", "1951-06-20"),  # nothing, but it was spoken of
        ("How many days between Brennock and Dunholm?", "days_apart", "1951-06-09"),
        ("When did Orlandia leave?", "left_when", None),
        ("What happened on June 31st?", "on_the_day", None),
    ],
)
def test_day_of_a_turn_is_kept(text: str, intent: str, day: str | None) -> None:
    question = asked(text, intent)
    assert days.last_spoken_of(BASE, question, compose.reply_to(BASE, question)) == day


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("And the day before Brennock went?", True),
        ("What about two days after Castermere's exit?", True),
        ("the day after the meeting", True),
        ("How many days before Brennock went was that?", False),
        ("Was it two days after Brennock?", False),
        ("Did Dunholm leave two days after Brennock?", False),
        ("Two days before Brennock or Castermere?", False),
        ("Two days after they met Brennock", False),
    ],
)
def test_a_day_beside_an_event_is_looked_up(text: str, meant: bool) -> None:
    got = days.beside(BASE, asked(text, "left_when"))
    assert (got is not None and got.intent == "on_the_day") is meant

# ruff: noqa: E501 (tables are read by line)
"""Days reached by those spoken of before."""

from __future__ import annotations

import pytest

from bot.answers import compose
from bot.dialogue.day_spoken_of import day_of_turn
from bot.dialogue.memory import Memory
from bot.dialogue.rules import another_day, day_beside_event, day_counted_on
from bot.dialogue.turn import Turn
from tests.support.factbase import FakeReader, asked, small

BASE = small()
READ = FakeReader({})


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
    got = day_counted_on.counted_on(Turn(BASE, Memory(last_day="1951-06-03"), asked(text, "friendship"), READ))
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
    assert day_counted_on.counted_on(Turn(BASE, Memory(last_day="1951-06-03"), asked(text, "friendship"), READ)) is None


def test_without_a_day_spoken_of_nothing_is_counted() -> None:
    assert (
        day_counted_on.counted_on(Turn(BASE, Memory(), asked("And two days after that?", "friendship"), READ)) is None
    )


def test_bare_day_asks_the_question_before_of_that_day() -> None:
    before = asked("Who was left on June 4th?", "left_after")
    assert another_day.of_that_day(asked("And on the 6th?", "x"), before) == "Who was left on the 6th?"
    assert another_day.of_that_day(asked("And on June 6th?", "x"), before) == "Who was left on June 6th?"
    assert another_day.of_that_day(asked("Did Dunholm leave on June 6th?", "x"), before) is None
    assert another_day.of_that_day(asked("And on the 6th?", "x"), asked("Who was left?", "left_after")) is None


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
    assert day_of_turn(BASE, question, compose.reply_to(BASE, question)) == day


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
    got = day_beside_event.apply(Turn(BASE, Memory(), asked(text, "left_when"), READ))
    assert (got is not None and got.intent == "on_the_day") is meant

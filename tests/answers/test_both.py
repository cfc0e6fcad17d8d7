"""One question that asks for several things is answered by both that it can mean."""

from bot.answers.compose import reply_to
from bot.facts.loader import load
from bot.questions.question import Question


def _asked(text: str) -> str:
    ranking = (("cis_created", 0.5), ("successor_state", 0.4))
    return reply_to(load(), Question(text, "cis_created", 0.5, ranking=ranking)).text


def test_two_things_asked_for_are_both_told() -> None:
    text = _asked("Which two things does the text call a successor?")
    assert "Commonwealth of Independent States" in text
    assert "Russia became" in text


def test_one_thing_asked_for_is_told_alone() -> None:
    assert "Russia became" not in _asked("What does the text call a successor?")

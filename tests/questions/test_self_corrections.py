# ruff: noqa: E501 (tables are read by line)
"""Self-corrections within one message."""

from __future__ import annotations

import pytest

from bot.questions.self_corrections import meant
from tests.support.factbase import asked


@pytest.mark.parametrize(
    ("text", "states"),
    [
        ("On what date did Brennock, no wait, Castermere leave?", ["castermere"]),
        ("Who was left after Castermere went, I mean after Brennock went?", ["brennock"]),
        ("When did Brennock - sorry, Dunholm - leave?", ["dunholm"]),
        ("Not Brennock but Dunholm, please.", ["dunholm"]),
        # both are meant
        ("When did Brennock and Dunholm leave?", ["brennock", "dunholm"]),
        ("Which left first, Brennock or Dunholm?", ["brennock", "dunholm"]),
        ("I am sorry for Brennock. When did Dunholm leave?", ["brennock", "dunholm"]),
        ("Tell me about Brennock. Sorry, and when did Dunholm leave?", ["brennock", "dunholm"]),
    ],
)
def test_what_a_message_takes_back_is_not_asked_about(text: str, states: list[str]) -> None:
    question = asked(text, "left_when")
    assert question.with_(mentions=meant(text, question.mentions)).named("state") == states

"""What a link to an answer asks."""

from __future__ import annotations

import pytest

from bot.dialogue.conversation import answer_message
from bot.dialogue.memory import Memory
from bot.dialogue.remembering import standing_alone
from tests.support.factbase import FakeReader, small

READ = FakeReader({"And Castermere?": "off_topic", "thanks": "thanks", "sources": {"intent": "ask_evidence"}})


@pytest.mark.parametrize(
    ("text", "about"),
    [
        # Counted from the day on which another left, who is told of as well.
        ("When did Castermere leave the League?", ("castermere", "brennock")),
        ("How much money was spent on Dunholm?", ("dunholm",)),
    ],
)
def test_whom_a_reply_told_of_is_kept_as_ids(text: str, about: tuple[str, ...]) -> None:
    read = FakeReader({"How much money was spent on Dunholm?": "missing_money"})
    _, memory = answer_message(small(), Memory(), read(text), read)
    assert memory.last_reply is not None
    assert memory.last_reply.about == about


@pytest.mark.parametrize(
    ("texts", "linked"),
    [
        (["When did Brennock leave the League?"], None),
        (["When did Brennock leave the League?", "And Castermere?"], "When did Castermere leave the League?"),
        (["When did Brennock leave the League?", "thanks"], None),
        (["When did Brennock leave the League?", "sources"], None),
        (["How much money was spent?"], None),
    ],
)
def test_a_follow_up_is_linked_as_what_it_stood_for(texts: list[str], linked: str | None) -> None:
    memory = Memory()
    for text in texts:
        question = READ(text)
        _, memory = answer_message(small(), memory, question, READ)
    assert standing_alone(memory, question) == linked

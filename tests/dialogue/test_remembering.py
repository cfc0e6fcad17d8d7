"""What a link to an answer asks."""

from __future__ import annotations

import pytest

from bot.dialogue.conversation import answer_message
from bot.dialogue.memory import Memory
from bot.dialogue.remembering import standing_alone
from tests.support.factbase import FakeReader, small

READ = FakeReader({"And Castermere?": "off_topic", "thanks": "thanks", "sources": {"intent": "ask_evidence"}})


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

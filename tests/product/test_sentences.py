"""What readers write beside a sentence of the article, read by the trained model: the reply is about that sentence."""

from __future__ import annotations

import pytest

from bot.dialogue.conversation import answer_message
from bot.dialogue.memory import Memory
from bot.dialogue.turn import Read
from bot.facts.loader import load
from converse.grounded import Grounds

WORDINGS = (
    "What does this mean?",
    "I don't get it",
    "Could you explain this one to me?",
    "Please put that in plain words",
    "So what?",
    "Is that so?",
    "hm",
    "I have a question about this sentence",
    "What is the writer telling us there?",
    "Why does it matter?",
)


@pytest.mark.parametrize("sentence", list(load().facts_in))
def test_reply_is_about_the_sentence_whatever_the_wording(sentence: str, read: Read) -> None:
    for text in WORDINGS:
        reply, _ = answer_message(load(), Memory(), read(text), read, sentence)
        assert reply.status == "answered", text
        assert reply.evidence[0].sentence == sentence, text


def test_clear_question_about_something_else_is_answered_instead(read: Read) -> None:
    reply, _ = answer_message(load(), Memory(), read("When did Russia leave?"), read, "P4S4")
    assert "russia_leaves" in reply.facts


def test_every_date_name_and_number_of_such_replies_is_in_their_evidence(read: Read) -> None:
    grounds = Grounds(load())
    for sentence in load().facts_in:
        for text in ("What does this mean?", "Why?", "When was this?", "Did it work?"):
            reply, _ = answer_message(load(), Memory(), read(text), read, sentence)
            assert grounds.check(reply.text, reply.record(), text).problems == (), (sentence, text, reply.text)

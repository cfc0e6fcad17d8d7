"""Messages about a sentence that the reader has picked in the article."""

from __future__ import annotations

import pytest

from bot.answers.compose import Reply
from bot.dialogue.conversation import answer_message
from bot.dialogue.memory import Memory
from tests.support.factbase import FakeReader, small

BASE = small()
STATING = list(BASE.facts_in)


def about(sentence: str, text: str, known: dict | None = None, memory: Memory | None = None) -> tuple[Reply, Memory]:
    """Say something about a sentence; return the reply and what is remembered."""
    read = FakeReader(known or {})
    return answer_message(BASE, memory or Memory(), read(text), read, sentence)


@pytest.mark.parametrize("sentence", STATING)
@pytest.mark.parametrize(
    ("text", "reading"),
    [
        ("What does this mean?", {"intent": "capabilities", "confidence": 0.5}),
        ("Tell me more", {"intent": "ask_more", "confidence": 1.0}),
        ("explain", {"intent": "ask_simpler", "confidence": 0.8}),
        ("sources", {"intent": "ask_evidence", "confidence": 1.0}),
        ("interesting", {"intent": "thanks", "confidence": 0.99}),
        ("mmh", {"intent": "off_topic", "confidence": 0.4}),
        ("2", {"intent": "off_topic", "confidence": 0.4}),
        ("Who was it?", {"intent": "who_is", "confidence": 0.4}),
    ],
)
def test_whatever_the_wording_the_reply_is_about_the_sentence(sentence: str, text: str, reading: dict) -> None:
    reply, memory = about(sentence, text, {text: reading})
    assert reply.status == "answered"
    assert reply.evidence[0].sentence == sentence
    assert set(reply.facts) & set(BASE.facts_in[sentence])
    assert memory.turn == 1


def test_all_that_a_sentence_states_is_told_in_its_order() -> None:
    reply, _ = about("P1S4", "What does this mean?", {"What does this mean?": {"intent": "x", "confidence": 0.1}})
    assert reply.text == (
        "Brennock left on June 3rd, 1951. Castermere left on June 5th, 1951: two days after Brennock's departure."
    )
    assert reply.derived
    assert reply.facts == ("brennock_leaves", "castermere_leaves")
    assert "When did Brennock leave the League?" in reply.buttons


def test_a_question_about_the_sentence_is_answered_as_asked() -> None:
    known = {("What did Dunholm do while it was alone?", "Why?"): {"intent": "why_last", "confidence": 0.9}}
    known["Why?"] = {"intent": "why_last", "confidence": 0.2}
    reply, _ = about("P2S3", "Why?", known)
    assert reply.text.startswith("Out of loyalty")


def test_a_clear_question_about_something_else_is_answered() -> None:
    reply, _ = about("P2S3", "When did Brennock leave the League?")
    assert reply.text.startswith("Brennock left on June 3rd")
    reply, _ = about("P2S3", "When did it leave?", {"When did it leave?": {"intent": "left_when", "confidence": 0.99}})
    assert reply.text.startswith("Dunholm left on June 9th")


@pytest.mark.parametrize(
    ("text", "reading"),
    [
        ("How much money was spent?", {"intent": "missing_money", "confidence": 0.95}),
        ("Which team won the cup yesterday?", {"intent": "off_topic", "confidence": 0.99}),
    ],
)
def test_what_is_clearly_not_in_the_article_is_refused(text: str, reading: dict) -> None:
    assert about("P2S3", text, {text: reading})[0].status == "not_in_document"


def test_a_sentence_that_states_nothing_says_so_and_leads_on() -> None:
    reply, _ = about("P2S2", "What does this mean?", {"What does this mean?": {"intent": "thanks", "confidence": 0.5}})
    assert (reply.text, reply.status) == ("It states nothing.", "not_in_document")
    assert "Why was Dunholm the last to leave?" in reply.buttons


def test_what_is_said_next_follows_up_the_sentence() -> None:
    _, memory = about("P1S5", "mmh")
    read = FakeReader({"And when did it leave?": "left_when"})
    reply, _ = answer_message(BASE, memory, read("And when did it leave?"), read)
    assert reply.text.startswith("Dunholm left on June 9th")


def test_a_choice_that_was_open_is_closed() -> None:
    read = FakeReader({"When did that end?": "left_when"})
    _, memory = answer_message(BASE, Memory(), read("When did that end?"), read)
    assert memory.waiting
    reply, memory = about("P2S4", "1", memory=memory)
    assert reply.evidence[0].sentence == "P2S4"
    assert not memory.waiting


def test_a_command_stays_a_command() -> None:
    read = FakeReader({"start over": "start_over"})
    reply, _ = answer_message(BASE, Memory(), read("start over"), read, "P2S4")
    assert reply.status == "social"


def test_an_id_that_is_no_sentence_is_ignored() -> None:
    reply, _ = about("P9S9", "When did Brennock leave the League?")
    assert reply.text.startswith("Brennock left on June 3rd")

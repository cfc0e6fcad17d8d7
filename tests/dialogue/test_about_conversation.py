"""What the reader asked is told from the conversation, not looked for in the article."""

from __future__ import annotations

import pytest

from bot.answers.reply import SOCIAL
from bot.dialogue.conversation import answer_message
from bot.dialogue.memory import Memory
from bot.language.about_conversation import ALL, FIRST, LAST, wants_your_words_again, which_question_of_mine
from tests.support.factbase import FakeReader, small

BASE = small()
READS = {
    "Hi": "greet",
    "When did Brennock leave?": "left_when",
    "sources": "ask_evidence",
    "What is the article about?": "summary",
    "When did Brennock leave? What is the article about?": "left_when",
}


def last_reply_to(*messages: str) -> tuple[str, str]:
    read, memory = FakeReader(READS), Memory()
    for text in messages:
        reply, memory = answer_message(BASE, memory, read(text), read)
        memory = Memory.from_slot(memory.to_slot())
    return reply.text, reply.status


@pytest.mark.parametrize(
    ("before", "asked", "told"),
    [
        ((), "What did I ask first?", "Nothing asked."),
        (("Hi",), "What was my last question?", "Nothing asked."),
        (("Hi", "When did Brennock leave?"), "What did I ask first?", "First: “When did Brennock leave?”."),
        (("When did Brennock leave?", "And Castermere?"), "what was my last question", "Last: “And Castermere?”."),
        (("When did Brennock leave?",), "What have I asked so far?", "Asked: “When did Brennock leave?”."),
        (
            ("When did Brennock leave? What is the article about?",),
            "What was my first question?",
            "First: “When did Brennock leave? What is the article about?”.",
        ),
    ],
)
def test_the_reader_hears_what_was_asked(before: tuple[str, ...], asked: str, told: str) -> None:
    text, status = last_reply_to(*before, asked)
    assert (text, status) == (told, SOCIAL)


def test_a_long_question_is_told_in_part() -> None:
    text, _ = last_reply_to("x" * 100 + " " + "y" * 500, "what did I ask?")
    assert len(text) < 220
    assert text.endswith("…”.")


@pytest.mark.parametrize(
    ("text", "which"),
    [
        ("What did I ask first?", FIRST),
        ("what was my very first question again", FIRST),
        ("Can you tell me what I asked at the beginning?", FIRST),
        ("what did I just ask you?", LAST),
        ("do you remember my last question?", LAST),
        ("What was the previous question I asked?", LAST),
        ("what was my second question", ALL),
        ("What have I asked you?", ALL),
        ("What did they ask first?", None),
        ("What did I ask about Brennock?", None),
        ("What was his first question?", None),
        ("When did I ask?", None),
        ("the first one", None),
    ],
)
def test_only_what_asks_for_the_readers_own_questions_is_taken_for_it(text: str, which: str | None) -> None:
    assert which_question_of_mine(text) == which


@pytest.mark.parametrize("text", ["What did you just say?", "what was your last answer", "What have you told me?"])
def test_the_bots_own_words_are_said_again(text: str) -> None:
    assert wants_your_words_again(text)
    assert last_reply_to("When did Brennock leave?", text) == last_reply_to("When did Brennock leave?")


@pytest.mark.parametrize("text", ["What did you say about Brennock?", "What did he say?", "what is your name"])
def test_what_asks_for_else_is_not_taken_for_that(text: str) -> None:
    assert not wants_your_words_again(text)

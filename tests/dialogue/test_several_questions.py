"""The questions of one message are answered one after the other."""

from __future__ import annotations

import pytest

from bot.answers.reply import ANSWERED, NOT_IN_DOCUMENT
from bot.dialogue.conversation import answer_message
from bot.dialogue.memory import Memory
from bot.facts.base import FactBase
from tests.support.factbase import FakeReader, small

BASE: FactBase = small()


READS = {
    "When did Brennock leave?": "left_when",
    "when did Castermere leave?": "left_when",
    "why was Dunholm the last?": "why_last",
    "what did it cost them all in money?": "missing_money",
    "how much money was there in the League?": "missing_money",
    "Why was Dunholm the last?": "why_last",
    "Who was Marshall?": "who_is",
    "what did he want?": "who_is",
    "what did Ivo Marshall want?": "who_is",
    "How much money was there?": "missing_money",
    "Who is the Steward of Selwick?": "missing_money",
    "Who won the cup today?": "off_topic",
    "Do you see?": {"intent": "off_topic", "confidence": 0.4},
    "how was your day, dear bot?": "greet",
}


def say(text: str, intent: str = "left_when") -> tuple:
    read = FakeReader(READS | {text: intent})
    return answer_message(BASE, Memory(), read(text), read)


def test_both_are_answered_and_both_are_proved() -> None:
    reply, memory = say("When did Brennock leave and why was Dunholm the last?")
    assert reply.text == f"Brennock left on June 3rd, 1951. {BASE.answers['why_last'].answer}"
    assert (reply.status, reply.facts[:1]) == (ANSWERED, ("brennock_leaves",))
    assert set(BASE.answers["why_last"].facts) < set(reply.facts)
    assert list(reply.evidence) == BASE.quotes(list(reply.facts))
    assert memory.last_reply is not None
    assert (memory.last_reply.text, memory.last_reply.facts, memory.last_reply.intent) == (reply.text, reply.facts, "")


def test_what_one_answer_told_the_next_does_not_tell_again() -> None:
    reply, _ = say("Who was Marshall and what did he want?")
    assert reply.text == "Ivo Marshall was the Speaker of Castermere and wanted free islands."
    assert reply.facts == ("marshall_goal",)


def test_what_is_not_told_is_said_beside_the_answer() -> None:
    reply, _ = say("When did Brennock leave and what did it cost them all in money?")
    assert reply.status == ANSWERED
    assert reply.text.startswith("Brennock left on June 3rd")
    assert "money" in reply.text


def test_two_that_are_not_told_are_read_as_one() -> None:
    reply, _ = say("how much money was there in the League? what did it cost them all in money?", "missing_money")
    assert reply.status == NOT_IN_DOCUMENT


def test_of_two_that_are_not_told_both_are_named() -> None:
    reply, memory = say("How much money was there? Who is the Steward of Selwick?", "missing_money")
    assert reply.status == NOT_IN_DOCUMENT
    assert "money" in reply.text
    assert "Selwick" in reply.text
    assert len(memory.understood.words) == 2


@pytest.mark.parametrize(
    "text",
    ["When did Brennock leave? Who won the cup today?", "Who won the cup today? When did Brennock leave?"],
)
def test_of_what_is_beside_the_article_it_is_said_that_it_is(text: str) -> None:
    reply, memory = say(text)
    assert (reply.status, reply.reason) == (ANSWERED, None)
    assert "Brennock left on June 3rd" in reply.text
    assert "“Who won the cup today?” is beside it." in reply.text
    assert "Who won the cup today?" in memory.understood.words
    assert memory.last_question == "When did Brennock leave the League?"


def test_padding_that_is_hardly_a_question_is_not_told_of() -> None:
    assert "beside" not in say("When did Brennock leave? Do you see?")[0].text


def test_answers_too_long_together_are_told_in_short(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.dialogue.conversation.MOST_WORDS", 5)
    reply, _ = say("When did Brennock leave and why was Dunholm the last?")
    assert set(reply.facts) > {"brennock_leaves", *BASE.answers["why_last"].facts[:1]}


def test_small_talk_is_no_second_question() -> None:
    assert say("When did Brennock leave and how was your day, dear bot?")[0].facts == ("brennock_leaves",)

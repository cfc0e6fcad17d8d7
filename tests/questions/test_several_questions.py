"""Messages that ask more than one question."""

from __future__ import annotations

import pytest

from bot.answers.reply import ANSWERED, NOT_IN_DOCUMENT
from bot.dialogue.conversation import answer_message
from bot.dialogue.memory import Memory
from bot.facts.base import FactBase
from bot.questions.several_questions import questions_in
from tests.support.factbase import FakeReader, small

BASE: FactBase = small()


@pytest.mark.parametrize(
    ("text", "questions"),
    [
        (
            "When did Brennock leave and when did Dunholm leave?",
            ["When did Brennock leave?", "when did Dunholm leave?"],
        ),
        ("Who was sent, and did it help?", ["Who was sent?", "did it help?"]),
        ("Where and when did they meet?", ["Where did they meet?", "when did they meet?"]),
        ("Who was she? And how old was she?", ["Who was she?", "And how old was she?"]),
        ("I teach. Who went? Who stayed?", ["Who went?", "Who stayed?"]),
        ("Who led it and who left it?", ["Who led it?", "who left it?"]),
        ("Who sent her and why?", ["Who sent her?", "why?"]),
        ("who was she and what's that island", ["who was she?", "what's that island"]),
        ("What is the League, what is Harbour House?", ["What is the League?", "what is Harbour House?"]),
        ("Where was she sent and by whom?", ["Where was she sent?", "by whom?"]),
        ("What happened then and what happened next?", ["What happened then?", "what happened next?"]),
        ("Who was Fenwick, and what about Pellworth?", ["Who was Fenwick?", "what about Pellworth?"]),
        ("Tell me who she was and what she wanted", ["Tell me who she was", "Tell me what she wanted"]),
        # One question ...
        ("Can you tell me who led it?", []),
        ("What about the treaties, did it keep them?", []),
        ("Tell me about her and Fenwick", []),
        ("When the League fell apart, what did Dunholm do?", []),
        ("Who was she, the one who led it?", []),
        ("When did Brennock and Dunholm leave?", []),
        ("What did she want and do?", []),
        ("Who stayed, and who it was that left?", []),
        ("How many days lay between when Brennock left and when did Dunholm leave?", []),
        ("I know who left and when did not matter.", []),
        ("Did it? Really?", []),
        # ... or too many to answer.
        ("Who went? Who stayed? Who came? Who slept?", []),
        ("", []),
    ],
)
def test_what_a_message_asks(text: str, questions: list[str]) -> None:
    assert questions_in(text) == questions


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


def test_small_talk_is_no_second_question() -> None:
    assert say("When did Brennock leave and how was your day, dear bot?")[0].facts == ("brennock_leaves",)

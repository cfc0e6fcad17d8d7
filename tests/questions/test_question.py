"""A question as read from the pipeline, and whether it wants Yes or No."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.questions.mentions import Mention
from bot.questions.question import Question, from_parse

POLAR = [
    "Did Brennock leave first?",
    "did brennock leave",
    "didn't Brennock leave first?",
    "Was it Brennock that left first?",
    "wasnt it brennock",
    "Were they friends?",
    "So did it leave?",
    "and is it over",
    "Ok, was she the Warden?",
    "Had Marrowby gone by then?",
    "could they stay?",
    "Hey, was it the last?",
    "yes or no: it left first",
    "Brennock left first, right?",
    "Brennock left first, correct",
    "Dunholm was last, wasn't it?",
    "she was Warden, or not?",
    "It left in June, is that true?",
    "Is it true that it left in June?",
    "I wonder if it left first",
    "tell me whether it left first",
    "I want to know if Brennock left",
    "can you confirm that it was the last",
    "it was Pellworth, no?",
    "Please confirm: who left was Brennock",
    "true or false: Dunholm was alone",
    "Sorry, in English then. Did it leave?",
    "just tell me: did it leave first?",
    "When the League fell apart, did Dunholm stay?",
    "It was still there when the books were closed, I believe?",
    "But they wanted different things?",
    "I see. Was Dunholm alone?",
    "ok, in short then: did it stay?",
    "When Brennock had gone, was Dunholm alone?",
    "Dunholm was alone when they met, I believe?",
    "It left when Brennock did, if I remember well.",
    "She was not Warden when they met, was she?",
]
OPEN = [
    "When did Brennock leave?",
    "who was it",
    "Which island left first?",
    "Why was Dunholm the last?",
    "how long was it alone",
    "Name the Warden.",
    "tell me about Castermere",
    "List the islands",
    "And when did it end?",
    "In what order did they leave?",
    "wen did it leave",
    "When it fell apart, what did Dunholm do?",
    "Its name?",
    "When it was over, where did they meet?",
]


@pytest.mark.parametrize("text", POLAR)
def test_a_question_that_wants_yes_or_no_is_polar(text: str) -> None:
    assert Question(text, "x", 1.0).polar


@pytest.mark.parametrize("text", OPEN)
@pytest.mark.parametrize("odds", [{}, {"ask": 0.2, "true": 0.4, "false": 0.4}])
def test_an_open_question_is_not_polar_whatever_its_odds(text: str, odds: dict) -> None:
    assert not Question(text, "x", 1.0, **odds).polar


@pytest.mark.parametrize(("ask", "polar"), [(0.9, False), (0.2, True)])
def test_a_statement_is_polar_where_the_model_takes_it_for_a_claim(ask: float, polar: bool) -> None:
    rest = (1 - ask) / 2
    assert Question("Brennock left in June", "x", 1.0, ask=ask, true=rest, false=rest).polar is polar


MENTIONS = (
    Mention("state", "brennock", 0, 8),
    Mention("date", "--06-03", 12, 20),
    Mention("state", "dunholm", 24, 31, "adjective"),
    Mention("state", "brennock", 40, 48, "description"),
    Mention("order", "before", 50, 56),
)


def test_values_come_once_each_in_the_order_of_the_text() -> None:
    question = Question("x", "y", 1.0, MENTIONS)
    assert question.values("state") == ["brennock", "dunholm"]
    assert question.values("state", "order") == ["brennock", "dunholm", "before"]
    assert question.values("state", form="adjective") == ["dunholm"]
    assert question.values("person") == []


def test_adjectives_do_not_name() -> None:
    assert Question("x", "y", 1.0, MENTIONS).named("state") == ["brennock"]


def test_a_change_makes_a_copy() -> None:
    question = Question("x", "y", 1.0)
    assert question.with_(intent="z").intent == "z"
    assert question.intent == "y"


def test_a_parsed_message_becomes_a_question() -> None:
    question = from_parse(
        {
            "text": "Hi! Brennish?",
            "intent": {"name": "left_when", "confidence": 0.8},
            "intent_ranking": [{"name": "left_when", "confidence": 0.8}, {"name": "who_is", "confidence": 0.1}],
            "entities": [
                {"entity": "state", "value": "brennock", "start": 4, "end": 12, "form": "adjective", "extractor": "E"},
                {"entity": "number", "value": 3, "start": 0, "end": 1},
            ],
            "question": {"stance": {"ask": 0.5, "true": 0.3, "false": 0.2}, "part": "Brennish?"},
        }
    )
    assert question == Question(
        text="Brennish?",
        intent="left_when",
        confidence=0.8,
        mentions=(Mention("state", "brennock", 0, 8, "adjective"),),
        ask=0.5,
        true=0.3,
        false=0.2,
        ranking=(("left_when", 0.8), ("who_is", 0.1)),
        whole="Hi! Brennish?",
    )


@pytest.mark.parametrize(
    "parsed", [{}, {"text": None}, {"intent": None, "entities": None, "question": None, "intent_ranking": None}]
)
def test_a_message_of_which_nothing_is_known_is_an_open_question(parsed: dict) -> None:
    question = from_parse(parsed)
    assert (question.text, question.intent, question.confidence, question.mentions) == ("", "", 0.0, ())
    assert (question.ask, question.true, question.false) == (1.0, 0.0, 0.0)


@given(st.text(max_size=50))
def test_whether_it_is_polar_can_be_told_of_any_text(text: str) -> None:
    question = from_parse(json.loads(json.dumps({"text": text})))
    assert question.text == text
    assert question.polar in (True, False)


@pytest.mark.parametrize(
    ("text", "polar"),
    [
        ("When it changed its name, did that end its membership?", True),
        ("After the others had left, was it alone?", True),
        ("Just tell me: did he want to keep it?", True),
        ("It was still a member when they were made, I believe?", True),
        ("It left when the others did, if I remember rightly.", True),
        ("When did it leave, and who was first?", False),
        ("After the others had left, who was alone?", False),
        ("When the others had left, what did it do?", False),
        ("Tell me this: why did it leave?", False),
    ],
)
def test_yes_or_no_is_wanted_behind_a_clause_too(text: str, polar: bool) -> None:
    assert Question(text, "x", 0.9).polar is polar

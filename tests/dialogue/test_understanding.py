# ruff: noqa: E501 (tables are read by line)
"""What a message means in its conversation: (what is remembered, message) -> question understood."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dialogue.dependence import depends, unclear
from bot.dialogue.memory import Memory, PendingChoice
from bot.dialogue.turn import Turn
from bot.dialogue.understanding import understand
from bot.questions.question import Question, from_parse
from tests.support.factbase import FakeReader, asked, small

BASE = small()

AFTER_WHEN = {"turn": 2, "last_question": "When did Brennock leave the League?", "last_intent": "left_when", "last_question_turn": 1, "spoken_of": {"brennock": 1}}  # fmt: skip
AFTER_FRIENDS = {"turn": 2, "last_question": "Whose friend was Tilda Fenwick?", "last_intent": "friends", "last_question_turn": 1, "spoken_of": {"fenwick": 1}}  # fmt: skip
WHICH = {"turn": 2, "last_question": "When did it leave?", "last_intent": "left_when", "last_question_turn": 1,
         "waiting": PendingChoice("left_when", "When did it leave?", ("brennock", "castermere", "dunholm")),
         "choices_offered": ["Brennock", "Castermere", "Dunholm"]}  # fmt: skip
WHAT = {"turn": 2, "waiting": PendingChoice("friends", "was it him?", ("friends", "why_last"))}
OFFERED = {
    "turn": 2,
    **AFTER_FRIENDS,
    "choices_offered": ["Why was Dunholm the last to leave?", "How long was Dunholm alone?"],
}


def understood(
    memory: dict,
    text: str,
    intent: str = "off_topic",
    confidence: float = 0.5,
    known: dict | None = None,
    **odds: float,
) -> Question:
    alone = {"intent": intent, "confidence": confidence, **odds}
    read = FakeReader({"When did it leave?": "left_when", text: alone} | (known or {}))
    return understand(Turn(BASE, Memory(**memory), asked(text, intent, confidence, **odds), read)).question


# What stands alone


@pytest.mark.parametrize("memory", [{}, AFTER_WHEN, WHICH, OFFERED])
def test_a_whole_question_of_its_own_stays_as_it_is(memory: dict) -> None:
    question = asked(
        "Whose friend was the Steward Fenwick in those days of trouble?".replace("those", "the"), "friends"
    )
    assert understand(Turn(BASE, Memory(**memory), question, FakeReader({question.text: "friends"}))).question == question


@pytest.mark.parametrize("text", ["Why?", "2", "it", ""])
def test_without_a_question_before_it_a_message_stands_alone(text: str) -> None:
    question = asked(text, "off_topic")
    read = FakeReader({})
    assert understand(Turn(BASE, Memory(), question, read)).question == question
    assert read.calls == []


def test_a_question_long_past_is_not_followed_up() -> None:
    question = asked("Why?", "off_topic")
    assert understand(Turn(BASE, Memory(**{**AFTER_WHEN, "turn": 30}), question, FakeReader({question.text: "friends"}))).question == question


# Another one, named alone


@pytest.mark.parametrize(
    "text",
    ["And Dunholm?", "Dunholm", "what about dunholm", "how about Dunhlom then?", "no, I meant Dunholm", "not Castermere, Dunholm", "sorry, Dunholm please", "dunholm & ?"],
)  # fmt: skip
def test_a_name_alone_asks_the_same_of_another(text: str) -> None:
    meant = understood(AFTER_WHEN, text)
    assert (meant.text, meant.intent, meant.confidence) == ("When did Dunholm leave the League?", "left_when", 1.0)
    assert meant.values("state") == ["dunholm"]
    assert (meant.ask, meant.true, meant.false) == (1.0, 0.0, 0.0)


def test_where_the_question_cannot_be_restated_the_name_in_it_is_exchanged() -> None:
    known = {"Whose friend was Ada Pellworth?": "friends"}
    meant = understood(AFTER_FRIENDS, "and Pellworth?", known=known)
    assert (meant.text, meant.intent) == ("Whose friend was Ada Pellworth?", "friends")


def test_where_no_name_can_be_exchanged_both_are_read_together() -> None:
    memory = {**AFTER_FRIENDS, "last_question": "What is the article about?", "last_intent": "summary"}
    meant = understood(memory, "and Dunholm?", known={("What is the article about?", "and Dunholm?"): "why_last"})
    assert meant.intent == "why_last"
    assert meant.values("state") == ["dunholm"]


def test_a_possessive_stays_one_when_names_are_exchanged() -> None:
    memory = {**AFTER_FRIENDS, "last_question": "What was Fenwick's friend like?"}
    meant = understood(memory, "and Pellworth?", known={"What was Ada Pellworth's friend like?": "friends"})
    assert meant.text == "What was Ada Pellworth's friend like?"


# Leaning on the question before


@pytest.mark.parametrize(
    "text", ["Why?", "why so late", "and in what order was all of that?", "who told it to them all back then?"]
)
def test_a_message_that_leans_is_read_with_the_question_before(text: str) -> None:
    meant = understood(AFTER_WHEN, text, known={(AFTER_WHEN["last_question"], text): "why_last"})
    assert (meant.intent, meant.text) == ("why_last", text)


def test_a_message_is_read_after_what_was_asked_however_clear_it_is_alone() -> None:
    text = "Whose friend was Fenwick"
    meant = understood(AFTER_WHEN, text, "friends", 0.99, known={(AFTER_WHEN["last_question"], text): "why_last"})
    assert meant.intent == "why_last"


def test_mentions_of_the_message_are_kept_when_read_together() -> None:
    text = "and why on June 3rd?"
    meant = understood(AFTER_WHEN, text, known={(AFTER_WHEN["last_question"], text): "why_last"})
    assert meant.values("date") == ["--06-03"]


@pytest.mark.parametrize(
    ("text", "leans"),
    [
        ("Why?", True),
        ("what about the meeting", True),
        ("And in what order did the islands go?", True),
        ("What did they do in the days before the very end?", True),
        ("In what order did the islands leave the League?", False),
        ("", True),
    ],
)
def test_whether_a_message_depends_on_the_one_before(text: str, leans: bool) -> None:
    assert depends(Question(text, "x", 0.5)) is leans


# Focus


@pytest.mark.parametrize(
    ("text", "intent", "focus", "states"),
    [
        ("When did it leave?", "left_when", {"brennock": 1}, ["brennock"]),
        ("When did it leave?", "left_when", {"brennock": 1, "dunholm": 2}, ["dunholm"]),
        ("When did it leave?", "left_when", {}, []),
        ("When did it leave?", "left_when", {"pellworth": 2}, []),
        ("When did Castermere leave?", "left_when", {"brennock": 1}, ["castermere"]),
        ("Did Castermere leave before it?", "left_compare", {"brennock": 1}, ["castermere", "brennock"]),
        ("Did it leave before them?", "left_compare", {"brennock": 1.99, "dunholm": 2}, ["dunholm", "brennock"]),
        ("Did Castermere leave before Dunholm?", "left_compare", {"brennock": 1}, ["castermere", "dunholm"]),
        ("In what order did they go?", "left_order", {"brennock": 1}, []),
        ("When was it over?", "ended_when", {"brennock": 1}, []),
        ("What happened on June 9th that year?", "on_the_day", {"brennock": 1}, []),
        ("What happened two days later?", "on_the_day", {"brennock": 1}, ["brennock"]),
        ("Why was it the last one?", "why_last", {"brennock": 1}, []),
    ],
)
def test_what_is_missing_is_taken_from_what_was_spoken_of(text: str, intent: str, focus: dict, states: list) -> None:
    meant = understood({"turn": 2, "spoken_of": focus}, text, intent, 0.99)
    assert meant.values("state") == states
    assert meant.intent == intent


def test_he_or_she_is_the_person_last_spoken_of() -> None:
    meant = understood(
        {"turn": 3, "spoken_of": {"pellworth": 1, "marshall": 2, "dunholm": 3}}, "Who was he?", "who_is", 0.99
    )
    assert meant.values("person") == ["marshall"]


@pytest.mark.parametrize("text", ["Whose friend was he?", "whose friend was he"])
def test_his_name_stands_in_for_he(text: str) -> None:
    memory = {**AFTER_WHEN, "spoken_of": {"marshall": 2, "brennock": 2}}
    with_name = text.replace("he", "Ivo Marshall")
    meant = understood(memory, text, known={with_name: "friends", text: "off_topic"})
    assert (meant.intent, meant.values("person")) == ("friends", ["marshall"])


def test_who_he_is_stands_before_him() -> None:
    memory = {**AFTER_WHEN, "spoken_of": {"pellworth": 2}}
    named = {"And Marshall, what was Ivo Marshall after?": "why_last"}
    assert understood(memory, "And Marshall, what was he after?", known=named).intent == "why_last"
    # Without a pause the name is somebody else.
    other = {"Was Marshall Ada Pellworth's friend?": "friends"}
    assert understood(memory, "Was Marshall his friend?", known=other).intent == "friends"


def test_his_friend_is_the_other_of_the_two() -> None:
    memory = {**AFTER_FRIENDS, "last_question": "What did Tilda Fenwick want?", "spoken_of": {"fenwick": 1}}
    meant = understood(memory, "And her friend?", known={"What did Ada Pellworth want?": "why_last"})
    assert (meant.intent, meant.text) == ("why_last", "What did Ada Pellworth want?")


@pytest.mark.parametrize("text", ["I was in Selwick. When did it leave?", "When did bella Bruce leave?"])
def test_somebody_unknown_is_not_who_was_spoken_of(text: str) -> None:
    meant = understood({"turn": 2, "spoken_of": {"brennock": 1}}, text, "left_when", 0.99)
    assert "brennock" not in meant.values("state")


@pytest.mark.parametrize("memory", [AFTER_WHEN, WHICH])
def test_what_was_dismissed_is_not_read_along(memory: dict) -> None:
    known = {"whose friend was Fenwick?": "friends"}
    assert understood(memory, "Forget it, whose friend was Fenwick?", known=known).intent == "friends"


@pytest.mark.parametrize("memory", [AFTER_WHEN, WHICH])
def test_small_talk_asks_nothing_whatever_was_asked_before(memory: dict) -> None:
    text = "no, that is all, thanks"
    known = {(AFTER_WHEN["last_question"], text): "left_when", f"When did it leave, {text}": "left_when"}
    assert understood(memory, text, "thanks", 0.99, known=known).intent == "thanks"


def test_the_other_one_is_the_other_of_its_kind() -> None:
    memory = {**AFTER_WHEN, "spoken_of": {"brennock": 1, "dunholm": 0.9, "pellworth": 1}}
    meant = understood(memory, "and the other one?")
    assert (meant.intent, meant.values("state")) == ("left_when", ["dunholm"])


def test_the_days_from_an_event_are_counted_to_what_was_spoken_of() -> None:
    meant = understood(
        {"turn": 2, "spoken_of": {"brennock": 1}}, "How many days before the meeting was that?", "days_apart", 0.99
    )
    assert meant.values("state") == ["brennock"]


# Choices


@pytest.mark.parametrize(
    ("text", "chosen"),
    [
        ("2", "castermere"), ("2.", "castermere"), ("number 2", "castermere"), ("option 3", "dunholm"), ("the second one", "castermere"),
        ("second", "castermere"), ("First!", "brennock"), ("the last one", "dunholm"), ("Castermere", "castermere"), ("castemere", "castermere"),
        ("I mean Castermere", "castermere"), ("Castermere of course, what else", "castermere"), ("Orlandia", "orlandia"),
    ],
)  # fmt: skip
def test_a_choice_answers_the_question_that_was_waiting(text: str, chosen: str) -> None:
    meant = understood(WHICH, text)
    assert (meant.intent, meant.confidence) == ("left_when", 1.0)
    assert meant.text == f"When did {BASE.entities[chosen].name} leave the League?"
    assert meant.values("state") == [chosen]


@pytest.mark.parametrize("text", ["two", "the 2nd one", "option two"])
def test_a_choice_may_be_spelt_otherwise(text: str) -> None:
    assert understood(WHICH, text).values("state") == ["castermere"]


def test_two_names_are_no_choice() -> None:
    assert understood(WHICH, "the order of Brennock versus Dunholm", "left_order", 0.9).intent == "left_order"


@pytest.mark.parametrize("text", ["0", "4", "9", "number 7"])
def test_a_number_beyond_the_choices_is_none(text: str) -> None:
    assert understood(WHICH, text).values("state") == []


@pytest.mark.parametrize(("text", "intent"), [("1", "friends"), ("the second one", "why_last"), ("last", "why_last")])
def test_a_choice_between_questions_asks_the_question(text: str, intent: str) -> None:
    meant = understood(WHAT, text)
    assert (meant.intent, meant.text) == (intent, BASE.answers[intent].question)


@pytest.mark.parametrize(("text", "intent"), [("1", "why_last"), ("the second", "alone_how_long")])
def test_a_number_picks_an_offered_question(text: str, intent: str) -> None:
    assert understood(OFFERED, text).intent == intent


# Unclear openings


@pytest.mark.parametrize(
    ("text", "is_unclear"),
    [
        ("why did it leave?", True),
        ("what about him", True),
        ("who told them", True),
        ("Why did Dunholm do that?", False),
        ("What happened on June 3rd after that?", False),
        ("in what order was it", True),
        ("Why was there so much of an argument about it back then?", False),
        ("in what order", False),
    ],
)
def test_an_opening_that_points_to_nothing_is_unclear(text: str, is_unclear: bool) -> None:
    assert unclear(BASE, asked(text, "x")) is is_unclear


MEMORIES = st.sampled_from([{}, AFTER_WHEN, AFTER_FRIENDS, WHICH, WHAT, OFFERED])
WORDS = st.lists(
    st.sampled_from(["and", "what about", "Dunholm", "Brennock", "Pellworth", "Selwick", "the meeting", "it", "he", "2", "the second one", "why", "June 3rd", "four days", "?", "no"]),
    max_size=5,
).map(" ".join)  # fmt: skip


@given(MEMORIES, WORDS, st.sampled_from([*BASE.answers, *BASE.missing, "off_topic", "greet"]), st.floats(0, 1))
def test_no_message_breaks_it_and_nothing_remembered_is_changed(
    memory: dict, text: str, intent: str, odds: float
) -> None:
    before = Memory(**memory).to_slot()
    kept = Memory(**memory)
    meant = understand(Turn(BASE, kept, asked(text, intent, odds), FakeReader({}))).question
    assert isinstance(meant, Question)
    assert kept.to_slot() == before


def test_a_name_alone_after_a_greeting_asks_the_same_of_another() -> None:
    whole, part = "Thanks a lot! And Dunholm?", "And Dunholm?"
    parsed = {
        "text": whole,
        "intent": {"name": "off_topic", "confidence": 0.5},
        "entities": [{"entity": m.entity, "value": m.value, "start": m.start, "end": m.end} for m in asked(whole, "").mentions],
        "question": {"stance": {}, "part": part},
    }  # fmt: skip
    meant = understand(Turn(BASE, Memory(**AFTER_WHEN), from_parse(parsed), FakeReader({}))).question
    assert meant.text == "When did Dunholm leave the League?"

"""Words that reach back: (what is remembered, message) -> what it speaks of."""

from __future__ import annotations

import pytest

from bot.answers.reply import CLARIFY
from bot.dialogue.conversation import answer_message
from bot.dialogue.memory import LastReply, Memory
from bot.dialogue.rules import former_or_latter, next_step, of_those_listed, thing_pointed_at
from bot.dialogue.turn import Turn
from tests.support.factbase import FakeReader, asked, small

BASE = small()
WHEN = BASE.answers["left_when"].question


def after(intent: str, *facts: str, about: tuple[str, ...] = (), **more) -> Memory:
    said = LastReply(("Told.",), "answered", facts, about=about)
    return Memory(turn=2, last_question=WHEN, last_intent=intent, last_question_turn=1, last_reply=said, **more)


@pytest.mark.parametrize(
    "text", ["and then?", "Then?", "what next", "And after that?", "who's next?", "who left after that?"]
)
def test_and_then_asks_for_the_next_step(text: str) -> None:
    meant = next_step.apply(Turn(BASE, after("left_when", "brennock_leaves"), asked(text, "ask_more"), FakeReader({})))
    assert meant is not None
    assert BASE.answers[meant.intent].operation == "neighbour"
    assert (meant.values("state"), meant.values("order")) == (["brennock"], ["after"])


@pytest.mark.parametrize(
    ("intent", "facts", "text"),
    [
        ("why_last", ["loyalty"], "and then?"),
        ("left_when", [], "and then?"),
        ("left_when", ["orlandia_leaves"], "and then?"),  # without a date, no step of a row of days
        ("left_when", ["brennock_leaves"], "and then what did the Warden want?"),
        ("left_when", ["brennock_leaves"], "go on"),
    ],
)
def test_where_no_step_is_meant_it_stays_as_it_is(intent: str, facts: list[str], text: str) -> None:
    assert next_step.apply(Turn(BASE, after(intent, *facts), asked(text, "ask_more"), FakeReader({}))) is None


def test_which_of_those_is_asked_of_those_just_listed() -> None:
    memory = after("left_order", last_listed=["castermere", "brennock"])
    meant = of_those_listed.apply(
        Turn(BASE, memory, asked("Which of those two went first?", "left_order"), FakeReader({}))
    )
    assert meant is not None
    assert set(meant.values("state")) == {"brennock", "castermere"}
    read = FakeReader({(WHEN, "Which of those two went first?"): "left_order"})
    reply, _ = answer_message(BASE, memory, asked("Which of those two went first?", "left_order"), read)
    assert reply.text.startswith("Brennock left on June 3rd")
    assert reply.facts == ("brennock_leaves",)


def test_which_of_those_wants_two_to_choose_from() -> None:
    for text, told in (
        ("Which of them went first?", ["brennock"]),
        ("Which of the three went first?", ["brennock", "dunholm"]),
    ):
        assert (
            of_those_listed.apply(
                Turn(BASE, after("left_order", last_listed=told), asked(text, "left_order"), FakeReader({}))
            )
            is None
        )


def test_a_list_is_remembered_and_what_is_named_by_the_way_is_none() -> None:
    order, when = asked("In what order did they go?", "left_order"), asked("When did Castermere leave?", "left_when")
    _, memory = answer_message(BASE, Memory(), order, FakeReader({}))
    assert memory.last_listed == ["orlandia", "brennock", "castermere", "dunholm"]
    reply, memory = answer_message(BASE, memory, when, FakeReader({when.text: "left_when"}))
    assert reply.facts == ("castermere_leaves", "brennock_leaves")
    assert memory.last_listed == ["orlandia", "brennock", "castermere", "dunholm"]


@pytest.mark.parametrize(("word", "name"), [("former", "Ada Pellworth"), ("latter", "Ivo Marshall")])
def test_former_and_latter_are_the_two_just_told_of(word: str, name: str) -> None:
    memory = after("why_last", about=("pellworth", "league", "marshall"))
    meant = former_or_latter.apply(Turn(BASE, memory, asked(f"Who was the {word}?", "who_is"), FakeReader({})))
    assert meant is not None
    assert meant.text == f"Who was {name}?"


def test_he_is_asked_back_about_where_nobody_was_spoken_of() -> None:
    memory = after("left_when", "brennock_leaves", spoken_of={"brennock": 1})
    read = FakeReader({(WHEN, "When did he do that?"): "left_when", "When did Ivo Marshall do that?": "who_is"})
    reply, memory = answer_message(BASE, memory, asked("When did he do that?", "left_when"), read)
    assert reply.status == CLARIFY
    assert reply.buttons == ("Ada Pellworth", "Ivo Marshall", "Tilda Fenwick")
    reply, memory = answer_message(BASE, memory, asked("the second one", "off_topic"), read)
    assert "Ivo Marshall" in reply.text


def test_that_place_is_the_one_last_spoken_of() -> None:
    memory = after("ended_where", "brennock_leaves", spoken_of={"harbour_house": 1, "brennock": 1.9})
    meant = thing_pointed_at.apply(
        Turn(BASE, memory, asked("What colour is that place?", "missing_money"), FakeReader({}))
    )
    assert meant is not None
    assert meant.values("place") == ["harbour_house"]

"""What is kept of a conversation fits into a slot and grows old."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answers.answer_record import Reason
from bot.dialogue.memory import STALE_AFTER, LastReply, Memory, PendingChoice, Understood

WORDS = st.text(max_size=8)
SEVERAL = st.lists(WORDS, max_size=3).map(tuple)
REPLIES = st.builds(
    LastReply, SEVERAL, st.just("answered"), SEVERAL, st.booleans(), st.none() | st.sampled_from(Reason), intent=WORDS
)
READINGS = st.builds(
    Understood, SEVERAL, st.booleans(), st.lists(st.tuples(WORDS, st.floats(0, 1))).map(tuple), SEVERAL
)
MEMORIES = st.builds(
    Memory,
    turn=st.integers(0, 50),
    last_question=WORDS,
    last_intent=WORDS,
    last_question_turn=st.integers(0, 50),
    spoken_of=st.dictionaries(WORDS, st.integers(0, 50), max_size=5),
    facts_told=st.lists(WORDS, max_size=5),
    intents_answered=st.lists(WORDS, max_size=5),
    last_reply=st.none() | REPLIES,
    understood=st.none() | READINGS,
    choices_offered=st.lists(WORDS, max_size=3),
    waiting=st.none() | st.builds(PendingChoice, WORDS, WORDS, SEVERAL),
)


@given(MEMORIES)
def test_a_memory_survives_its_way_through_json(memory: Memory) -> None:
    stored = json.loads(json.dumps(memory.to_slot()))
    again = Memory.from_slot(stored)
    assert again.to_slot() == memory.to_slot()
    assert again.has_question == memory.has_question
    assert (again.last_reply, again.understood, again.waiting) == (memory.last_reply, memory.understood, memory.waiting)
    assert again.recent(set(memory.spoken_of)) == memory.recent(set(memory.spoken_of))


@pytest.mark.parametrize("value", [None, "", "text", 5, [], ["a"], True])
def test_what_is_no_memory_counts_as_none(value: object) -> None:
    assert Memory.from_slot(value) == Memory()


def test_keys_of_another_version_are_left_alone() -> None:
    assert Memory.from_slot({"turn": 3, "mood": "good"}) == Memory(turn=3)


def test_a_conversation_that_an_older_version_stored_goes_on() -> None:
    record = {"status": "not_in_document", "facts": ["a"], "derived": True, "reason": "silent", "evidence": []}
    stored = {
        "turn": 5,
        "asked": "When did it leave?",
        "intent": "left_when",
        "named": ["it"],
        "asked_turn": 4,
        "focus": {"it": 4},
        "told": ["a"],
        "given": ["left_when"],
        "said": {"text": "No. It is not told.", "record": record, "intent": "left_when"},
        "understood": {"words": ["When?"], "alone": True, "reading": [["left_when", 0.9]], "facts": ["a"]},
        "offered": ["One", "Two"],
        "shown": [["One", "Two"]],
        "listed": ["a", "b"],
        "pending": {"intent": "left_when", "text": "when", "choices": ["a", "b"]},
        "day": "1951-06-03",
    }
    assert Memory.from_slot(stored) == Memory(
        turn=5,
        last_question="When did it leave?",
        last_intent="left_when",
        last_named=["it"],
        last_question_turn=4,
        spoken_of={"it": 4},
        facts_told=["a"],
        intents_answered=["left_when"],
        last_reply=LastReply(
            ("No. It is not told.",), "not_in_document", ("a",), True, Reason.SILENT, intent="left_when"
        ),
        understood=Understood(("When?",), True, (("left_when", 0.9),), ("a",)),
        choices_offered=["One", "Two"],
        suggestions_shown=[["One", "Two"]],
        last_listed=["a", "b"],
        waiting=PendingChoice("left_when", "when", ("a", "b")),
        last_day="1951-06-03",
    )


def test_what_an_older_version_stored_empty_is_none() -> None:
    assert Memory.from_slot({"said": {}, "understood": {}, "pending": {}}) == Memory()


def test_a_new_memory_has_nothing_to_follow_up() -> None:
    assert not Memory().has_question
    assert not Memory().waiting


@pytest.mark.parametrize(("turns", "fresh"), [(0, True), (STALE_AFTER, True), (STALE_AFTER + 1, False)])
def test_a_question_and_what_was_spoken_of_grow_stale(turns: int, fresh: bool) -> None:
    memory = Memory(turn=3, last_question="When?", last_question_turn=3)
    memory.speak_of(["a"])
    memory.turn += turns
    assert memory.has_question is fresh
    assert memory.recent({"a"}) == (["a"] if fresh else [])
    assert memory.to_slot()["spoken_of"] == ({"a": 3} if fresh else {})


def test_the_latest_comes_first_and_within_a_turn_the_foremost() -> None:
    memory = Memory(turn=1)
    memory.speak_of(["a", "b", "c"])
    assert memory.recent({"a", "b", "c"}) == ["a", "b", "c"]
    memory.turn = 2
    memory.speak_of(["c", "d"])
    assert memory.recent({"a", "b", "c", "d"}) == ["c", "d", "a", "b"]
    assert memory.recent({"b", "d"}) == ["d", "b"]
    assert memory.recent(set()) == []


def test_speaking_of_a_thing_twice_in_a_turn_keeps_its_first_place() -> None:
    memory = Memory(turn=1)
    memory.speak_of(["a", "b", "a"])
    memory.speak_of(["b"])
    assert memory.spoken_of == {"a": 1, "b": 1}


def test_the_slot_does_not_grow_without_end() -> None:
    memory = Memory()
    sizes = []
    for turn in range(500):
        memory.turn = turn
        memory.facts_told.append(f"fact_{turn:03}")
        memory.intents_answered.append(f"intent_{turn:03}")
        memory.speak_of([f"entity_{turn:03}"])
        sizes.append(len(json.dumps(memory.to_slot())))
        memory = Memory.from_slot(memory.to_slot())
    assert sizes[-1] <= sizes[150] + 20
    assert memory.facts_told[-1] == "fact_499"

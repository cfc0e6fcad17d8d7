"""What is kept of a conversation fits into a slot and grows old."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dialogue.memory import STALE_AFTER, Memory

WORDS = st.text(max_size=8)
MEMORIES = st.builds(
    Memory,
    turn=st.integers(0, 50),
    asked=WORDS,
    intent=WORDS,
    asked_turn=st.integers(0, 50),
    focus=st.dictionaries(WORDS, st.integers(0, 50), max_size=5),
    told=st.lists(WORDS, max_size=5),
    given=st.lists(WORDS, max_size=5),
    said=st.fixed_dictionaries({"text": WORDS, "record": st.just({"status": "answered", "facts": []})}) | st.just({}),
    understood=st.fixed_dictionaries(
        {
            "words": st.lists(WORDS, max_size=2),
            "alone": st.booleans(),
            "reading": st.lists(st.tuples(WORDS, st.floats(0, 1)).map(list), max_size=3),
            "facts": st.lists(WORDS, max_size=2),
        }
    ),
    offered=st.lists(WORDS, max_size=3),
    pending=st.fixed_dictionaries({"intent": WORDS, "text": WORDS, "choices": st.lists(WORDS)}) | st.just({}),
)


@given(MEMORIES)
def test_a_memory_survives_its_way_through_json(memory: Memory) -> None:
    stored = json.loads(json.dumps(memory.to_slot()))
    again = Memory.from_slot(stored)
    assert again.to_slot() == memory.to_slot()
    assert again.has_question == memory.has_question
    assert again.recent(set(memory.focus)) == memory.recent(set(memory.focus))


@pytest.mark.parametrize("value", [None, "", "text", 5, [], ["a"], True])
def test_what_is_no_memory_counts_as_none(value: object) -> None:
    assert Memory.from_slot(value) == Memory()


def test_keys_of_another_version_are_left_alone() -> None:
    assert Memory.from_slot({"turn": 3, "mood": "good"}) == Memory(turn=3)


def test_a_new_memory_has_nothing_to_follow_up() -> None:
    assert not Memory().has_question
    assert not Memory().pending


@pytest.mark.parametrize(("turns", "fresh"), [(0, True), (STALE_AFTER, True), (STALE_AFTER + 1, False)])
def test_a_question_and_what_was_spoken_of_grow_stale(turns: int, fresh: bool) -> None:
    memory = Memory(turn=3, asked="When?", asked_turn=3)
    memory.speak_of(["a"])
    memory.turn += turns
    assert memory.has_question is fresh
    assert memory.recent({"a"}) == (["a"] if fresh else [])
    assert memory.to_slot()["focus"] == ({"a": 3} if fresh else {})


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
    assert memory.focus == {"a": 1, "b": 1}


def test_the_slot_does_not_grow_without_end() -> None:
    memory = Memory()
    sizes = []
    for turn in range(500):
        memory.turn = turn
        memory.told.append(f"fact_{turn:03}")
        memory.given.append(f"intent_{turn:03}")
        memory.speak_of([f"entity_{turn:03}"])
        sizes.append(len(json.dumps(memory.to_slot())))
        memory = Memory.from_slot(memory.to_slot())
    assert sizes[-1] <= sizes[150] + 20
    assert memory.told[-1] == "fact_499"

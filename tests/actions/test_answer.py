"""The action sends one message and keeps the thread, from no more than message, slots and sender."""

from __future__ import annotations

import copy
import json
from types import SimpleNamespace
from typing import Any

import pytest
from rasa_sdk.executor import CollectingDispatcher

from actions import answer
from bot.dialogue.memory import SLOT, Memory
from tests.support.factbase import FakeReader, linker, small

BASE = small()


class FakeTracker:
    """Has what an action may read, and fails on anything else."""

    sender_id = "rest:somebody"

    def __init__(self, message: dict[str, Any], slots: dict[str, Any]) -> None:
        self.latest_message = message
        self.slots = slots

    def get_slot(self, name: str) -> Any:
        return self.slots.get(name)


def message(text: str, intent: str, confidence: float = 0.95) -> dict[str, Any]:
    """Return a message as the pipeline reports it."""
    found = linker().link(text)
    return {
        "text": text,
        "intent": {"name": intent, "confidence": confidence},
        "intent_ranking": [{"name": intent, "confidence": confidence}],
        "entities": [
            {"entity": m.entity, "value": m.value, "start": m.start, "end": m.end, "form": m.form} for m in found
        ],
        "question": {"stance": {"ask": 0.9, "true": 0.05, "false": 0.05}, "part": text},
    }


@pytest.fixture(autouse=True)
def small_world(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answer, "load", small)


def run(text: str, intent: str, slot: Any = None) -> tuple[dict[str, Any], dict[str, Any]]:
    """Run the action; return the message sent and the slot set."""
    dispatcher = CollectingDispatcher()
    action = answer.ActionAnswer()
    action.use(SimpleNamespace(read=FakeReader({"When did it leave?": "left_when"})))
    events = action.run(dispatcher, FakeTracker(message(text, intent), {SLOT: slot}), {})
    assert len(dispatcher.messages) == 1
    assert len(events) == 1
    assert (events[0]["event"], events[0]["name"]) == ("slot", SLOT)
    return dispatcher.messages[0], events[0]["value"]


def test_its_name_is_that_of_its_file() -> None:
    assert answer.ActionAnswer().name() == "action_answer"


def test_one_message_has_text_suggestions_and_record() -> None:
    sent, _ = run("When did Castermere leave?", "left_when")
    assert sent["text"] == "Castermere left on June 5th, 1951: two days after Brennock's departure."
    assert sent["buttons"] == [
        {"title": text, "payload": text}
        for text in ("In what order did the islands leave?", "Why was Dunholm the last to leave?")
    ]
    record = sent["custom"]["answer"]
    assert record["status"] == "answered"
    assert record["facts"] == ["castermere_leaves", "brennock_leaves"]
    assert record["derived"] is True
    for quote in record["evidence"]:
        assert BASE.article.text[quote["start"] : quote["end"]] == quote["quote"]


@pytest.mark.parametrize(
    ("text", "intent", "status"),
    [
        ("When did Castermere leave?", "left_when", "answered"),
        ("When did it leave?", "left_when", "clarify"),
        ("How much money?", "missing_money", "not_in_document"),
        ("football", "off_topic", "not_in_document"),
        ("start over", "start_over", "social"),
        ("", "", "not_in_document"),
    ],
)
def test_every_status_is_sent_in_the_same_shape(text: str, intent: str, status: str) -> None:
    sent, slot = run(text, intent)
    assert sent["text"]
    assert list(sent["custom"]["answer"]) == ["status", "facts", "derived", "reason", "evidence"]
    assert sent["custom"]["answer"]["status"] == status
    assert bool(sent["custom"]["answer"]["reason"]) == (status in ("clarify", "not_in_document"))
    assert all(set(button) == {"title", "payload"} for button in sent["buttons"])
    assert all(not button["payload"].startswith("/") for button in sent["buttons"])
    assert json.loads(json.dumps([sent, slot])) == [sent, slot]


def test_the_thread_is_kept_in_the_slot() -> None:
    _, slot = run("When did Brennock leave?", "left_when")
    sent, slot = run("And Castermere?", "off_topic", slot)
    assert sent["text"].startswith("Castermere left on June 5th")
    assert Memory.from_slot(slot).turn == 2


def test_a_choice_is_answered_from_the_slot() -> None:
    sent, slot = run("When did it leave?", "left_when")
    offered = [button["title"] for button in sent["buttons"]]
    assert offered == ["Brennock", "Castermere", "Dunholm", "Orlandia", "Marrowby"]
    sent, _ = run("3", "off_topic", slot)
    assert sent["text"].startswith("Dunholm left on June 9th")


@pytest.mark.parametrize("slot", [None, "junk", 5, [], {"mood": "good"}])
def test_a_slot_that_holds_no_memory_counts_as_none(slot: Any) -> None:
    assert run("When did Brennock leave?", "left_when", slot) == run("When did Brennock leave?", "left_when")


def test_the_same_state_gives_the_same_reply() -> None:
    _, slot = run("When did Brennock leave?", "left_when")
    assert run("And Castermere?", "off_topic", copy.deepcopy(slot)) == run(
        "And Castermere?", "off_topic", copy.deepcopy(slot)
    )


def test_a_message_of_which_nothing_was_read_is_refused_politely() -> None:
    dispatcher = CollectingDispatcher()
    answer.ActionAnswer().run(dispatcher, FakeTracker({}, {}), {})
    assert dispatcher.messages[0]["custom"]["answer"]["status"] == "not_in_document"


def test_a_message_about_a_sentence_is_answered_from_it() -> None:
    dispatcher = CollectingDispatcher()
    asked = {**message("What does this mean?", "off_topic", 0.3), "metadata": {"sentence": "P2S4"}}
    answer.ActionAnswer().run(dispatcher, FakeTracker(asked, {}), {})
    record = dispatcher.messages[0]["custom"]["answer"]
    assert (record["status"], record["evidence"][0]["sentence"]) == ("answered", "P2S4")

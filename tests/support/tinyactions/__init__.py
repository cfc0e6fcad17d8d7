"""Custom actions of the tiny bot that tests of the server talk to."""

from __future__ import annotations

import threading
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from tests.support.waiting import FOR_EVER, until


class Waiting:
    """What "wait" waits for, in a server in the test's own process."""

    def __init__(self) -> None:
        self.reset()

    def reset(self) -> None:
        """Begin anew; turns that still wait keep the end that they had."""
        self._turns: set[object] = set()
        self.over = threading.Event()

    @property
    def under_way(self) -> int:
        """How many turns wait now."""
        return len(self._turns)

    async def wait(self) -> None:
        """Wait until it is over."""
        turns, turn = self._turns, object()
        turns.add(turn)
        try:
            await until(self.over.is_set, FOR_EVER)
        finally:
            turns.discard(turn)


WAITING = Waiting()


class TinyAnswer(Action):
    """Repeat the question and count the questions of the conversation."""

    def name(self) -> str:
        return "action_tiny_answer"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict) -> list[dict]:
        count = (tracker.get_slot("count") or 0) + 1
        text = tracker.latest_message["text"]
        record: dict[str, Any] = {
            "status": "answered",
            "facts": ["tiny"],
            "derived": False,
            "evidence": [{"sentence": "P1S1", "start": 0, "end": 4, "quote": "Tiny"}],
        }
        dispatcher.utter_message(
            text=f"Question {count}: {text}\n\nSecond paragraph.",
            buttons=[{"title": "More", "payload": "when else"}],
            json_message={"answer": record},
        )
        return [SlotSet("count", count)]


class TinyBreak(Action):
    """Fail."""

    def name(self) -> str:
        return "action_tiny_break"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict) -> list[dict]:
        raise RuntimeError("broken on purpose")


class TinyWait(Action):
    """Answer when the test says that the wait is over, else take longer than any turn may."""

    def name(self) -> str:
        return "action_tiny_wait"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict) -> list[dict]:
        await WAITING.wait()
        record: dict[str, Any] = {"status": "answered", "facts": ["tiny"], "derived": False, "evidence": []}
        dispatcher.utter_message(text="Waited.", json_message={"answer": record})
        return []


class TinySilence(Action):
    """Say nothing."""

    def name(self) -> str:
        return "action_tiny_silence"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict) -> list[dict]:
        return []


class TinyTimeline(Action):
    """Answer with a picture."""

    def name(self) -> str:
        return "action_tiny_timeline"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict) -> list[dict]:
        record = {"status": "answered", "facts": ["tiny"], "derived": False, "evidence": []}
        picture = {"name": "timeline", "alt": "First this, then <that>."}
        dispatcher.utter_message(text="This is the order.", json_message={"answer": record, "picture": picture})
        return []

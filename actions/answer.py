"""Answers a message about the article, or about the answer before."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from bot.dialogue.conversation import answer_message
from bot.dialogue.memory import SLOT, Memory
from bot.dialogue.remembering import standing_alone
from bot.facts.loader import load
from bot.questions.question import Before, Question, from_parse
from bot.questions.reader import Reader, load_reader
from bot.storage.stored_turns import SENTENCE


class ActionAnswer(Action):
    """Says what the article says, with the sentence that proves it."""

    def __init__(self) -> None:
        self._reader: Reader | None = None

    def use(self, reader: Reader) -> None:
        """Read with the pipeline's reader; on an action server of its own it loads one when it is first needed."""
        self._reader = reader

    def read(self, text: str, after: Before | None = None) -> Question:
        """Read a text again, alone or as said after something else."""
        if self._reader is None:
            self._reader = load_reader()
        return self._reader.read(text, after)

    def name(self) -> str:
        """Return the name that domain and rules use."""
        return "action_answer"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        """Send one message with text, suggestions and the answer record, and keep the thread."""
        memory = Memory.from_slot(tracker.get_slot(SLOT))
        asked = tracker.latest_message
        sentence = (asked.get("metadata") or {}).get(SENTENCE)
        base = load()
        question = from_parse(asked, base.dated_kinds)
        reply, memory = answer_message(base, memory, question, self.read, sentence)
        custom: dict[str, Any] = {"answer": reply.record()}
        if reply.picture:
            custom["picture"] = asdict(reply.picture)
        if not sentence and (alone := standing_alone(memory, question)):
            custom["asked"] = alone
        dispatcher.utter_message(
            text=reply.text,
            buttons=[{"title": text, "payload": text} for text in reply.buttons],
            json_message=custom,
            # Rasa knows a reply by this name, as if it came from a response of the domain.
            utter_action=f"utter_{reply.status}",
        )
        return [SlotSet(SLOT, memory.to_slot())]

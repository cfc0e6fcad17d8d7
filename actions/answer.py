"""Answers a question about the article."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from bot.answers.compose import reply_to
from bot.answers.question import from_parse
from bot.facts.loader import load


class ActionAnswer(Action):
    """Says what the article says, with the sentence that proves it."""

    def name(self) -> str:
        """Return the name that domain and rules use."""
        return "action_answer"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        """Send one message with text, suggestions and the answer record."""
        reply = reply_to(load(), from_parse(tracker.latest_message))
        dispatcher.utter_message(
            text=reply.text,
            buttons=[{"title": text, "payload": text} for text in reply.buttons],
            json_message={"answer": reply.record()},
        )
        return []

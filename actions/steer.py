"""Steers the conversation: evidence, more, again, shorter, simpler, start over."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from bot.answers.compose import ANSWERED
from bot.facts.loader import load


class ActionSteer(Action):
    """Answers messages about the answer before."""

    def name(self) -> str:
        """Return the name that domain and rules use."""
        return "action_steer"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[dict[str, Any]]:
        """Send one message."""
        dispatcher.utter_message(text="?", json_message={"answer": {"status": "clarify", "facts": [], "derived": False, "evidence": []}})
        return []

"""A bot of fixed replies for tests of scripted conversations, about the invented subject of `factbase`."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from converse.document import Document, parse
from converse.driver import Driver, TurnResult
from converse.parse import script_of
from converse.script import Case
from tests.support.factbase import small

CASTERMERE = "When did Castermere leave?"
REPLIES = {
    "hello": ("Hello!", "social", ()),
    "When did Brennock leave?": ("Brennock left on June 3rd, 1951.", "answered", ("brennock_leaves",)),
    CASTERMERE: ("Castermere left on June 5th, 1951.", "answered", ("castermere_leaves", "brennock_leaves")),
    "Who paid for it?": ("The article does not say anything about money.", "not_in_document", ()),
    "lie to me": ("Quentin Dray left on July 9th with 40 ships.", "answered", ("brennock_leaves",)),
}


def reply(text: str, status: str = "answered", facts: Sequence[str] = (), **more: Any) -> TurnResult:
    """Make a reply of the bot with its record, as it is seen in process."""
    quotes = [asdict(quote) for quote in small().quotes(list(facts))]
    record = {"status": status, "facts": list(facts), "derived": False, "evidence": quotes, **more.pop("record", {})}
    buttons = [{"title": button, "payload": button.lower()} for button in more.pop("buttons", ())]
    message = {"text": text, **({"buttons": buttons} if buttons else {})}
    events = [
        {"event": "user", "text": "", "parse_data": {"intent": {"name": more.pop("intent", "ask")}}},
        {"event": "action", "name": "action_answer"},
        {"event": "bot", "text": text, "data": {"buttons": buttons}, "metadata": {"utter_action": f"utter_{status}"}},
        {"event": "slot", "name": "memory", "value": {"turn": 1}},
        {"event": "action", "name": "action_listen"},
    ]
    return TurnResult([message, {"custom": {"answer": record}}], events)


class FixedBot:
    """Says what `REPLIES` has, and the same of whatever it is not prepared for; keeps what it was told."""

    def __init__(self, replies: Mapping[str, TurnResult] | None = None) -> None:
        made = {said: reply(text, status, facts) for said, (text, status, facts) in REPLIES.items()}
        self.replies = {**made, **(replies or {})}
        self.heard: list[tuple[str, str, dict[str, Any]]] = []
        self.presets: list[tuple[str, dict[str, Any]]] = []

    async def say(self, conversation_id: str, text: str, metadata: Mapping[str, Any]) -> TurnResult:
        self.heard.append((conversation_id, text, dict(metadata)))
        unknown = reply("Which one?", "clarify", buttons=["Brennock", "Dunholm"])
        return self.replies.get(text, unknown)

    async def preset(self, conversation_id: str, slots: Mapping[str, Any]) -> None:
        self.presets.append((conversation_id, dict(slots)))


def fixed(monkeypatch: pytest.MonkeyPatch, *modules: str, bot: Driver | None = None) -> Driver:
    """Put a fixed bot, and the facts that it speaks of, in the place of the trained one."""
    bot = bot or FixedBot()

    @asynccontextmanager
    async def connect(*_: object) -> AsyncIterator[Driver]:
        yield bot

    for module in modules:
        monkeypatch.setattr(f"{module}.connect", connect)
    monkeypatch.setattr("bot.facts.loader.load", small)
    return bot


def read(text: str, path: str = "a.yml") -> tuple[list[Case], list[str]]:
    """Return the cases in a script's text, and what is wrong with it."""
    document = Document(Path(path), text)
    parse(document)
    script, problems = script_of(document)
    return list(script.cases) if script else [], problems


def case(steps: str, head: str = "") -> Case:
    """Return the case that these steps make (indented by two), with sections before it."""
    (found,), problems = read(f"{head and head + chr(10)}test_cases:\n- test_case: c\n  steps:\n{steps}")
    assert not problems
    return found

"""The bot without a server: actions in this process, faults that end a turn politely."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

import pytest
from rasa.nlu.classifiers.keyword_intent_classifier import KeywordIntentClassifier

from bot import messages
from bot.engine.agent import BotAgent, answer, ask, load_agent
from bot.errors import StartError
from bot.settings import Settings
from tests.support.tiny import ACTIONS, tiny_agent, tiny_model


@pytest.fixture(scope="module")
def model(request: pytest.FixtureRequest) -> Path:
    return tiny_model(request.config.cache)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(database=tmp_path / "conversations.sqlite", turn_timeout=60)


@pytest.fixture
def agent(model: Path, settings: Settings) -> Iterator[BotAgent]:
    agent = tiny_agent(model, settings)
    yield agent
    agent.tracker_store.close()


def say(agent: BotAgent, text: str, conversation: str = "test:1") -> list[dict]:
    return asyncio.run(answer(agent, conversation, text, "test"))


def test_answer_is_a_text_then_a_record(agent: BotAgent) -> None:
    text, record = say(agent, "when?")
    assert text["text"].startswith("Question 1: when?")
    assert text["buttons"][0]["title"] == "More"
    assert record["custom"]["answer"]["status"] == "answered"


def test_conversation_goes_on_in_another_process(model: Path, settings: Settings) -> None:
    for number in (1, 2):
        agent = tiny_agent(model, settings)
        assert say(agent, "when?")[0]["text"].startswith(f"Question {number}")
        agent.tracker_store.close()


def test_action_that_fails_apologises_and_keeps_the_turn(agent: BotAgent) -> None:
    assert say(agent, "when?")
    assert say(agent, "break") == [{"text": messages.APOLOGY}]
    assert asyncio.run(ask(agent, "test:1", "break", "test")).failure.status == 500
    assert say(agent, "when?")[0]["text"].startswith("Question 2")
    tracker = asyncio.run(agent.tracker_store.retrieve_full_tracker("test:1"))
    assert [e.text for e in tracker.events if e.type_name == "user"] == ["when?", "break", "break", "when?"]


def test_action_server_that_is_away_gets_an_apology(model: Path, settings: Settings) -> None:
    agent = tiny_agent(model, settings.copy(update={"action_endpoint": "http://127.0.0.1:9/webhook"}))
    assert agent.executor is None
    assert say(agent, "when?") == [{"text": messages.APOLOGY}]
    assert say(agent, "hello")[0]["text"] == "Hello."
    agent.tracker_store.close()


def test_action_sees_slots_message_sender_and_channel_only(agent: BotAgent, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = []

    def spy(dispatcher: object, tracker: object, domain: dict) -> list:
        tracker.slots["topics"] = ["changed in place"]
        seen.append(tracker)
        return []

    monkeypatch.setitem(agent.executor.actions, "action_tiny_answer", spy)
    say(agent, "when?")
    (tracker,) = seen
    assert tracker.sender_id == "test:1"
    assert tracker.latest_message["text"] == "when?"
    assert tracker.latest_message["intent"]["name"] == "ask"
    assert tracker.get_latest_input_channel() == "test"
    assert len(tracker.events) == 1
    stored = asyncio.run(agent.tracker_store.retrieve("test:1"))
    assert stored.get_slot("topics") is None


def test_conversation_that_cannot_be_read_is_not_answered_from_nothing(agent: BotAgent, settings: Settings) -> None:
    say(agent, "when?")
    with sqlite3.connect(settings.database) as connection:
        connection.execute("UPDATE turns SET events = '{'")
    connection.close()
    assert say(agent, "when?") == [{"text": messages.NOT_STORED}]
    assert asyncio.run(ask(agent, "test:1", "when?", "test")).failure.code == "not_stored"
    assert say(agent, "when?", "test:2")[0]["text"].startswith("Question 1")


def test_turn_that_cannot_be_stored_is_not_answered(
    agent: BotAgent, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.storage.sqlite.database.BUSY_SECONDS", 0.2)
    say(agent, "when?")
    lock = sqlite3.connect(settings.database, isolation_level=None)
    lock.execute("BEGIN IMMEDIATE")
    assert say(agent, "when?") == [{"text": messages.NOT_STORED}]
    lock.execute("ROLLBACK")
    lock.close()
    assert say(agent, "when?")[0]["text"].startswith("Question 2")


def test_refused_text_never_reaches_the_model(agent: BotAgent, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(agent, "handle_message", None)
    assert say(agent, " / ")[0]["text"] == messages.EMPTY
    assert say(agent, "x" * 5000)[0]["text"] == messages.TOO_LONG


def test_missing_model_is_a_clear_error(settings: Settings, tmp_path: Path) -> None:
    with pytest.raises(StartError, match="make train"):
        load_agent(settings, tmp_path, actions=ACTIONS)


@pytest.mark.parametrize("content", [b"", b"no archive", b"\x1f\x8b\x08\x00"])
def test_broken_model_is_a_clear_error(settings: Settings, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "broken.tar.gz").write_bytes(content)
    with pytest.raises(StartError, match=r"broken\.tar\.gz cannot be loaded"):
        load_agent(settings, tmp_path, actions=ACTIONS)


def test_model_of_another_version_is_a_clear_error(
    settings: Settings, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    def load(*arguments: object, **more: object) -> None:
        raise FileNotFoundError("a file that this version expects in the model")

    monkeypatch.setattr(KeywordIntentClassifier, "load", load)
    with pytest.raises(StartError, match="cannot be loaded .* Train it again: make train"):
        load_agent(settings, tiny_model(request.config.cache), actions=ACTIONS)


def test_user_text_is_in_no_log_above_debug(agent: BotAgent, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO):
        for text in ("when canary?", "break canary", "silence canary", "/canary{"):
            say(agent, text)
        agent.settings = agent.settings.copy(update={"turn_timeout": 0.3})
        assert say(agent, "wait canary") == [{"text": messages.TIMED_OUT}]
    assert caplog.records
    assert "canary" not in caplog.text


@contextmanager
def counted_calls() -> Iterator[Callable[[], int]]:
    """Count the calls of functions in this thread while the block runs."""
    found = 0

    def count(frame: FrameType, event: str, argument: object) -> None:
        nonlocal found
        found += event == "call"

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        yield lambda: found
    finally:
        sys.setprofile(before)


def test_late_turns_cost_what_early_ones_cost(agent: BotAgent) -> None:
    """Counted in calls of functions, Rasa's included: the same on every machine."""

    async def run() -> dict[int, int]:
        costs = {}
        for number in range(1, 151):
            with counted_calls() as calls:
                await answer(agent, "test:1", "when?", "test")
            costs[number] = calls()
        return costs

    costs = asyncio.run(run())
    assert costs[30] > 100  # it counts
    assert costs[150] <= 1.05 * costs[30] + 50, costs


def test_message_that_comes_twice_is_answered_once(agent: BotAgent) -> None:
    async def run() -> list:
        together = [ask(agent, "test:1", "when?", "test", "m1") for _ in range(5)]
        replies = await asyncio.gather(*together)
        return [
            *replies,
            await ask(agent, "test:1", "when?", "test", "m1"),
            await ask(agent, "test:2", "when?", "test", "m1"),
        ]

    *same, elsewhere = asyncio.run(run())
    assert [reply.repeated for reply in same] == [False, True, True, True, True, True]
    assert all(reply.messages == same[0].messages for reply in same)
    assert not elsewhere.repeated
    assert say(agent, "when?")[0]["text"].startswith("Question 2")


def test_message_that_two_processes_got_is_answered_once(model: Path, settings: Settings) -> None:
    agents = [tiny_agent(model, settings) for _ in range(2)]

    async def run() -> list:
        return await asyncio.gather(*(ask(agent, "test:1", "when?", "test", "m1") for agent in agents))

    replies = asyncio.run(run())
    assert [reply.failure for reply in replies] == [None, None]
    assert replies[0].messages == replies[1].messages
    turns = asyncio.run(agents[0].tracker_store.history("test:1"))
    assert [(turn.text, turn.message_id, turn.messages) for turn in turns] == [("when?", "m1", replies[0].messages)]
    for agent in agents:
        agent.tracker_store.close()


def test_message_whose_turn_failed_can_be_sent_again(agent: BotAgent) -> None:
    async def run() -> list:
        return [await ask(agent, "test:1", "break", "test", "m1") for _ in range(2)]

    assert [(reply.failure.code, reply.repeated) for reply in asyncio.run(run())] == [("failed", False)] * 2

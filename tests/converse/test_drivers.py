"""The ways to the bot, with the tiny one: in process, over HTTP, through the REST channel."""

from __future__ import annotations

import asyncio
import sys
import types
from collections.abc import Iterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from bot.engine.agent import BotAgent
from bot.errors import BotError
from bot.settings import Settings
from converse.driver import TurnResult
from converse.drivers import Target, connect
from tests.support.tiny import serving, tiny_agent, tiny_model


@pytest.fixture(scope="module")
def model(request: pytest.FixtureRequest) -> Path:
    return tiny_model(request.config.cache)


@pytest.fixture
def agent(model: Path, tmp_path: Path) -> Iterator[BotAgent]:
    agent = tiny_agent(model, Settings(database=tmp_path / "conversations.sqlite"))
    yield agent
    agent.tracker_store.close()


def talk(target: Target, load: Any, *texts: str, preset: Mapping[str, Any] | None = None) -> list[TurnResult]:
    async def run() -> list[TurnResult]:
        async with connect(target, load) as driver:
            if preset:
                await driver.preset("one", preset)
            return [await driver.say("one", text, {"channel": "slack", "note": 1}) for text in texts]

    return asyncio.run(run())


def kinds(result: TurnResult) -> list[str]:
    return [event["event"] for event in result.events or ()]


def test_in_process_everything_can_be_seen(agent):
    first, second = talk(Target(), lambda settings: agent, "when?", "who?")
    assert first.text.startswith("Question 1: when?")
    assert second.text.startswith("Question 2: who?")
    assert first.record["facts"] == ["tiny"]
    assert first.buttons == [{"title": "More", "payload": "when else"}]
    assert (first.intent, second.intent) == ("ask", "ask")
    # Only this turn's events: the message first.
    assert kinds(second)[0] == "user"
    assert kinds(second).count("user") == 1
    assert {"bot", "slot", "action"} <= set(kinds(second))
    assert second.events[0]["metadata"]["note"] == 1
    assert second.events[0]["input_channel"] == "slack"


def test_message_that_is_refused_has_no_events(agent):
    first, second = talk(Target(), lambda settings: agent, "when?", "   ")
    assert kinds(first)
    assert (second.events, second.failure) == ([], None)
    assert second.text


def test_turn_that_fails_says_so(agent):
    (result,) = talk(Target(), lambda settings: agent, "break")
    assert result.failure.startswith("failed: ")


def test_slots_are_preset_in_process(agent):
    (result,) = talk(Target(), lambda settings: agent, "when?", preset={"count": 6})
    assert result.text.startswith("Question 7")


def test_unknown_slot_is_told(agent):
    with pytest.raises(BotError, match=r"does not have: mood; valid: .*count"):
        talk(Target(), lambda settings: agent, "when?", preset={"mood": 6})


def test_conversations_are_kept_in_a_temporary_place(model):
    used: list[Settings] = []

    def load(settings: Settings) -> BotAgent:
        used.append(settings)
        return tiny_agent(model, settings)

    talk(Target(), load, "when?")
    assert not Path(used[0].database).exists()
    assert used[0].action_endpoint is None


def test_rest_channel_is_served_and_its_events_can_be_seen(agent):
    first, second = talk(Target(channel="rest"), lambda settings: agent, "when?", "who?")
    assert second.text.startswith("Question 2: who?")
    assert second.record["facts"] == ["tiny"]
    assert kinds(second).count("user") == 1
    assert second.events[0]["input_channel"] == "rest"
    assert not any("recipient_id" in message for message in first.messages)


def test_running_server_is_talked_to_over_rest_without_events(agent, tmp_path):
    with serving(agent, Settings(database=tmp_path / "conversations.sqlite")) as client:
        first, second = talk(Target(url=f"http://127.0.0.1:{client.port}/"), None, "when?", "break")
    assert first.text.startswith("Question 1")
    assert first.events is None
    assert second.failure.startswith("failed: ")


def test_server_that_is_not_there_is_told():
    with pytest.raises(BotError, match=r"No answer from http://127\.0\.0\.1:9 .*make run"):
        talk(Target(url="http://127.0.0.1:9"), None, "when?")


def test_unknown_channel_is_told():
    with pytest.raises(BotError, match="There is no channel fax; valid: rest, web, telegram, slack"):
        talk(Target(channel="fax"), None, "when?")


def test_channel_without_a_driver_is_told(monkeypatch):
    monkeypatch.setattr("converse.drivers.DRIVERS", "tests.support.no_such_folder")
    with pytest.raises(BotError, match=r"there is no driver tests/support/no_such_folder/slack\.py"):
        talk(Target(channel="slack"), None, "when?")


def test_channel_is_found_by_its_name_and_gets_agent_and_settings(monkeypatch):
    given: list[object] = []

    class Echo:
        async def say(self, conversation_id: str, text: str, metadata: Mapping[str, Any]) -> TurnResult:
            return TurnResult([{"text": text}])

    @asynccontextmanager
    async def connect_slack(agent: object, settings: Settings):
        given.extend([agent, settings])
        yield Echo()

    module = types.ModuleType("invented_drivers.slack")
    module.connect = connect_slack
    monkeypatch.setitem(sys.modules, "invented_drivers", types.ModuleType("invented_drivers"))
    monkeypatch.setitem(sys.modules, "invented_drivers.slack", module)
    monkeypatch.setattr("converse.drivers.DRIVERS", "invented_drivers")
    store = types.SimpleNamespace(close=lambda: None)
    agent = types.SimpleNamespace(tracker_store=store)
    (result,) = talk(Target(channel="slack"), lambda settings: agent, "when?")
    assert result.text == "when?"
    assert given[0] is agent
    assert Path(given[1].database).name == "conversations.sqlite"

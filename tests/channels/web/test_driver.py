"""Scripted conversations over the web channel: conversations are kept apart, and all of a reply comes back."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from bot.settings import Settings
from tests.support.drivers.web import connect
from tests.support.tiny import tiny_agent, tiny_model


def test_driver_speaks_as_readers_do(request: pytest.FixtureRequest, tmp_path: Path) -> None:
    settings = Settings(database=tmp_path / "c.sqlite", rate_per_second=0.001, rate_burst=1)
    agent = tiny_agent(tiny_model(request.config.cache), settings)

    async def talk() -> list:
        async with connect(agent, settings) as driver:
            return [
                await driver.say(conversation, text, {})
                for conversation, text in (("a", "when?"), ("b", "when?"), ("a", "when?"), ("a", "break it"))
            ]

    first, other, second, broken = asyncio.run(talk())
    agent.tracker_store.close()
    assert [result.text[:10] for result in (first, other, second)] == ["Question 1", "Question 1", "Question 2"]
    assert first.buttons == [{"title": "More", "payload": "when else"}]
    assert first.record["status"] == "answered"
    assert first.intent == "ask"
    assert broken.failure.startswith("failed: ")
    assert broken.messages == []

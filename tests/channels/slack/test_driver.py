"""Scripted conversations come to the same over Slack as over REST."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from sanic.touchup import TouchUp

from bot import messages
from bot.settings import Settings
from converse.driver import TurnResult
from converse.drivers import over_rest
from tests.support.drivers import slack
from tests.support.tiny import Client, tiny_agent, tiny_model

TALK = [
    "hello",
    "when <did> A & B leave?",
    "who was it?",
    "",
    "x" * 5000,
    "when " * 50,
    "timeline",
    "/restart",
    "when?",
]


def test_same_talk_has_the_same_results(
    client: Client, request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # `client` stands for a server that has started: this works once in a process, see tests/support/tiny.py.
    monkeypatch.setattr(TouchUp, "run", lambda app: None)

    async def run() -> dict[str, list[TurnResult]]:
        results: dict[str, list[TurnResult]] = {}
        for name, connect in (("rest", over_rest), ("slack", slack.connect)):
            settings = Settings(database=tmp_path / f"{name}.sqlite")
            agent = tiny_agent(tiny_model(request.config.cache), settings)
            async with connect(agent, settings) as driver:
                results[name] = [await driver.say("talk", text, {}) for text in TALK]
                results[f"{name} other"] = [await driver.say("other", "when?", {})]
            agent.tracker_store.close()
        return results

    results = asyncio.run(run())
    for rest, seen in zip(
        results["rest"] + results["rest other"], results["slack"] + results["slack other"], strict=True
    ):
        assert seen.failure is None
        assert seen.record == rest.record
        assert seen.buttons == rest.buttons
        assert seen.intent == rest.intent
        assert seen.text == rest.text
    assert results["slack"][4].text == messages.TOO_LONG

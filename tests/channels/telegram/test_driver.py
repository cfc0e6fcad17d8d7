"""Scripted conversations come to the same in Telegram as over REST."""

from __future__ import annotations

import asyncio
from pathlib import Path

from bot import messages
from bot.settings import Settings
from converse.driver import TurnResult
from converse.drivers import over_rest
from tests.support.drivers import telegram
from tests.support.tiny import Client, tiny_agent

TALK = ["hello", "when <did> A & B leave?", "who was it?", "", "x" * 5000, "timeline", "/restart", "/what", "when?"]


def test_same_talk_has_the_same_results(polling: Client, model: Path, tmp_path: Path) -> None:
    # Another server has started: the driver has to do in such a process too.
    async def run() -> dict[str, list[TurnResult]]:
        results: dict[str, list[TurnResult]] = {}
        for name, connect in (("rest", over_rest), ("telegram", telegram.connect)):
            settings = Settings(database=tmp_path / f"{name}.sqlite")
            agent = tiny_agent(model, settings)
            async with connect(agent, settings) as driver:
                results[name] = [await driver.say("talk", text, {}) for text in TALK]
                results[name].append(await driver.say("other", "when?", {}))
            agent.tracker_store.close()
        return results

    results = asyncio.run(run())
    refused = 0
    for rest, seen in zip(results["rest"], results["telegram"], strict=True):
        assert seen.failure is None
        assert (seen.text, seen.buttons, seen.intent) == (rest.text, rest.buttons, rest.intent)
        if seen.text in (messages.EMPTY, messages.TOO_LONG):
            refused += 1  # there is no turn that would have a record
        else:
            assert seen.record == rest.record
    assert refused == 2

"""Opinions stand beside the turn they are about."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.answers.answer_record import Reason, answer_record
from bot.engine.agent import BotAgent, ask
from bot.settings import Settings
from bot.storage.feedback import DOWN, UP
from tests.support.tiny import tiny_agent, tiny_model


@pytest.fixture
def agent(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[BotAgent]:
    agent = tiny_agent(tiny_model(request.config.cache), Settings(database=tmp_path / "c.sqlite"))
    yield agent
    agent.tracker_store.close()


def test_opinion_is_kept_with_question_and_answer(agent: BotAgent) -> None:
    async def run() -> list:
        await ask(agent, "web:1", "when?", "web", "m1")
        feedback = agent.tracker_store.feedback
        assert await feedback.add("web:1", "m1", UP)
        assert await feedback.add("web:1", "m1", DOWN, "Which year?")  # a change of mind
        return await feedback.all()

    (opinion,) = asyncio.run(run())
    assert (opinion.question, opinion.verdict, opinion.remark) == ("when?", DOWN, "Which year?")
    assert opinion.answer.startswith("Question 1")
    assert (opinion.status, opinion.reason) == ("answered", "")


def test_opinion_on_a_refusal_tells_why_there_was_no_answer(agent: BotAgent) -> None:
    refusal = {"event": "bot", "text": "Not told.", "data": {"custom": {"answer": answer_record("x", Reason.SILENT)}}}
    events = [{"event": "user", "text": "how old?", "timestamp": 1.0, "message_id": "m1"}, refusal]

    async def run() -> list:
        store = agent.tracker_store
        await store.database.turns.append("web:1", 0, json.dumps(events), "{}", "m1")
        await store.feedback.add("web:1", "m1", DOWN)
        return await store.feedback.all()

    (opinion,) = asyncio.run(run())
    assert (opinion.question, opinion.answer) == ("how old?", "Not told.")
    assert (opinion.status, opinion.reason) == ("x", "silent")


def test_opinion_can_be_taken_back(agent: BotAgent) -> None:
    async def run() -> list:
        await ask(agent, "web:1", "when?", "web", "m1")
        await agent.tracker_store.feedback.add("web:1", "m1", UP)
        assert await agent.tracker_store.feedback.add("web:1", "m1", None)
        return await agent.tracker_store.feedback.all()

    assert asyncio.run(run()) == []


def test_opinion_on_what_was_never_said_is_not_kept(agent: BotAgent) -> None:
    async def run() -> list:
        await ask(agent, "web:1", "when?", "web", "m1")
        assert not await agent.tracker_store.feedback.add("web:1", "m2", UP)
        assert not await agent.tracker_store.feedback.add("web:2", "m1", UP)
        with pytest.raises(ValueError, match="great"):
            await agent.tracker_store.feedback.add("web:1", "m1", "great")
        return await agent.tracker_store.feedback.all()

    assert asyncio.run(run()) == []

"""What an operator sees of readers' opinions: everything but who they are."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.settings import Settings
from bot.storage.cli import _lines
from bot.storage.feedback import DOWN, UP, Opinion
from tests.support.tiny import tiny_agent, tiny_model


@pytest.fixture
def database(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two opinions in a database that the command reads."""
    from bot.engine.agent import ask

    path = tmp_path / "c.sqlite"
    agent = tiny_agent(tiny_model(request.config.cache), Settings(database=path))

    async def talk() -> None:
        await ask(agent, "web:somebody", "when?", "web", "message-1")
        await ask(agent, "web:somebody", "hello", "web", "message-2")
        await agent.tracker_store.feedback.add("web:somebody", "message-1", DOWN, "Which year?\nAnd why?")
        await agent.tracker_store.feedback.add("web:somebody", "message-2", UP)

    asyncio.run(talk())
    agent.tracker_store.close()
    monkeypatch.setenv("DATABASE", str(path))
    return path


def test_opinions_are_printed_with_question_answer_and_remark(
    database: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["feedback"]) == 0
    out = capsys.readouterr().out
    assert "  Question: when?\n  Answer:   Question 1: when?\n" in out
    assert "  Remark:   Which year?\n            And why?\n" in out
    assert out.endswith("2 opinion(s): 1 up, 1 down\n")
    assert "somebody" not in out
    assert "message-1" not in out


def test_opinions_as_json_are_one_a_line(database: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["feedback", "--json", "--only", "down"]) == 0
    (line,) = capsys.readouterr().out.splitlines()
    opinion = json.loads(line)
    assert set(opinion) == {"question", "answer", "status", "reason", "verdict", "remark", "given"}
    assert (opinion["question"], opinion["verdict"]) == ("when?", "down")


def test_why_there_was_no_answer_is_shown_beside_it() -> None:
    opinion = Opinion("how old?", "Not told.", "not_in_document", "silent", DOWN, "", 0.0)
    assert "  Answer:   Not told.\n  Reason:   silent" in "\n".join(_lines(opinion))


def test_without_a_database_there_are_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DATABASE", str(tmp_path / "none.sqlite"))
    assert main(["feedback"]) == 0
    assert capsys.readouterr().out == "0 opinion(s): 0 up, 0 down\n"
    assert list(tmp_path.iterdir()) == []


def test_database_that_is_none_is_a_clear_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "c.sqlite"
    path.write_text("this is no database at all" * 10)
    monkeypatch.setenv("DATABASE", str(path))
    assert main(["feedback"]) == 2
    told = capsys.readouterr().err
    assert told.startswith(f"The conversation database {path} is damaged (file is not a database). ")
    assert told.count("\n") == 1

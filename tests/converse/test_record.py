"""A chat that is recorded becomes a case that passes."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

from bot import paths
from converse.grounded import Grounds
from converse.parse import ScriptError, read_script
from converse.problems import SCHEMA
from converse.record import Recorder, schema_line
from converse.runner import PASSED, Runner
from tests.support.conversing import CASTERMERE, FixedBot, reply
from tests.support.factbase import small

STRANGE = "Is it: \"yes\", \\n or #no? {a} [b] 'c' — 😀\nnext line"


class Failing(FixedBot):
    """Has an apology without a record for one question, as a turn that fails has."""

    async def answer(self, conversation: str, text: str) -> list[dict[str, Any]]:
        if text == "break":
            return [{"text": "Sorry"}]
        return (await self.say(conversation, text, {})).messages


def chat(place: str, *talks: list[str]) -> list[str]:
    recorder = Recorder.for_file(place)
    answer = recorder.listening(Failing().answer)

    async def talk() -> None:
        for number, texts in enumerate(talks):
            for text in texts:
                assert await answer(f"cli:{number}", text)

    asyncio.run(talk())
    return recorder.save()


def passes(path: Path) -> list[str]:
    """Run a script and return the names of its cases, all of which must pass."""
    script, problems = read_script(path)
    assert not problems
    runner = Runner(FixedBot(), Grounds(small()))
    outcomes = [asyncio.run(runner.run_case(case)) for case in script.cases]
    assert [outcome.status for outcome in outcomes] == [PASSED] * len(outcomes)
    assert all(turn.findings for outcome in outcomes for turn in outcome.turns)
    return [outcome.case.name for outcome in outcomes]


def test_recorded_chat_passes(tmp_path):
    path = tmp_path / "new" / "chat.yml"
    names = chat(str(path), ["hello", CASTERMERE, STRANGE, "Who paid for it?"])
    assert names == ["hello"]
    assert passes(path) == names
    text = path.read_text()
    assert "status: answered, facts: castermere_leaves brennock_leaves, evidence: P1S4" in text
    assert "title: Brennock" in text


def test_recorded_chat_fails_once_the_bot_says_something_else(tmp_path):
    path = tmp_path / "chat.yml"
    chat(str(path), ["hello", CASTERMERE])
    script, _ = read_script(path)
    bot = FixedBot({CASTERMERE: reply("On a Monday.", facts=["castermere_leaves", "brennock_leaves"])})
    outcome = asyncio.run(Runner(bot).run_case(script.cases[0]))
    assert outcome.failed_turn.turn.user == CASTERMERE


def test_each_conversation_of_a_chat_is_a_case(tmp_path):
    path = tmp_path / "chat.yml"
    assert chat(str(path), ["hello"], [CASTERMERE, "hello"], ["hello"]) == ["hello", CASTERMERE, "hello (2)"]
    assert passes(path) == ["hello", CASTERMERE, "hello (2)"]


def test_case_can_be_named_and_is_added_to_what_is_there(tmp_path):
    path = tmp_path / "chat.yml"
    before = (
        "# Mine.\nmetadata:\n  - hello: {status: social}   # short\n\ntest_cases:\n"
        "  # the first\n  - test_case: one\n    steps:\n      - {user: hello, metadata: hello}\n# the end\n"
    )
    path.write_text(before)
    assert chat(f"{path}::two", ["hello", "hello"]) == ["two"]
    assert passes(path) == ["one", "two"]
    lines = path.read_text().splitlines()
    assert [line for line in before.splitlines() if line not in lines] == []
    assert lines[-1] == "# the end"
    assert sum("turn: 2" in line for line in lines) == 1  # the same said twice


@pytest.mark.parametrize(
    "before", ["", "# only a remark\n", "test_cases:\n- test_case: one\n  steps:\n  - user: hello\n"]
)
def test_file_may_be_empty_or_without_metadata(tmp_path, before):
    path = tmp_path / "chat.yml"
    path.write_text(before)
    chat(str(path), [CASTERMERE])
    script, problems = read_script(path)
    assert not problems
    assert script.cases[-1].name == CASTERMERE
    assert all(line in path.read_text().splitlines() for line in before.splitlines())


def test_new_file_in_the_repository_names_the_schema():
    line = schema_line(paths.ROOT / "tests" / "conversations" / "noise" / "chat.yml")
    assert line == "# yaml-language-server: $schema=../../../converse/schema.json"
    assert (paths.ROOT / "tests" / "conversations" / "noise" / line.partition("=")[2]).resolve() == SCHEMA
    assert schema_line(Path("/elsewhere/chat.yml")) == ""


def test_turn_that_failed_is_not_kept(tmp_path):
    path = tmp_path / "chat.yml"
    chat(str(path), ["hello", "break"])
    assert "break" not in path.read_text()


def test_chat_without_a_word_writes_nothing(tmp_path):
    assert chat(str(tmp_path / "chat.yml")) == []
    assert not (tmp_path / "chat.yml").exists()


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("chat.txt", None, "is no name for a script"),
        ("chat.yml", "steps: []", "unknown key steps"),
        ("chat.yml", "a: [", "not YAML"),
        ("chat.yml", "test_cases:\n", r"chat\.yml:1: test_cases is empty; take this line out"),
        (
            "chat.yml",
            "metadata: []\ntest_cases: [{test_case: c, steps: [user: a]}]\n",
            r"chat\.yml:1: metadata is empty",
        ),
    ],
)
def test_file_that_is_no_script_is_told_before_the_chat(tmp_path, name, content, told):
    if content:
        (tmp_path / name).write_text(content)
    with pytest.raises(ScriptError, match=told):
        Recorder.for_file(str(tmp_path / name))


def test_folder_is_no_script(tmp_path):
    (tmp_path / "a.yml").mkdir()
    with pytest.raises(ScriptError, match="cannot be read"):
        Recorder.for_file(str(tmp_path / "a.yml"))

"""The bot runs from requirements-run.txt alone, and answers as it does where everything is installed."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from bot import paths
from bot.facts.base import FactBase
from bot.facts.loader import load
from tests.support.only_light import Blocker
from tests.support.ports import free_port
from tests.support.tiny import Client
from tests.support.waiting import wait_until

MODULE = {True: "tests.support.only_light", False: "bot"}
HEAVY = "tensorflow keras jax scipy sklearn matplotlib onnx boto3 pymongo dask".split()


def run(*arguments: str, folder: Path, light: bool = True, given: str = "") -> str:
    """Run a command of the bot to its end, with the light set alone or with all that is installed."""
    command = [sys.executable, "-m", MODULE[light], *arguments]
    environment = _environment(folder)
    done = subprocess.run(command, cwd=paths.ROOT, env=environment, input=given, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


def _environment(folder: Path, **more: str) -> dict[str, str]:
    return {**os.environ, "DATABASE": str(folder / "light.sqlite"), **more}


def questions(base: FactBase) -> list[str]:
    """Return questions that the fact base suggests, with a typo and one that follows up."""
    asked = [entry.question for entry in base.answers.values()][:3]
    return [*asked, asked[0].replace("e", "", 1).lower(), "Why?", "How do you know?", "more"]


def test_what_is_heavy_cannot_be_imported_there(tmp_path: Path) -> None:
    assert set(HEAVY) <= Blocker().blocked
    code = f"""
import importlib
for name in {HEAVY}:
    try:
        importlib.import_module(name)
    except ModuleNotFoundError:
        continue
    print(name)
"""
    assert run("-c", code, folder=tmp_path) == ""


def test_asking_answers_as_with_everything_installed(tmp_path: Path) -> None:
    asked = questions(load())
    light, whole = (run("ask", "--explain", *asked, folder=tmp_path, light=light) for light in (True, False))
    assert light == whole
    assert "[answered" in light


def test_chat_answers(tmp_path: Path) -> None:
    asked = "\n".join(questions(load()))
    light, whole = (
        run("chat", folder=tmp_path / name, light=light, given=asked)
        for name, light in (("light", True), ("whole", False))
        if (tmp_path / name).mkdir() is None
    )
    assert light == whole


@contextmanager
def served(folder: Path) -> Iterator[Client]:
    port = free_port()
    command = [sys.executable, "-m", MODULE[True], "serve"]
    environment = _environment(folder, PORT=str(port))
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(command, cwd=paths.ROOT, env=environment, stdout=log, stderr=subprocess.STDOUT)
    try:
        wait_until(lambda: b"Ready" in (folder / "log").read_bytes() or process.poll() is not None)
        assert process.poll() is None, (folder / "log").read_text()
        yield Client(port)
    finally:
        process.terminate()
        process.wait()


def test_server_answers_with_evidence(tmp_path: Path) -> None:
    with served(tmp_path) as client:
        reply = client.say("reader", questions(load())[0]).json
        assert reply[-1]["custom"]["answer"]["evidence"]


def test_picture_is_drawn(tmp_path: Path) -> None:
    code = "from bot.channels import pictures; print(pictures.png(pictures.TIMELINE)[:4])"
    assert "PNG" in run("-c", code, folder=tmp_path)


@pytest.mark.parametrize("command", ["facts check", "settings", "feedback", "telegram", "slack", "train --help"])
def test_other_commands_need_nothing_else(tmp_path: Path, command: str) -> None:
    environment = _environment(tmp_path, TELEGRAM_BOT_TOKEN="", SLACK_BOT_TOKEN="", SLACK_APP_TOKEN="")
    arguments = [sys.executable, "-m", MODULE[True], *command.split()]
    done = subprocess.run(arguments, cwd=paths.ROOT, env=environment, capture_output=True, text=True)
    assert "left out of" not in done.stdout + done.stderr
    assert done.returncode in (0, 2), done.stderr

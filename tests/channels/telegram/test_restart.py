"""A server of its own process that is killed and started again, and what it writes to its log."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from bot.__main__ import main
from tests.channels.telegram.conftest import credentials_in
from tests.support.processes import Process, process
from tests.support.telegram_api import HANG, TOKEN, TelegramApi
from tests.support.telegram_rules import Refused

CANARY = "canary-text"

Start = Callable[..., AbstractContextManager[Process]]


@pytest.fixture
def start(model: Path, tmp_path: Path, api: TelegramApi) -> Start:
    """Start the tiny bot in a process of its own; keyword arguments are environment variables."""
    credentials = credentials_in(tmp_path)

    def start(**environment: str) -> AbstractContextManager[Process]:
        given = {
            "PORT": "0",
            "DATABASE": str(tmp_path / "conversations.sqlite"),
            "TELEGRAM_BOT_TOKEN": TOKEN,
            "TELEGRAM_API_URL": api.url,
        }
        return process(model, tmp_path, given | environment, credentials)

    return start


def numbers(texts: list[str]) -> list[int]:
    return [int(text.split()[1].strip(":")) for text in texts]


def test_killed_at_any_point_every_message_is_answered(api: TelegramApi, start: Start) -> None:
    kills = 0
    # Killed while Telegram has the answer in hand: the turn is stored, the answer is not sent.
    with start() as server:
        api.write("when first?", 42)
        api.wait(lambda: api.chat(42).said)
        api.fail("sendMessage", HANG)
        api.write(f"when {CANARY}?", 42)
        api.wait(lambda: len(api.of("sendMessage")) == 2)
        server.kill()
        kills += 1
    # Killed as soon as the messages are fetched.
    for number in range(8):
        api.write(f"when {number}?", 43 + number % 2)
    fetched = len(api.of("getUpdates"))
    with start() as server:
        api.wait(lambda: any(call.status == 200 for call in api.of("getUpdates")[fetched:]))
        server.kill()
        kills += 1
    # What was written meanwhile is answered too.
    api.write("when last?", 42)
    with start(LOG_LEVEL="DEBUG") as server:
        api.wait(lambda: not api.waiting)
        # Told to stop with an answer under way, it finishes that one.
        api.fail("sendMessage", Refused(429, "Too Many Requests", retry_after=1))
        api.write("when stopped?", 42)
        api.wait(lambda: api.of("sendMessage")[-1].status == 429)
        assert server.stop() == 0
    assert not api.waiting
    found = {chat: numbers(api.chat(chat).texts) for chat in (42, 43, 44)}
    assert {chat: sorted(set(answers)) for chat, answers in found.items()} == {
        42: [1, 2, 3, 4],
        43: [1, 2, 3, 4],
        44: [1, 2, 3, 4],
    }
    assert all(answers == sorted(answers) for answers in found.values())
    assert sum(sum(Counter(answers).values()) - 4 for answers in found.values()) <= kills
    assert TOKEN not in server.log
    assert TOKEN.partition(":")[2] not in server.log
    assert "never awaited" not in server.log
    assert "Traceback" not in server.log, server.log[-3000:]


def test_log_tells_what_matters_and_nothing_else(api: TelegramApi, start: Start) -> None:
    with start() as server:
        api.write(f"when {CANARY}?", 42)
        api.wait(lambda: api.chat(42).said)
        api.chat(43).blocked = True
        api.write(f"when {CANARY}?", 43)
        api.update({"message": {"text": CANARY}})
        api.update({"something_new": CANARY})
        api.fail("getUpdates", Refused(502, "Bad Gateway"), Refused(409, "Conflict: terminated"))
        api.wait(lambda: not api.waiting)
        api.tokens.clear()
        api.update({"something_new": CANARY})  # ends the long poll that is open
        api.wait(lambda: "BotFather" in server.log)
        assert server.stop() == 0
    assert CANARY not in server.log
    assert TOKEN.partition(":")[2] not in server.log
    levels = Counter(re.findall(r"^\d\d:\d\d:\d\d (\w+)", server.log, re.M))
    assert levels["ERROR"] == 0, server.log
    assert "BotFather" in server.log
    assert "bot was blocked" in server.log
    assert len(server.log.splitlines()) < 20, server.log


def test_command_without_a_token_says_how_to_get_one(monkeypatch, capsys) -> None:
    monkeypatch.delenv("TELEGRAM_BOT_TOKEN", raising=False)
    assert main(["telegram"]) == 2
    told = capsys.readouterr().err
    assert "TELEGRAM_BOT_TOKEN is not set" in told
    assert "@BotFather" in told
    wrong = {"BOT_TOKEN": "paste it here", "WEBHOOK_URL": "ftp://a", "WEBHOOK_SECRET": "a b", "API_URL": "there"}
    for name, value in wrong.items():
        monkeypatch.setenv(f"TELEGRAM_{name}", value)
    assert main(["telegram"]) == 2
    told = capsys.readouterr().err
    assert "paste it here" not in told
    for name in wrong:
        assert f"TELEGRAM_{name}" in told

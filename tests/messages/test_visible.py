"""What people write reaches no terminal as an order: not in the chat, not in lists, not in logs."""

from __future__ import annotations

import asyncio
import io
import json
import logging
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from rich.console import Console

from bot import __main__, logs, paths
from bot.channels.terminal import Chat
from bot.errors import BotError
from bot.messages.visible import visible, visible_json
from bot.storage import cli
from bot.storage.feedback import DOWN, Opinion

ORDERS = {
    "clears the screen": "\x1b[2J",
    "sets the title": "\x1b]0;title\x07",
    "fills the clipboard": "\x1b]52;c;ZXZpbA==\x1b\\",
    "C1 control sequence": "\x9b2J",
    "C1 operating system command": "\x9d0;title\x9c",
    "backspace": "a\x08",
    "carriage return": "right\rwrong",
    "form feed": "\x0c",
    "delete": "\x7f",
    "right to left": "\u202eabc\u202c",
    "isolate": "\u2067abc\u2069",
    "mark": "\u200f",
    "line separator": "a\u2028b",
    "tag": "\U000e0041",
    "lone surrogate": "\ud800",
    "private": "\ue000",
}
EVIL = "".join(ORDERS.values())


def harmless(shown: str) -> bool:
    """Say whether a text can be written as UTF-8 and has nothing in it that a terminal obeys."""
    shown.encode("utf-8")
    return all(sign in "\n\t" or visible(sign) == sign for sign in shown)


@pytest.mark.parametrize("order", ORDERS.values(), ids=ORDERS)
def test_orders_to_the_terminal_are_spelt_out(order: str) -> None:
    shown = visible(order)
    assert shown.isascii()
    assert shown.isprintable()
    assert "\\" in shown


def test_ordinary_text_of_any_language_stays() -> None:
    text = "Қазақстан: “last”, naïve – 东京 \U0001f600\n\ttabs and lines"
    assert visible(text) == text
    assert visible("two\r\nlines") == "two\nlines"


def test_json_has_the_same_content_and_nothing_invisible() -> None:
    content = {"question": EVIL, "answer": "“naïve” 东京"}
    text = visible_json(content)
    assert harmless(text)
    assert "“naïve” 东京" in text
    assert json.loads(text) == content


def test_chat_shows_replies_choices_and_echoes_without_orders(capsys: pytest.CaptureFixture[str]) -> None:
    async def answer(conversation: str, text: str) -> list[dict]:
        quote = {"sentence": f"P1{EVIL}", "quote": EVIL}
        buttons = [{"title": EVIL, "payload": "a"}]
        return [{"text": EVIL, "buttons": buttons, "custom": {"answer": {"evidence": [quote]}}}]

    lines = iter(["when?"])

    async def read_line() -> str:
        try:
            return next(lines)
        except StopIteration:
            raise EOFError from None

    output = io.StringIO()
    chat = Chat(answer, Console(file=output))
    chat.welcome([EVIL])
    asyncio.run(chat.talk(read_line))
    assert harmless(output.getvalue())
    assert output.getvalue().count("\\x1b[2J") == 5


def test_piped_lines_are_echoed_without_orders(monkeypatch: pytest.MonkeyPatch) -> None:
    from bot.channels.terminal import _piped

    output = io.StringIO()
    monkeypatch.setattr(sys, "stdin", io.StringIO(f"when{EVIL}?\n"))
    asyncio.run(_piped(Console(file=output))())
    assert "when" in output.getvalue()
    assert harmless(output.getvalue())


@pytest.mark.parametrize("options", [[], ["--json"]])
def test_opinions_are_listed_without_orders(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], options: list[str]
) -> None:
    opinion = Opinion(EVIL, EVIL, "answered", "", DOWN, EVIL, time.time())
    monkeypatch.setattr(cli, "_read", lambda path: [opinion])
    assert cli.main(options) == 0
    out = capsys.readouterr().out
    assert harmless(out)
    assert out.count("title") == 6


def test_messages_asked_from_the_command_line_are_answered_without_orders(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from types import SimpleNamespace

    from bot.dialogue import cli

    reply = SimpleNamespace(
        text=EVIL,
        status="answered",
        reason=None,
        evidence=[SimpleNamespace(sentence="P1S1", quote=EVIL)],
        buttons=[EVIL],
    )
    monkeypatch.setattr(cli, "load", lambda: None)
    monkeypatch.setattr(cli, "load_reader", lambda: SimpleNamespace(read=lambda text: None))
    monkeypatch.setattr(cli, "explain", lambda *_: [f"message:   {EVIL}"])
    monkeypatch.setattr(cli, "answer_message", lambda base, memory, *_: (reply, memory))
    assert cli.main(["--explain", EVIL]) == 0
    out = capsys.readouterr().out
    assert out.count("\\x1b[2J") == 4
    assert harmless(out)


def test_faults_are_told_without_orders(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def fail(arguments: list[str]) -> int:
        raise BotError(f"bad: {EVIL}")

    monkeypatch.setattr(__main__, "_hand_on", lambda name: fail)
    assert __main__.main(["facts"]) == 2
    err = capsys.readouterr().err
    assert err.startswith("bad: ")
    assert harmless(err)


def test_logs_hold_no_orders_and_no_lines_that_somebody_else_wrote(monkeypatch: pytest.MonkeyPatch) -> None:
    root = logging.getLogger()
    kept, level = root.handlers[:], root.level
    output = io.StringIO()
    monkeypatch.setattr(sys, "stderr", output)
    try:
        logs.set_up_logs("INFO")
        try:
            raise ValueError(f"{EVIL}\n00:00:00 ERROR   forged too")
        except ValueError:
            logging.getLogger("bot.test").exception("failed: %s", f"{EVIL}\n00:00:00 ERROR   forged")
    finally:
        root.handlers[:] = kept
        root.setLevel(level)
    written = output.getvalue()
    assert harmless(written)
    assert written.count("\\x1b[2J") == 2
    assert "Traceback (most recent call last):" in written
    first, *others = written.splitlines()
    assert "failed: " in first
    assert all(line.startswith(" ") for line in others), written


def test_faults_that_nobody_foresaw_and_logs_without_a_set_up_hold_no_orders(tmp_path: Path) -> None:
    script = tmp_path / "fault.py"
    script.write_text(
        "import logging\n"
        "from bot import __main__\n"
        "def fail(arguments):\n"
        "    logging.getLogger('x').warning('warned: %s', arguments[0])\n"
        "    raise ValueError(arguments[0])\n"
        "__main__._hand_on = lambda name: fail\n"
        "__main__.main(['facts', 'bad\\x1b[2J\\x9b2J\\ud800'])\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(paths.ROOT)}
    done = subprocess.run([sys.executable, script], capture_output=True, env=environment, timeout=120)
    err = done.stderr.decode("utf-8")
    assert done.returncode == 1
    assert "warned: bad\\x1b[2J\\x9b2J\\ud800" in err
    assert "ValueError: bad\\x1b[2J" in err
    assert harmless(err)


def test_text_that_the_terminal_cannot_show_is_no_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding="ascii"))

    def show(arguments: list[str]) -> int:
        print("“naïve”")
        return 0

    monkeypatch.setattr(__main__, "_hand_on", lambda name: show)
    assert __main__.main(["facts"]) == 0
    sys.stdout.flush()
    assert raw.getvalue() == b"\\u201cna\\xefve\\u201d\n"


def test_typed_bytes_that_are_no_text_are_no_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"wh\xffen?\n"), encoding="utf-8"))
    heard = []

    def listen(arguments: list[str]) -> int:
        heard.append(sys.stdin.readline())
        return 0

    monkeypatch.setattr(__main__, "_hand_on", lambda name: listen)
    assert __main__.main(["facts"]) == 0
    assert heard == ["wh\ufffden?\n"]

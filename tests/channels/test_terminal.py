"""The dialogue in the terminal, with a bot that repeats what it gets."""

from __future__ import annotations

import asyncio
import io
import sys
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput
from rich.console import Console

from bot import messages
from bot.channels import terminal
from bot.channels.terminal import Chat

CITED = {
    "custom": {
        "answer": {
            "status": "answered",
            "facts": ["first"],
            "derived": False,
            "evidence": [{"sentence": "P1S2", "start": 0, "end": 11, "quote": "It was [so]."}],
        }
    }
}
CHOICES = [{"title": "The first", "payload": "the first one"}, {"title": "The second", "payload": "the second one"}]


class EchoBot:
    """Answers with what it was asked, and keeps the conversations it was asked in."""

    def __init__(self, **reply: Any) -> None:
        self.reply = reply
        self.asked: list[tuple[str, str]] = []

    async def answer(self, conversation: str, text: str) -> list[dict[str, Any]]:
        self.asked.append((conversation, text))
        return [{"text": f"You said: {text}", **self.reply}, CITED]


def test_answer_stands_before_its_citation():
    shown = _talk(EchoBot(), "when?")
    assert shown.index("You said: when?") < shown.index("P1S2") < shown.index("It was [so].")


def test_blank_lines_are_no_questions():
    bot = EchoBot()
    _talk(bot, "", "   ", "when?")
    assert [text for _, text in bot.asked] == ["when?"]


def test_markup_and_brackets_are_shown_as_they_are():
    assert "You said: [bold]a[/bold] [red" in _talk(EchoBot(), "[bold]a[/bold] [red")


def test_number_chooses_the_button_of_the_reply_before():
    bot = EchoBot(buttons=CHOICES)
    shown = _talk(bot, "which?", "2", "3", "0")
    assert "1. The first" in shown
    assert [text for _, text in bot.asked] == ["which?", "the second one", "3", "0"]


def test_number_without_buttons_is_a_question():
    bot = EchoBot()
    _talk(bot, "1")
    assert bot.asked[0][1] == "1"


def test_new_starts_another_conversation_and_drops_the_choices():
    bot = EchoBot(buttons=CHOICES)
    _talk(bot, "a", "b", "/new", "1")
    conversations = [conversation for conversation, _ in bot.asked]
    assert conversations[0] == conversations[1] != conversations[2]
    assert conversations[0].startswith("cli:")
    assert bot.asked[-1][1] == "1"


def test_help_is_shown_and_not_asked():
    bot = EchoBot()
    assert "/new" in _talk(bot, "/help")
    assert not bot.asked


def test_other_slash_text_is_for_the_bot():
    bot = EchoBot()
    _talk(bot, "/restart")
    assert bot.asked[0][1] == "/restart"


@pytest.mark.parametrize(
    "word", ["/quit", "quit", "exit", "/exit", " Quit ", "bye", "exit.", "quit!", ":q", ":wq", "Good bye!"]
)
def test_quit_leaves_at_once(word):
    bot = EchoBot()
    assert messages.CHAT_BYE in _talk(bot, word, "when?")
    assert not bot.asked


def test_question_with_such_a_word_is_a_question():
    bot = EchoBot()
    _talk(bot, "did it exit the union?", "bye to whom", "quit?")
    assert len(bot.asked) == 3


def test_end_of_input_leaves():
    bot = EchoBot()
    assert messages.CHAT_BYE in _talk(bot, EOFError(), "when?")
    assert not bot.asked


def test_interrupt_drops_the_line_only():
    bot = EchoBot()
    _talk(bot, KeyboardInterrupt(), "when?")
    assert len(bot.asked) == 1


def test_welcome_shows_three_examples():
    output = io.StringIO()
    Chat(EchoBot().answer, Console(file=output)).welcome(["A?", "B?", "C?", "D?"])
    assert "  3. C?" in output.getvalue()
    assert "D?" not in output.getvalue()


def test_number_picks_one_of_the_examples_until_something_was_answered():
    bot = EchoBot()
    assert "  1. Who?" in _talk(bot, "1", "1", examples=["Who?", "When?"])
    assert [text for _, text in bot.asked] == ["Who?", "1"]


@pytest.mark.parametrize("text", ["", "other: 1", "examples:", "- list", "a: [", None])
def test_missing_examples_are_none(tmp_path, text):
    path = tmp_path / "wording.yml"
    if text is not None:
        path.write_text(text)
    assert terminal.read_examples(path) == []


def test_examples_are_read_in_their_order(tmp_path):
    path = tmp_path / "wording.yml"
    path.write_text('examples: ["Who?", "When?"]')
    assert terminal.read_examples(path) == ["Who?", "When?"]


def _pipe(monkeypatch: pytest.MonkeyPatch, lines: str) -> list[str]:
    """Run the chat on piped lines and return what the bot was asked."""
    from bot.engine import agent

    asked: list[str] = []

    async def answer(loaded: object, conversation: str, text: str, channel: str) -> list[dict]:
        asked.append(text)
        return [CITED]

    monkeypatch.setattr(agent, "load_agent", lambda settings: object())
    monkeypatch.setattr(agent, "answer", answer)
    monkeypatch.setattr("bot.logs.set_up_logs", lambda level: None)
    monkeypatch.setattr(sys, "stdin", io.StringIO(lines))
    assert terminal.run() == 0
    return asked


def test_piped_number_picks_the_example_that_the_chat_offers(monkeypatch: pytest.MonkeyPatch) -> None:
    assert _pipe(monkeypatch, "1\n1\n") == [terminal.read_examples()[0], "1"]


def test_piped_goodbye_leaves(monkeypatch: pytest.MonkeyPatch) -> None:
    assert _pipe(monkeypatch, "who?\nbye\nwhen?\n") == ["who?"]


def test_typed_lines_are_kept_beside_the_database(tmp_path: Path) -> None:
    with closing(create_pipe_input()) as keys, create_app_session(input=keys, output=DummyOutput()):
        keys.send_text("who?\r")
        path = tmp_path / "new" / terminal.HISTORY
        assert asyncio.run(terminal._prompt(path, Console(file=io.StringIO()))()) == "who?"
    assert "who?" in path.read_text()
    assert path.stat().st_mode & 0o077 == 0


def test_chat_goes_on_where_lines_cannot_be_kept(tmp_path: Path) -> None:
    output, path = io.StringIO(), tmp_path / "file" / terminal.HISTORY
    path.parent.write_text("no folder")
    with closing(create_pipe_input()) as keys, create_app_session(input=keys, output=DummyOutput()):
        keys.send_text("who?\r")
        assert asyncio.run(terminal._prompt(path, Console(file=output))()) == "who?"
    assert "cannot be used" in output.getvalue()


def test_piped_questions_are_answered_line_by_line(monkeypatch, capsys):
    from bot.engine import agent

    async def answer(loaded: object, conversation: str, text: str, channel: str) -> list[dict]:
        return [{"text": f"{channel} said {text}"}, CITED]

    monkeypatch.setattr(agent, "load_agent", lambda settings: object())
    monkeypatch.setattr(agent, "answer", answer)
    monkeypatch.setattr("bot.logs.set_up_logs", lambda level: None)
    monkeypatch.setattr(sys, "stdin", io.StringIO("who?\n\nwhen?"))
    assert terminal.run() == 0
    shown = capsys.readouterr().out
    assert shown.index("> who?") < shown.index("cli said who?") < shown.index("> when?") < shown.index("cli said when?")
    assert "P1S2" in shown
    assert messages.CHAT_WELCOME not in shown


def _talk(bot: EchoBot, *lines: str | BaseException, examples: Sequence[str] | None = None) -> str:
    """Type lines into a dialogue, which may begin with examples, and return what it printed."""
    waiting = [*lines, EOFError()]

    async def read_line() -> str:
        line = waiting.pop(0)
        if isinstance(line, BaseException):
            raise line
        return line

    output = io.StringIO()
    chat = Chat(bot.answer, Console(file=output))
    if examples is not None:
        chat.welcome(examples)
    asyncio.run(chat.talk(read_line))
    return output.getvalue()

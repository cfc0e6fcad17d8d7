"""The bot in a terminal: line editing and history for people, one question a line for pipes.

python -m bot chat
echo "Who signed it?" | python -m bot chat
"""

from __future__ import annotations

import asyncio
import os
import re
import sys
import uuid
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

import yaml
from rich.console import Console
from rich.text import Text

from bot import messages, paths
from bot.errors import StartError
from bot.messages import converse as converse_texts
from bot.messages.visible import visible

Answer = Callable[[str, str], Awaitable[list[dict[str, Any]]]]
"""Takes one turn: conversation id and text in, messages as on the REST channel out."""

ReadLine = Callable[[], Awaitable[str]]
"""Gives the next line; raises EOFError when there is none."""

HISTORY = "chat_history"
"""File beside the database with the lines typed."""
EXAMPLES_SHOWN = 3
_LEAVES = re.compile(r"[/:]?(quit|exit|q|wq|bye|bye[ -]?bye|good[ -]?bye)[\s.!]*", re.IGNORECASE)
"""Lines that end the chat, also as other programs take them."""


class Recording(Protocol):
    """What keeps a chat, such as `converse.record.Recorder`."""

    path: Path

    def listening(self, answer: Answer) -> Answer:
        """Return the same way to the bot, with every turn noted."""

    def save(self) -> list[str]:
        """Write what was noted and return the names under which it is kept."""


def run(recording: Recording | None = None) -> int:
    """Load the bot, talk until the user leaves, and return the exit code; `recording` keeps the chat."""
    console = _Output(highlight=False)
    interactive = sys.stdin.isatty() and sys.stdout.isatty()
    if interactive:
        console.print(Text(messages.CHAT_STARTING, style="dim"))
    # Rasa takes seconds to import; the line above should not wait for it.
    from bot.engine.agent import answer, load_agent
    from bot.logs import set_up_logs
    from bot.settings import read_settings

    settings = read_settings()
    # The start's own log lines would stand in the dialogue.
    set_up_logs(settings.log_level if settings.log_level in ("DEBUG", "ERROR") else "WARNING")
    agent = load_agent(settings)

    async def take(conversation: str, text: str) -> list[dict[str, Any]]:
        return await answer(agent, conversation, text, "cli")

    chat = Chat(recording.listening(take) if recording else take, console)
    if interactive:
        chat.welcome(read_examples())
    else:
        chat.choices = _examples_to_choose(read_examples())
    try:
        asyncio.run(
            chat.talk(_prompt(settings.database.with_name(HISTORY), console) if interactive else _piped(console))
        )
    finally:
        if recording:
            names = recording.save()
            told = converse_texts.recorded(names, recording.path) if names else converse_texts.NOTHING_RECORDED
            console.print(Text(visible(told), style="dim"), soft_wrap=True)
    return 0


@dataclass
class Chat:
    """One person's dialogue with the bot."""

    answer: Answer
    console: Console
    conversation: str = field(default_factory=lambda: _fresh_conversation())
    choices: list[dict[str, str]] = field(default_factory=list)
    """What a number picks: the buttons of the last reply, in the order shown; before the first, the examples."""

    def welcome(self, examples: Sequence[str]) -> None:
        """Show how to begin: examples, which can be picked by their numbers."""
        self.console.print(messages.CHAT_WELCOME, markup=False)
        if examples:
            self.console.print(messages.CHAT_EXAMPLES, markup=False)
        self._offer(_examples_to_choose(examples))
        self.console.print()

    async def talk(self, read_line: ReadLine) -> None:
        """Read and answer lines until there are no more, or until somebody leaves."""
        while True:
            try:
                line = (await read_line()).strip()
            except KeyboardInterrupt:
                # As in a shell: the line is dropped, the session stays.
                continue
            except EOFError:
                break
            if _LEAVES.fullmatch(line):
                break
            if line == "/help":
                self.console.print(messages.CHAT_HELP, markup=False)
            elif line == "/new":
                self.conversation, self.choices = _fresh_conversation(), []
                self.console.print(messages.CHAT_NEW, markup=False)
            elif line:
                self.show(await self.answer(self.conversation, self.chosen(line)))
        self.console.print(Text(messages.CHAT_BYE, style="dim"))

    def chosen(self, line: str) -> str:
        """Return what the line says to the bot: a shown number stands for its button."""
        if line.isdecimal() and 1 <= int(line) <= len(self.choices):
            return self.choices[int(line) - 1]["payload"]
        return line

    def show(self, replies: Sequence[dict[str, Any]]) -> None:
        """Print a reply: its text, the sentences it rests on, and what can be chosen."""
        for reply in replies:
            if reply.get("text"):
                self._print(reply["text"])
        for reply in replies:
            record = (reply.get("custom") or {}).get("answer") or {}
            for evidence in record.get("evidence", ()):
                self._print(f"  {evidence['sentence']}  \u201c{evidence['quote']}\u201d", "dim")
        self._offer([button for reply in replies for button in reply.get("buttons", ())])
        self.console.print()

    def _offer(self, choices: list[dict[str, str]]) -> None:
        """Show what can be picked by its number."""
        self.choices = choices
        for number, button in enumerate(choices, start=1):
            self._print(f"  {number}. {button['title']}", "cyan")

    def _print(self, text: str, style: str = "") -> None:
        # Text, so that brackets in it are not taken for rich's markup. Whoever reads a pipe wants lines unbroken.
        self.console.print(Text(visible(text), style=style), soft_wrap=not self.console.is_terminal)


def read_examples(path: Path = paths.WORDING) -> list[str]:
    """Return the example questions of the fact base's wording, none if it names none."""
    try:
        wording = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, yaml.YAMLError):
        return []
    examples = wording.get("examples") if isinstance(wording, dict) else None
    return [str(example) for example in examples or ()]


def _examples_to_choose(examples: Sequence[str]) -> list[dict[str, str]]:
    return [{"title": example, "payload": example} for example in examples[:EXAMPLES_SHOWN]]


class _Output(Console):
    """A console that leaves it to the command line what happens when nobody reads on."""

    def on_broken_pipe(self) -> None:
        raise  # the error being handled, which rich turns into exit code 1


def _prompt(path: Path, console: Console) -> ReadLine:
    from prompt_toolkit import PromptSession
    from prompt_toolkit.history import FileHistory, History, InMemoryHistory

    history: History = FileHistory(str(path))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    except OSError as error:
        history = InMemoryHistory()
        console.print(Text(visible(messages.history_unusable(path, error.strerror)), style="dim"))
    session: PromptSession[str] = PromptSession(history=history)
    return lambda: session.prompt_async("> ")


def _piped(console: Console) -> ReadLine:
    async def read_line() -> str:
        try:
            line = await asyncio.to_thread(sys.stdin.readline)
        except OSError as error:
            raise StartError(messages.input_unreadable(error.strerror)) from error
        if not line:
            raise EOFError
        if line.strip():
            console.print(Text(visible(f"> {line.strip()}")))
        return line

    return read_line


def _fresh_conversation() -> str:
    return f"cli:{uuid.uuid4().hex}"

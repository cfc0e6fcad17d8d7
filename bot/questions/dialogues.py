"""Conversations with a label on each turn (`data/dialogues/`), as the reader learns from them.

What a turn asks is learnt with what was asked and answered before it ("opponent?", after who wanted to preserve the
union), and what it says in full on its own.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from bot.errors import BotError
from bot.questions.model.question_model import LabelledQuestion
from bot.questions.question import Before

STANCE_OF_VERDICT = {"yes": "true", "no": "false", None: "ask"}
TALK, ABOUT_ANSWER, UNCLEAR, OFF_TOPIC = "t", "s", "c", "o"
"""Kinds of turns that ask nothing of the article; see the README beside the files."""
_ASKS_NOTHING = (TALK, ABOUT_ANSWER, UNCLEAR, OFF_TOPIC)
_SEVERAL, _COMPLEMENT = "+", "!"


@dataclass(frozen=True)
class DialogueTurn:
    """One turn of a person; the keys of a turn in the files."""

    user: str
    intent: str = ""
    """What it asks in its place; empty where it is there only for what follows it."""
    verdict: str | None = None
    full: str = ""
    kind: str = ""
    reply: str | None = None
    """What was replied, where the file says it; else it is composed as the label has it."""
    second: str = ""

    @property
    def is_question(self) -> bool:
        """True where it asks something of the article, and so becomes what the next turn follows."""
        return self.kind not in _ASKS_NOTHING

    @property
    def asks_one_thing(self) -> bool:
        """True where its label is one plain intent: not several, and not who did not."""
        return _SEVERAL not in self.intent and _COMPLEMENT not in self.intent


ComposeReply = Callable[[DialogueTurn], str]
"""Returns what the bot replies to a turn that is understood as its label says."""


def read_dialogues(file: Path) -> Iterator[list[DialogueTurn]]:
    """Yield the conversations of a file.

    Raises:
        BotError: a line is no conversation; the text names file and line.
    """
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        try:
            yield [DialogueTurn(**turn) for turn in json.loads(line)["turns"]]
        except (ValueError, KeyError, TypeError) as error:
            told = f"{file}:{number}: no conversation ({error!r}); README.md beside it says what is valid"
            raise BotError(told) from None


def with_before(turns: list[DialogueTurn], reply: ComposeReply) -> Iterator[tuple[DialogueTurn, Before | None]]:
    """Yield each turn with what was asked of the article and answered before it, None where nothing was."""
    before = None
    for turn in turns:
        yield turn, before
        if turn.is_question:
            before = Before(turn.full or turn.user, reply(turn) if turn.reply is None else turn.reply)


def labelled_turns(file: Path, reply: ComposeReply, known: Collection[str]) -> list[LabelledQuestion]:
    """Return what the reader learns from the conversations of a file.

    Args:
        file: the conversations of one writer.
        reply: what the bot replies to a turn.
        known: intents that may be learnt; a turn with another label, or with several, is left out.
    """
    return [
        example
        for turns in read_dialogues(file)
        for turn, before in with_before(turns, reply)
        if turn.intent in known and turn.asks_one_thing
        for example in _examples(turn, before)
    ]


def _examples(turn: DialogueTurn, before: Before | None) -> Iterator[LabelledQuestion]:
    typed = LabelledQuestion(turn.user, turn.intent, STANCE_OF_VERDICT[turn.verdict])
    if turn.kind in (TALK, OFF_TOPIC) or before is None:
        yield typed
    if before is not None:
        yield typed.after(before)
    if turn.is_question and turn.full:
        yield replace(typed, text=turn.full)

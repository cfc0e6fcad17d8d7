"""Replies to questions about the conversation: what the reader asked first, and last."""

from __future__ import annotations

from bot.answers.reply import SOCIAL, Reply
from bot.dialogue.memory import Memory
from bot.facts.base import FactBase
from bot.language.about_conversation import ALL, which_question_of_mine
from bot.questions.question import Question

_SHOWN = 200
"""Characters that are kept of a question, at most."""


def reply_about(base: FactBase, memory: Memory, question: Question) -> Reply | None:
    """Tell which question the reader asked, None for a message that does not ask that."""
    which = which_question_of_mine(question.whole or question.text)
    if which is None:
        return None
    words = base.wording["conversation"]
    if not memory.first_asked:
        return Reply((words["nothing_asked"],), SOCIAL, buttons=tuple(base.wording["examples"]))
    if which == ALL and memory.first_asked == memory.last_asked:
        which = "only"
    return Reply((words[which].format(first=memory.first_asked, last=memory.last_asked),), SOCIAL)


def note_question(memory: Memory, text: str) -> None:
    """Keep a question as the reader put it."""
    line = " ".join(text.split())
    kept = line if len(line) <= _SHOWN else f"{line[: _SHOWN - 1].rstrip()}…"
    memory.first_asked = memory.first_asked or kept
    memory.last_asked = kept

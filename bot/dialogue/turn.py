"""What is known while one message is being understood and answered."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from bot.dialogue.memory import Memory
from bot.facts.base import FactBase
from bot.questions.question import Question

Read = Callable[..., Question]
"""Reads a text, alone or as said after something else: `read("And why?", Before("When did it leave?", "In June."))`."""


@dataclass(frozen=True)
class Turn:
    """One message in its conversation: the facts, what is remembered, the message as it was read, and how to read."""

    base: FactBase
    memory: Memory
    question: Question
    read: Read
    as_said: Question | None = None
    """The message before anything from the conversation was put into `question`; None while nothing was."""

    @property
    def said(self) -> Question:
        """The message as its own words have it."""
        return self.as_said or self.question

    @property
    def opens(self) -> bool:
        """True where there is nothing before the message that it could follow up."""
        return not self.memory.has_question and not self.memory.waiting

    def asking(self, question: Question) -> Turn:
        """Return the same turn with the question that the message stands for; `said` stays the message."""
        return replace(self, question=question, as_said=self.said)

    def saying(self, question: Question) -> Turn:
        """Return the same turn as if the message had been this question: `said` is it, too."""
        return replace(self, question=question, as_said=None)

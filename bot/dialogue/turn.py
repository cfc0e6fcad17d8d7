"""What is known while one message is being understood and answered."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from bot.dialogue.memory import Memory
from bot.facts.base import FactBase
from bot.questions.question import Question

Read = Callable[..., Question]
"""Reads a text, alone or as said after another question: `read("And why?", "When did it leave?")`."""


@dataclass(frozen=True)
class Turn:
    """One message in its conversation: the facts, what is remembered, the message as it was read, and how to read."""

    base: FactBase
    memory: Memory
    question: Question
    read: Read

    def asking(self, question: Question) -> Turn:
        """Return the same turn with another question in place of the message."""
        return replace(self, question=question)

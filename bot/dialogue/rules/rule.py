"""What a rule is: how a kind of message becomes the question that it stands for, with the examples that prove it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from bot.dialogue.turn import Turn
from bot.questions.question import Question


@dataclass(frozen=True)
class Example:
    """What a rule makes of a message, in the small world of the tests."""

    before: tuple[str, ...]
    """The messages of the conversation so far."""
    message: str
    means: str
    """The question that the message stands for, in words; the message itself where only names are put beside it."""
    names: tuple[str, ...] = ()
    """The ids of what the question then names, in this order."""
    intent: str = ""
    """What it then asks; empty where the words tell enough."""
    reads: Mapping[Any, Any] = field(default_factory=dict)
    """How texts are read, alone or as (question before, text), beside the questions that the small world answers."""


class RuleModule(Protocol):
    """What a module of this folder has."""

    NAME: str
    EXAMPLES: tuple[Example, ...]

    def apply(self, turn: Turn) -> Question | None:
        """Return the question that the message stands for, None where the rule does not fit it."""


@dataclass(frozen=True)
class Rule:
    """A rule in its place in the order."""

    name: str
    apply: Callable[[Turn], Question | None]
    examples: tuple[Example, ...]
    because: str
    """Why it stands where it does."""
    completes: bool = False
    """Whether the rules after it are tried all the same: it puts in what is missing, and settles nothing."""
    alone: bool = False
    """Whether the words of the message are all that it looks at."""


def settles(module: RuleModule, because: str, alone: bool = False) -> Rule:
    """Put a rule in its place after which no other is tried."""
    return Rule(module.NAME, module.apply, module.EXAMPLES, because, alone=alone)


def completes(module: RuleModule, because: str, alone: bool = False) -> Rule:
    """Put a rule in its place that only puts in what is missing."""
    return Rule(module.NAME, module.apply, module.EXAMPLES, because, completes=True, alone=alone)

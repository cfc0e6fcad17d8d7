"""What an operation is, and what it returns."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bot.facts.base import FactBase
from bot.facts.model import Answer
from bot.questions.question import Question


@dataclass(frozen=True)
class Outcome:
    """What an operation found: `sentences` rest on `facts`; `derived` where it was counted or put in order.

    `holds` says whether the facts bear out what the question claims, None where it claims nothing. `refused` is set
    where the facts do not tell; `choices` (entity ids) where it has to be asked which one is meant. `about` are the ids
    of whom it tells, in the order of the sentences, `listed` those that it lists beside each other. `chosen` is set
    where it tells which of several is so, or (`holds` False) that none of them is: no Yes or No is said.
    """

    sentences: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    derived: bool = False
    holds: bool | None = None
    refused: bool = False
    choices: tuple[str, ...] = ()
    about: tuple[str, ...] = ()
    listed: tuple[str, ...] = ()
    chosen: bool = False

    @property
    def text(self) -> str:
        """The sentences as one text."""
        return " ".join(self.sentences)


Operation = Callable[[FactBase, Answer, Question], Outcome]

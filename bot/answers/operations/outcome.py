"""What an operation is, and what it returns."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bot.facts.base import FactBase
from bot.facts.model import Answer
from bot.questions.question import Question


@dataclass(frozen=True)
class Result:
    """What an operation found: `text` rests on `facts`; `derived` where it was counted or ordered.

    `refused` is set where the facts do not tell; `choices` (entity ids) where it has to be asked which one is meant.
    """

    text: str = ""
    facts: tuple[str, ...] = ()
    derived: bool = False
    holds: bool | None = None
    refused: bool = False
    choices: tuple[str, ...] = ()


Operation = Callable[[FactBase, Answer, Question], Result]

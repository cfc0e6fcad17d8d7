"""What a message means in its conversation: the rules, tried in their order.

after "When did Russia leave?":   "And Belarus?"     -> When did Belarus leave the USSR?
after "Who was Nazarbayev?":      "Where was he sent?" -> where Nazarbayev was sent
after "Which one do you mean?":   "the second one"   -> the question that was waiting, about the second choice
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.dialogue.rules import RULES
from bot.dialogue.turn import Turn
from bot.questions.question import Question


@dataclass(frozen=True)
class Meaning:
    """The question that a message stands for, and how it was found."""

    question: Question
    said: Question
    """The message as its own words have it."""
    applied: tuple[str, ...] = ()
    """The names of the rules that applied, in their order; none where the message was left as it is."""
    passed_over: tuple[str, ...] = ()
    """The names of the rules before the last of these that were tried and did not fit."""

    @property
    def alone(self) -> bool:
        """True where the message alone tells what it asks."""
        return self.question.text == self.said.text and self.question.intent == self.said.intent


def understand(turn: Turn) -> Meaning:
    """Return the question that a message stands for; the message itself where no rule applies."""
    applied: list[str] = []
    tried: list[str] = []
    passed_over: list[str] = []
    for rule in RULES:
        question = rule.apply(turn)
        if question is None:
            tried.append(rule.name)
            continue
        applied.append(rule.name)
        passed_over, tried = [*passed_over, *tried], []
        turn = turn.saying(question) if rule.alone else turn.asking(question)
        if not rule.completes:
            break
    return Meaning(turn.question, turn.said, tuple(applied), tuple(passed_over))

"""A message that leans on the question before, or is short and unsure, is read together with it ("Why?")."""

from __future__ import annotations

from bot.dialogue.dependence import follows_up, leans
from bot.dialogue.rules.rule import Example
from bot.dialogue.turn import Turn
from bot.facts.base import FactBase
from bot.questions.question import Question

NAME = "read_together"
EXAMPLE_BEFORE = "When did Brennock leave the League?"
EXAMPLES = (
    Example(
        (EXAMPLE_BEFORE,),
        "and why so late?",
        "and why so late?",
        intent="why_last",
        reads={(EXAMPLE_BEFORE, "and why so late?"): "why_last"},
    ),
)

_STRANGE = 0.45
"""How sure it must be that a message asks nothing of the article to keep it from being read with its context."""


def apply(turn: Turn) -> Question | None:
    """Return the message as read after the question before."""
    question = turn.question
    if not follows_up(turn):
        return None
    together = turn.read(question.text, turn.memory.before)
    if not _tells_more(turn.base, question, together):
        return None
    named = together.mentions if together.text == question.text else question.mentions
    return _both_heard(question, together).with_(mentions=named)


def _tells_more(base: FactBase, question: Question, together: Question) -> bool:
    """Say whether to take the reading together with the question before."""
    talk = base.wording["social"]
    if together.intent in talk and question.intent not in talk:
        return False  # no question before makes small talk of a message
    strange = question.intent in base.wording["refused"] and question.confidence >= _STRANGE
    return not strange or leans(question) or bool(question.mentions)  # ... or a question of "null"


def _both_heard(question: Question, together: Question) -> Question:
    """Return the reading with the context; where both read the same, both tell whether it is true."""
    if together.intent != question.intent:
        return together
    return together.with_(
        ask=(question.ask + together.ask) / 2,
        true=(question.true + together.true) / 2,
        false=(question.false + together.false) / 2,
    )

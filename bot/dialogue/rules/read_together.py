"""A message is read together with what was asked and answered before it ("Why?"): the reader has learnt from talk."""

from __future__ import annotations

from bot.dialogue.rules.rule import Example
from bot.dialogue.turn import Turn
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


def apply(turn: Turn) -> Question | None:
    """Return the message as read after the question before."""
    question = turn.question
    if not turn.memory.has_question:
        return None
    together = turn.read(question.text, turn.memory.before)
    return together if together.text == question.text else together.with_(mentions=question.mentions)

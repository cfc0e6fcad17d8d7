"""What was asked before is dropped where the message says so, and goes on ("Forget it, who was Yeltsin?")."""

from __future__ import annotations

from bot.dialogue.rules import whom_it_is_about
from bot.dialogue.rules.rule import Example
from bot.dialogue.turn import Turn
from bot.language.reference_words import word_count
from bot.language.steering_words import after_dismissal
from bot.questions.question import Question

NAME = "dismissed"
EXAMPLES = (
    Example(
        ("When did Brennock leave the League?",),
        "Never mind, whose friend was Tilda Fenwick?",
        "whose friend was Tilda Fenwick?",
        reads={"whose friend was Tilda Fenwick?": "friends"},
    ),
)

_LEAST = 4
"""Words that must follow for it to be a question."""


def apply(turn: Turn) -> Question | None:
    """Return what follows the dismissal."""
    rest = after_dismissal(turn.question.text)
    if not rest or word_count(rest) < _LEAST:
        return None
    return whom_it_is_about.completed(turn, turn.read(rest))

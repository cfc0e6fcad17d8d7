"""A number picks the suggestion of that number under the last reply ("2", "the first one")."""

from __future__ import annotations

from bot.dialogue.rules.rule import Example
from bot.dialogue.turn import Turn
from bot.language.choice_words import picked_number
from bot.questions.question import Question

NAME = "offered_number"
EXAMPLES = (
    Example(("Hi",), "2", "When did Brennock leave?", reads={"Hi": "greet", "When did Brennock leave?": "left_when"}),
    Example(("Why was Dunholm the last to leave?",), "the second one", "Whose friend was Tilda Fenwick?"),
)


def apply(turn: Turn) -> Question | None:
    """Return the suggestion that is picked."""
    offered = turn.memory.choices_offered
    number = picked_number(turn.question.text, len(offered))
    return turn.read(offered[number - 1]) if number else None

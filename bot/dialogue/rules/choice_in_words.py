"""An answer to a question asked back that picks none of the choices is read together with the question that waits.

"How long did it take?" "Which one do you mean?" "I mean for Kazakhstan to leave after Russia"
"""

from __future__ import annotations

from bot.dialogue.dependence import only_talk
from bot.dialogue.rules import whom_it_is_about
from bot.dialogue.rules.rule import Example
from bot.dialogue.turn import Turn
from bot.language.steering_words import begins_a_question
from bot.questions.question import Question

NAME = "choice_in_words"
EXAMPLES = (
    Example(
        ("when",),
        "the island that stayed out of loyalty",
        "when, the island that stayed out of loyalty",
        reads={
            "when": {"intent": "left_when", "confidence": 0.4},
            "when, the island that stayed out of loyalty": "why_last",
        },
    ),
)


def apply(turn: Turn) -> Question | None:
    """Return the question that waits and the message, read as one."""
    waiting, question = turn.memory.waiting, turn.question
    if not waiting or begins_a_question(question.text) or only_talk(turn.base, question):
        return None
    joined = turn.read(f"{waiting.text.rstrip(' ?!.')}, {question.text}")
    return whom_it_is_about.completed(turn, joined) if joined.intent in turn.base.answers else None

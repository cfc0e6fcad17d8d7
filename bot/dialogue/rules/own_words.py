"""A message that follows up no question stays as it is: a wish about the last answer ("say that again"), "thanks"."""

from __future__ import annotations

from bot.dialogue.dependence import only_talk
from bot.dialogue.rules.rule import Example
from bot.dialogue.turn import Turn
from bot.questions.question import Question

NAME = "own_words"
EXAMPLE_BEFORE = "When did Brennock leave the League?"
EXAMPLES = (
    Example(
        (EXAMPLE_BEFORE,),
        "no, that is all, thanks",
        "no, that is all, thanks",
        reads={"no, that is all, thanks": "thanks"},
    ),
    Example(
        (EXAMPLE_BEFORE,),
        "Where is that?",
        "Where is that?",
        reads={"Where is that?": "ask_evidence"},
        intent="ask_evidence",
    ),
)

_STEERS = 0.7
"""How sure the reading of "Where does it say that?" must be to stand without its context."""


def apply(turn: Turn) -> Question | None:
    """Return the message itself."""
    question = turn.question
    steers = question.intent in turn.base.vocabulary.intents.steering and question.confidence >= _STEERS
    return question if steers or only_talk(turn.base, question) else None

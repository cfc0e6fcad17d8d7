"""The two of one kind that the last reply told of are "the former" and "the latter"."""

from __future__ import annotations

from bot.dialogue.dependence import follows_up
from bot.dialogue.rules.rule import Example
from bot.dialogue.turn import Turn
from bot.language import reference_words
from bot.questions.question import Question

NAME = "former_or_latter"
EXAMPLES = (
    Example(
        ("When did Castermere leave the League?",),
        "And when did the latter go?",
        "And when did Brennock go?",
        ("brennock",),
        reads={"And when did Brennock go?": "left_when"},
    ),
)


def apply(turn: Turn) -> Question | None:
    """Return the message with the name of the one that is meant."""
    place, last = reference_words.former_or_latter(turn.question.text), turn.memory.last_reply
    if not follows_up(turn) or not place or not last:
        return None
    for kind in turn.base.vocabulary.stand_in:
        told = [i for i in last.about if turn.base.entities[i].type == kind]
        if len(told) == 2:
            name = turn.base.entities[told[0 if place.first else 1]].name
            text = turn.question.text
            return turn.read(text[: place.start] + name + text[place.end :])
    return None

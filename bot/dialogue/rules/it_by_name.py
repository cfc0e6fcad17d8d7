"""In a question for Yes or No, "it" is replaced by the name of what was last asked about ("Was it one of them?").

Only the name tells whether Yes or No is right, where an answer holds for some and not for others (`only`).
"""

from __future__ import annotations

from bot.dialogue.dependence import follows_up
from bot.dialogue.rules.rule import Example
from bot.dialogue.turn import Turn
from bot.language.reference_words import named_for_it
from bot.questions.question import Question

NAME = "it_by_name"
EXAMPLES = (
    Example(
        ("When did Brennock leave the League?",),
        "Did it stay out of loyalty?",
        "Did Brennock stay out of loyalty?",
        ("brennock",),
        reads={"Did it stay out of loyalty?": "why_last", "Did Brennock stay out of loyalty?": "why_last"},
    ),
)

_LATELY = 2.5
"""What was not spoken of for so many turns is not meant. (Places within a turn are fractions of one.)"""


def apply(turn: Turn) -> Question | None:
    """Return the message with the name in it, unless it would then be read as another question."""
    base, memory, question = turn.base, turn.memory, turn.question
    entry = base.answers.get(question.intent)
    if not follows_up(turn) or entry is None or not question.polar:
        return None
    for kind in entry.only:
        recent = memory.recent(base.entities_of_type.get(kind, frozenset()))
        if question.named(kind) or not recent or memory.turn - memory.spoken_of[recent[0]] > _LATELY:
            continue
        text = named_for_it(question.text, base.entities[recent[0]].name)
        told = turn.read(text) if text else question
        if text and told.intent == question.intent:
            return told
    return None

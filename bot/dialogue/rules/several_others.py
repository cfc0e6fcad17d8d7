"""Several names alone ask the question before of all of them ("Estonia, Latvia?", "Belarus or Russia?")."""

from __future__ import annotations

from itertools import pairwise

from bot.dialogue.rules.rule import Example
from bot.dialogue.stand_ins import only_names, restated, stand_ins
from bot.dialogue.turn import Turn
from bot.language.fillers import joins_names, says_instead
from bot.language.words import join
from bot.questions.question import Question

NAME = "several_others"
EXAMPLES = (
    Example(
        ("When did Brennock leave the League?",),
        "And Castermere and Dunholm?",
        "When did Castermere and Dunholm leave the League?",
        ("castermere", "dunholm"),
    ),
)


def apply(turn: Turn) -> Question | None:
    """Return the question before about all that are named."""
    base, question, intent = turn.base, turn.question, turn.memory.last_intent
    entry = base.answers.get(intent)
    if not turn.memory.has_question or entry is None or not entry.operation or not only_names(base, question):
        return None
    named = [m for m in stand_ins(base, question) if m.end > m.start]
    if len({m.value for m in named}) < 2 or len({m.entity for m in named}) > 1 or says_instead(question.text):
        return None  # of "not Belarus, Russia" one is meant
    if not all(joins_names(question.text[one.end : two.start]) for one, two in pairwise(named)):
        return None
    names = join(list(dict.fromkeys(base.entities[m.value].name for m in named)))
    text = restated(entry, names) or question.text
    return question.with_(text=text, intent=intent, confidence=1.0, ranking=(), ask=1.0, true=0.0, false=0.0)

"""The other of two asks the question before of the one that it did not name ("And his rival?")."""

from __future__ import annotations

from bot.dialogue.dependence import SHORT
from bot.dialogue.rules import whom_it_is_about
from bot.dialogue.rules.rule import Example
from bot.dialogue.stand_ins import names_any, stand_ins
from bot.dialogue.turn import Turn
from bot.language.reference_words import in_its_place, means_the_other, word_count
from bot.questions.mentions import Mention
from bot.questions.question import Question

NAME = "the_other"
EXAMPLES = (
    Example(
        ("When did Castermere leave the League?", "When did Brennock leave the League?"),
        "and the other one?",
        "When did Castermere leave the League?",
        ("castermere", "league"),
    ),
    Example(("Whose friend was Tilda Fenwick?",), "And her friend?", "Whose friend was Ada Pellworth?"),
)


def apply(turn: Turn) -> Question | None:
    """Return the question before about the other of the two."""
    base, text = turn.base, turn.question.text
    if not turn.memory.has_question or word_count(text) > SHORT + 1:
        return None
    if not means_the_other(text, base.vocabulary.opposites) or names_any(base, turn.question):
        return None  # "Was Marshall his friend?" asks about these two
    asked = turn.memory.last_question
    for mention in stand_ins(base, turn.read(asked)):
        if other := _beside(turn, mention):
            name = base.entities[other].name
            return whom_it_is_about.completed(turn, turn.read(in_its_place(asked, mention.start, mention.end, name)))
    return None


def _beside(turn: Turn, mention: Mention) -> str | None:
    """Return another of the same kind: the one spoken of last, or else whoever takes part in the same fact."""
    base = turn.base
    kind = base.entities_of_type.get(mention.entity, frozenset())
    others = turn.memory.recent(kind)
    others += [i for f in base.facts_of[mention.value] for i in base.facts[f].entities() if i in kind]
    return next((i for i in others if i != mention.value and not base.entities[i].outside), None)

"""The person last spoken of stands for "he", "him" and "his" ("What did he want?")."""

from __future__ import annotations

from bot.dialogue.dependence import follows_up
from bot.dialogue.rules.rule import Example
from bot.dialogue.turn import Turn
from bot.language.reference_words import begins_another_clause, he_in, named_for_he
from bot.questions.question import Question

NAME = "he_by_name"
EXAMPLES = (
    Example(
        ("Who was Ivo Marshall?",),
        "Whose friend was he?",
        "Whose friend was Ivo Marshall?",
        ("marshall",),
        reads={"Whose friend was Ivo Marshall?": "friends"},
    ),
    Example(
        ("Who was Ada Pellworth?",),
        "And Marshall, what was he after?",
        "And Marshall, what was Ivo Marshall after?",
        reads={"And Marshall, what was Ivo Marshall after?": "why_last"},
    ),
)


def apply(turn: Turn) -> Question | None:
    """Return the message with the name in it."""
    base, question = turn.base, turn.question
    nouns = base.vocabulary.nouns_of_people
    he = he_in(question.text, nouns)
    if not follows_up(turn) or he is None:
        return None
    people = frozenset(base.people)
    named = {m.value for m in question.mentions}
    # "And Gorbachev, what did he want?" says who he is; "Was Gorbachev his friend?" does not.
    ahead = [m for m in question.mentions if m.value in people and 0 < m.end <= he]
    ahead = [m for m in ahead if begins_another_clause(question.text[m.end : he])]
    recent = [m.value for m in ahead[-1:]] or [i for i in turn.memory.recent(people) if i not in named]
    return turn.read(named_for_he(question.text, base.entities[recent[0]].name, nouns)) if recent else None

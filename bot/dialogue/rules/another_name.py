"""A name alone asks the question before of whom it names ("And Belarus?", "no, I meant Lithuania")."""

from __future__ import annotations

from bot.dialogue.rules.rule import Example
from bot.dialogue.stand_ins import only_names, restated, stand_ins
from bot.dialogue.turn import Turn
from bot.language.reference_words import in_its_place
from bot.questions.mentions import NAME as BY_NAME
from bot.questions.mentions import Mention
from bot.questions.question import Question

NAME = "another_name"
EXAMPLE_BEFORE = "When did Brennock leave the League?"
EXAMPLES = (
    Example((EXAMPLE_BEFORE,), "And Dunholm?", "When did Dunholm leave the League?", ("dunholm",)),
    Example((EXAMPLE_BEFORE,), "not Castermere, Dunholm", "When did Dunholm leave the League?", ("dunholm",)),
    Example(
        ("Whose friend was Tilda Fenwick?",),
        "and Pellworth?",
        "Whose friend was Ada Pellworth?",
        reads={"Whose friend was Ada Pellworth?": "friends"},
    ),
)


def apply(turn: Turn) -> Question | None:
    """Return the question before about whom the message names."""
    if not turn.memory.has_question or not only_names(turn.base, turn.question):
        return None
    named = stand_ins(turn.base, turn.question)
    # Of "not Yeltsin, Gorbachev" the one to take is the last.
    return _asked_of(turn, named[-1]) if named else None


def _asked_of(turn: Turn, other: Mention) -> Question:
    memory, name = turn.memory, turn.base.entities[other.value].name
    text = restated(turn.base.answers.get(memory.last_intent), name)
    if text:
        mention = Mention(other.entity, other.value, 0, 0, BY_NAME)
        return turn.read(text).with_(
            intent=memory.last_intent, confidence=1.0, mentions=(mention,), ranking=(), ask=1.0, true=0.0, false=0.0
        )
    asked = turn.read(memory.last_question)
    same = [m for m in asked.mentions if m.entity == other.entity and m.value != other.value]
    if same:
        return turn.read(in_its_place(memory.last_question, same[0].start, same[0].end, name))
    return turn.read(turn.question.text, memory.before).with_(mentions=turn.question.mentions)

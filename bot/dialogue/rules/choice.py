"""A choice of those that were offered answers the question that waits for it ("the second one", "Belarus").

Another of the same kind answers it too, though it was not among the choices.
"""

from __future__ import annotations

from bot.dialogue.dependence import SURE
from bot.dialogue.memory import PendingChoice
from bot.dialogue.rules import whom_it_is_about
from bot.dialogue.rules.rule import Example
from bot.dialogue.stand_ins import only_names, restated
from bot.dialogue.turn import Turn
from bot.language.choice_words import picked_number
from bot.language.reference_words import he_in, named_for_he, word_count
from bot.questions.mentions import NAME as BY_NAME
from bot.questions.mentions import Mention
from bot.questions.question import Question

NAME = "choice"
EXAMPLE_READ = {"when": {"intent": "left_when", "confidence": 0.4}}
EXAMPLES = (
    Example(("when",), "the second one", "When did Castermere leave the League?", ("castermere",), reads=EXAMPLE_READ),
    Example(("when",), "Dunholm of course", "When did Dunholm leave the League?", ("dunholm",), reads=EXAMPLE_READ),
)

_ASKS_MORE = 7
"""Words beyond which a message that is sure of itself is a question of its own, though it names a choice."""


def apply(turn: Turn) -> Question | None:
    """Return the question that waits, about what was chosen."""
    waiting = turn.memory.waiting
    chosen = _chosen(turn, waiting) if waiting else None
    return _filled_in(turn, waiting, chosen) if waiting and chosen else None


def _chosen(turn: Turn, waiting: PendingChoice) -> str | None:
    base, question = turn.base, turn.question
    number = picked_number(question.text, len(waiting.choices))
    if number:
        return waiting.choices[number - 1]
    named = [c for c in waiting.choices if c in {m.value for m in question.mentions}]
    asks_more = word_count(question.text) > _ASKS_MORE and question.confidence > SURE
    if len(named) == 1 and not asks_more:
        return named[0]
    kinds = {base.entities[c].type for c in waiting.choices if c in base.entities}
    others = [m.value for m in question.mentions if m.entity in kinds]
    return others[0] if len(others) == 1 and only_names(base, question) else None


def _filled_in(turn: Turn, waiting: PendingChoice, chosen: str) -> Question:
    base = turn.base
    if chosen not in base.entities:
        return turn.read(base.answers[chosen].question)
    entity = base.entities[chosen]
    if entity.type in base.vocabulary.people and he_in(waiting.text) is not None:
        return whom_it_is_about.completed(turn, turn.read(named_for_he(waiting.text, entity.name)))
    asked = turn.read(waiting.text)
    return asked.with_(
        text=restated(base.answers[waiting.intent], entity.name) or f"{asked.text} ({entity.name})",
        intent=waiting.intent,
        confidence=1.0,
        mentions=(Mention(entity.type, chosen, 0, 0, BY_NAME), *asked.mentions),
        ranking=(),
    )

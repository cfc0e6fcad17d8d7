""""Tell me more about her", after all of the plain answer about her was told, asks for the next thing about her."""

from __future__ import annotations

from bot.dialogue.rules.more_about import named_object
from bot.dialogue.rules.rule import Example
from bot.dialogue.stand_ins import question_on
from bot.dialogue.turn import Turn
from bot.questions.mentions import NAME as BY_NAME
from bot.questions.mentions import Mention
from bot.questions.question import Question

NAME = "more_about_told"
EXAMPLES = (
    Example(
        ("Who was Ada Pellworth?",),
        "tell me more about Ada Pellworth",
        "tell me more about Ada Pellworth",
        names=("pellworth",),
        intent="ask_more",
    ),
)


def apply(turn: Turn) -> Question | None:
    """Return the wish for more, with nothing named but whom it is about."""
    entity = named_object(turn)
    if not entity or not question_on(turn.base, entity) or not entity.facts:
        return None
    if any(fact not in turn.memory.facts_told for fact in entity.facts):
        return None
    mention = Mention(entity.type, entity.id, -1, -1, BY_NAME)
    return turn.question.with_(intent=turn.base.vocabulary.intents.more, confidence=1.0, mentions=(mention,))

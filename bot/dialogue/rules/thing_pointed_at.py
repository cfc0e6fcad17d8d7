"""To a question that the article does not answer, what "that city" or "it" means in it is added as a mention.

The refusal can then tell the nearest that the article says of that thing.
"""

from __future__ import annotations

from bot.dialogue.rules.rule import Example
from bot.dialogue.stand_ins import names_any
from bot.dialogue.turn import Turn
from bot.language.reference_words import pointed_at
from bot.questions.mentions import NAME as BY_NAME
from bot.questions.mentions import Mention
from bot.questions.question import Question

NAME = "thing_pointed_at"
EXAMPLES = (
    Example(
        ("Where was the League declared ended?",),
        "What did they spend on that place back then?",
        "What did they spend on that place back then?",
        ("harbour_house",),
        "missing_money",
        {"What did they spend on that place back then?": "missing_money"},
    ),
)


def apply(turn: Turn) -> Question | None:
    """Return the question with what it points to."""
    base, question = turn.base, turn.question
    if question.intent not in base.missing or names_any(base, question):
        return None
    for noun in pointed_at(question.text):
        kind = base.vocabulary.kind_of_noun.get(noun or "")
        if not kind and noun:
            continue
        kinds = [kind] if kind else base.vocabulary.stand_in
        recent = turn.memory.recent({i for k in kinds for i in base.entities_of_type.get(k, ())})
        if recent:
            mention = Mention(base.entities[recent[0]].type, recent[0], -1, -1, BY_NAME)
            return question.with_(mentions=(*question.mentions, mention))
    return None

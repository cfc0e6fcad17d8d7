"""After one step of a sequence "and then?" asks for the next ("When did Russia leave?" "And then?")."""

from __future__ import annotations

from bot.dialogue.rules.rule import Example
from bot.dialogue.turn import Turn
from bot.facts.base import FactBase
from bot.facts.model import Answer
from bot.language.order_words import AFTER
from bot.language.reference_words import asks_for_the_next
from bot.questions.mentions import NAME as BY_NAME
from bot.questions.mentions import ORDER, Mention
from bot.questions.question import Question

NAME = "next_step"
EXAMPLES = (
    Example(
        ("When did Brennock leave the League?",), "and then?", "Who left right after Brennock?", ("brennock", "after")
    ),
    Example(("When did Brennock leave the League?",), "who's next?", "Who left right after Brennock?"),
)

_STEPS = ("when", "neighbour", "on_date", "remaining_after", "order")
"""Operations whose answer is a step of a sequence."""


def apply(turn: Turn) -> Question | None:
    """Return the question who or what came next."""
    base, last = turn.base, turn.memory.last_reply
    before = base.answers.get(turn.memory.last_intent)
    step = base.events.get(last.facts[0]) if last and last.facts else None
    if not turn.memory.has_question or not last or not before or step is None or step.id not in base.dates:
        return None
    intent = next(
        (i for i in base.intents_of_operation.get("neighbour", ()) if base.answers[i].events == step.type), ""
    )
    entry = base.answers.get(intent)
    if entry is None or not entry.restated or before.operation not in _STEPS or before.event:
        return None
    if not asks_for_the_next(turn.question.text, _fillers(base, entry)):
        return None
    counted_from = base.dates[step.id].counted_from
    if before.operation == "order" and [f for f in last.facts[1:] if f != counted_from]:
        return None  # the whole order was told, not one step of it
    entity = base.entities[step.entities(entry.role)[0]]
    mentions = (Mention(entity.type, entity.id, 0, 0, BY_NAME), Mention(ORDER, AFTER, 0, 0))
    return Question(entry.restated.format(entity=entity.name), intent, 1.0, mentions)


def _fillers(base: FactBase, entry: Answer) -> list[str]:
    """Return what the article calls those who take part in such events, and the verbs for them."""
    kinds = base.vocabulary.kinds
    events = entry.events or ""
    nouns = [noun for kind in base.kinds_in(events, entry.role) if kind in kinds for noun in kinds[kind].nouns]
    return [*nouns, *base.vocabulary.verbs.get(events, ())]

"""A first message that is nothing but a date or a name asks what there is to tell of it ("1991", "Lithuania").

It claims nothing, so it is never answered with Yes or No.
"""

from __future__ import annotations

from bot.dialogue.rules.rule import Example
from bot.dialogue.stand_ins import question_on
from bot.dialogue.turn import Turn
from bot.language.fillers import opens_with
from bot.questions.mentions import DATE
from bot.questions.question import Question

NAME = "name_or_date_alone"
EXAMPLES = (
    Example((), "June 3rd", "June 3rd", intent="on_the_day"),
    Example((), "Castermere", "What does the article say about Castermere?"),
    Example((), "hello, Ada Pellworth please", "Who was Ada Pellworth?"),
)

_LIKELY = 0.5
"""How likely its own reading must be to stand."""


def apply(turn: Turn) -> Question | None:
    """Return the question on the one thing or date that an opening names."""
    base, question = turn.base, turn.question
    if not turn.opens:
        return None
    placed = [m for m in question.mentions if m.end > m.start and m.entity in (DATE, *base.vocabulary.nameable)]
    named = list(dict.fromkeys(m.value for m in placed))
    if len(named) != 1 or not opens_with(question.text, [(m.start, m.end) for m in placed]):
        return None
    nothing_claimed = question.with_(ask=1.0, true=0.0, false=0.0)
    if placed[0].entity == DATE:
        intent = base.intent_of_operation.get("on_date")
        return nothing_claimed.with_(intent=intent, confidence=1.0, ranking=()) if intent else nothing_claimed
    if question.intent in base.answers and question.confidence >= _LIKELY or question.intent in base.missing:
        return nothing_claimed
    asked = question_on(base, base.entities[named[0]]) if named[0] in base.entities else None
    return turn.read(asked) if asked else nothing_claimed

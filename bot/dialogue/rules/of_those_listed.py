""""Which of those went first?" asks for the order of those that the last reply listed."""

from __future__ import annotations

from bot.answers.operations import OVER_EVENTS
from bot.dialogue.rules.rule import Example
from bot.dialogue.turn import Turn
from bot.facts.base import FactBase
from bot.language.order_words import places_in_order
from bot.language.reference_words import OfThose, of_those
from bot.questions.mentions import NAME as BY_NAME
from bot.questions.mentions import Mention
from bot.questions.question import Question

NAME = "of_those_listed"
EXAMPLE_READ = {"intent": "left_order", "confidence": 0.9}
EXAMPLES = (
    Example(
        ("Which islands were left after Brennock had gone?",),
        "Which of those went first?",
        "Which of those went first?",
        ("castermere", "dunholm"),
        "left_order",
        {"Which of those went first?": EXAMPLE_READ},
    ),
)
_MOST = 9
"""Places in an order that a message can ask for."""


def apply(turn: Turn) -> Question | None:
    """Return the question for the order of those listed."""
    return among_listed(turn) if turn.memory.has_question else None


def among_listed(turn: Turn) -> Question | None:
    """Do the same, whether or not there is a question before."""
    meant = of_those(turn.question.text)
    if not meant or not places_in_order(turn.question.text, _MOST):
        return None
    found = (_put_in_order(turn, intent, meant) for intent in turn.base.intents_of_operation.get("order", ()))
    return next(filter(None, found), None)


def _put_in_order(turn: Turn, intent: str, meant: OfThose) -> Question | None:
    """Return the question for the order of those listed by an intent, None where it puts others in order."""
    base, question, entry = turn.base, turn.question, turn.base.answers[intent]
    of = base.event_of(entry.events or "", entry.role)
    if any(m.value in of and m.end > m.start for m in question.mentions) or not _over(base, question, entry.events):
        return None
    told = [i for i in turn.memory.last_listed if i in of]
    # "Of those three" speaks of three, not of two that were named by the way.
    if len(told) < 2 or meant.count not in (None, len(told)):
        return None
    mentions = tuple(Mention(base.entities[i].type, i, -1, -1, BY_NAME) for i in told)
    return question.with_(intent=intent, confidence=1.0, mentions=mentions, ranking=(), ask=1.0, true=0.0, false=0.0)


def _over(base: FactBase, question: Question, events: str | None) -> bool:
    """True where a question is about events of a type."""
    entry = base.answers.get(question.intent)
    if entry is None:
        return False
    if entry.operation:
        return entry.operation in OVER_EVENTS
    return any(base.events[f].type == events for f in entry.facts if f in base.events)

"""Who wants to hear more about something asks what the article says of it ("tell me more about Yeltsin")."""

from __future__ import annotations

from bot.dialogue.rules.rule import Example
from bot.dialogue.stand_ins import question_on
from bot.dialogue.turn import Turn
from bot.facts.model import Entity
from bot.language.steering_words import Object, wants_more_about
from bot.questions import unknown_names
from bot.questions.question import Question

NAME = "more_about"
EXAMPLES = (
    Example((), "Tell me more about Castermere", "What does the article say about Castermere?"),
    Example((), "more info on Marshall please", "Who was Ivo Marshall?"),
    Example(
        (), "explain how long it was alone", "how long it was alone", reads={"how long it was alone": "alone_how_long"}
    ),
)

_READ = 0.5
"""How surely the words after "more about" must read as a question of their own."""


def apply(turn: Turn) -> Question | None:
    """Return the question about what the message wants more of, None where it wants no more, or of nothing named."""
    wanted = _wanted(turn)
    if not wanted:
        return None
    entity = named_object(turn)
    if entity and (asked := question_on(turn.base, entity)):
        return turn.read(asked)
    describing = turn.base.intent_of_operation.get("describe")
    if describing and unknown_names.unknown(turn.base, turn.question):
        return turn.question.with_(intent=describing, confidence=1.0, ranking=())
    own = turn.read(wanted.text)
    if own.intent in turn.base.answers and own.confidence >= _READ:
        return own.with_(ask=1.0, true=0.0, false=0.0)
    return None


def named_object(turn: Turn) -> Entity | None:
    """Return the thing of which a message wants to hear more, None where it says more than its name."""
    wanted, base, question = _wanted(turn), turn.base, turn.question
    if not wanted:
        return None
    inside = [m for m in question.mentions if m.start >= wanted.start and m.end > m.start]
    named = [m.value for m in inside if m.entity in base.vocabulary.nameable and m.value in base.entities]
    # The whole is named in passing; anything else that is named is what is meant.
    named.sort(key=lambda i: base.entities[i].type in base.vocabulary.wholes)
    name_only = len(wanted.text.split()) <= 1 + sum(len(question.text[m.start : m.end].split()) for m in inside)
    return base.entities[named[0]] if named and name_only else None


def _wanted(turn: Turn) -> Object | None:
    return None if turn.question.intent in turn.base.answers else wants_more_about(turn.question.text)

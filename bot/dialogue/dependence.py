"""Whether a message says by itself what it asks, or needs the question before it."""

from __future__ import annotations

from bot.dialogue.turn import Turn
from bot.facts.base import FactBase
from bot.language.reference_words import has_bare_pronoun, leans_back, word_count
from bot.questions.mentions import DATE, EVENT
from bot.questions.question import Question

SURE = 0.85
"""How sure the reading of a message on its own must be to stand, unless its words reach back."""
SHORT = 4
"""A message of so few words is read with the question before it, if there is one and its own reading is unsure."""
_POINTS_TO_NOTHING = 7
"""Words of an opening that may be too few to tell what it is about."""


def leans(question: Question) -> bool:
    """True where words such as "it", "and" or "the other" reach back to something said before."""
    return leans_back(question.text)


def depends(question: Question) -> bool:
    """True where a message may need the question before it to be understood."""
    return leans(question) or (word_count(question.text) <= SHORT and question.confidence < SURE)


def follows_up(turn: Turn) -> bool:
    """True where there is a question before, and the message as it was said may need it."""
    return turn.memory.has_question and depends(turn.said)


def unclear(base: FactBase, question: Question) -> bool:
    """True where an opening message speaks of "it" or "him", and nothing tells what that is."""
    named = [m for m in question.mentions if m.entity in (*base.vocabulary.nameable, EVENT, DATE)]
    return has_bare_pronoun(question.text) and not named and word_count(question.text) <= _POINTS_TO_NOTHING


def only_talk(base: FactBase, question: Question) -> bool:
    """True for "no", "See you!" and "Thanks, that's all": said of no question, whatever was asked before."""
    return question.intent in base.wording["social"] and question.confidence >= SURE

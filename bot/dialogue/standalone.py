"""The question of an answer in words that need nothing before them: what a link to the answer asks."""

from __future__ import annotations

from bot.dialogue.memory import Memory
from bot.dialogue.resolve import depends
from bot.questions.question import Question


def standing_alone(memory: Memory, question: Question) -> str | None:
    """Return the question that a follow-up stood for ("And then?"), None where the message itself can be asked again.

    `memory` is that after the turn.
    """
    understood = memory.last_question_turn == memory.turn and memory.last_question
    return memory.last_question if understood and depends(question) and memory.last_question != question.text else None

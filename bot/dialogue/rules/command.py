"""A word that always does the same ("help", "/sources"), and every way to start over.

"help" is help in the middle of anything: it is not read as a follow-up.
"""

from __future__ import annotations

from bot.dialogue.rules.rule import Example
from bot.dialogue.turn import Turn
from bot.facts.base import FactBase
from bot.language.about_conversation import wants_your_words_again
from bot.language.steering_words import command_word
from bot.questions.question import Question

NAME = "command"
EXAMPLES = (
    Example((), "explain", "explain", intent="ask_why_matched"),
    Example(
        ("When did Brennock leave the League?",), "/Explain@some_bot", "/Explain@some_bot", intent="ask_why_matched"
    ),
    Example((), "Once more from the top", "Once more from the top", reads={"Once more from the top": "start_over"}),
)


def command_of(base: FactBase, question: Question) -> str | None:
    """Return the intent of a message that is just a command, or means no more, None for any other."""
    if wants_your_words_again(question.text):
        return base.vocabulary.intents.repeat or None
    return base.wording.get("commands", {}).get(command_word(question.text))


def apply(turn: Turn) -> Question | None:
    """Return the command as it is."""
    command = command_of(turn.base, turn.question)
    if command:
        return turn.question.with_(intent=command, confidence=1.0)
    return turn.question if turn.question.intent == turn.base.vocabulary.intents.start_over else None

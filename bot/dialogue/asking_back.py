"""Asking back where a message can mean several things: which question it is, whom it is about."""

from __future__ import annotations

from bot.answers.answer_record import Reason
from bot.answers.reply import CLARIFY, NOT_IN_DOCUMENT, Reply
from bot.dialogue.memory import Memory, PendingChoice
from bot.dialogue.turn import Turn
from bot.facts.base import FactBase
from bot.language.choice_words import picked_number
from bot.language.reference_words import he_in, word_count
from bot.language.sentences import sentences_of
from bot.questions.mentions import EVENT
from bot.questions.question import Question

_LIKELY = 3
"""How many of the likeliest questions are offered, at most."""
_FEW_WORDS = 8
"""In a longer message "him" is taken to be explained by the message itself."""
_MOST = 9
"""What can be picked by number."""


def which_question(turn: Turn) -> Reply | None:
    """Ask which of the likeliest questions is meant; None where there is none to offer."""
    base, question = turn.base, turn.question
    likely = tuple(intent for intent, _ in question.ranking if intent in base.answers)[:_LIKELY]
    if not likely:
        return None
    turn.memory.waiting = PendingChoice(question.intent, question.text, likely)
    buttons = tuple(base.answers[intent].question for intent in likely)
    text = sentences_of(base.wording["clarify"]["what_question"])
    return Reply(text, CLARIFY, buttons=buttons, reason=Reason.UNCLEAR)


def who_he_is(turn: Turn) -> Reply | None:
    """Ask who "he" is where no person was spoken of; None where that is known. What was asked before stays."""
    people = _whom(turn)
    if not people or turn.opens or not turn.base.knows(turn.question.intent):
        return None
    turn.memory.waiting = PendingChoice(turn.question.intent, turn.said.text, people)
    names = tuple(turn.base.entities[i].name for i in people)
    text = turn.base.wording["clarify"]["which"]
    return Reply((text,), CLARIFY, buttons=names, choices=people, reason=Reason.UNCLEAR)


def another(turn: Turn) -> Reply | None:
    """Ask for the name where none of the choices offered is picked, but "another"; None for any other message."""
    base, said, offered = turn.base, turn.question.text, turn.memory.choices_offered
    text = base.wording["clarify"]["another"]
    if not turn.memory.waiting or text not in offered:
        return None
    number = picked_number(said, _MOST) if said.isdigit() else None
    picked = offered[number - 1 :][:1] if number else [said]
    if not picked or picked[0].strip(" .!").lower() != text.lower():
        return None
    return Reply(sentences_of(base.wording["clarify"]["name_it"]), CLARIFY, reason=Reason.UNCLEAR)


def once_more(base: FactBase, memory: Memory, waiting: PendingChoice) -> Reply:
    """Put the question back again that waits for a choice."""
    choices = _offered(base, memory, waiting)
    return Reply((base.wording["clarify"]["which"],), CLARIFY, buttons=choices, reason=Reason.UNCLEAR)


def not_among(base: FactBase, memory: Memory, waiting: PendingChoice) -> Reply:
    """Say that a message picks none of the choices, which stay open: no question back, or it would be a loop."""
    text = sentences_of(base.wording["clarify"]["not_among"])
    choices = _offered(base, memory, waiting)
    return Reply(text, NOT_IN_DOCUMENT, buttons=choices, reason=Reason.NOT_UNDERSTOOD)


def picks(memory: Memory, question: Question) -> bool:
    """True where a message is the number of something that is offered."""
    waiting = len(memory.waiting.choices) if memory.waiting else 0
    return any(picked_number(question.text, most) for most in (waiting, len(memory.choices_offered)))


def _offered(base: FactBase, memory: Memory, waiting: PendingChoice) -> tuple[str, ...]:
    """Return the choices of a question that waits, with "another" where that was offered too."""
    names = [base.entities[i].name if i in base.entities else base.answers[i].question for i in waiting.choices]
    shown = memory.choices_offered
    return tuple(shown if shown[: len(names)] == names else names)


def _whom(turn: Turn) -> tuple[str, ...]:
    """Return the people that "he" may be where nobody was spoken of, () where the message names or needs none."""
    base, question = turn.base, turn.question
    if he_in(question.text) is None or word_count(question.text) > _FEW_WORDS:
        return ()
    if turn.memory.recent(frozenset(base.people)):
        return ()
    if any(m.entity in (*base.vocabulary.stand_in, EVENT) and m.end > m.start for m in question.mentions):
        return ()
    known = tuple(i for i in base.people if not base.entities[i].outside)
    return known if len(known) > 1 else ()

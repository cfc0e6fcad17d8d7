"""Asking back where a message can mean several things: which question it is, whom it is about."""

from __future__ import annotations

from bot.answers.answer_record import Reason
from bot.answers.reply import CLARIFY, Reply
from bot.dialogue.memory import PendingChoice
from bot.dialogue.turn import Turn
from bot.facts.base import FactBase
from bot.language.choice_words import picked_number
from bot.language.reference_words import he_in, word_count
from bot.language.sentences import sentences_of
from bot.questions.mentions import EVENT

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


def once_more(base: FactBase, waiting: PendingChoice) -> Reply:
    """Put the question back again that waits for a choice."""
    names = [base.entities[i].name if i in base.entities else base.answers[i].question for i in waiting.choices]
    return Reply((base.wording["clarify"]["which"],), CLARIFY, buttons=tuple(names), reason=Reason.UNCLEAR)


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

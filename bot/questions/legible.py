"""Messages that cannot be read at all: signs without words, another language, a template with a gap left open."""

from __future__ import annotations

import unicodedata

from bot.language.no_language import BLANK, has_gap_where_it_asks, is_identifier
from bot.language.other_languages import is_foreign
from bot.questions.question import Question

BLANKS, NOT_UNDERSTOOD, NO_WORDS, OTHER_SCRIPT = "blank", "not_understood", "no_words", "other_script"
"""How to say that a message cannot be read: keys of the wording."""


def unreadable(question: Question, is_talk: bool) -> str | None:
    """Return how to say that a message cannot be read at all (a key of the wording), None where it can.

    `is_talk`: whether it is surely small talk, which is known in other languages too ("Merci!").
    """
    text, whole = question.text, question.whole or question.text
    if has_gap_where_it_asks(text):
        return BLANKS
    if is_identifier(whole):
        return NOT_UNDERSTOOD
    # A gap that is not what is asked for ("____ When did it leave?") is as good as not there.
    text = BLANK.sub("", text)
    letters = [c for c in text if c.isalpha()]
    if not letters:
        if any(c.isdigit() for c in text):
            return None
        return NO_WORDS if text == question.text else NOT_UNDERSTOOD
    foreign = sum(not unicodedata.name(c, "").startswith("LATIN") for c in letters)
    if foreign > len(letters) / 2 or (is_foreign(whole) and not is_talk):
        return OTHER_SCRIPT
    return None

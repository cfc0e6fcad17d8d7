"""Names in a message of whom or what the article does not mention: "Who was Lenin?"."""

from __future__ import annotations

from bot.facts.base import FactBase
from bot.language.names import asked_name, is_no_name, is_particle
from bot.language.words import fold, join_choices, without_possessive
from bot.questions.question import Question

_SOME_ODDS = 0.02
_FEW_WORDS = 2
"""Of a name that is written without capitals, at most."""


def outside(base: FactBase, question: Question) -> str | None:
    """Return the names in a message that the fact base knows to be none of the article's, as they are written there."""
    found = []
    for mention in question.mentions:
        entity = base.entities.get(mention.value)
        if entity and entity.outside:
            written = question.text[mention.start : mention.end]
            # An adjective ("Uzbek") is no name; a place may have several, of which the writer chose one.
            kind = base.vocabulary.kinds.get(entity.type)
            by_own_name = not written or (kind and kind.own_name) or fold(written) == fold(entity.name)
            found.append(entity.name if by_own_name else without_possessive(written))
    return join_choices(list(dict.fromkeys(found))) or None


def unknown(base: FactBase, question: Question, described: bool = False) -> str | None:
    """Return the name that a message asks about and that nobody knows here, None where it is no name.

    Without capitals only what is asked to be `described` is taken for one. It is said back to its writer, so whatever
    could be an insult or no name at all is none.
    """
    asked = asked_name(question.text)
    if not asked or dict(question.ranking).get(base.vocabulary.intents.insult, 0.0) >= _SOME_ODDS:
        return None
    if any(m.start < asked.end and asked.start < m.end for m in question.mentions if m.end > m.start):
        return None
    if any(_is_known_word(base, word) and not is_particle(word) for word in asked.words):
        return None
    if asked.written_as_names_are and not question.text.isupper() and not question.text.istitle():
        return asked.text
    return asked.text if described and asked.described and len(asked.words) <= _FEW_WORDS else None


def _is_known_word(base: FactBase, word: str) -> bool:
    return is_no_name(word) or fold(word) in base.article_words or fold(word) in base.vocabulary.words

"""Names in a message of whom or what the article does not mention: "Who was Lenin?"."""

from __future__ import annotations

import re

from bot.facts.base import FactBase
from bot.language.words import fold
from bot.questions.question import Question

_LONGEST = 40
_PARTICLE = r"(?:van|von|de|del|da|di|la|le|bin|ibn|al|el|den|der|ter)"
_PART = r"[^\W\d_](?:[^\W\d_]|['’-](?=[^\W\d_])){1,19}"
_NAME = rf"(?P<name>{_PART}(?:\s+(?:{_PARTICLE}\s+)*{_PART}){{0,3}})"
_ASKED = re.compile(
    r"^\W*(?:(?:and|so|but|ok|okay|well|hi|hello|hey|please|pls)\b\W*)*"
    r"(?:who(?:['’]?s|\s+(?:is|was|are|were))|(?:what|how)\s+about|"
    r"(?:do|did|have)\s+you\s+(?:know|heard)(?:\s+(?:about|of))?|"
    r"(?:(?:can|could|would|will)\s+you\s+)?(?:please\s+)?tell\s+me\s+(?:\w+\s+)?about|what\s+do\s+you\s+know\s+(?:about|of)|"
    r"what\s+does\s+(?:it|the\s+(?:article|text))\s+say\s+(?:about|of))"
    rf"\s+{_NAME}\s*[?.!]*\s*$",
    re.I,
)
_ACTED = re.compile(
    r"^\W*(?i:(?:(?:and|so|but)\b\W*)*(?:when|where|why|how)\s+(?:did|was|were|is|has|had))\s+"
    r"(?P<name>[A-Z][\w'’-]+(?:\s+[A-Z][\w'’-]+){0,2})\s+[a-z]"
)
_NO_NAMES = frozenset(
    """
    a about after again all also an and any anybody anyone are article before being best better bot both but chief
    could did do else ever every everybody everyone first for from go he head her here him his how i if in it its just
    last leader leaving left less like made man me meant mine more most my nobody none not now of off on one only or
    other our president responsible right said sent she so some somebody someone state still text that the their them
    then there these they this those to today too us was we were what when where which who whom whose why winner with
    woman worse worst would you your yours country capital new old real true god
    """.split()
)
_NO_NAME_ENDS = ("ing", "ed", "ible", "able", "ful", "less", "ous", "est", "ly", "ness", "tion", "ive")
_INSULT, _SOME_ODDS = "insult", 0.02


def outside(base: FactBase, question: Question) -> str | None:
    """Return the names in a message that the fact base knows to be none of the article's, as they are written there."""
    found = []
    for mention in question.mentions:
        entity = base.entities.get(mention.value)
        if entity and entity.outside:
            written = question.text[mention.start : mention.end]
            # "Uzbek" is no name of a state; "Alma-Ata" is one of a place, and its writer's own.
            same = not written or entity.type == "state" or fold(written) == fold(entity.name)
            found.append(entity.name if same else re.sub(r"['’]s?$", "", written))
    return " or ".join(dict.fromkeys(found)) or None


def unknown(base: FactBase, question: Question, described: bool = False) -> str | None:
    """Return the name that a message asks about and that nobody knows here, None where it is no name.

    Without capitals only what is asked to be `described` is taken for one. It is said back to its writer, so whatever
    could be an insult or no name at all is none.
    """
    found = _ASKED.match(question.text) or _ACTED.match(question.text)
    if not found or len(found["name"]) > _LONGEST or dict(question.ranking).get(_INSULT, 0.0) >= _SOME_ODDS:
        return None
    name, start = found["name"], found.start("name")
    if any(m.start < start + len(name) and start < m.end for m in question.mentions if m.end > m.start):
        return None
    words = name.split()
    if any(_is_no_name(base, word) and not re.fullmatch(_PARTICLE, word) for word in words):
        return None
    capitals = all(word[0].isupper() or re.fullmatch(_PARTICLE, word) for word in words)
    titled = capitals and not question.text.isupper() and not question.text.istitle()
    return name if titled or (described and _ASKED.match(question.text) and len(words) <= 2) else None


def _is_no_name(base: FactBase, word: str) -> bool:
    plain = fold(word)
    return plain in _NO_NAMES or plain in base.article_words or plain.endswith(_NO_NAME_ENDS)

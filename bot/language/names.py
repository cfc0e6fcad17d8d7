"""Names in questions: where one stands ("Who was Lenin?"), and which words are none."""

from __future__ import annotations

import re
from typing import NamedTuple

from bot.language.words import fold

_LONGEST = 40
"""Letters of a name, at most."""
_PARTICLE = r"(?:van|von|de|del|da|di|la|le|bin|ibn|al|el|den|der|ter)"
_PART = r"[^\W\d_](?:[^\W\d_]|['’-](?=[^\W\d_])){1,19}"
_NAME = rf"(?P<name>{_PART}(?:\s+(?:{_PARTICLE}\s+)*{_PART}){{0,3}})"
_ASKED_ABOUT = re.compile(
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
    last less like made me meant mine more most my nobody none not now of off on one only or
    other our responsible right said sent she so some somebody someone still text that the their them
    then there these they this those to today too us was we were what when where which who whom whose why winner with
    woman worse worst would you your yours new old real true god
    """.split()
)
_NO_NAME_ENDS = ("ing", "ed", "ible", "able", "ful", "less", "ous", "est", "ly", "ness", "tion", "ive")


class AskedName(NamedTuple):
    """Words that stand where a name would."""

    words: tuple[str, ...]
    text: str
    start: int
    described: bool
    """Whether its place asks what is behind the name ("Who is ...?"), not what it did ("When did ... leave?")."""

    @property
    def end(self) -> int:
        """Where it ends in the question."""
        return self.start + len(self.text)

    @property
    def written_as_names_are(self) -> bool:
        """True where all of it has capitals, but for particles ("Ludwig van Beethoven")."""
        return all(word[0].isupper() or is_particle(word) for word in self.words)


def asked_name(text: str) -> AskedName | None:
    """Return what a question asks about, where it stands in the place of a name, known or not.

    >>> asked_name("And who was Ada Lovelace?").text, asked_name("when did it end?")
    ('Ada Lovelace', None)
    """
    described = _ASKED_ABOUT.match(text)
    found = described or _ACTED.match(text)
    if not found or len(found["name"]) > _LONGEST:
        return None
    return AskedName(tuple(found["name"].split()), found["name"], found.start("name"), bool(described))


def is_particle(word: str) -> bool:
    """True for "van", "de", "ibn" and the like, which names have in their middle."""
    return bool(re.fullmatch(_PARTICLE, word))


def is_no_name(word: str) -> bool:
    """True for common words ("everybody", "winner") and for words with an ending that names hardly have."""
    plain = fold(word)
    return plain in _NO_NAMES or plain.endswith(_NO_NAME_ENDS)

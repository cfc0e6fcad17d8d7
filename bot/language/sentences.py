"""Sentences: of a text that was written with care, and the parts of a message that may each be a question."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import Protocol

from bot.language.words import capitalised

_SENTENCE_END = re.compile(r"(?<=[.?!])\s+(?=[\"“‘A-Z0-9])")
"""A sentence ends at . ? or ! before white space and a capital letter, digit or opening quote."""
_END = re.compile(r"(?<=[.?!…])[\"'”’)]*\s+|\n+|(?<=\w):\s+|\s+[-–—]\s+|;\s+")
_PIECE_END = re.compile(r"(?<=[.?!…])[\"'”’)]*\s+|\n+|(?<=\w)[:;]\s+|[\"“”«»]")
_CLAUSE_END = re.compile(r"[:;] ")
_LEAST_WORDS = 4
"""Words that a clause needs to stand for its sentence ..."""
_COUNTS = (" day", " days")
"""... unless it is a count."""
_WORD = re.compile(r"\w+")
_QUESTION = re.compile(r"\?[\"'”’)]*$|^(and |so |but )?(who|whom|whose|what|which|when|where|why|how)\b", re.I)
_FORMULA = re.compile(
    r"\W*((true|right|correct|yes|fact)( or |/)(false|wrong|incorrect|no|not|fiction)|t/f|y/n|quick question|"
    r"(that'?s|that is) (it|all)|(and )?one more( thing)?|fact check)\W*",
    re.I,
)
"""Asks nothing by itself; read after a question it would be taken for that question again."""
MOST = 8
"""Longer messages keep only their last parts: the question mostly stands at the end."""


def sentences_of(text: str) -> tuple[str, ...]:
    """Return the sentences of a carefully written text, such as an article or a prepared answer.

    >>> sentences_of("It left on the 3rd. 40 ships went with it.")
    ('It left on the 3rd.', '40 ships went with it.')
    """
    return tuple(part for part in _SENTENCE_END.split(text.strip()) if part)


def as_sentence(clause: str) -> str:
    """Return a clause as a sentence of its own, with a capital and a full stop."""
    return capitalised(clause).rstrip(".") + "."


def first_clause(sentence: str) -> str:
    """Return what stands before a colon or semicolon as a sentence, where that says something by itself.

    >>> first_clause("Four days: from the 3rd to the 7th."), first_clause("In June: the fleet left.")
    ('Four days.', 'In June: the fleet left.')
    """
    clause, *rest = _CLAUSE_END.split(sentence)
    says_enough = len(clause.split()) >= _LEAST_WORDS or clause.endswith(_COUNTS)
    return f"{clause}." if rest and says_enough else sentence


def segments(text: str) -> list[str]:
    """Return the whole text, then its parts where there are several.

    >>> segments("Hi! I teach history. When did it end?")
    ['Hi! I teach history. When did it end?', 'Hi!', 'I teach history.', 'When did it end?']
    """
    parts = [part.strip() for part in _END.split(text)]
    parts = [part for part in parts if _WORD.search(part)]
    if len(parts) < 2:
        return [text]
    return [text, *[part for part in parts if not _FORMULA.fullmatch(part)][-MOST:]]


def pieces(text: str) -> list[str]:
    """Return the sentences of a text, and what stands in quotation marks in it, each by itself."""
    return [piece.strip() for piece in _PIECE_END.split(text)]


_WHOLE_BONUS = 0.1
"""A part has to be this much clearer than the whole message to be read instead."""


class ReadPart(Protocol):
    """A part of a message as a model reads it: as much as it takes to choose among parts."""

    intent: str
    confidence: float


def choose(readings: Sequence[ReadPart], parts: Sequence[str] = (), aside: Collection[str] = ()) -> int:
    """Return which reading to trust: of the whole message (the first), or of the part that asks most clearly.

    Intents that are an `aside` yield to another in the same message: "Hi! ...", "I teach history. ...".

    Of "Which date? I need it for my first slide." the question is read, however clearly the rest could be one.
    """
    whole = readings[0]
    asking = [i for i, reading in enumerate(readings) if i and reading.intent not in aside]
    if not asking:
        return 0
    asking = [i for i in asking if parts and _QUESTION.search(parts[i])] or asking
    best = max(asking, key=lambda i: readings[i].confidence)
    keeps = whole.intent not in aside and whole.confidence >= readings[best].confidence - _WHOLE_BONUS
    return 0 if keeps else best

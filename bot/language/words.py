"""Words as English writes them: finding, folding and joining them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*|&")
"""A word with its possessive or short form ("Russia's", "didn't"), or the sign for "and"."""
NAME_PART = re.compile(r"(?:[^\W_]\.){2,}[^\W_]?|[^\W_]+(?:['’][^\W_]+)*")
"""A word, or an abbreviation with points ("U.N.")."""
POSSESSIVE = re.compile(r"['’]s?$")


class Found(NamedTuple):
    """A piece of a text, `text[start:end]`, and what it stands for."""

    value: str
    start: int
    end: int


def fold(text: str) -> str:
    """Return text in lower case, without accents and with straight apostrophes."""
    decomposed = unicodedata.normalize("NFKD", text.replace("’", "'"))
    return "".join(c for c in decomposed if not unicodedata.combining(c)).casefold()


def without_possessive(word: str) -> str:
    """Return a word without its "'s"."""
    return POSSESSIVE.sub("", word)


def words_of(text: str) -> list[str]:
    """Return the words of a text, in lower case and with straight apostrophes."""
    return [match.group().lower().replace("’", "'") for match in WORD.finditer(text)]


def join(items: Sequence[str], word: str = "and") -> str:
    """Return a list as a sentence has it: one, two and three; or with another word before the last."""
    return f" {word} ".join(filter(None, [", ".join(items[:-1]), *items[-1:]]))


def capitalised(text: str) -> str:
    """Return a text with its first letter as a capital."""
    return text[:1].upper() + text[1:]

"""Words as English writes them: finding, folding and joining them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from bot.language.function_words import ARTICLE

WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*|&")
"""A word with its possessive or short form ("Russia's", "didn't"), or the sign for "and"."""
NAME_PART = re.compile(r"(?:[^\W_]\.){2,}[^\W_]?|[^\W_]+(?:['’][^\W_]+)*")
"""A word, or an abbreviation with points ("U.N.")."""
_BARE = re.compile(r"[^\W_]+")
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


def plain(text: str) -> str:
    """Return a question folded, without the marks around it: two that are the same but for those are one."""
    return fold(text).strip(" .?!\"'“”")


def without_possessive(word: str) -> str:
    """Return a word without its "'s"."""
    return POSSESSIVE.sub("", word)


def words_of(text: str) -> list[str]:
    """Return the words of a text, in lower case and with straight apostrophes."""
    return [match.group().lower().replace("’", "'") for match in WORD.finditer(text)]


def bare_words(text: str) -> list[str]:
    """Return what stands between signs and spaces, in lower case: of "Russia's" both "russia" and "s"."""
    return [word.lower() for word in _BARE.findall(text)]


def has_any(text: str, words: Sequence[str]) -> bool:
    """True where a text has one of some words or phrases; `sign*` stands for all words that begin so."""
    return bool(_any_of(tuple(words)).search(text))


def place_of_any(text: str, words: Sequence[str]) -> tuple[int, int] | None:
    """Return where the first of some words or phrases stands in a text, None where none of them does."""
    found = _any_of(tuple(words)).search(text) if words else None
    return found.span() if found else None


def is_definite(name: str) -> bool:
    """True for "the lawyers", which are certain ones; "many countries" are not."""
    return name.lower().startswith(f"{ARTICLE} ")


@lru_cache(256)
def _any_of(words: tuple[str, ...]) -> re.Pattern[str]:
    spelt = (re.escape(word).replace(r"\*", r"\w*").replace(r"\ ", r"\W+") for word in words)
    return re.compile(rf"\b(?:{'|'.join(spelt)})\b", re.I)


def join(items: Sequence[str], word: str = "and") -> str:
    """Return a list as a sentence has it: one, two and three; or with another word before the last."""
    return f" {word} ".join(filter(None, [", ".join(items[:-1]), *items[-1:]]))


def join_choices(items: Sequence[str]) -> str:
    """Return a list of which one is meant: one, two or three."""
    return join(items, "or")


def capitalised(text: str) -> str:
    """Return a text with its first letter as a capital."""
    return text[:1].upper() + text[1:]

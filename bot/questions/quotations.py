"""Sentences of the article that a message brings along: "<two sentences pasted> Did that work?"."""

from __future__ import annotations

import re

from bot.facts.base import FactBase
from bot.language.sentences import pieces

_WORD = re.compile(r"\w+")
_LEAST = 5
"""Words that a piece must have to be taken for the article's and not for the asker's own."""


def without_quotes(base: FactBase, text: str) -> tuple[str, str] | None:
    """Return the last piece that stands in the article word for word, and what the message says besides.

    None where nothing is quoted, or nothing else is said.
    """
    if len(_WORD.findall(text)) <= _LEAST:
        return None
    article = _plain(base.article.text)
    parts = pieces(text)
    taken = [part for part in parts if len(_WORD.findall(part)) >= _LEAST and _plain(part) in article]
    own = " ".join(part for part in parts if part not in taken and _WORD.search(part))
    return (taken[-1], own) if taken and own else None


def _plain(text: str) -> str:
    return f" {' '.join(_WORD.findall(text.lower()))} "

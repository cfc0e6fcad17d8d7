"""Splits a message into the parts that may each be a question of their own."""

from __future__ import annotations

import re

_END = re.compile(r"(?<=[.?!…])[\"'”’)]*\s+|\n+|(?<=\w):\s+|\s+[-–—]\s+|;\s+")
_WORD = re.compile(r"\w+")
MOST = 8
"""Longer messages keep only their last parts: the question mostly stands at the end."""


def segments(text: str) -> list[str]:
    """Return the whole text, then its parts where there are several.

    >>> segments("Hi! I teach history. When did it end?")
    ['Hi! I teach history. When did it end?', 'Hi!', 'I teach history.', 'When did it end?']
    """
    parts = [part.strip() for part in _END.split(text)]
    parts = [part for part in parts if _WORD.search(part)]
    return [text] if len(parts) < 2 else [text, *parts[-MOST:]]

"""Long text in pieces that a platform takes, cut where a reader would pause. Pure functions."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

# Where to cut, best first: after a paragraph, a line, a sentence, a word.
_ENDS = tuple(
    re.compile(pattern) for pattern in (r"\n\s*\n\s*", r"\s*\n\s*", r"(?<=[.!?…])[\"'”’)\]]*\s+", r"[^\S\n]+")
)
_LEAST = 3
"""A piece ends at a good place only if that leaves it at least 1/3 full."""
_ZERO_WIDTH_JOINER = "\u200d"


def utf16(text: str) -> int:
    """Count UTF-16 units, which is how Telegram measures text."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def split(text: str, limit: int, size: Callable[[str], int] = len) -> list[str]:
    """Cut `text` into pieces of at most `limit`; joined they are `text` again.

    A piece can be all white space where the text has a run of it that long.
    """
    pieces = []
    while size(text) > limit:
        room = _fits(text, limit, size)
        cut = _good_end(text, room) or _whole_sign(text, room)
        pieces.append(text[:cut])
        text = text[cut:]
    return [*pieces, text] if text else pieces


def _fits(text: str, limit: int, size: Callable[[str], int]) -> int:
    """Return how many characters fit; at least one, or there would be no end."""
    low, high = 1, min(len(text), limit)  # no measure counts a character as less than one
    while low < high:
        middle = (low + high + 1) // 2
        if size(text[:middle]) <= limit:
            low = middle
        else:
            high = middle - 1
    return low


def _good_end(text: str, room: int) -> int | None:
    for pattern in _ENDS:
        ends = [match.end() for match in pattern.finditer(text, 0, room) if match.end() > room // _LEAST]
        if ends:
            return ends[-1]
    return None


def _whole_sign(text: str, room: int) -> int:
    """Cut anywhere, but not between a sign and what is joined to it, unless that never ends."""
    for cut in range(room, max(room - 32, 0), -1):
        joined = text[cut] == _ZERO_WIDTH_JOINER or text[cut - 1] == _ZERO_WIDTH_JOINER
        if not joined and not unicodedata.combining(text[cut]) and unicodedata.category(text[cut]) != "Mn":
            return cut
    return room

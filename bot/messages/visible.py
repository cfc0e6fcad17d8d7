"""Text for terminals, logs and reports in which nothing is invisible and nothing gives the terminal orders.

What people write, and what is kept of it, can hold escape sequences (ESC, the C1 controls, OSC), signs that turn the
direction of writing, and halves of surrogate pairs, which cannot be encoded at all. Whatever prints such text to a
terminal sends it through here.
"""

from __future__ import annotations

import json
import logging
import unicodedata
from typing import Any

_UNSEEN = ("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp")
"""Control, format (directions, joiners), surrogates, private, unassigned; separators of lines and of paragraphs."""


def visible(text: str) -> str:
    r"""Return a text with its control and format characters and lone surrogates spelt out (ESC as \x1b).

    Line ends and tabs stay.
    """
    return "".join(map(_escaped, text.replace("\r\n", "\n")))


def visible_json(content: Any) -> str:
    """Return content as JSON on one line, in which what is not visible is escaped as JSON does it."""
    text = json.dumps(content, ensure_ascii=False)
    # Outside of strings JSON has nothing but visible ASCII.
    return "".join(json.dumps(sign)[1:-1] if _is_unseen(sign) else sign for sign in text)


class VisibleFormatter(logging.Formatter):
    """Writes an event without orders to the terminal; lines after its first are indented, so that no text that somebody
    wrote can pass for an event of its own."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the lines of an event."""
        return visible(super().format(record)).replace("\n", "\n    ")


def _escaped(sign: str) -> str:
    return sign.encode("unicode_escape").decode("ascii") if _is_unseen(sign) and sign not in "\n\t" else sign


def _is_unseen(sign: str) -> bool:
    return unicodedata.category(sign) in _UNSEEN

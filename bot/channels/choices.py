"""How choices are shown that can be pressed or picked by number. Pure functions.

Which choice a number picks is worked out in the conversation (`bot.dialogue`), the same for all channels.
"""

from __future__ import annotations

import re

MOST = 9
"""The bot takes numbers of one digit."""

_NUMBERED = re.compile(r"[1-9]\. ")


def label(title: str, number: int, of: int) -> str:
    """Return a title with its number (from 0) in front, where there are several to tell apart."""
    return f"{number + 1}. {title}" if 1 < of <= MOST and title.strip() else title


def listed(titles: list[str]) -> str:
    """Return titles one a line, for where nothing can be pressed."""
    return "\n".join(label(title, number, len(titles)) for number, title in enumerate(titles) if title.strip())


def unlabelled(shown: str) -> str:
    """Return the title of what is shown."""
    return _NUMBERED.sub("", shown, count=1) if _NUMBERED.match(shown) else shown

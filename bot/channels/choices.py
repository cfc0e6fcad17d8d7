"""How choices are shown that can be pressed or picked by number. Pure functions.

Which choice a number picks is worked out in the conversation (`bot.dialogue`), the same for all channels.
"""

from __future__ import annotations

MOST = 9
"""The bot takes numbers of one digit."""


def label(title: str, number: int, of: int) -> str:
    """Return a title with its number (from 0) in front, where there are several to tell apart."""
    return f"{number + 1}. {title}" if 1 < of <= MOST and title.strip() else title


def listed(titles: list[str]) -> str:
    """Return titles one a line, for where nothing can be pressed."""
    return "\n".join(label(title, number, len(titles)) for number, title in enumerate(titles) if title.strip())

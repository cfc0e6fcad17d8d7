"""The buttons of a reply as a platform shows them, read back by its driver."""

from __future__ import annotations

import re

_NUMBERED = re.compile(r"[1-9]\. ")


def unlabelled(shown: str) -> str:
    """Return the title of a button, without the number that may stand before it."""
    return _NUMBERED.sub("", shown, count=1) if _NUMBERED.match(shown) else shown

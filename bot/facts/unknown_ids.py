"""How the checks report a name that the fact base refers to and that nobody knows."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterable, Iterator

_SHOWN = 8


def unknown(key: str, names: Iterable[str | None], known: Collection[str], what: str) -> Iterator[str]:
    """Yield a line for each name that is not among the known ones, with those that it may be meant for."""
    for name in names:
        if name and name not in known:
            yield f"{key}: there is no {what} {name}; valid is {closest(name, known)}"


def closest(wanted: str, known: Collection[str]) -> str:
    """Return the known names that are most like one that is not known, or the first of them where none is like it."""
    return ", ".join(difflib.get_close_matches(wanted, list(known), n=3, cutoff=0.4) or sorted(known)[:_SHOWN])

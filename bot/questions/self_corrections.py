"""Self-corrections within one message: "When did Belarus, no wait, Russia leave?" asks about Russia."""

from __future__ import annotations

import re

from bot.questions.mentions import Mention

_TAKEN_BACK = re.compile(
    r"\b(no,? wait|wait,? no|no,? (i mean|i meant|sorry|not that)|i mean|i meant|(or|no),? rather|sorry|scratch that|"
    r"correction|actually|excuse me|pardon|my mistake|oops)\b",
    re.I,
)
_NOT_BUT = re.compile(r"^[\s,]*(but|rather|,)[\s,]*(about |for |of |the )*$", re.I)
_NOT = re.compile(r"\bnot( about| for| of| the)*\s*$", re.I)
_FAR = 8
"""Words between the slip and what was meant, at most."""


def meant(text: str, mentions: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """Return the mentions without those that the same message takes back.

    "... after Russia went, I mean after Belarus went" and "not Russia but Belarus" both mean Belarus.
    """
    placed = sorted((m for m in mentions if m.end > m.start and m.entity != "order"), key=lambda m: m.start)
    dropped = set()
    for slip, right in zip(placed, placed[1:], strict=False):
        if slip.entity != right.entity or slip.value == right.value or slip.end > right.start:
            continue
        between = text[slip.end : right.start]
        corrected = _TAKEN_BACK.search(between) and len(between.split()) <= _FAR and not re.search(r"[.?!]", between)
        if corrected or (_NOT.search(text[: slip.start]) and _NOT_BUT.search(between)):
            dropped.add(slip)
    return tuple(m for m in mentions if m not in dropped)

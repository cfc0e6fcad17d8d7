"""Self-corrections within one message: "When did Belarus, no wait, Russia leave?" asks about Russia."""

from __future__ import annotations

from bot.language.corrections import is_taken_back
from bot.questions.mentions import ORDER, Mention
from bot.questions.scope import replaced


def meant(text: str, mentions: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """Return the mentions without those that the same message takes back.

    "... after Russia went, I mean after Belarus went" and "not Russia but Belarus" both mean Belarus.
    """
    placed = sorted((m for m in mentions if m.end > m.start and m.entity != ORDER), key=lambda m: m.start)
    dropped = set()
    for first, second in zip(placed, placed[1:], strict=False):
        if first.entity != second.entity or first.value == second.value or first.end > second.start:
            continue
        if is_taken_back(text[: first.start], text[first.end : second.start]):
            dropped.add(first)
    # "Grace, not Ada" and "forget Ada, what about Grace" mean Grace.
    dropped.update(replaced(text, mentions))
    return tuple(m for m in mentions if m not in dropped)

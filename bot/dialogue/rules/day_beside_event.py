"""A length of time before or after an event names a day ("And the day before Belarus went?").

It fits only a message that begins with the length of time and names one event right behind "before" or "after".
"""

from __future__ import annotations

from bot.dialogue.rules.rule import Example
from bot.dialogue.turn import Turn
from bot.language.fillers import only_before_day
from bot.language.function_words import ARTICLE
from bot.language.order_words import AFTER, BEFORE
from bot.language.words import words_of
from bot.questions.mentions import DATE, DURATION, ORDER
from bot.questions.question import Question

NAME = "day_beside_event"
EXAMPLES = (
    Example((), "And the day before Brennock went?", "And the day before Brennock went?", intent="on_the_day"),
    Example((), "two days after the meeting", "two days after the meeting", intent="on_the_day"),
)


def apply(turn: Turn) -> Question | None:
    """Return the question what happened on that day."""
    base, question = turn.base, turn.question
    intent = base.intent_of_operation.get("on_date")
    entry = base.answers.get(intent or "")
    lengths = [m for m in question.mentions if m.entity == DURATION and m.end > m.start]
    if entry is None or len(lengths) != 1 or question.values(DATE):
        return None
    (length,) = lengths
    if question.polar and (not question.closed or "," in question.text[length.end :]):
        return None  # "The day before Belarus went, was it alone?"
    order = [m for m in question.mentions if m.entity == ORDER and m.start >= length.start]
    taking_part = base.event_of(entry.events or "", entry.role)
    of = [m for m in question.mentions if (m.value in taking_part or m.value in base.dated_by_name) and m.end > m.start]
    if not order or not of or order[0].value not in (BEFORE, AFTER) or len({m.value for m in of}) > 1:
        return None
    ends = max(length.end, order[0].end)
    between = set(words_of(question.text[ends : of[0].start]))
    if not only_before_day(question.text[: length.start]) or of[0].start < ends or between - {ARTICLE}:
        return None
    return question.with_(intent=intent, confidence=1.0, ranking=(), ask=1.0, true=0.0, false=0.0)

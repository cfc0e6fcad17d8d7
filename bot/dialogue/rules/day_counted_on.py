"""A length of time from the day last spoken of, or from a day named, asks about that day ("And four days later?")."""

from __future__ import annotations

import datetime

from bot.dialogue.day_spoken_of import whole_day
from bot.dialogue.rules.rule import Example
from bot.dialogue.turn import Turn
from bot.language.dates import is_day
from bot.language.fillers import only_beside_day
from bot.language.order_words import AFTER, BEFORE
from bot.questions.mentions import DATE, DURATION, ORDER, Mention
from bot.questions.mentions import NAME as BY_NAME
from bot.questions.question import Question

NAME = "day_counted_on"
EXAMPLE_BEFORE = "When did Brennock leave the League?"
EXAMPLES = (
    Example((EXAMPLE_BEFORE,), "And two days after that?", "And two days after that?", ("1951-06-05",), "on_the_day"),
    Example((EXAMPLE_BEFORE,), "and the day before that?", "and the day before that?", ("1951-06-02",), "on_the_day"),
    Example(
        (EXAMPLE_BEFORE,), "And two days after the 5th?", "And two days after the 5th?", ("1951-06-07",), "on_the_day"
    ),
)


def apply(turn: Turn) -> Question | None:
    """Return the question about the day that is reached by counting."""
    return counted_on(turn) if turn.memory.has_question else None


def counted_on(turn: Turn) -> Question | None:
    """Do the same, whether or not there is a question before."""
    base, question = turn.base, turn.question
    dates = [m for m in question.mentions if m.entity == DATE and is_day(m.value)]
    steps = [m for m in question.mentions if m.entity in (DURATION, ORDER) and m.end > m.start] + dates
    lengths, orders = question.values(DURATION), question.values(ORDER)
    intent = base.intent_of_operation.get("on_date")
    # "Four days after the 12th?" names the day to count from, "four days after that?" does not.
    start = whole_day(dates[0].value, base.known_days) if len(dates) == 1 else None
    start = turn.memory.last_day if not dates else start
    if not (start and intent and lengths and orders and says_only(question, steps)):
        return None
    sign = -1 if BEFORE in orders and AFTER not in orders else 1
    try:
        day = datetime.date.fromisoformat(start) + datetime.timedelta(days=sign * float(lengths[0]))
    except (ValueError, OverflowError):
        return None
    date = Mention(DATE, day.isoformat(), 0, 0, BY_NAME)
    return question.with_(intent=intent, confidence=1.0, mentions=(date,), ranking=(), ask=1.0, true=0.0, false=0.0)


def says_only(question: Question, mentions: list[Mention]) -> bool:
    """True where a message holds nothing but these mentions and words that ask nothing else."""
    if {m.entity for m in question.mentions} - {m.entity for m in mentions}:
        return False
    return only_beside_day(question.text, [(m.start, m.end) for m in mentions])

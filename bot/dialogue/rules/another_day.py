"""A day alone asks the question before of that day ("Who was left on the 12th?" "And on the 14th?")."""

from __future__ import annotations

from bot.dialogue.rules import whom_it_is_about
from bot.dialogue.rules.day_counted_on import says_only
from bot.dialogue.rules.rule import Example
from bot.dialogue.turn import Turn
from bot.language.dates import is_day, split_on
from bot.questions.mentions import DATE, ORDER
from bot.questions.question import Question

NAME = "another_day"
EXAMPLES = (
    Example(("What happened on June 3rd?",), "And on the 6th?", "What happened on the 6th?"),
    Example(("What happened on June 3rd?",), "and on June 9th then?", "What happened on June 9th?"),
)


def apply(turn: Turn) -> Question | None:
    """Return the question before about the day."""
    if not turn.memory.has_question or not turn.question.values(DATE):
        return None
    text = of_that_day(turn.question, turn.read(turn.memory.last_question))
    return whom_it_is_about.completed(turn, turn.read(text)) if text else None


def of_that_day(question: Question, asked: Question) -> str | None:
    """Return a question that was asked with the day of another in it, None where no day alone is named."""
    days = [m for m in question.mentions if m.entity == DATE and is_day(m.value)]
    before = [m for m in asked.mentions if m.entity == DATE and is_day(m.value) and m.end > m.start]
    if len(days) != 1 or len(before) != 1 or not says_only(question, [m for m in question.mentions if m.end > m.start]):
        return None
    if any(m.entity not in (DATE, ORDER) for m in question.mentions):
        return None
    (old,), (new,) = before, days
    preposition, _ = split_on(asked.text[old.start : old.end])
    _, day = split_on(question.text[new.start : new.end])
    return asked.text[: old.start] + preposition + day + asked.text[old.end :]

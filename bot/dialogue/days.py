"""Days that a message reaches by those spoken of before: "And four days after that?", "And on the 14th?"."""

from __future__ import annotations

import datetime
import re

from bot.answers.reply import Reply
from bot.dialogue.memory import Memory
from bot.facts.base import FactBase
from bot.language.dates import is_day
from bot.questions.mentions import NAME, Mention
from bot.questions.question import Question

_FILLER = frozenset(
    """
    a about and anything as at came day did else exactly followed for happened how in is it later next now of off on ok
    or please so still that the then there this to um was well were what whats with
    """.split()
)
_OPENERS = frozenset("a about and but how now of on ok okay so the then well what".split())
"""What may stand before a day that is reached by counting; a verb would ask something else of it."""
_WORD = re.compile(r"[^\W_]+")
_GAPS = "days_between"
_ON_DATE = "on_date"


def last_spoken_of(base: FactBase, question: Question, reply: Reply) -> str | None:
    """Return the day that a turn was about as 1991-12-12: the one asked about, or that of what was answered."""
    known = [date.day for fact in reply.facts if (date := base.dates.get(fact)) and date.day]
    asked = [value for value in question.values("date") if is_day(value)]
    if asked:
        return _whole(asked[-1], known or base.known_days)
    if not known:
        return None
    entry = base.answers.get(question.intent)
    return (max(known) if entry and entry.operation == _GAPS else known[0]).isoformat()


def moved(base: FactBase, memory: Memory, question: Question) -> Question | None:
    """Read "And four days after that?" as a question about a day, None where it is another kind of message."""
    dates = [m for m in question.mentions if m.entity == "date" and is_day(m.value)]
    steps = [m for m in question.mentions if m.entity in ("duration", "order") and m.end > m.start] + dates
    lengths, orders = question.values("duration"), question.values("order")
    intent = base.intent_of_operation.get(_ON_DATE)
    # "Four days after the 12th?" names the day to count from, "four days after that?" does not.
    start = _whole(dates[0].value, base.known_days) if len(dates) == 1 else memory.last_day if not dates else None
    if not (start and intent and lengths and orders and _only(question, steps)):
        return None
    sign = -1 if "before" in orders and "after" not in orders else 1
    try:
        day = datetime.date.fromisoformat(start) + datetime.timedelta(days=sign * float(lengths[0]))
    except (ValueError, OverflowError):
        return None
    date = Mention("date", day.isoformat(), 0, 0, NAME)
    return question.with_(intent=intent, confidence=1.0, mentions=(date,), ranking=(), ask=1.0, true=0.0, false=0.0)


def beside(base: FactBase, question: Question) -> Question | None:
    """Read "And the day before Belarus went?" as a question about that day, None where it is another kind of message.

    It has to begin with the length of time, and to name one event right behind the word of order.
    """
    intent = base.intent_of_operation.get(_ON_DATE)
    entry = base.answers.get(intent or "")
    lengths = [m for m in question.mentions if m.entity == "duration" and m.end > m.start]
    if entry is None or len(lengths) != 1 or question.values("date"):
        return None
    (length,) = lengths
    if question.polar and (not question.closed or "," in question.text[length.end :]):
        return None  # "The day before Belarus went, was it alone?"
    order = [m for m in question.mentions if m.entity == "order" and m.start >= length.start]
    taking_part = base.event_of(entry.events or "", entry.role)
    of = [m for m in question.mentions if (m.value in taking_part or m.value in base.dated_by_name) and m.end > m.start]
    if not order or not of or order[0].value not in ("before", "after") or len({m.value for m in of}) > 1:
        return None
    ends = max(length.end, order[0].end)
    opens = all(word.group().lower() in _OPENERS for word in _WORD.finditer(question.text[: length.start]))
    between = {word.group().lower() for word in _WORD.finditer(question.text[ends : of[0].start])}
    if not opens or of[0].start < ends or between - {"the"}:
        return None
    return question.with_(intent=intent, confidence=1.0, ranking=(), ask=1.0, true=0.0, false=0.0)


def other_day(memory: Memory, question: Question, asked: Question) -> str | None:
    """Return the question before about another day ("And on the 14th?"), None where no day alone is named."""
    days = [m for m in question.mentions if m.entity == "date" and is_day(m.value)]
    before = [m for m in asked.mentions if m.entity == "date" and is_day(m.value) and m.end > m.start]
    if len(days) != 1 or len(before) != 1 or not _only(question, [m for m in question.mentions if m.end > m.start]):
        return None
    if any(m.entity != "date" and m.entity != "order" for m in question.mentions):
        return None
    (old,), (new,) = before, days
    # "on the 14th" is found with its "on", "December 14th" without.
    head = asked.text[: old.start] + asked.text[old.start : old.end][: _on(asked.text[old.start : old.end])]
    day = question.text[new.start : new.end]
    return head + day[_on(day) :] + asked.text[old.end :]


def _only(question: Question, mentions: list[Mention]) -> bool:
    """True where a message holds nothing but these mentions and words that ask nothing else."""
    if {m.entity for m in question.mentions} - {m.entity for m in mentions}:
        return False
    rest = [m for m in _WORD.finditer(question.text) if not any(a.start <= m.start() < a.end for a in mentions)]
    return all(word.group().lower() in _FILLER for word in rest)


def _on(text: str) -> int:
    return len("on ") if text[:3].lower() == "on " else 0


def _whole(value: str, known: list[datetime.date]) -> str | None:
    """Return a mentioned day with the year and month of a known one where it names none; None if no calendar has it."""
    like = known[0] if known else None
    year, month, day = value[:-6], value[-5:-3].strip("-"), value[-2:]
    if like is None and not (year.isdigit() and month):
        return None
    try:
        return datetime.date(int(year) if year.isdigit() else like.year, int(month or like.month), int(day)).isoformat()
    except ValueError:
        return None

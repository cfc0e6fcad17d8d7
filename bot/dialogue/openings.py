"""First messages that are nothing but a date, a number or a name: "1991", "12", "Lithuania"."""

from __future__ import annotations

import re

from bot.dialogue.references import SAME_KIND, WORD
from bot.dialogue.turn import Read
from bot.facts.base import FactBase
from bot.facts.model import Entity
from bot.questions.question import Question

_FILLER = frozenset("a about and by hello hey hi in of on ok please so the year".split())
_NUMBER = re.compile(
    r"\W*(?:number |no\.? ?)?(?:\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten)\W*(?:st|nd|rd|th)?\W*", re.I
)
_LIKELY = 0.5


def bare(base: FactBase, question: Question, read: Read) -> Question:
    """Read a message that only names a date or a thing as asking what there is to tell of it; any other as it is.

    It claims nothing, so it is never answered with Yes or No.
    """
    placed = [m for m in question.mentions if m.end > m.start and m.entity in ("date", *SAME_KIND, "polity")]
    named = list(dict.fromkeys(m.value for m in placed))
    words = [m for m in WORD.finditer(question.text) if not any(p.start <= m.start() < p.end for p in placed)]
    if len(named) != 1 or any(word.group().lower() not in _FILLER for word in words):
        return question
    nothing_claimed = question.with_(ask=1.0, true=0.0, false=0.0)
    if placed[0].entity == "date":
        intent = base.intent_of_operation.get("on_date")
        return nothing_claimed.with_(intent=intent, confidence=1.0, ranking=()) if intent else nothing_claimed
    if question.intent in base.answers and question.confidence >= _LIKELY or question.intent in base.missing:
        return nothing_claimed
    asked = question_on(base, base.entities[named[0]]) if named[0] in base.entities else None
    return read(asked) if asked else nothing_claimed


def is_number(question: Question) -> bool:
    """True for a number alone, which may mean anything."""
    return bool(_NUMBER.fullmatch(question.text))


def question_on(base: FactBase, entity: Entity) -> str | None:
    """Return the question what the article says of something, in the words for its kind, None where there are none."""
    fitting = [e for e in base.answers.values() if e.operation == "describe" and e.restated]
    fitting.sort(key=lambda entry: entry.type != entity.type)
    found = next((e for e in fitting if e.type in (entity.type, None)), None)
    return (found.restated or "").format(entity=entity.name) if found else None

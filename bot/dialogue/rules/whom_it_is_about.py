"""What was spoken of last is what a question is about that needs somebody and names nobody ("When did it leave?")."""

from __future__ import annotations

from collections.abc import Callable

from bot.dialogue.rules.rule import Example
from bot.dialogue.turn import Turn
from bot.facts.base import FactBase
from bot.facts.model import Answer
from bot.language.function_words import ARTICLE
from bot.language.order_words import AFTER
from bot.language.reference_words import has_bare_pronoun, has_pronoun
from bot.language.words import WORD
from bot.questions.mentions import DATE, DURATION, EVENT, ORDER, Mention
from bot.questions.mentions import NAME as BY_NAME
from bot.questions.question import Question

NAME = "whom_it_is_about"
EXAMPLES = (
    Example(
        ("What does the article say about Castermere?",),
        "When did it leave?",
        "When did it leave?",
        ("castermere",),
        reads={"When did it leave?": {"intent": "left_when", "confidence": 0.99}},
    ),
    Example(
        ("When did Brennock leave the League?",),
        "Did Castermere leave before it?",
        "Did Castermere leave before it?",
        ("castermere", "before", "brennock"),
        "left_compare",
        {"Did Castermere leave before it?": "left_compare"},
    ),
)

_PAIRS = ("compare", "days_between")
"""Operations over two."""
_BY_NAME_TOO = (*_PAIRS, "on_date")
"""Operations that take events by name, beside whoever takes part in them."""


def apply(turn: Turn) -> Question | None:
    """Return the question with the mentions that it lacks."""
    question = completed(turn, turn.question)
    return None if question is turn.question else question


def completed(turn: Turn, question: Question) -> Question:
    """Return any question with the mentions that it lacks, itself where it lacks none or nothing fits."""
    base, memory = turn.base, turn.memory
    entry = base.answers.get(question.intent)
    if entry is None or not entry.operation or _names_its_own(base, entry, question):
        return question
    fits = _fitting(base, entry)
    named = {m.value for m in question.mentions if fits(m.value)}
    missing = _needed(entry, question) - len(named)
    if missing <= 0:
        return question
    found = [i for i in memory.recent({i for i in memory.spoken_of if fits(i)}) if i not in named]
    counts_on = entry.operation == "days_between" and len(named) == 1 and AFTER in question.values(ORDER)
    if counts_on and not _is_reference(question, named):
        found = _nearest_before(base, entry, named, found)
    extra = [Mention(EVENT if i in base.events else base.entities[i].type, i, -1, -1, BY_NAME) for i in found[:missing]]
    # What is named comes first: of "And how many days later did Kazakhstan follow?" Kazakhstan is the subject.
    return question.with_(mentions=(*question.mentions, *extra)) if extra else question


def _needed(entry: Answer, question: Question) -> int:
    """Return how many a question must be about, 0 where it is complete without, or where nobody may be put in."""
    if entry.event or entry.operation == "order":
        return 0
    if entry.operation == "when" and not has_pronoun(question.text) and _names_somebody_unknown(question):
        return 0
    if entry.operation == "on_date" and (question.values(DATE) or not question.values(DURATION)):
        return 0
    if entry.operation == "days_between" and question.values(DATE):
        return 1
    return 2 if entry.operation in _PAIRS else 1


def _names_its_own(base: FactBase, entry: Answer, question: Question) -> bool:
    """True where a message says whom it is about, although the answer can't be given for that.

    "I've been to Georgia. When did it leave?" is not about the state before, nor "leader of Ukraine" about the office.
    """
    if any(m.value in base.entities and base.entities[m.value].outside for m in question.mentions):
        return True
    of_led = question.values(*base.led_kinds)
    return entry.operation == "office_holder" and bool(of_led) and not has_bare_pronoun(question.text)


def _names_somebody_unknown(question: Question) -> bool:
    """True for "When did bella Bruce leave?": whoever that is, it is not who was spoken of before."""
    if question.text.isupper():
        return False
    known = [(m.start, m.end) for m in question.mentions]
    return any(
        word.group()[0].isupper() and len(word.group()) > 1 and not any(a <= word.start() < b for a, b in known)
        for word in list(WORD.finditer(question.text))[1:]
    )


def _is_reference(question: Question, named: set[str]) -> bool:
    """True where a name stands right behind a word of order: "how many days after Belarus was that?"."""
    ends = [m.end for m in question.mentions if m.entity == ORDER]
    names = [m.start for m in question.mentions if m.value in named]
    return any(end <= start and question.text[end:start].strip() in ("", ARTICLE) for start in names for end in ends)


def _nearest_before(base: FactBase, entry: Answer, named: set[str], found: list[str]) -> list[str]:
    """Sort by nearness: "And how many days later did Kazakhstan follow?" counts from the one before it."""
    events = base.event_of(entry.events or "", entry.role)
    happened = {i: events.get(i) or base.events.get(i) for i in (*named, *found)}
    order = {i: event.order or 0 if event else 0 for i, event in happened.items()}
    at = max(order[i] for i in named)
    return sorted(found, key=lambda i: (order[i] > at, abs(at - order[i])))


def _fitting(base: FactBase, entry: Answer) -> Callable[[str], bool]:
    """Return a test for what an answer can be about."""
    if entry.events:
        taking_part = base.event_of(entry.events, entry.role).keys()
        by_name = entry.operation in _BY_NAME_TOO
        return lambda i: i in taking_part or (by_name and i in base.dated_by_name)
    if entry.operation == "office_holder":
        # "Who was its leader?" asks about a state, and about the office that somebody has there.
        return lambda i: i in base.offices_in or i in base.entities_of_type.get(entry.type or "", ())
    ids = base.entities_of_type.get(entry.type, frozenset()) if entry.type else base.described
    return ids.__contains__

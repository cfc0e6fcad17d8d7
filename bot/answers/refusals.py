"""How it is said that the article does not tell something: what was asked is named, and the nearest it does say."""

from __future__ import annotations

import string
from collections import Counter
from dataclasses import dataclass

from bot.facts.base import FactBase
from bot.facts.model import Answer, Event, Fact, Missing
from bot.language.details import counted_noun
from bot.language.sentences import as_sentence, sentences_of
from bot.language.words import bare_words, has_any, is_definite
from bot.questions import unknown_names
from bot.questions.mentions import ADJECTIVE
from bot.questions.question import Question

_FIELDS = string.Formatter()
_SHORT = 4
"""Words shorter than this say nothing by themselves."""
_LEAST_NEW = 2
"""Words that the nearest statement must add to what the question says itself."""


@dataclass(frozen=True)
class NotTold:
    """What is said of something that the article does not tell."""

    sentences: tuple[str, ...]
    about: tuple[str, ...]
    """The ids of whom the question names, then of whom the nearest statement tells besides."""


def missing(base: FactBase, question: Question) -> NotTold:
    """Say what the article does not tell, in words for what was asked, and the nearest that it does."""
    entry = base.missing[question.intent]
    words = base.wording["refused"]
    unknown = unknown_names.outside(base, question)
    if unknown:
        text = words["not_mentioned"].format(entity=unknown)
    else:
        text = words["missing"].format(what=_what(base, entry, question))
    near = base.facts[entry.near].says if entry.near else _nearest(base, entry, question)
    return _with_nearest(base, question, text, as_sentence(near) if near else "")


def detail(base: FactBase, entry: Answer, question: Question, asked: str) -> NotTold:
    """Say that an answer does not tell a detail (time, place, number, names or reason), and what it does."""
    words = base.wording["refused"]
    values = _values(base, question) | _of_fact(base, base.facts.get(entry.facts[0]) if entry.facts else None)
    text = _filled([words[asked]] if isinstance(words[asked], str) else words[asked], values) or ""
    return _with_nearest(base, question, text, entry.answer or "")


def _with_nearest(base: FactBase, question: Question, text: str, near: str) -> NotTold:
    """Return a refusal with the nearest that the article says, where there is any and it adds something."""
    named = [m.value for m in question.mentions if m.value in base.entities]
    if not near or not _adds(near, question, text):
        return NotTold((text,), tuple(dict.fromkeys(named)))
    told = sentences_of(base.wording["refused"]["near"].format(text=near))
    return NotTold((text, *told), tuple(dict.fromkeys([*named, *base.named_in(near)])))


def _what(base: FactBase, entry: Missing, question: Question) -> str:
    """Return what was asked: in words for the particular thing, if the question has a word for it."""
    event = _event(base, entry, question)
    values = _values(base, question) | (_of_fact(base, event) if event else {})
    for particular in entry.asked:
        if has_any(question.text, particular.words) and (found := _filled(particular.what, values)):
            return found
    return _filled(entry.what, values) or entry.what[-1]


def _filled(forms: list[str], values: dict[str, str]) -> str | None:
    """Return the first form of which all braces can be filled, None where there is none."""
    for form in forms:
        if all(field in values for _, field, _, _ in _FIELDS.parse(form) if field):
            return form.format(**values)
    return None


def _values(base: FactBase, question: Question) -> dict[str, str]:
    """Return what a question names, by kind: {person}, {state}, {group}, ...; {subject} is the most particular.

    {counted} is what it wants the number of, where the article has a word for that.
    """
    found: dict[str, str] = {}
    for kind in base.vocabulary.subjects:
        ids = question.named(kind) or question.values(kind)
        known = [base.entities[i] for i in ids if i in base.entities and not base.entities[i].outside]
        if known:
            found[kind] = known[0].short or known[0].name
            found.setdefault("subject", found[kind])
    wholes = [base.entities[i].name for i in question.values(*base.vocabulary.wholes) if i in base.entities]
    if wholes:
        found.setdefault("subject", wholes[0])
    counted = counted_noun(question.text, base.vocabulary.all_verbs)
    if counted and base.article_words.issuperset(bare_words(counted)):
        found["counted"] = counted
    return found


def _of_fact(base: FactBase, fact: Fact | None) -> dict[str, str]:
    """Return how a fact is named: {says}, {event} (its noun), {unnamed} (a group that takes part in it)."""
    if fact is None:
        return {}
    # "Many countries" are no group that could be named.
    takes_part = [base.entities[i] for i in fact.entities() if i in base.entities]
    groups = [e for e in takes_part if e.type in base.vocabulary.unnamed and is_definite(e.name)]
    found = {"says": fact.says}
    if isinstance(fact, Event):
        found["event"] = fact.noun
    if groups:
        found["unnamed"] = groups[0].name
    return found


def _event(base: FactBase, entry: Missing, question: Question) -> Event | None:
    """Return the event that a question is about, where the entry says of which type and by whom."""
    of = base.event_of(entry.events, entry.role) if entry.events else {}
    strict = [m.value for m in question.mentions if m.value in of and m.form != ADJECTIVE]
    loose = [m.value for m in question.mentions if m.value in of]
    return next((of[i] for i in strict or loose), None)


def _nearest(base: FactBase, entry: Missing, question: Question) -> str | None:
    """Return what the article says of what a question names: of two things together, or else of the most particular."""
    kinds = base.vocabulary.nearest if entry.near_kinds is None else entry.near_kinds
    if not kinds:
        return None
    named = [m.value for m in question.mentions if m.entity in base.vocabulary.subjects]
    distinct = list(dict.fromkeys(named))
    # Of several facts about the same, the one that is about the fewest others.
    shared = Counter(f for i in distinct for f in base.facts_around.get(i, ())) if len(distinct) > 1 else Counter()
    most = max(shared, key=lambda f: (shared[f], -len(base.facts[f].entities())), default=None)
    if most and shared[most] > 1:
        return base.facts[most].says
    for kind in kinds:
        for name in question.values(kind):
            if name in base.entities and base.entities[name].about:
                return base.entities[name].first_said
    return None


def _adds(near: str, question: Question, refusal: str) -> bool:
    """True where a statement says something that neither the question nor the refusal says already."""
    known = set(bare_words(f"{question.text} {refusal}"))
    new = {word for word in bare_words(near) if len(word) >= _SHORT or word.isdigit()} - known
    return len(new) >= _LEAST_NEW

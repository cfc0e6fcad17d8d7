"""Whether a question claims something right or wrong: its names, numbers, days and lengths of time are checked."""

from __future__ import annotations

from bot.facts.base import FactBase
from bot.facts.dates import Dated
from bot.facts.model import Answer
from bot.language.abbreviations import ClaimedMeaning, claimed_meaning, long_form
from bot.language.claim_words import is_bounded
from bot.language.dates import agrees
from bot.language.details import TIME
from bot.language.function_words import ARTICLE
from bot.language.numbers import counts
from bot.language.words import bare_words, fold
from bot.questions.mentions import DATE, DURATION, Mention
from bot.questions.question import Question

MENTION_WEIGHT = 8.0
"""How much a name that fits, or does not, counts beside the odds learnt from wording."""
PARTLY_WEIGHT = 3.0
"""How much a wrong name beside a right one counts in a yes/no question."""


def weighed(base: FactBase, entry: Answer, question: Question) -> tuple[float, float, float, str | None]:
    """Return the odds of ask, true and false, what is claimed being weighed in, and the id of what is wrongly named.

    "Was Belarus the first?" names a state, but not the one that was: that makes `false` likelier than wording alone.
    """
    ask, true, false = question.ask, question.true, question.false
    wrong = None
    for kind, allowed in entry.only.items():
        named = question.named(kind)
        if named and not set(named) & set(allowed):
            false *= MENTION_WEIGHT
            wrong = named[0]
        elif question.polar and set(named) - set(allowed):
            false *= PARTLY_WEIGHT
    if entry.duration_days is not None:
        if misses_duration(entry, question):
            false *= MENTION_WEIGHT
        elif question.values(DURATION) and not wrong:
            true *= MENTION_WEIGHT
    if misdated(base, entry, question):
        false *= MENTION_WEIGHT
    total = ask + true + false
    ask, true, false = ask / total, true / total, false / total
    if miscounted(entry, question) or stands_for(base, question) is False:
        # Whatever else it says: this much is wrong.
        ask, true, false = 0.0, 0.0, 1.0
    elif stands_for(base, question) and question.polar:
        ask, true, false = 0.0, 1.0, 0.0
    return ask, true, false, wrong if false > true else None


def misses_duration(entry: Answer, question: Question) -> bool:
    """True where the question claims lengths of time, and none of them is the one that the answer gives."""
    claimed = [float(v) for v in question.values(DURATION)]
    return bool(claimed) and all(abs(c - (entry.duration_days or 0)) >= 0.5 for c in claimed)


def miscounted(entry: Answer, question: Question) -> bool:
    """True where the question claims another number of what the answer counts: "the four countries behind it"."""
    if entry.counts is None or is_bounded(question.text):
        return False
    claimed = [number for number, noun in counts(question.text) if noun in entry.counts.of]
    return bool(claimed) and entry.counts.number not in claimed


def misdated(base: FactBase, entry: Answer, question: Question) -> bool:
    """True where the question claims another date than that of the event which an answer about time is about."""
    if TIME not in entry.gives or not entry.facts:
        return False
    date, event = base.dates.get(entry.facts[0]), base.events.get(entry.facts[0])
    if date is None or event is None or (event.date and event.date.until):
        return False
    agree = [_agrees(value, date) for value in question.values(DATE)]
    return False in agree and True not in agree


def stands_for(base: FactBase, question: Question) -> bool | None:
    """Return whether an abbreviation is spelt out as the facts have it ("Does CIS mean ...?"), None without a claim."""
    claimed = claimed_meaning(question.text)
    if not claimed or (question.open and not claimed.quoted):
        return None
    named = [m for m in question.mentions if m.value in base.entities and m.end <= claimed.verb and m.end > m.start]
    for mention in named:
        full = long_form(base.entities[mention.value].name, question.text[mention.start : mention.end])
        if full:
            return _is_meant(question, mention, claimed, full)
    return None


def _is_meant(question: Question, mention: Mention, claimed: ClaimedMeaning, full: str) -> bool | None:
    """Return whether what is claimed is the name in full, None where it claims nothing ("What does it mean to us?")."""
    words, meant = _words(claimed.text), _words(full)
    if len(words) != len(meant):
        return False if claimed.quoted else None
    # A name that is misspelt is still that name.
    spelt = [m for m in question.mentions if m.value == mention.value and m.start >= claimed.verb]
    begins = claimed.start + len(f"{ARTICLE} ")
    return words == meant or any(m.start <= begins and m.end >= claimed.end for m in spelt)


def _agrees(value: str, date: Dated) -> bool | None:
    """Tell whether a mentioned date is that of an event; None where one of them is too vague to tell."""
    if date.day:
        return agrees(value, date.day)
    if value.startswith("-"):
        return None
    return date.text.startswith(value) or value.startswith(date.text)


def _words(text: str) -> list[str]:
    return [word for word in bare_words(fold(text)) if word != ARTICLE]

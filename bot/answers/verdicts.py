"""What a question claims beside its wording, checked against the facts: names, numbers, days, lengths of time."""

from __future__ import annotations

import re

from bot.facts.base import FactBase
from bot.facts.dates import Dated
from bot.facts.model import Answer
from bot.language.dates import agrees
from bot.language.numbers import counts
from bot.language.words import fold
from bot.questions.question import Question

MENTION_WEIGHT = 8.0
"""How much a name that fits, or does not, counts beside the odds learnt from wording."""
PARTLY_WEIGHT = 3.0
"""How much a wrong name beside a right one counts in a yes/no question."""

_STANDS_FOR = re.compile(
    r"\b(means?|meaning|stands? for|stood for|standing for|short for|abbreviat\w+ (?:of|for)|spelled out|in full)\b"
    r"[\s:,]*(?:as\s+)?(?:the\s+)?",
    re.I,
)
_QUOTED = re.compile(r"^[\"“”„«'‘](.+?)[\"“”»'’](?=\W|$)")
_CLAUSE_END = re.compile(r"[,;.?!\"“”]|\s+-|$")
_ABBREVIATED = re.compile(r"^(?:the\s+)?(?P<long>.+?)\s*\((?P<short>[^)]+)\)$", re.I)


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
        elif question.values("duration") and not wrong:
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
    claimed = [float(v) for v in question.values("duration")]
    return bool(claimed) and all(abs(c - (entry.duration_days or 0)) >= 0.5 for c in claimed)


def miscounted(entry: Answer, question: Question) -> bool:
    """True where the question claims another number of what the answer counts: "the four countries behind it"."""
    if entry.counts is None:
        return False
    claimed = [number for number, noun in counts(question.text) if noun in entry.counts.of]
    return bool(claimed) and entry.counts.number not in claimed


def misdated(base: FactBase, entry: Answer, question: Question) -> bool:
    """True where the question claims another date than that of the event which an answer about time is about."""
    if "time" not in entry.gives or not entry.facts:
        return False
    date, event = base.dates.get(entry.facts[0]), base.events.get(entry.facts[0])
    if date is None or event is None or (event.date and event.date.until):
        return False
    agree = [_agrees(value, date) for value in question.values("date")]
    return False in agree and True not in agree


def stands_for(base: FactBase, question: Question) -> bool | None:
    """Return whether an abbreviation is spelt out as the facts have it ("Does CIS mean ...?"), None without a claim."""
    verb = _STANDS_FOR.search(question.text)
    if not verb:
        return None
    rest = question.text[verb.end() :]
    quoted = _QUOTED.match(rest)
    if question.open and not quoted:
        return None
    claimed = quoted.group(1) if quoted else rest[: _CLAUSE_END.search(rest).start()]
    named = [m for m in question.mentions if m.value in base.entities and m.end <= verb.start() and m.end > m.start]
    for mention in named:
        full = _ABBREVIATED.match(base.entities[mention.value].name)
        if full and _short(question.text[mention.start : mention.end]) == _short(full["short"]):
            spelt = [m for m in question.mentions if m.value == mention.value and m.start >= verb.start()]
            words = _words(claimed)
            # "What does it mean for them?" claims nothing; a name misspelt is still that name.
            if len(words) != len(_words(full["long"])):
                return None if not quoted else False
            at = question.text.find(claimed, verb.end())
            return _words(full["long"]) == words or any(
                m.start <= at + len("the ") and m.end >= at + len(claimed.rstrip()) for m in spelt
            )
    return None


def _agrees(value: str, date: Dated) -> bool | None:
    """Tell whether a mentioned date is that of an event; None where one of them is too vague to tell."""
    if date.day:
        return agrees(value, date.day)
    if value.startswith("-"):
        return None
    return date.text.startswith(value) or value.startswith(date.text)


def _short(abbreviation: str) -> str:
    return fold(abbreviation).replace(".", "")


def _words(text: str) -> list[str]:
    return [word for word in re.findall(r"\w+", fold(text)) if word != "the"]

"""Words that compare and reckon with lengths of time: longer, twice as long, together, at most; and the same week."""

from __future__ import annotations

import datetime
import re

from bot.language.numbers import NUMBER_OF_WORD, alternatives, number_of

LONGER, SHORTER, EQUAL = "longer", "shorter", "equal"
AT_MOST, AT_LEAST, OVER, UNDER, ABOUT, EXACTLY = "at most", "at least", "over", "under", "about", "exactly"

_COMPARED = {
    EQUAL: r"\b(equal(s|led|ly)?|same|as (long|short|big|large|far|wide) as|identical)\b",
    LONGER: r"\b(longer|longest|bigger|biggest|larger|largest|greater|greatest|more (days|time)|wider|widest|further|"
    r"farther|furthest|farthest|exceed\w*|outlast\w*)\b",
    SHORTER: r"\b(shorter|shortest|smaller|smallest|less|fewer|quicker|quickest|narrower|tightest|closer|closest|"
    r"nearer|nearest)\b",
}
_PATTERNS = {value: re.compile(pattern, re.I) for value, pattern in _COMPARED.items()}
_MOST = re.compile(
    r"\b(longest|shortest|biggest|smallest|largest|greatest|widest|closest|nearest|furthest|farthest|quickest|tightest)\b",
    re.I,
)
_NEITHER = re.compile(r"\b(neither|nor|middle|second[- ](longest|shortest|biggest|smallest))\b", re.I)
_CLOSENESS = re.compile(r"\b(closer|nearer)\b", re.I)
_MULTIPLES = {
    2.0: r"\b(twice|double[ds]?|doubling|twofold)\b",
    0.5: r"(?<!and a )\b(half(?! an? (day|week|fortnight|month|year)\b)|halve[ds]?)\b",
    3.0: r"\b(thrice|triple[ds]?|tripling|treble[ds]?|threefold)\b",
    4.0: r"\b(quadruple[ds]?|fourfold)\b",
    1 / 3: r"\b(a|one) third (of|as)\b",
    1.5: r"\b(one and a half times|half as long again)\b",
}
_MULTIPLE = {value: re.compile(pattern, re.I) for value, pattern in reversed(_MULTIPLES.items())}
_TIMES = re.compile(
    rf"\b(?P<n>\d{{1,2}}(?:\.\d)?|{alternatives(NUMBER_OF_WORD, least=2)})(?:x| times)\b"
    r"(?! (?:did|was|were|has|had)\b)",
    re.I,
)
_SUM = re.compile(
    r"\b(together|combined|in total|total|added( up)?|sum(med)?|all told|"
    r"altogether|in all|overall|plus|taken as one)\b",
    re.I,
)
_AVERAGE = re.compile(r"\b(average|mean (gap|interval|wait|distance)|on average)\b", re.I)
_EACH = re.compile(
    r"\b(each|every|respective(ly)?|(all (the )?)?(gaps|intervals|pauses|distances|steps|waits)|one by one)\b", re.I
)
_OTHERS = re.compile(
    r"\b(others?|rest|remaining|two (gaps|intervals|pauses|waits)|(earlier|first|previous) two)\b", re.I
)
_ONE_BEFORE = re.compile(
    r"\b(one|gap|interval|pause|wait) (before( (it|that|them))?|preceding( it)?)(?=\W*$)|"
    r"\b(previous|preceding|earlier|former) (one|gap|interval|pause|wait)\b",
    re.I,
)
_DIFFERENCE = re.compile(
    r"\b(by how (many|much)|how (much|many days|many more|far) (longer|shorter|more|less|closer|nearer|bigger|"
    r"smaller|larger)|"
    r"how many (more|fewer) days|difference|short of)\b",
    re.I,
)
_RATIO = re.compile(r"\b(factor|ratio|how many times|proportion|what fraction)\b", re.I)
_PIVOT = re.compile(
    r"\b(than|or|versus|vs|against|compared? (with|to)|equal(s|led)?( to)?|exceed\w*|outlast\w*|"
    r"(as \w+ as|times|twice|double|half|thrice|triple)"
    r"(?! (as|long|the wait)\b))\b",
    re.I,
)
_CHOICE = re.compile(r"\bor\b", re.I)
_BY_HOW_MUCH = re.compile(r"\s+(longer|shorter|more|less|fewer|closer|nearer|bigger|smaller|larger)\b", re.I)
_BY = re.compile(r"\bby (just |only |exactly )?$", re.I)
_AS_FAR = re.compile(r"\bas (?:long|far|big|large|short|wide|many \w+)\b.+?\b(?P<pivot>as)\b", re.I)
_BOUNDS = {
    AT_LEAST: r"at least|no(t)? (less|fewer|shorter) than|a minimum of|no sooner than",
    AT_MOST: r"within|at most|no(t)? (more|longer|later) than|inside( of)?|in (the )?(space|span|course) of|up to|"
    r"in (just |only )?(?=one|a\b|\d|seven|two|three|four|five|six)(?!\d+ (december|dec)\b)|a maximum of",
    UNDER: r"less than|fewer than|under|shorter than|not even|below|not quite|just short of",
    OVER: r"more than|over|longer than|above|exceed(s|ed|ing)?|upwards of",
    ABOUT: r"about|around|roughly|nearly|almost|approximately|some|circa|close to",
}
_BOUND = re.compile("|".join(rf"(?P<b{i}>\b(?:{words})\b)" for i, words in enumerate(_BOUNDS.values())), re.I)
_BOUND_NAMES = tuple(_BOUNDS)
_NEAR = 14
"""Letters between a bound and its length of time, at most: "within the very same" five days."""
_PERIOD = re.compile(
    r"\b(?:same|different)\s+(?:single\s+)?(?:calendar\s+)?(?P<period>day|date|week|month|year)s?\b", re.I
)
_APART = re.compile(r"\bdifferent\s+(?:calendar\s+)?(?:day|date|week|month|year)s?\b|\bseparately\b", re.I)
_DAYS_APART = re.compile(r"\bdifferent (day|date)s?\b", re.I)
_AT_ONCE = re.compile(
    r"\b(same (day|date|time|moment)|together with|simultaneous(ly)?|at once|at one (time|stroke)|coincide\w*|"
    r"together(?! with)|jointly|separately)\b",
    re.I,
)


def compared(text: str) -> str | None:
    """Return how a text compares two lengths of time, None where it does not."""
    return next((value for value, pattern in _PATTERNS.items() if pattern.search(text)), None)


def compares_closeness(text: str) -> bool:
    """True where it is asked which of two something was closer to."""
    return bool(_CLOSENESS.search(text))


def superlative(text: str) -> str | None:
    """Return LONGER for the longest, SHORTER for the shortest, EQUAL for neither of them, None for no superlative."""
    if not _MOST.search(text):
        return None
    return EQUAL if _NEITHER.search(text) else compared(_MOST.search(text).group())


def factor(text: str) -> float | None:
    """Return by how much a text multiplies a length of time ("twice as long" is 2), None where it does not.

    >>> factor("twice as long"), factor("three times the wait"), factor("half the time")
    (2.0, 3.0, 0.5)
    """
    found = next((value for value, pattern in _MULTIPLE.items() if pattern.search(text)), None)
    if found is not None:
        return found
    times = _TIMES.search(text)
    if not times:
        return None
    return float(times["n"]) if times["n"][0].isdigit() else float(number_of(times["n"]))


def place_of_factor(text: str) -> int | None:
    """Return where a text says by how much it multiplies, None where it does not."""
    found = next((m for p in (*_MULTIPLE.values(), _TIMES) if (m := p.search(text))), None)
    return found.start() if found else None


def offers_choice(text: str) -> bool:
    """True where two are offered to choose from: "longer or shorter", "this gap or that one"."""
    return bool(_CHOICE.search(text))


def is_difference(text: str, start: int, end: int) -> bool:
    """True where a length of time tells by how much one is longer: "four days longer", "longer by four days"."""
    return bool(_BY_HOW_MUCH.match(text[end:]) or _BY.search(text[:start]))


def asks_sum(text: str) -> bool:
    """True where lengths of time are added up."""
    return bool(_SUM.search(text))


def asks_average(text: str) -> bool:
    """True where the average of lengths of time is asked for."""
    return bool(_AVERAGE.search(text))


def asks_each(text: str) -> bool:
    """True where every one of several lengths of time is asked for."""
    return bool(_EACH.search(text))


def means_others(text: str) -> bool:
    """True where a text speaks of all that were not named: "the other two", "the rest"."""
    return bool(_OTHERS.search(text))


def means_one_before(text: str) -> bool:
    """True where a text speaks of the length of time before one that is named."""
    return bool(_ONE_BEFORE.search(text))


def asks_difference(text: str) -> bool:
    """True where it is asked by how much one is longer than another."""
    return bool(_DIFFERENCE.search(text))


def asks_ratio(text: str) -> bool:
    """True where it is asked how many times as long one is as another."""
    return bool(_RATIO.search(text))


def pivot(text: str) -> tuple[int, int] | None:
    """Return where the word stands that has what is compared on both sides ("than", "or"), None for none."""
    if as_far := _AS_FAR.search(text):
        return as_far.span("pivot")
    found = list(_PIVOT.finditer(text))
    if not found:
        return None
    chosen = next((match for match in found if match.group().lower() == "than"), found[-1])
    return chosen.span()


def bound_before(text: str, at: int) -> str:
    """Return how a length of time that begins at a place is meant: at most, at least, over, under, about or exactly.

    >>> bound_before("It left within a week.", 15), bound_before("It left a week later.", 8)
    ('at most', 'exactly')
    """
    found = None
    for match in _BOUND.finditer(text[: at + 1]):
        if at - match.end() <= _NEAR and not re.search(r"[,;.?]", text[match.end() : at]):
            found = match
    return _BOUND_NAMES[int((found.lastgroup or "b0")[1:])] if found else EXACTLY


def is_within(days: float, claimed: float, bound: str) -> bool | None:
    """Tell whether a length of time is as claimed; None where "about" leaves it open."""
    if bound == ABOUT:
        return True if abs(days - claimed) < 1 else False if not claimed / 2 <= days <= claimed * 2 else None
    return {
        AT_MOST: days <= claimed,
        AT_LEAST: days >= claimed,
        UNDER: days < claimed,
        OVER: days > claimed,
        EXACTLY: abs(days - claimed) < 0.5,
    }[bound]


def at_once(text: str) -> bool:
    """True where it is claimed whether things came on the same day, or together."""
    return bool(_AT_ONCE.search(text) or _DAYS_APART.search(text))


def says_apart(text: str) -> bool:
    """True where things are said to have fallen into different periods."""
    return bool(_APART.search(text))


def period(text: str) -> str | None:
    """Return the period that things are said to fall into together: day, week, month, year; None for none."""
    found = _PERIOD.search(text)
    if not found:
        return "day" if at_once(text) else None
    return "day" if found["period"].lower() == "date" else found["period"].lower()


def period_of(day: datetime.date, kind: str) -> tuple[int, ...]:
    """Return what days of the same period have in common; weeks begin on Monday (ISO 8601)."""
    if kind == "week":
        return tuple(day.isocalendar())[:2]
    return {"day": (day.year, day.month, day.day), "month": (day.year, day.month), "year": (day.year,)}[kind]

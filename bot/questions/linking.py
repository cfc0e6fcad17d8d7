"""Finds what a message speaks of: the entities of the fact base, dates, lengths of time and words of order.

link("wen did rusia leav, befor or after the 12th of dec?") ->
    state russia, order before, order after, date --12-12
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from bot.facts.model import Entity, Event
from bot.questions import misspellings
from bot.questions.misspellings import FuzzyIndex

NAME, DESCRIPTION, ADJECTIVE, HEARD = "name", "description", "adjective", "heard"

# A name with its possessive, or an abbreviation with points.
_WORD = re.compile(r"(?:[^\W_]\.){2,}[^\W_]?|[^\W_]+(?:['’][^\W_]+)*")
_POSSESSIVE = re.compile(r"['’]s?$")
_MONTHS = {
    name: number
    for number, names in enumerate(
        """
        january jan; february feb; march mar; april apr; may; june jun; july jul; august aug; september sept sep;
        october oct; november nov; december dec decembre decmber decemer decembr desember
        """.split(";"),
        1,
    )
    for name in names.split()
}
_NUMBERS = """
    zero; one a an; two couple; three; four; five; six; seven; eight; nine; ten; eleven; twelve; thirteen;
    fourteen; fifteen; sixteen; seventeen; eighteen; nineteen; twenty
    """
_SMALL = {word: number for number, words in enumerate(_NUMBERS.split(";")) for word in words.split()}
_ORDINALS = """
    zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth
    fifteenth sixteenth seventeenth eighteenth nineteenth twentieth
    """.split()
_NTH = {word: number for number, word in enumerate(_ORDINALS)} | {
    f"twenty{join}{word}": 20 + number
    for join in ("-", " ", "")
    for number, word in enumerate(_ORDINALS[:10])
    if number
}
_UNITS = {
    "hour": 1 / 24,
    "hr": 1 / 24,
    "day": 1,
    "dy": 1,
    "week": 7,
    "wk": 7,
    "fortnight": 14,
    "month": 30,
    "year": 365,
    "decade": 3650,
}

_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_ORDINAL = "|".join(sorted(_NTH, key=len, reverse=True))
# "the first" to "the ninth" are more often places in an order than days.
_LATE_ORDINAL = "|".join(sorted((word for word, n in _NTH.items() if n > 9), key=len, reverse=True))
_DAY = rf"(?:(?P<d>\d{{1,2}})(?:\s?(?:st|nd|rd|th|\.))?|(?P<w>{_ORDINAL}))"
_YEAR = r"(?:,?\s*(?:of\s+)?(?P<y>(?:19|20)\d\d|'?9\d)\b)?"
# With re.I alone, letters such as ſ match an s that the tables do not know.
_ASCII = re.I | re.A
_DATES = [
    re.compile(rf"\b(?:{_MONTH})\.?,?\s*(?:the\s+)?{_DAY}\b{_YEAR}", _ASCII),
    re.compile(rf"\b{_DAY}\s*(?:of\s+)?(?:{_MONTH})\b\.?{_YEAR}", _ASCII),
    re.compile(r"\b(?P<y>(?:19|20)\d\d)-(?P<m>\d{1,2})-(?P<d>\d{1,2})\b"),
    re.compile(r"\b(?P<a>\d{1,2})[./-](?P<b>\d{1,2})(?:[./-](?P<y>(?:19|20)?\d\d))?\b"),
    re.compile(
        r"\b(?:on|the|from|since|by|until|till|not|is|was|and|or)\s+(?:the\s+)?"
        rf"(?:(?P<d>\d{{1,2}})(?:st|nd|rd|th)|(?P<w>{_LATE_ORDINAL}))\b",
        _ASCII,
    ),
]
_MONTH_ONLY = re.compile(rf"\b(?P<name>{_MONTH})\b(?:\s+(?:of\s+)?(?P<y>(?:19|20)\d\d))?", _ASCII)
_YEAR_ONLY = re.compile(r"\b(?:19|20)\d\d\b")
_DURATION = re.compile(
    rf"\b(?P<n>\d{{1,4}}|{'|'.join(sorted(_SMALL, key=len, reverse=True))})"
    r"(?:\s+(?:whole|full|entire|more|few))?[\s-]*"
    r"(?P<unit>hours?|hrs?|days?|dys?|weeks?|wks?|fortnights?|months?|years?|decades?)\b",
    _ASCII,
)
_ORDER = {
    "before": (
        r"before|b4|bfore|befor|prior to|earlier|ahead of|preced\w*|previous\w*|sooner|until|in front of|"
        r"first of the two|by the time|penultimate|last but one|(?:second|2nd|next)[- ](?:(?:to|2)[- ])?last"
    ),
    "after": (
        r"after\w*|aftr|afer|later|follow\w*|next(?![- ](?:to|2)[- ]last)|behind|since|once|succeed\w*|subsequent\w*|"
        r"trail\w*"
    ),
    "first": r"first|1st|frst|earliest|initially|started it|began it",
    "last": r"last|lst|final|latest|penultimate",
}
_HEARD = 3
"""Words that one name may be heard as, at most."""
_JOINING = frozenset("and at by for from in is it of on or that this to was with".split())
_ORDERS = {value: re.compile(rf"\b(?:{pattern})\b", _ASCII) for value, pattern in _ORDER.items()}


@dataclass(frozen=True)
class Mention:
    """A piece of a message and what it stands for.

    `entity` is the kind (state, person, ..., event, date, duration, order), `value` the id, an ISO date with what is
    known of it (1991-12-10, --12-10, ---10, 1990, 1991-12), a number of days, or before/after/first/last.
    """

    entity: str
    value: str
    start: int
    end: int
    form: str = NAME


class Linker:
    """Links messages to one fact base."""

    def __init__(self, entities: Iterable[Entity], events: Iterable[Event] = ()) -> None:
        self._phrases: dict[str, list[tuple[str, str, str]]] = {}
        self._fuzzy: dict[str, list[tuple[str, str, str]]] = {}
        self._near = FuzzyIndex()
        for entity in entities:
            for form, texts, misspelt in (
                (NAME, [entity.name, *entity.aliases], True),
                (NAME, entity.misspellings, True),
                (NAME, entity.exact, False),
                (DESCRIPTION, [d for d in entity.descriptions if len(d) >= misspellings.LONG], True),
                (DESCRIPTION, [d for d in entity.descriptions if len(d) < misspellings.LONG], False),
                (ADJECTIVE, entity.adjectives, True),
            ):
                for text in texts:
                    self._add(text, (entity.type, entity.id, form), misspelt and not entity.outside)
        for event in events:
            for text in event.names:
                self._add(text, ("event", event.id, DESCRIPTION), False)
        self._longest = max((len(key.split()) for key in self._phrases), default=0)

    def link(self, text: str) -> list[Mention]:
        """Return what `text` mentions, in its order, longer names before the shorter ones inside them."""
        found = [*self._entities(text), *dates(text), *durations(text), *orders(text)]
        return sorted(found, key=lambda mention: (mention.start, -mention.end))

    def _add(self, text: str, target: tuple[str, str, str], misspelt: bool) -> None:
        key = _key(text)
        if not key:
            return
        bears_slips = misspelt and len(key) >= misspellings.SHORTEST
        if bears_slips:
            self._near.add(key)
        for table in (self._phrases, self._fuzzy) if bears_slips else (self._phrases,):
            if target[:2] not in [known[:2] for known in table.setdefault(key, [])]:
                table[key].append(target)

    def _entities(self, text: str) -> list[Mention]:
        words = [(m.start(), m.end(), fold(_POSSESSIVE.sub("", m.group()))) for m in _WORD.finditer(text)]
        words = [word for word in words if word[2] != "the"]
        found: list[Mention] = []
        taken: set[int] = set()
        for way, longest in ((self._phrases.get, self._longest), (self._nearest, self._longest), (self._heard, _HEARD)):
            for size in range(min(longest, len(words)), 0, -1):
                for first in range(len(words) - size + 1):
                    span = range(first, first + size)
                    if taken.intersection(span):
                        continue
                    targets = way(" ".join(words[i][2] for i in span))
                    if targets:
                        taken.update(span)
                        start, end = words[first][0], words[first + size - 1][1]
                        found += [Mention(kind, value, start, end, form) for kind, value, form in targets]
        return found

    def _heard(self, phrase: str) -> list[tuple[str, str, str]] | None:
        """Return whom a name that was heard as several words stands for: "yell sin", "bell a roos"."""
        words = phrase.split()
        heard = "".join(words)
        if len(words) < 2 or len(heard) < misspellings.SHORTEST or _JOINING.intersection(words) or not heard.isalpha():
            return None
        return self._meant(heard if heard in self._fuzzy else self._near.nearest(heard), phrase)

    def _nearest(self, phrase: str) -> list[tuple[str, str, str]] | None:
        return self._meant(self._near.nearest(phrase), phrase)

    def _meant(self, known: str | None, phrase: str) -> list[tuple[str, str, str]] | None:
        if not known:
            return None
        in_pieces = " " in phrase and " " not in known
        return [
            (kind, value, HEARD if in_pieces and form == NAME else form) for kind, value, form in self._fuzzy[known]
        ]


def fold(text: str) -> str:
    """Return text in lower case, without accents and with straight apostrophes."""
    decomposed = unicodedata.normalize("NFKD", text.replace("’", "'"))
    return "".join(c for c in decomposed if not unicodedata.combining(c)).casefold()


def dates(text: str) -> list[Mention]:
    """Return the dates, months and years that a text names."""
    found: list[Mention] = []

    def free(match: re.Match) -> bool:
        return not any(match.start() < m.end and m.start < match.end() for m in found)

    for pattern in _DATES:
        for match in pattern.finditer(text):
            value = _date_value(match)
            if value and free(match):
                found.append(Mention("date", value, match.start(), match.end()))
    for match in _MONTH_ONLY.finditer(text):
        name = match.group("name").lower()
        # "may" and "mar" are words of their own.
        if free(match) and (name not in ("may", "mar") or match.group("y")):
            value = f"{match.group('y') or '-'}-{_MONTHS[name]:02}"
            found.append(Mention("date", value, match.start(), match.end()))
    for match in _YEAR_ONLY.finditer(text):
        if free(match):
            found.append(Mention("date", match.group(), match.start(), match.end()))
    return found


_ONE_DAY = re.compile(r"\bthe (?:very )?(?:next|following|previous) day\b|\bthe day (?=after\b|before\b)", re.I)


def durations(text: str) -> list[Mention]:
    """Return the lengths of time that a text names, in days."""
    found = []
    for match in _DURATION.finditer(text):
        number = match.group("n").lower()
        count = int(number) if number.isdigit() else _SMALL[number]
        days = count * _UNITS[match.group("unit").lower().rstrip("s")]
        found.append(Mention("duration", f"{days:g}", match.start(), match.end()))
    # "The day after" and "the next day" are one day away.
    found += [Mention("duration", "1", match.start(), match.end()) for match in _ONE_DAY.finditer(text)]
    return found


_COUNT = re.compile(
    rf"\b(?P<n>\d{{1,3}}|{'|'.join(word for word in sorted(_SMALL, key=len, reverse=True) if _SMALL[word] > 1)})"
    r"\s+(?:(?!of\b|or\b|and\b|to\b)[^\W\d_]+\s+){0,2}?(?P<noun>[^\W\d_]+)",
    _ASCII,
)


def numbers(text: str) -> list[tuple[int, str]]:
    """Return the numbers from two upwards that a text claims, each with the noun up to three words behind it."""
    found = []
    for match in _COUNT.finditer(text):
        number = match["n"].lower()
        count = int(number) if number.isdigit() else _SMALL[number]
        behind = re.findall(r"[^\W\d_]+", text[match.end("n") :])[:3]
        found += [(count, word.lower()) for word in behind]
    return found


def orders(text: str) -> list[Mention]:
    """Return the words of order in a text: before, after, first, last."""
    return [
        Mention("order", value, match.start(), match.end())
        for value, pattern in _ORDERS.items()
        for match in pattern.finditer(text)
    ]


def _key(text: str) -> str:
    return " ".join(fold(_POSSESSIVE.sub("", m.group())) for m in _WORD.finditer(text) if m.group().lower() != "the")


def _date_value(match: re.Match) -> str | None:
    parts = match.groupdict()
    if parts.get("a"):
        first, second = int(parts["a"]), int(parts["b"])
        # 12/10 and 10.12. are the same day written in two countries; a twelfth month settles it where it can.
        month, day = (second, first) if second == 12 or first > 12 else (first, second)
    else:
        month_name = re.search(rf"\b({_MONTH})\b", match.group(), _ASCII)
        month = int(parts["m"]) if parts.get("m") else _MONTHS[month_name.group().lower()] if month_name else 0
        day = int(parts["d"]) if parts.get("d") else _NTH.get((parts.get("w") or "").lower(), 0)
    if not 1 <= day <= 31 or month > 12:
        return None
    year = (parts.get("y") or "").lstrip("'")
    year = f"19{year}" if len(year) == 2 else year
    return f"{year or '-'}-{month:02}-{day:02}" if month else f"---{day:02}"

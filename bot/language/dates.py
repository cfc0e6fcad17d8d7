"""Dates in English: reading them, misspelt ones too, and writing them.

A date that is known in part is written with hyphens for what is unknown: 1991-12-10, 1991-12, 1991, --12-10 (no year),
--12 (a month alone), ---10 (a day alone).
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from functools import lru_cache

from bot.language.numbers import NUMBER_OF_ORDINAL, alternatives, ordinal_suffix
from bot.language.words import Found

MONTHS = tuple(datetime.date(2000, month, 1).strftime("%B") for month in range(1, 13))

_MONTH_NUMBERS = {
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
_ALSO_WORDS = ("may", "mar")
"""Months that are words of their own as well; they count as months beside a day or a year only."""
_ON = "on "
_MONTH = alternatives(_MONTH_NUMBERS)
_LATE_ORDINAL = alternatives(NUMBER_OF_ORDINAL, least=10)
"""In words, "the first" to "the ninth" are more often places in an order than days."""
_DAY = rf"(?:(?P<d>\d{{1,2}})(?:\s?(?:st|nd|rd|th|\.))?|(?P<w>{alternatives(NUMBER_OF_ORDINAL)}))"
_YEAR = r"(?:,?\s*(?:of\s+)?(?P<y>\d{4}|'?\d\d)\b(?!\s*[:.]\d))?"
# With re.I alone, letters such as ſ match an s that the tables do not know.
_FLAGS = re.I | re.A
_FORMS = (
    re.compile(rf"\b(?:{_MONTH})\.?,?\s*(?:the\s+)?{_DAY}\b{_YEAR}", _FLAGS),
    re.compile(rf"\b{_DAY}\s*(?:of\s+)?(?:{_MONTH})\b\.?{_YEAR}", _FLAGS),
    re.compile(r"\b(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})\b"),
    re.compile(r"\b(?P<a>\d{1,2})[./-](?P<b>\d{1,2})(?:[./-](?P<y>\d{4}|\d\d))?\b"),
    re.compile(
        r"\b(?:on|the|from|since|by|until|till|not|is|was|and|or)\s+(?:the\s+)?"
        rf"(?:(?P<d>\d{{1,2}})(?:st|nd|rd|th)|(?P<w>{_LATE_ORDINAL}))\b",
        _FLAGS,
    ),
)
_MONTH_ONLY = re.compile(rf"\b(?P<name>{_MONTH})\b(?:\s+(?:of\s+)?(?P<y>\d{{4}}))?", _FLAGS)
_FEASTS = {"christmas eve": "--12-24", "christmas": "--12-25", "boxing day": "--12-26", "new year's eve": "--12-31"}
_FEAST = re.compile(rf"\b(?:{'|'.join(_FEASTS)})(?: day)?\b", _FLAGS)
_YEAR_ONLY = re.compile(r"\b\d{4}\b")
_PARTS = re.compile(r"(\d{4}|-)?(?:-(\d\d|-))?(?:-?(\d\d))?")


@dataclass(frozen=True)
class DateCustoms:
    """How dates are meant where they do not say it all.

    `years`: first and last year that a number of four digits can be a year in. `two_digit_years`: the same for years
    written with two digits. `day_first`: whether 3/12 is the third of December, where not just one of both readings
    falls into `months`, those that are spoken of.
    """

    years: tuple[int, int] = (1000, 2999)
    two_digit_years: tuple[int, int] = (1970, 2069)
    day_first: bool = False
    months: frozenset[int] = frozenset()


_NO_CUSTOMS = DateCustoms()


def dates(text: str, customs: DateCustoms = _NO_CUSTOMS) -> list[Found]:
    """Return the dates, months and years that a text names."""
    found: list[Found] = []

    def is_free(start: int, end: int) -> bool:
        return not any(start < other.end and other.start < end for other in found)

    for form in _FORMS:
        for match in form.finditer(text):
            value, end = _day_value(match, customs)
            if value and is_free(match.start(), end):
                found.append(Found(value, match.start(), end))
    for match in _MONTH_ONLY.finditer(text):
        name, year = match["name"].lower(), _year(match["y"], customs)
        end = match.end() if year else match.end("name")
        if is_free(match.start(), end) and (name not in _ALSO_WORDS or year):
            found.append(Found(f"{year or '-'}-{_MONTH_NUMBERS[name]:02}", match.start(), end))
    for match in _FEAST.finditer(text.replace("’", "'")):
        name = match.group().lower()
        found.append(Found(_FEASTS.get(name) or _FEASTS[name.removesuffix(" day")], *match.span()))
    for match in _YEAR_ONLY.finditer(text):
        if is_free(*match.span()) and _year(match.group(), customs):
            found.append(Found(match.group(), *match.span()))
    return found


def spell(day: datetime.date, day_first: bool = False) -> str:
    """Return a day as English writes it: December 12th, or 12 December."""
    return f"{day.day} {day:%B}" if day_first else f"{day:%B} {day.day}{ordinal_suffix(day.day)}"


def spell_partly(value: str, day_first: bool = False) -> str:
    """Return a date that is known in part: --12-31 is December 31st (or 31 December), 1991-03 is March 1991."""
    match = _PARTS.fullmatch(value)
    if match is None:
        raise ValueError(f"{value!r} is no date; valid are YYYY-MM-DD, YYYY-MM, YYYY, --MM-DD, --MM and ---DD")
    year, month, day = match.groups()
    if not month or month == "-":
        return f"the {int(day)}{ordinal_suffix(int(day))}" if day else str(year)
    words = MONTHS[int(month) - 1]
    if day and day_first:
        words = f"{int(day)} {words}"
    elif day:
        words += f" {int(day)}{ordinal_suffix(int(day))}"
    comma = "," * bool(day and not day_first)
    return f"{words}{comma} {year}" if year and year != "-" else words


def split_on(text: str) -> tuple[str, str]:
    """Return the "on" that a date may be found with, and the date without it.

    >>> split_on("on the 14th"), split_on("June 14th")
    (('on ', 'the 14th'), ('', 'June 14th'))
    """
    at = len(_ON) if text.lower().startswith(_ON) else 0
    return text[:at], text[at:]


def is_day(value: str) -> bool:
    """True where a date that is known in part names a day, not a whole month or year."""
    return value.startswith("--") and len(value) in (5, 7) or len(value) == 10


def agrees(value: str, day: datetime.date | None) -> bool:
    """True where a date that is known in part (--12-10, 1991-12) agrees with a day, as far as it is known."""
    if day is None:
        return False
    if value.startswith("---"):
        return day.day == int(value[3:])
    if value.startswith("--"):
        return f"{day:%m-%d}".startswith(value[2:])
    return f"{day:%Y-%m-%d}".startswith(value)


def completed(value: str, like: datetime.date | None) -> datetime.date | None:
    """Return the day that a date stands for, year and month taken from `like` where it names none.

    None where it names no day, nothing completes it, or no calendar has it.
    """
    if not is_day(value):
        return None
    year, month, day = value[:-6], value[-5:-3].strip("-"), value[-2:]
    if like is None and not (year.isdigit() and month):
        return None
    try:
        return datetime.date(int(year) if year.isdigit() else like.year, int(month or like.month), int(day))
    except ValueError:
        return None


def _day_value(match: re.Match, customs: DateCustoms) -> tuple[str | None, int]:
    """Return the day that a match stands for, None for none, and where it ends: a number behind it may be no year."""
    parts = match.groupdict()
    year = _year(parts.get("y"), customs)
    end = match.end() if year or not parts.get("y") else len(match.string[: match.start("y")].rstrip(" ,'./-"))
    if parts.get("a"):
        month, day = _month_and_day(int(parts["a"]), int(parts["b"]), customs)
    else:
        name = _month_in(match.group())
        month = int(parts["m"]) if parts.get("m") else _MONTH_NUMBERS[name] if name else 0
        day = int(parts["d"]) if parts.get("d") else NUMBER_OF_ORDINAL.get((parts.get("w") or "").lower(), 0)
    if not 1 <= day <= 31 or month > 12:
        return None, end
    return f"{year or '-'}-{month:02}-{day:02}" if month else f"---{day:02}", end


def _month_and_day(first: int, second: int, customs: DateCustoms) -> tuple[int, int]:
    """Read 12/10: by the months that are spoken of where only one reading falls into them, else by custom."""
    readings = [(first, second), (second, first)]
    likely = [(m, d) for m, d in readings if m in customs.months]
    if len(set(likely)) == 1:
        return likely[0]
    possible = [(m, d) for m, d in readings if 1 <= m <= 12]
    preferred = readings[1] if customs.day_first else readings[0]
    return preferred if preferred in possible or not possible else possible[0]


@lru_cache(1024)
def _month_in(text: str) -> str | None:
    found = re.search(rf"\b({_MONTH})\b", text, _FLAGS)
    return found.group().lower() if found else None


def _year(written: str | None, customs: DateCustoms) -> str | None:
    """Return a year of four digits, None for a number that is none."""
    digits = (written or "").lstrip("'")
    if len(digits) == 2:
        first, last = customs.two_digit_years
        year = first - first % 100 + int(digits)
        year += 100 if year < first else 0
        return str(year) if year <= last else None
    if not digits:
        return None
    return digits if customs.years[0] <= int(digits) <= customs.years[1] else None

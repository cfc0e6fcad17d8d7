"""How what was worked out is put into words."""

from __future__ import annotations

import re

from bot.answers.operations.outcome import Outcome
from bot.facts.base import FactBase
from bot.facts.dates import MONTHS, count_words, ordinal_suffix


def fill(base: FactBase, section: str, key: str, **values: str) -> str:
    """Return a template of wording.yml with its braces filled in."""
    return base.wording[section][key].format(**values)


def refuse(base: FactBase, key: str, **values: str) -> Outcome:
    """Return a refusal in words of wording.yml."""
    return Outcome((fill(base, "refused", key, **values),), refused=True)


def join(items: list[str], word: str = "and") -> str:
    """Return a list as a sentence has it: one, two and three."""
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} {word} {items[-1]}"


def count_days(number: int) -> str:
    """Return a number of days in words: one day, two days."""
    return f"{count_words(number)} day{'s' * (number != 1)}"


def spoken(value: str) -> str:
    """Return a mentioned date in words: --12-31 is December 31st, 1991-03 is March 1991."""
    year, month, day = re.fullmatch(r"(\d{4}|-)?(?:-(\d\d|-))?(?:-?(\d\d))?", value).groups()
    if not month or month == "-":
        return f"the {int(day)}{ordinal_suffix(int(day))}" if day else str(year)
    words = MONTHS[int(month) - 1]
    if day:
        words += f" {int(day)}{ordinal_suffix(int(day))}"
    return f"{words}{',' * bool(day)} {year}" if year and year != "-" else words

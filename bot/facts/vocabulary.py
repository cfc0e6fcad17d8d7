"""What an article's things are called and which can stand for which, as `data/facts/vocabulary.yml` has it."""

from __future__ import annotations

from functools import cached_property

from pydantic import Field, validator

from bot.facts.model import Record

FILE = "vocabulary.yml"


class Kind(Record):
    """A type of entities: what one and several of them are called, and which pronouns can mean one."""

    nouns: list[str] = []
    plurals: list[str] = []
    pronouns: list[str] = []
    whole: bool = False
    shown: bool = False


class DateCustoms(Record):
    """How the dates of a message are meant where they do not say it all."""

    years: tuple[int, int] = (1000, 2999)
    two_digit_years: tuple[int, int] = (1970, 2069)
    day_first: bool = False

    @validator("years", "two_digit_years")
    def _in_order(cls, years: tuple[int, int]) -> tuple[int, int]:  # noqa: N805 (pydantic's form)
        if not 999 < years[0] <= years[1] <= 9999:
            raise ValueError("has to be two years of four digits, the earlier first")
        return years

    @validator("two_digit_years")
    def _within_a_century(cls, years: tuple[int, int]) -> tuple[int, int]:  # noqa: N805
        if years[1] - years[0] >= 100:
            raise ValueError("has to span less than a hundred years, or two digits could mean two of them")
        return years


class Intents(Record):
    """Names of the intents that do what the bot itself has to know of."""

    start_over: str = ""
    timeline: str = ""
    evidence: str = ""
    more: str = ""
    repeat: str = ""
    shorter: str = ""
    simpler: str = ""
    explain: str = ""
    aside: list[str] = []


class Vocabulary(Record):
    """The whole file."""

    kinds: dict[str, Kind] = {}
    stand_in: list[str] = []
    nearest: list[str] = []
    named: list[str] = []
    dates: DateCustoms = Field(default_factory=DateCustoms)
    intents: Intents = Field(default_factory=Intents)

    class Config:
        keep_untouched = (cached_property,)

    @cached_property
    def kind_of_noun(self) -> dict[str, str]:
        """Noun -> the kind of which it can stand for one ("city" -> place)."""
        return {noun: name for name, kind in self.kinds.items() for noun in kind.nouns}

    @cached_property
    def people(self) -> frozenset[str]:
        """Kinds that "he" and "she" can mean."""
        return frozenset(name for name, kind in self.kinds.items() if {"he", "she"} & set(kind.pronouns))

    @cached_property
    def wholes(self) -> frozenset[str]:
        """Kinds of what the others are part of."""
        return frozenset(name for name, kind in self.kinds.items() if kind.whole)

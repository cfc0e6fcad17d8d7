"""What an article's things are called and which can stand for which, as `data/facts/vocabulary.yml` has it."""

from __future__ import annotations

from functools import cached_property
from typing import Literal

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
    unnamed: bool = False
    own_name: bool = False
    made: bool = False
    form: Literal["plain", "round", "double"] = "plain"


class DateSettings(Record):
    """How the dates of a message are meant where they do not say it all, as vocabulary.yml sets it: `dates`."""

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


class Column(Record):
    """A column of the map: the kinds in it, and its heading by language."""

    kinds: list[str]
    title: dict[str, str]


class ClaimKinds(Record):
    """Which kinds of claims tell what somebody wanted, and which hold both ways."""

    positions: list[str] = []
    mutual: list[str] = []


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
    insult: str = ""
    greeting: str = ""
    aside: list[str] = []

    @property
    def steering(self) -> tuple[str, ...]:
        """Those about the answer before, and the timeline: what is asked of the conversation, not of the article."""
        return tuple(filter(None, (*self._about_last_answer, self.timeline)))

    @property
    def asides(self) -> frozenset[str]:
        """All that yield to a question about the article in the same message."""
        return frozenset(filter(None, (*self.aside, *self.steering, self.start_over)))

    @property
    def named(self) -> dict[str, list[str]]:
        """Key of the file -> the intents named there."""
        return {key: [value] if isinstance(value, str) else value for key, value in self if value}

    @property
    def _about_last_answer(self) -> tuple[str, ...]:
        return self.evidence, self.more, self.repeat, self.shorter, self.simpler, self.explain


class Several(Record):
    """Words that name several events at once ("the last three"), or the time between two ("its days alone")."""

    names: list[str]
    events: list[str]


class Membership(Record):
    """By which words a question claims that one still belonged to the whole, or no longer did."""

    events: str
    role: str
    group: str
    inside: list[str]
    outside: list[str]
    anybody: list[str] = []
    words: list[str] = []


class Abbreviation(Record):
    """What an abbreviation stands for, and the facts that spell it out; `near` is what is said where none does."""

    long: str | None = None
    facts: list[str] = []
    near: str = ""


class Vocabulary(Record):
    """The whole file."""

    kinds: dict[str, Kind] = {}
    columns: list[Column] = []
    stand_in: list[str] = []
    nearest: list[str] = []
    subjects: list[str] = []
    named: list[str] = []
    places: list[str] = []
    opposites: list[str] = []
    verbs: dict[str, list[str]] = {}
    several: list[Several] = []
    membership: Membership | None = None
    abbreviations: dict[str, Abbreviation] = {}
    claims: ClaimKinds = Field(default_factory=ClaimKinds)
    dates: DateSettings = Field(default_factory=DateSettings)
    intents: Intents = Field(default_factory=Intents)

    class Config:
        keep_untouched = (cached_property,)

    @cached_property
    def kind_of_noun(self) -> dict[str, str]:
        """Noun -> the kind of which it can stand for one ("city" -> place)."""
        return {noun: name for name, kind in self.kinds.items() for noun in kind.nouns}

    @cached_property
    def nouns_of_people(self) -> tuple[str, ...]:
        """Nouns of all kinds of which one can be "he" ("man")."""
        return tuple(noun for name in sorted(self.people) for noun in self.kinds[name].nouns)

    @cached_property
    def plurals(self) -> tuple[str, ...]:
        """What questions ask for the names of: the plurals of all kinds, and what is `named` beside them."""
        return tuple(dict.fromkeys([*(word for kind in self.kinds.values() for word in kind.plurals), *self.named]))

    @cached_property
    def words(self) -> frozenset[str]:
        """All words that questions have for the article's things and what they did; none of them is a name."""
        nouns = (noun for kind in self.kinds.values() for noun in (*kind.nouns, *kind.plurals))
        return frozenset((*nouns, *self.named, *self.places, *self.opposites, *self.all_verbs))

    @cached_property
    def all_verbs(self) -> tuple[str, ...]:
        """Forms of verbs by which questions say that something took place."""
        return tuple(dict.fromkeys(verb for verbs in self.verbs.values() for verb in verbs))

    def with_pronoun(self, *pronouns: str) -> frozenset[str]:
        """Return the kinds that one of some pronouns can mean."""
        return frozenset(name for name, kind in self.kinds.items() if not {*pronouns}.isdisjoint(kind.pronouns))

    @cached_property
    def people(self) -> frozenset[str]:
        """Kinds of people: those that "he" can mean."""
        return self.with_pronoun("he")  # a ship may be a she

    @cached_property
    def shown(self) -> frozenset[str]:
        """Kinds that the map of who stood where shows."""
        return frozenset(name for name, kind in self.kinds.items() if kind.shown)

    @cached_property
    def unnamed(self) -> frozenset[str]:
        """Kinds of several together whom the article does not name one by one."""
        return frozenset(name for name, kind in self.kinds.items() if kind.unnamed)

    @cached_property
    def nameable(self) -> tuple[str, ...]:
        """Kinds of what a message can name: those that can stand in for each other, and what they are part of."""
        return (*self.stand_in, *self.wholes)

    @cached_property
    def wholes(self) -> frozenset[str]:
        """Kinds of what the others are part of."""
        return frozenset(name for name, kind in self.kinds.items() if kind.whole)

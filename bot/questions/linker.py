"""Finds what a message speaks of: the entities of the fact base, dates, lengths of time and words of order.

link("wen did rusia leav, befor or after the 12th of dec?") ->
    state russia, order before, order after, date --12-12
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from bot.facts.base import FactBase
from bot.facts.model import Entity, Event
from bot.language.dates import DateCustoms, dates
from bot.language.durations import durations
from bot.language.function_words import ARTICLE, JOINING
from bot.language.order_words import order_words
from bot.language.words import NAME_PART, Found, fold, without_possessive
from bot.questions import misspellings
from bot.questions.mentions import (
    ADJECTIVE,
    DATE,
    DESCRIPTION,
    DURATION,
    EVENT,
    HEARD,
    NAME,
    ORDER,
    Mention,
)
from bot.questions.misspellings import FuzzyIndex

_HEARD_WORDS = 3
"""Words that one name may be heard as, at most."""

_Target = tuple[str, str, str]
"""Kind, id and form of what a phrase stands for."""


class Linker:
    """Links messages to one fact base."""

    def __init__(
        self,
        entities: Iterable[Entity],
        events: Iterable[Event] = (),
        customs: DateCustoms | None = None,
        acting: frozenset[str] = frozenset(),
    ) -> None:
        """Take what can be named, how dates are meant, and the kinds of which the facts tell when one did something."""
        self.acting = acting
        self._customs = customs or DateCustoms()
        self._phrases: dict[str, list[_Target]] = {}
        self._misspellable: dict[str, list[_Target]] = {}
        self._near = FuzzyIndex()
        for entity in entities:
            for form, texts, may_be_misspelt in _texts_of(entity):
                for text in texts:
                    self._add(text, (entity.type, entity.id, form), may_be_misspelt and not entity.outside)
        for event in events:
            for text in event.names:
                self._add(text, (EVENT, event.id, DESCRIPTION), False)
        self._longest = max((len(key.split()) for key in self._phrases), default=0)

    @classmethod
    def to(cls, base: FactBase) -> Linker:
        """Return a linker to all that a fact base knows."""
        return cls(base.entities.values(), base.events.values(), base.date_customs, base.dated_kinds)

    def link(self, text: str) -> list[Mention]:
        """Return what `text` mentions, in its order, longer names before the shorter ones inside them."""
        found = self._entities(text)
        found += _mentions(DATE, dates(text, self._customs))
        found += _mentions(DURATION, durations(text))
        found += _mentions(ORDER, order_words(text))
        return sorted(found, key=lambda mention: (mention.start, -mention.end))

    def _add(self, text: str, target: _Target, may_be_misspelt: bool) -> None:
        key = _key(text)
        if not key:
            return
        tables = [self._phrases]
        if may_be_misspelt and len(key) >= misspellings.SHORTEST:
            self._near.add(key)
            tables.append(self._misspellable)
        for table in tables:
            if target[:2] not in [known[:2] for known in table.setdefault(key, [])]:
                table[key].append(target)

    def _entities(self, text: str) -> list[Mention]:
        words = [(m.start(), m.end(), fold(without_possessive(m.group()))) for m in NAME_PART.finditer(text)]
        words = [word for word in words if word[2] != ARTICLE]
        found: list[Mention] = []
        taken: set[int] = set()
        ways: tuple[tuple[Callable[[str], list[_Target] | None], int], ...] = (
            (self._phrases.get, self._longest),
            (self._nearest, self._longest),
            (self._heard, _HEARD_WORDS),
        )
        for way, longest in ways:
            for size in range(min(longest, len(words)), 0, -1):
                for first in range(len(words) - size + 1):
                    span = range(first, first + size)
                    if taken.intersection(span):
                        continue
                    if targets := way(" ".join(words[i][2] for i in span)):
                        taken.update(span)
                        start, end = words[first][0], words[first + size - 1][1]
                        found += [Mention(kind, value, start, end, form) for kind, value, form in targets]
        return found

    def _heard(self, phrase: str) -> list[_Target] | None:
        """Return whom a name that was heard as several words stands for: "yell sin", "bell a roos"."""
        words = phrase.split()
        heard = "".join(words)
        if len(words) < 2 or len(heard) < misspellings.SHORTEST or JOINING.intersection(words) or not heard.isalpha():
            return None
        return self._meant(heard if heard in self._misspellable else self._near.nearest(heard), phrase)

    def _nearest(self, phrase: str) -> list[_Target] | None:
        return self._meant(self._near.nearest(phrase), phrase)

    def _meant(self, known: str | None, phrase: str) -> list[_Target] | None:
        if not known:
            return None
        in_pieces = " " in phrase and " " not in known
        return [
            (kind, value, HEARD if in_pieces and form == NAME else form)
            for kind, value, form in self._misspellable[known]
        ]


def _texts_of(entity: Entity) -> list[tuple[str, list[str], bool]]:
    """Return what an entity is called: the form, the texts, and whether a slip of the pen in them is forgiven."""
    long = [text for text in entity.descriptions if len(text) >= misspellings.LONG]
    short = [text for text in entity.descriptions if len(text) < misspellings.LONG]
    return [
        (NAME, [entity.name, *entity.aliases], True),
        (NAME, entity.misspellings, True),
        (NAME, entity.exact, False),
        (DESCRIPTION, long, True),
        (DESCRIPTION, short, False),
        (ADJECTIVE, entity.adjectives, True),
    ]


def _mentions(kind: str, found: list[Found]) -> list[Mention]:
    return [Mention(kind, one.value, one.start, one.end) for one in found]


def _key(text: str) -> str:
    words = [m.group() for m in NAME_PART.finditer(text)]
    return " ".join(fold(without_possessive(word)) for word in words if word.lower() != ARTICLE)

"""The fact base in memory: pure look-ups over the records."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from bot.facts.article import Article
from bot.facts.dates import Dated, resolve
from bot.facts.model import Answer, Claim, Entity, Event, Fact, Missing


@dataclass(frozen=True)
class Quote:
    """A verbatim piece of the article: `quote == article.text[start:end]`, in sentence `sentence`."""

    sentence: str
    start: int
    end: int
    quote: str


@dataclass(frozen=True)
class FactBase:
    """Everything known about one article."""

    article: Article
    entities: dict[str, Entity]
    events: dict[str, Event]
    claims: dict[str, Claim]
    answers: dict[str, Answer]
    missing: dict[str, Missing]
    wording: dict
    silent: dict[str, str]
    topics: dict[str, str] = field(default_factory=dict)

    @cached_property
    def facts(self) -> dict[str, Fact]:
        """Events and claims by id."""
        return {**self.events, **self.claims}

    @cached_property
    def dates(self) -> dict[str, Dated]:
        """The date of each event that has one, counted ones worked out."""
        return resolve(self.events)

    @cached_property
    def facts_of(self) -> dict[str, list[str]]:
        """Entity id -> ids of the facts that it takes part in, in the article's order."""
        found: dict[str, list[str]] = {entity: [] for entity in self.entities}
        for fact in self.facts.values():
            for entity in fact.entities():
                if entity in found and fact.id not in found[entity]:
                    found[entity].append(fact.id)
        return found

    def events_of_type(self, kind: str) -> list[Event]:
        """Return the events of a type in the order in which they happened."""
        return sorted((e for e in self.events.values() if e.type == kind), key=lambda e: e.order or 0)

    def quotes(self, fact_ids: list[str]) -> list[Quote]:
        """Return the evidence of some facts, in the order given, without a quote that stands inside another."""
        found: dict[tuple[int, int], Quote] = {}
        for fact_id in fact_ids:
            record = self.facts.get(fact_id) or self.entities[fact_id]
            for sentence_id, words in record.evidence.items():
                words = words or self.article.sentences[sentence_id].text
                place = self.article.locate(sentence_id, words)
                if place:
                    found.setdefault(place, Quote(sentence_id, *place, words))
        return [
            quote
            for (start, end), quote in found.items()
            if not any(s <= start and end <= e and (s, e) != (start, end) for s, e in found)
        ]

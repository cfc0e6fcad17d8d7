"""The fact base in memory: pure look-ups over the records.

Look-ups go through tables that are made once, so that a question costs the same however many facts there are.
"""

from __future__ import annotations

import datetime
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from bot.facts.article import Article
from bot.facts.dates import Dated, resolve
from bot.facts.entity_look_ups import EntityLookUps, grouped
from bot.facts.model import Answer, Claim, Credits, Entity, Event, Fact, Missing
from bot.facts.order import closure, follows
from bot.facts.said import Said
from bot.facts.vocabulary import Vocabulary
from bot.language.dates import DateCustoms
from bot.language.words import bare_words, plain


@dataclass(frozen=True)
class Quote:
    """A verbatim piece of the article: `quote == article.text[start:end]`, in sentence `sentence`."""

    sentence: str
    start: int
    end: int
    quote: str


@dataclass(frozen=True)
class FactBase(EntityLookUps):
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
    credits: Credits = Credits()
    vocabulary: Vocabulary = Vocabulary()
    said: dict[str, list[Said]] = field(default_factory=dict)

    @cached_property
    def date_customs(self) -> DateCustoms:
        """How dates in messages are meant: by the article's custom, and in the months that it speaks of."""
        given = self.vocabulary.dates
        months = frozenset(day.month for day in self.known_days)
        return DateCustoms(given.years, given.two_digit_years, given.day_first, months)

    @cached_property
    def claims_because(self) -> dict[tuple[str, tuple[str, ...]], list[str]]:
        """Ids of claims by each event that is their reason and by whom they are about."""
        found: dict[tuple[str, tuple[str, ...]], list[str]] = {}
        for claim in self.claims.values():
            for cause in dict.fromkeys(claim.because):
                found.setdefault((cause, tuple(claim.subject)), []).append(claim.id)
        return found

    @cached_property
    def caused_by(self) -> dict[str, list[Event]]:
        """Events by each event that they have as a cause, in the order of the article."""
        found: dict[str, list[Event]] = {}
        for event in self.events.values():
            for cause in dict.fromkeys(event.causes):
                found.setdefault(cause, []).append(event)
        return found

    @cached_property
    def later_than(self) -> dict[str, frozenset[str]]:
        """Event -> the events of which the article tells that they came later, by whatever it says of their order."""
        return closure(follows(self.events, self.dates))

    @cached_property
    def facts(self) -> dict[str, Fact]:
        """Events and claims by id."""
        return {**self.events, **self.claims}

    @cached_property
    def dates(self) -> dict[str, Dated]:
        """The date of each event that has one, counted ones worked out."""
        return resolve(self.events, self.vocabulary.dates.day_first)

    @cached_property
    def facts_of(self) -> dict[str, list[str]]:
        """Entity id -> ids of the facts that it takes part in, in the article's order."""
        found: dict[str, list[str]] = {entity: [] for entity in self.entities}
        for fact in self.facts.values():
            for entity in fact.entities():
                if entity in found and fact.id not in found[entity]:
                    found[entity].append(fact.id)
        return found

    def told_of(self, facts: Iterable[str | None]) -> tuple[str, ...]:
        """Return the ids of those whom facts speak of, in their order; what is no fact counts for nothing."""
        known = [self.facts[fact] for fact in facts if fact in self.facts]
        return tuple(dict.fromkeys(entity for fact in known for entity in fact.entities()))

    @cached_property
    def facts_around(self) -> dict[str, list[str]]:
        """Entity id -> ids of the facts that it takes part in, or that took place there."""
        pairs = [(i, fact.id) for fact in self.facts.values() for i in dict.fromkeys(fact.entities())]
        pairs += [(e.place, e.id) for e in self.events.values() if e.place and e.place not in e.entities()]
        return grouped(pairs)

    @cached_property
    def facts_in(self) -> dict[str, list[str]]:
        """Sentence id -> ids of the facts of which it is evidence; no entry for a sentence that states nothing."""
        return grouped((sentence, fact.id) for fact in self.facts.values() for sentence in fact.evidence)

    @cached_property
    def joined_with(self) -> dict[str, set[str]]:
        """Fact id -> ids of its causes and outcomes, as either end names the other."""
        found: dict[str, set[str]] = {fact: set() for fact in self.facts}
        for fact in self.facts.values():
            named = [*fact.causes, *fact.outcomes] if isinstance(fact, Event) else fact.because
            for other in named:
                if other in found:
                    found[fact.id].add(other)
                    found[other].add(fact.id)
        return found

    @cached_property
    def intent_of_question(self) -> dict[str, str]:
        """The plainest question of an intent -> the intent."""
        return {entry.question: intent for intent, entry in self.answers.items()}

    def knows(self, intent: str | None) -> bool:
        """Tell whether an intent has an answer, or is known to be missing from the article."""
        return intent in self.answers or intent in self.missing

    def events_of_type(self, kind: str) -> list[Event]:
        """Return the events of a type in the order in which they happened."""
        return list(self._events_of_type.get(kind, ()))

    def event_of(self, kind: str, role: str | None) -> dict[str, Event]:
        """Entity id -> the event of a type in which it has a role (any for None)."""
        table = self._event_of.get((kind, role))
        if table is None:
            events = self._events_of_type.get(kind, ())
            table = self._event_of[kind, role] = {i: event for event in events for i in event.entities(role)}
        return table

    def events_dated(self, mentioned: str) -> list[Event]:
        """Return the events on a day, or in a month or year, that are known to the day.

        The date may be known in part, as it is mentioned: 1991-12-10, --12-10, ---10, 1991-12, --12, 1991.
        """
        return list(self._events_dated.get(mentioned, ()))

    def events_in(self, period: str) -> list[Event]:
        """Return the events of which no more is known than the month or year, as in 1990 or 1991-12."""
        return list(self._events_in.get(period, ()))

    def day_before(self, day: datetime.date) -> datetime.date | None:
        """Return the last day before a day on which something happened."""
        at = bisect_left(self._days, day)
        return self._days[at - 1] if at else None

    def day_after(self, day: datetime.date) -> datetime.date | None:
        """Return the first day after a day on which something happened."""
        at = bisect_right(self._days, day)
        return self._days[at] if at < len(self._days) else None

    @cached_property
    def article_words(self) -> frozenset[str]:
        """All words of the article, in lower case."""
        return frozenset(bare_words(self.article.text))

    @cached_property
    def last_event(self) -> Event | None:
        """The event of the latest day."""
        dated = [e for e in self.events.values() if (d := self.dates.get(e.id)) and d.day]
        return max(dated, key=lambda e: self.dates[e.id].day, default=None)

    @cached_property
    def known_days(self) -> list[datetime.date]:
        """The days of the events that are known to the day, in the order of the events."""
        return [date.day for date in self.dates.values() if date.day]

    @cached_property
    def intent_of_operation(self) -> dict[str, str]:
        """Operation -> the first intent that is answered by it."""
        return {operation: intents[0] for operation, intents in self.intents_of_operation.items()}

    @cached_property
    def plain_questions(self) -> dict[str, str]:
        """Each question in which an answer is offered, folded and without its mark -> the intent that it asks."""
        found = {plain(entry.question): intent for intent, entry in self.answers.items()}
        names = [entity.name for entity in self.entities.values() if not entity.outside]
        for intent, entry in self.answers.items():
            if entry.restated:
                found |= {plain(entry.restated.format(entity=name)): intent for name in names}
        return found

    @cached_property
    def intents_of_operation(self) -> dict[str, list[str]]:
        """Operation -> the intents that are answered by it: an operation over events has one for each type of them."""
        return grouped((entry.operation, intent) for intent, entry in self.answers.items() if entry.operation)

    @cached_property
    def dated_by_name(self) -> frozenset[str]:
        """Ids of the events that are known to the day and have names of their own."""
        return frozenset(i for i, date in self.dates.items() if date.day and self.events[i].names)

    def kinds_in(self, events: str, role: str | None) -> frozenset[str]:
        """Return the types of those who have a role in events of a type (any role for None)."""
        taking_part = map(self.entities.get, self.event_of(events, role))
        return frozenset(e.type for e in taking_part if e)

    @cached_property
    def dated_kinds(self) -> frozenset[str]:
        """Types of those of whom the answers tell when they did something, so that a name and a day make a claim."""
        over = [e for e in self.answers.values() if e.operation == "when" and e.events]
        return frozenset(kind for e in over for kind in self.kinds_in(e.events or "", e.role))

    @cached_property
    def intents_of_topic(self) -> dict[str, list[str]]:
        """Topic -> its intents, in their order."""
        return grouped((topic, intent) for intent, topic in self.topics.items())

    @cached_property
    def place_of_intent(self) -> dict[str, int]:
        """Intent -> its place among all that have a topic."""
        return {intent: place for place, intent in enumerate(self.topics)}

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

    @cached_property
    def _events_of_type(self) -> dict[str, list[Event]]:
        found = grouped((event.type, event) for event in self.events.values())
        return {kind: sorted(events, key=lambda e: e.order or 0) for kind, events in found.items()}

    @cached_property
    def _event_of(self) -> dict[tuple[str, str | None], dict[str, Event]]:
        return {}  # filled as it is asked for

    @cached_property
    def _events_dated(self) -> dict[str, list[Event]]:
        return grouped(
            (f"{day:{form}}", event)
            for event in self.events.values()
            if (date := self.dates.get(event.id)) and (day := date.day)
            for form in ("---%d", "--%m-%d", "--%m", "%Y", "%Y-%m", "%Y-%m-%d")
        )

    @cached_property
    def _events_in(self) -> dict[str, list[Event]]:
        events = [e for e in self.events.values() if e.date and e.date.in_ and e.id in self.dates]
        return grouped((self.dates[event.id].text, event) for event in events)

    @cached_property
    def _days(self) -> list[datetime.date]:
        return sorted(set(self.known_days))

"""What scripts reach of what the bot knows: facts, sentences, intents, kinds of answers; and what they never do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from bot import paths
from bot.facts.base import FactBase
from bot.facts.plain_yaml import PlainLoader
from converse.driver import TurnResult
from converse.runner import CaseOutcome

KINDS = ("answered", "answered, derived", "not_in_document", "clarify", "social")


@dataclass(frozen=True)
class Section:
    """One kind of thing: how often each was reached, and which never; `seen` is False where it could not be told."""

    name: str
    reached: dict[str, int]
    missed: tuple[str, ...]
    seen: bool = True

    @property
    def total(self) -> int:
        """How many there are."""
        return len(self.reached) + len(self.missed)


@dataclass(frozen=True)
class Coverage:
    """What some scripts reach."""

    facts: Section
    sentences: Section
    intents: Section
    kinds: Section

    def sections(self) -> Iterator[Section]:
        """Yield all four."""
        yield from (self.facts, self.sentences, self.intents, self.kinds)


def measure(outcomes: Iterable[CaseOutcome], base: FactBase, intents: Iterable[str]) -> Coverage:
    """Count what the turns of some cases reached; of sentences, those that state nothing need not be cited."""
    counts: dict[str, Counter[str]] = {name: Counter() for name in ("facts", "sentences", "intents", "kinds")}
    for outcome in outcomes:
        for turn in outcome.turns:
            _count(turn.result, counts)
    sentences = [name for name in base.article.sentences if name not in base.silent]
    return Coverage(
        _section("facts", counts["facts"], base.facts),
        _section("sentences", counts["sentences"], sentences),
        _section("intents", counts["intents"], intents),
        _section("kinds", counts["kinds"], KINDS, "kinds of answers"),
    )


def read_intents(domain: Path = paths.DOMAIN) -> list[str]:
    """Return the intents of a domain in its order."""
    content = yaml.load(domain.read_text(encoding="utf-8"), PlainLoader) or {}
    return [next(iter(intent)) if isinstance(intent, dict) else str(intent) for intent in content.get("intents") or ()]


def _count(result: TurnResult, counts: dict[str, Counter[str]]) -> None:
    record = result.record or {}
    counts["facts"].update(set(record.get("facts") or ()))
    counts["sentences"].update({quote["sentence"] for quote in record.get("evidence") or ()})
    if record.get("status"):
        counts["kinds"][record["status"] + (", derived" if record.get("derived") else "")] += 1
    if result.intent:
        counts["intents"][result.intent] += 1


def _section(name: str, counted: Counter[str], known: Iterable[str], shown: str | None = None) -> Section:
    known = list(known)
    reached = {thing: counted[thing] for thing in known if counted[thing]}
    # Over REST, what a message was taken to ask cannot be seen.
    seen = name != "intents" or bool(counted)
    return Section(shown or name, reached, tuple(thing for thing in known if not counted[thing]), seen)

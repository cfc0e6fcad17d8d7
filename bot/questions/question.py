"""A message as it was read: its intent, what it mentions, and whether it claims something. Made from Rasa's parse."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from bot.language.question_forms import can_only_want_yes_or_no, is_open, wants_yes_or_no
from bot.language.scope import alternatives_at, asks_for_others, asks_who_did_not
from bot.language.sentences import segments
from bot.questions import scope
from bot.questions.mentions import ADJECTIVE, DATE, NAME, Mention
from bot.questions.self_corrections import meant

ANSWER_WORDS = 30
"""Words of an answer that are heard before the message after it."""


@dataclass(frozen=True)
class Before:
    """What was asked before a message, in words that stand alone, and what was answered."""

    question: str
    answer: str = ""

    @property
    def said(self) -> str:
        """Both, as the reader hears them: the beginning of the answer is enough to know what it was about."""
        return " ".join([self.question, *self.answer.split()[:ANSWER_WORDS]])


@dataclass(frozen=True)
class Question:
    """What is asked.

    `ask`, `true`, `false` are the odds that it is open, or that the article confirms or contradicts what it supposes.
    """

    text: str
    intent: str
    confidence: float
    mentions: tuple[Mention, ...] = ()
    ask: float = 1.0
    true: float = 0.0
    false: float = 0.0
    ranking: tuple[tuple[str, float], ...] = ()
    acting: frozenset[str] = frozenset()
    """Types of entities whose deeds have dates. One of them named beside a day is a claim: "Russia, on the 12th?"."""
    whole: str = ""
    """The message as it was sent, of which `text` is the part that is read; empty where they are the same."""
    told: tuple[str, ...] = ()
    """Ids that the answer before was about: "who else?" leaves them out."""

    @property
    def polar(self) -> bool:
        """True where it wants Yes or No ("Did Russia leave first?", "Russia left first, right?")."""
        if wants_yes_or_no(self.text) or self.closed:
            return True
        # A statement without a question word is put up for confirmation.
        return not self.open and self.true + self.false > self.ask

    @property
    def closed(self) -> bool:
        """True where its form leaves no doubt that it wants Yes or No ("They were friends?", "Were they friends")."""
        return can_only_want_yes_or_no(self.text, bool(self.values(DATE)) and any(map(self.named, self.acting)))

    @property
    def open(self) -> bool:
        """True where a question word asks for something ("when", "which", "tell me")."""
        return is_open(self.text)

    @property
    def excluded(self) -> tuple[str, ...]:
        """Ids and dates that it leaves out: named ("besides Ada"), or told before ("who else?")."""
        named = tuple(dict.fromkeys(m.value for m in scope.excluded(self.text, self.mentions)))
        return named or (self.told if asks_for_others(self.text) else ())

    @property
    def left_out(self) -> str:
        """What it leaves out, in its words: "the sails" of "What besides the sails was torn?"."""
        return scope.left_out_words(self.text)

    @property
    def complement(self) -> bool:
        """True where it asks for those of whom something is not so ("Who did not sail?")."""
        return asks_who_did_not(self.text)

    @property
    def alternatives(self) -> tuple[Mention, ...]:
        """Things of one kind between which it asks to choose ("the 3rd or the 4th?")."""
        return scope.alternatives(self.text, self.mentions)

    @property
    def chooses(self) -> bool:
        """True where it asks which of several is so, in whatever words ("Were they friends or enemies?")."""
        return bool(alternatives_at(self.text))

    def values(self, *kinds: str, form: str | None = None) -> list[str]:
        """Return the values mentioned of some kinds, each once, in the order of the text."""
        found = [m.value for m in self.mentions if m.entity in kinds and (form is None or m.form == form)]
        return list(dict.fromkeys(found))

    def asked_values(self, kind: str) -> list[str]:
        """Return the values of a kind that stand in the sentence that asks, not in what is told around it."""
        asking = [part for part in segments(self.text) if part.endswith("?")]
        start = self.text.rfind(asking[-1]) if asking else 0
        return list(dict.fromkeys(m.value for m in self.mentions if m.entity == kind and m.start >= start))

    def named(self, *kinds: str) -> list[str]:
        """Return the values of some kinds that are mentioned by name, adjectives left out ("Russian")."""
        found = [m.value for m in self.mentions if m.entity in kinds and m.form != ADJECTIVE]
        return list(dict.fromkeys(found))

    def with_(self, **changes: Any) -> Question:
        """Return a copy with some fields changed."""
        return replace(self, **changes)


def from_parse(parsed: Mapping[str, Any], acting: frozenset[str] = frozenset()) -> Question:
    """Read Rasa's parsed message (`tracker.latest_message`); `acting` as in `Question`."""
    intent = parsed.get("intent") or {}
    extra = parsed.get("question") or {}
    stance = extra.get("stance") or {}
    mentions = tuple(
        Mention(e["entity"], e["value"], e.get("start", 0), e.get("end", 0), e.get("form", NAME))
        for e in parsed.get("entities") or []
        if isinstance(e.get("value"), str)
    )
    whole, part = parsed.get("text") or "", extra.get("part") or parsed.get("text") or ""
    ranking = tuple((r["name"], r["confidence"]) for r in parsed.get("intent_ranking") or [])
    return Question(
        text=part,
        intent=intent.get("name") or "",
        confidence=float(intent.get("confidence") or 0.0),
        mentions=within(mentions, whole, part),
        ask=stance.get("ask", 1.0),
        true=stance.get("true", 0.0),
        false=stance.get("false", 0.0),
        ranking=ranking,
        acting=acting,
        whole=whole,
    )


def within(mentions: tuple[Mention, ...], whole: str, part: str) -> tuple[Mention, ...]:
    """Return the mentions of a whole message with offsets into the part of it that is read.

    What stands outside the part counts as well ("I wonder about Russia. When did it leave?"), but has no place in it.
    """
    at = max(whole.find(part), 0)
    mentions = meant(whole, mentions)
    inside = [m.start >= at and m.end <= at + len(part) for m in mentions]
    return tuple(
        replace(m, start=m.start - at, end=m.end - at) if here else replace(m, start=0, end=0)
        for m, here in zip(mentions, inside, strict=True)
    )

"""A question as the rest of the answering sees it: made from what the NLU pipeline reports."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from bot.language.sentences import segments
from bot.questions.linking import ADJECTIVE, NAME, Mention
from bot.questions.self_corrections import meant

_OPEN = re.compile(
    r"\b(who|whom|whose|what|wat|wht|which|wich|whic|when|wen|whn|where|wher|why|y|how|hw|howcome|whos|whats|whens|"
    r"wheres|name|list|explain|describe|tell|give|state)\b",
    re.I,
)
_AUXILIARY = (
    r"(is|are|was|were|did|does|do|had|has|have|could|can|would|might|will|must|should"
    r"|(was|were|is|are|did|do|does|had|has|have|could|would)n'?t)"
)
_POLAR_START = re.compile(
    r"^\W*(so|and|but|ok|okay|well|then|hey|wait|please|pls|yes or no|true or false|y/?n|just|now|also)?[\s,:]*"
    + _AUXILIARY
    + r"\b",
    re.I,
)
_CLOSED_START = re.compile(
    r"^\W*((so|and|but|ok|well|then|hey|yo|lol|just|now|also|yet)\b[\s,]*)*"
    r"(is|are|was|were|did|does|do|had|has|have)(n'?t)?\b(?! you\b)",
    re.I,
)
_FINITE = re.compile(
    r"\b(is|are|was|were|did|had|has|have|would|could|might|\w{2,}ed|left|went|made|came|sent)\b", re.I
)
_CLAUSE_FIRST = re.compile(
    r"^\W*((so|and|but|then)\b[\s,]*)?(when|if|after|before|once|while|as|since|because|although|though|with|by|"
    rf"given|in|on|at|during)\b(?! {_AUXILIARY}\b)[^?,]*,\s*(is|are|was|were|did|does|do|had|has|have)(n'?t)?\b",
    re.I,
)
_BELIEVED = re.compile(
    r",\s*((as )?(i|we) (believe|think|suppose|guess|assume|gather|presume|take it|reckon|imagine|understand)|"
    r"if i'?m not (mistaken|wrong)|if i (remember|recall)( \w+)?)\W*$",
    re.I,
)
_POLAR_END = re.compile(
    r"\b(correct|right|true|yes|no|isn'?t it|wasn'?t it|didn'?t (it|he|they)|weren'?t they|wasn'?t he|is that so|innit|"
    r"huh|or not|y/n|yes or no|true or false|confirm)\s*[?.!]*\s*$",
    re.I,
)
# "..., did he?", "..., could they?"
_POLAR_TAG = re.compile(r",\s*" + _AUXILIARY + r" (it|he|she|they|that|there)\s*[?.!]*\s*$", re.I)
_POLAR_ANYWHERE = re.compile(
    r"\b(is (it|that|this) (true|so|correct|right|the case)|yes or no|true or false|y/n|am i right|"
    r"(can you|please|just) confirm|confirm that|whether|i (wonder|asked|want to know|'?d like to know) if)\b",
    re.I,
)


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
    whole: str = ""
    """The message as it was sent, of which `text` is the part that is read; empty where they are the same."""

    @property
    def polar(self) -> bool:
        """True where it wants Yes or No ("Did Russia leave first?", "Russia left first, right?")."""
        if any(form.search(self.text) for form in (_POLAR_START, _POLAR_END, _POLAR_TAG, _POLAR_ANYWHERE)):
            return True
        # "In English then. Was Ukraine a member?": what stands before the question does not change its form.
        asking = [part for part in segments(self.text) if part.endswith("?")]
        if asking and _POLAR_START.search(asking[-1]):
            return True
        if self.closed:
            return True
        # A statement without a question word is put up for confirmation.
        return not self.open and self.true + self.false > self.ask

    @property
    def closed(self) -> bool:
        """True where its form leaves no doubt that it wants Yes or No ("They were friends?", "Were they friends")."""
        if _CLAUSE_FIRST.search(self.text) or _BELIEVED.search(self.text):
            return True
        if self.open:
            return False
        claims = bool(_FINITE.search(self.text)) or (bool(self.values("date")) and bool(self.named("state")))
        return bool(_CLOSED_START.search(self.text)) or (self.text.endswith("?") and claims)

    @property
    def open(self) -> bool:
        """True where a question word asks for something ("when", "which", "tell me")."""
        return bool(_OPEN.search(self.text))

    def values(self, *kinds: str, form: str | None = None) -> list[str]:
        """Return the values mentioned of some kinds, each once, in the order of the text."""
        found = [m.value for m in self.mentions if m.entity in kinds and (form is None or m.form == form)]
        return list(dict.fromkeys(found))

    def asked_values(self, kind: str) -> list[str]:
        """Return the values of a kind that stand in the sentence that asks, not in what is told around it."""
        asking = [part for part in segments(self.text) if part.endswith("?")]
        start = self.text.rfind(asking[-1]) if asking else 0
        return list(dict.fromkeys(m.value for m in self.mentions if m.entity == kind and m.start >= start))

    def named(self, kind: str) -> list[str]:
        """Return the values mentioned by name, adjectives left out ("Russian")."""
        found = [m.value for m in self.mentions if m.entity == kind and m.form != ADJECTIVE]
        return list(dict.fromkeys(found))

    def with_(self, **changes: Any) -> Question:
        """Return a copy with some fields changed."""
        return replace(self, **changes)


def from_parse(parsed: Mapping[str, Any]) -> Question:
    """Read Rasa's parsed message (`tracker.latest_message`)."""
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

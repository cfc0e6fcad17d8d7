"""What the bot keeps of a conversation, as plain JSON in one slot, so that any worker can go on with it."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass, field
from typing import Any

SLOT = "memory"

STALE_AFTER = 8
"""Turns after which a thing last spoken of is no longer what "it" means."""
_KEPT_FACTS = 60
_KEPT_SHOWN = 2


@dataclass
class Memory:
    """The thread of a conversation.

    `asked` is the last question in words that stand alone, `intent` what it asked, `named` the ids of
    what it named. `focus` maps what was spoken of to the turn when it last was. `pending` is a question that
    waits for a choice. `said` is the last reply, as text, record and the intent that it answered. `day` is the day last
    spoken of (1991-12-12). `offered` is what can be picked by number, `shown` the suggestions under the latest answers,
    `listed` the ids that a reply last listed ("which of them"). `understood` tells how the last question was read: in
    which words, whether by its own words alone, the likeliest intents with their odds, the facts used.
    """

    turn: int = 0
    asked: str = ""
    intent: str = ""
    named: list[str] = field(default_factory=list)
    asked_turn: int = 0
    focus: dict[str, float] = field(default_factory=dict)
    told: list[str] = field(default_factory=list)
    given: list[str] = field(default_factory=list)
    said: dict[str, Any] = field(default_factory=dict)
    understood: dict[str, Any] = field(default_factory=dict)
    offered: list[str] = field(default_factory=list)
    shown: list[list[str]] = field(default_factory=list)
    listed: list[str] = field(default_factory=list)
    pending: dict[str, Any] = field(default_factory=dict)
    day: str | None = None

    @classmethod
    def from_slot(cls, value: Any) -> Memory:
        """Read the slot; anything that is not a memory counts as none."""
        if not isinstance(value, dict):
            return cls()
        known = {name: value[name] for name in cls.__dataclass_fields__ if name in value}
        return cls(**known)

    def to_slot(self) -> dict[str, Any]:
        """Return what to store."""
        kept = dict(vars(self))
        kept["told"] = kept["told"][-_KEPT_FACTS:]
        kept["given"] = kept["given"][-_KEPT_FACTS:]
        kept["shown"] = kept["shown"][-_KEPT_SHOWN:]
        kept["focus"] = {i: t for i, t in self.focus.items() if self.turn - t <= STALE_AFTER}
        return kept

    @property
    def has_question(self) -> bool:
        """True where there is a question that a message can follow up."""
        return bool(self.asked) and self.turn - self.asked_turn <= STALE_AFTER

    def recent(self, ids: Set[str]) -> list[str]:
        """Return those of some ids that were spoken of lately, the latest first."""
        fresh = [(turn, i) for i, turn in self.focus.items() if i in ids and self.turn - turn <= STALE_AFTER]
        return [i for _, i in sorted(fresh, key=lambda pair: -pair[0])]

    def speak_of(self, ids: list[str]) -> None:
        """Put ids into focus, the first of them foremost."""
        for place, i in enumerate(ids):
            self.focus[i] = max(self.focus.get(i, 0), self.turn - 0.01 * place)

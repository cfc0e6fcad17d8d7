"""What the bot keeps of a conversation, as plain JSON in one slot, so that any worker can go on with it."""

from __future__ import annotations

from collections.abc import Callable, Set
from dataclasses import asdict, dataclass, field
from typing import Any

from bot.answers.answer_record import Reason, reason_of
from bot.answers.reply import Reply
from bot.questions.question import Before

SLOT = "memory"

STALE_AFTER = 8
"""What was not spoken of for so many turns is no longer what "it" means."""
_KEPT_FACTS = 60
_KEPT_SHOWN = 2


@dataclass(frozen=True)
class PendingChoice:
    """A question that was asked back about and waits for a choice: what it asks, its words, the ids to choose from."""

    intent: str
    text: str
    choices: tuple[str, ...]


@dataclass(frozen=True)
class LastReply:
    """What is needed later of the last reply: "again", "shorter", "where does it say that?"."""

    sentences: tuple[str, ...]
    status: str
    facts: tuple[str, ...] = ()
    derived: bool = False
    reason: Reason | None = None
    lead: str = ""
    """Words before the sentences that say its verdict ("No.")."""
    about: tuple[str, ...] = ()
    """The ids of whom it told of, in its order: who "the latter" is in the next message."""
    intent: str = ""
    """What it answered; empty where it answered no single intent."""

    @property
    def text(self) -> str:
        """The whole reply."""
        return " ".join(filter(None, (self.lead, *self.sentences)))


@dataclass(frozen=True)
class Understood:
    """How the last question was read; `words` and `ranking` are empty where no question could be made out."""

    words: tuple[str, ...] = ()
    """The plain questions that it was taken for: one, or several of one message."""
    alone: bool = False
    """Whether its own words alone told that, without what was said before."""
    ranking: tuple[tuple[str, float], ...] = ()
    """The likeliest intents with their odds."""
    facts: tuple[str, ...] = ()
    """The facts that the answer rests on."""
    rules: tuple[str, ...] = ()
    """The rules that made a question of the message; none where its own words were enough ..."""
    passed_over: tuple[str, ...] = ()
    """... and those tried before the last of these."""


@dataclass
class Memory:
    """The thread of a conversation."""

    turn: int = 0
    last_question: str = ""
    """The last question in words that stand alone ..."""
    last_intent: str = ""
    """... what it asked ..."""
    last_named: list[str] = field(default_factory=list)
    """... the ids of what it named ..."""
    last_question_turn: int = 0
    """... and when it was asked."""
    spoken_of: dict[str, float] = field(default_factory=dict)
    """The ids of what was spoken of, each with the turn when it last was; the foremost of a turn has the highest."""
    facts_told: list[str] = field(default_factory=list)
    intents_answered: list[str] = field(default_factory=list)
    last_reply: LastReply | None = None
    understood: Understood | None = None
    choices_offered: list[str] = field(default_factory=list)
    """What can be picked by its number."""
    suggestions_shown: list[list[str]] = field(default_factory=list)
    """The suggestions under each of the latest answers."""
    last_listed: list[str] = field(default_factory=list)
    """The ids that a reply last listed ("which of them?")."""
    waiting: PendingChoice | None = None
    last_day: str | None = None
    """The day last spoken of (1991-12-12)."""
    first_asked: str = ""
    """What the reader asked first, in the reader's words ..."""
    last_asked: str = ""
    """... and last."""

    @classmethod
    def from_slot(cls, value: Any) -> Memory:
        """Read the slot, whichever version stored it; anything that is not a memory counts as none."""
        if not isinstance(value, dict):
            return cls()
        named = {_NAMES_BEFORE.get(name, name): stored for name, stored in value.items()}
        known = {name: named[name] for name in cls.__dataclass_fields__ if name in named}
        for name, read in _RECORDS.items():
            if name in known:
                known[name] = read(known[name]) if isinstance(known[name], dict) and known[name] else None
        return cls(**known)

    def to_slot(self) -> dict[str, Any]:
        """Return what to store."""
        kept = dict(vars(self))
        for name in _RECORDS:
            kept[name] = _plain(asdict(kept[name])) if kept[name] else None
        kept["facts_told"] = kept["facts_told"][-_KEPT_FACTS:]
        kept["intents_answered"] = kept["intents_answered"][-_KEPT_FACTS:]
        kept["suggestions_shown"] = kept["suggestions_shown"][-_KEPT_SHOWN:]
        kept["spoken_of"] = {i: t for i, t in self.spoken_of.items() if self.turn - t <= STALE_AFTER}
        return kept

    @property
    def has_question(self) -> bool:
        """True where there is a question that a message can follow up."""
        return bool(self.last_question) and self.turn - self.last_question_turn <= STALE_AFTER

    @property
    def before(self) -> Before:
        """What was asked and answered last, for a message to be read after it."""
        answer = self.last_reply.text if self.last_reply and self.last_reply.intent == self.last_intent else ""
        return Before(self.last_question, answer)

    def recent(self, ids: Set[str]) -> list[str]:
        """Return those of some ids that were spoken of lately, the latest first."""
        fresh = [(turn, i) for i, turn in self.spoken_of.items() if i in ids and self.turn - turn <= STALE_AFTER]
        return [i for _, i in sorted(fresh, key=lambda pair: -pair[0])]

    def speak_of(self, ids: list[str]) -> None:
        """Note what is spoken of in this turn, the foremost first."""
        for place, i in enumerate(ids):
            self.spoken_of[i] = max(self.spoken_of.get(i, 0), self.turn - 0.01 * place)

    def tell(self, facts: tuple[str, ...] | list[str]) -> None:
        """Note that facts were told."""
        self.facts_told += [fact for fact in facts if fact not in self.facts_told]

    def keep_reply(self, reply: Reply, intent: str = "") -> None:
        """Note what may be needed of a reply, and what it answers, where it answers one intent."""
        self.last_reply = LastReply(
            reply.sentences, reply.status, reply.facts, reply.derived, reply.reason, reply.lead, reply.about, intent
        )


def _plain(value: Any) -> Any:
    """Return a value as JSON has it: lists for tuples, and of a reason its name."""
    if isinstance(value, dict):
        return {name: _plain(part) for name, part in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value]
    return value.value if isinstance(value, Reason) else value


def _waiting(stored: dict[str, Any]) -> PendingChoice:
    return PendingChoice(stored.get("intent") or "", stored.get("text") or "", tuple(stored.get("choices") or ()))


def _last_reply(stored: dict[str, Any]) -> LastReply:
    # Older versions kept the whole text, and beside it the answer record.
    record = stored.get("record") or stored
    return LastReply(
        tuple(stored["sentences"]) if "sentences" in stored else (stored.get("text") or "",),
        record.get("status") or "",
        tuple(record.get("facts") or ()),
        bool(record.get("derived")),
        reason_of(record),
        stored.get("lead") or "",
        tuple(stored.get("about") or ()),
        stored.get("intent") or "",
    )


def _understood(stored: dict[str, Any]) -> Understood:
    ranking = stored.get("ranking") or stored.get("reading") or ()
    return Understood(
        tuple(stored.get("words") or ()),
        bool(stored.get("alone")),
        tuple((pair[0], pair[1]) for pair in ranking if len(pair) == 2),
        tuple(stored.get("facts") or ()),
        tuple(stored.get("rules") or ()),
        tuple(stored.get("passed_over") or ()),
    )


_RECORDS: dict[str, Callable[[dict[str, Any]], Any]] = {
    "waiting": _waiting,
    "last_reply": _last_reply,
    "understood": _understood,
}
_NAMES_BEFORE = {
    "asked": "last_question",
    "intent": "last_intent",
    "named": "last_named",
    "asked_turn": "last_question_turn",
    "focus": "spoken_of",
    "told": "facts_told",
    "given": "intents_answered",
    "said": "last_reply",
    "offered": "choices_offered",
    "shown": "suggestions_shown",
    "listed": "last_listed",
    "pending": "waiting",
    "day": "last_day",
}
"""What conversations that an older version stored call these: such conversations go on."""

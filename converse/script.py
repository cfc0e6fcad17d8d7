"""The records of a script: cases of turns, each with what has to be so about the reply."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from converse.document import Document, Route

# Kinds of checks. Those of assertions, by their names in the file:
BOT_UTTERED, BOT_DID_NOT_UTTER = "bot_uttered", "bot_did_not_utter"
ACTION_EXECUTED = "action_executed"
SLOT_WAS_SET, SLOT_WAS_NOT_SET = "slot_was_set", "slot_was_not_set"
GROUNDED = "generative_response_is_grounded"
# Those of plain steps, which use the two of slots as well:
BOT, UTTER = "bot", "utter"
# Those of metadata, about the answer record:
STATUS, FACTS, EVIDENCE, DERIVED, REASON = "status", "facts", "evidence", "derived", "reason"
RECORD_KEYS = (STATUS, FACTS, EVIDENCE, DERIVED, REASON)
CHANNEL = "channel"
# What holds without being written: there must be an answer.
REPLY = "reply"


@dataclass(frozen=True)
class Check:
    """One thing that must be so: what kind, what is wanted, and where that is written."""

    kind: str
    wanted: Any
    route: Route
    line: int


@dataclass(frozen=True)
class ScriptedTurn:
    """What the user says, and what must be so until the user speaks again."""

    user: str
    line: int
    route: Route
    metadata: Mapping[str, Any] = field(default_factory=dict)
    """What the message carries to the bot: the metadata of the case and of the step, without our checks."""
    checks: tuple[Check, ...] = ()
    ordered: bool = False
    """Whether each check must be met after the one before."""


@dataclass(frozen=True)
class Case:
    """One conversation."""

    script: Path
    name: str
    line: int
    turns: tuple[ScriptedTurn, ...]
    slots: Mapping[str, Any] = field(default_factory=dict)
    """Slots that are set before it begins."""
    slot_places: Mapping[str, tuple[Path, int]] = field(default_factory=dict)
    """Where each of them is set: file and line."""
    channel: str | None = None
    """The only channel that it is about."""

    @property
    def id(self) -> str:
        """What selects it on the command line."""
        return f"{self.script}::{self.name}"


@dataclass(frozen=True)
class Script:
    """A file of conversations; one in which there are none, or only in comments, is empty."""

    path: Path
    cases: tuple[Case, ...]
    document: Document
    warnings: tuple[str, ...] = ()
    """A line for each thing that is no mistake here but may be one elsewhere."""

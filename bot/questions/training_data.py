"""Which intents have training questions, and where."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

_INTENT = re.compile(r"^- intent: *(\S+)", re.M)


@dataclass(frozen=True)
class Block:
    """Questions of one intent, stance and set."""

    intent: str
    stance: str
    set: str
    texts: tuple[str, ...]


def intents_of(folder: Path) -> dict[str, Path]:
    """Return the intents that have questions, with the file that holds them."""
    return {
        name: file
        for file in sorted(folder.glob("*.yml"))
        for name in _INTENT.findall(file.read_text(encoding="utf-8"))
    }


def blocks(folder: Path) -> Iterator[Block]:
    """Yield the blocks of training questions, file by file."""
    for file in sorted(folder.glob("*.yml")):
        for raw in yaml.load(file.read_text(encoding="utf-8"), getattr(yaml, "CSafeLoader", yaml.SafeLoader))["nlu"]:
            about = raw.get("metadata") or {}
            texts = tuple(line[2:].strip() for line in raw["examples"].splitlines() if line.startswith("- "))
            yield Block(raw["intent"], str(about.get("stance", "ask")).lower(), about.get("set", ""), texts)

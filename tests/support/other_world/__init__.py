"""A fact base about another world altogether, in files: painters, ships and witnesses of 1848.

Kinds, events, roles, intents and customs of dates are others than those of the real article, and the story is another.
What answers from it does so by data alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from bot.facts.base import FactBase
from bot.facts.loader import load
from bot.questions.linker import Linker
from bot.questions.question import Before, Question

FOLDER = Path(__file__).parent


def world() -> FactBase:
    """Return the fact base of the other world."""
    return load(FOLDER)


@lru_cache(maxsize=1)
def linker() -> Linker:
    """Return a linker to it."""
    return Linker.to(world())


def write_questions(folder: Path) -> Path:
    """Write a training question for each intent into a folder, as `facts check` wants them."""
    folder.mkdir(parents=True)
    base = world()
    topics: dict[str, list[str]] = {"not_in_article": list(base.missing)}
    for intent, topic in base.topics.items():
        topics.setdefault(topic, []).append(intent)
    named = [name for names in base.vocabulary.intents.named.values() for name in names]
    topics["steering"] = list(dict.fromkeys(named))
    for topic, intents in topics.items():
        blocks = [f"- intent: {intent}\n  examples: |\n    - anything\n" for intent in intents]
        (folder / f"{topic}.yml").write_text("nlu:\n" + "".join(blocks), encoding="utf-8")
    return folder


class WorldReader:
    """Stands for a model trained for the other world: knows what each text asks, alone or as `(after, text)`.

    A value is an intent, or a dict of fields of the question. It knows the questions of the answers; what it does not
    know is beside the topic.
    """

    def __init__(self, known: Mapping[Any, Any]) -> None:
        entries = world().answers.items()
        names = [entity.name for entity in world().entities.values()]
        self.known: dict[Any, Any] = {e.restated.format(entity=n): i for i, e in entries if e.restated for n in names}
        self.known |= {entry.question: intent for intent, entry in entries} | dict(known)

    def __call__(self, text: str, after: Before | None = None) -> Question:
        """Read a text, alone or as said after another question."""
        asked = after and after.question
        found = self.known.get((asked, text)) or self.known.get(text, "beside_it")
        fields = dict(found) if isinstance(found, dict) else {"intent": found}
        intent, confidence = fields.pop("intent"), fields.pop("confidence", 0.95)
        ranking = fields.pop("ranking", ((intent, confidence),))
        return Question(
            text, intent, confidence, tuple(linker().link(text)), ranking=ranking, acting=linker().acting, **fields
        )

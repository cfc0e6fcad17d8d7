"""Stand-ins: what a message names that can take another's place in the question before ("And Belarus?").

Which kinds these are (states, people ...) says `stand_in` of vocabulary.yml.
"""

from __future__ import annotations

from bot.facts.base import FactBase
from bot.facts.model import Answer, Entity
from bot.language.fillers import only_beside_name
from bot.questions.mentions import Mention
from bot.questions.question import Question


def stand_ins(base: FactBase, question: Question) -> list[Mention]:
    """Return the mentions of things that can take the place of another of their kind."""
    return [m for m in question.mentions if m.entity in base.vocabulary.stand_in and m.value in base.entities]


def names_any(base: FactBase, question: Question) -> bool:
    """True where a message mentions a thing that can take the place of another."""
    return any(m.entity in base.vocabulary.stand_in for m in question.mentions)


def only_names(base: FactBase, question: Question) -> bool:
    """True where a message names such things, and says nothing else ("no, I meant Lithuania")."""
    spans = [(m.start, m.end) for m in question.mentions if m.entity in base.vocabulary.stand_in]
    return bool(spans) and only_beside_name(question.text, spans)


def restated(entry: Answer | None, name: str) -> str | None:
    """Return the question of an answer asked of somebody, None where it has no words for that."""
    return entry.restated.format(entity=name) if entry and entry.restated else None


def question_on(base: FactBase, entity: Entity) -> str | None:
    """Return the question what the article says of something, in the words for its kind, None where there are none."""
    fitting = [e for e in base.answers.values() if e.operation == "describe" and e.restated]
    fitting.sort(key=lambda entry: entry.type != entity.type)
    return restated(next((e for e in fitting if e.type in (entity.type, None)), None), entity.name)

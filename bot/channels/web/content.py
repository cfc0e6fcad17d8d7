"""What the page draws, from the fact base: the article, the timeline, the map, questions to begin with."""

from __future__ import annotations

import json
from dataclasses import asdict
from functools import lru_cache
from typing import Any

from bot.channels import pictures
from bot.facts.base import FactBase
from bot.facts.loader import load
from bot.facts.questions import questions_by_sentence
from bot.facts.relations import map_text, nodes, relations
from bot.facts.small_talk import small_talk
from bot.facts.timeline import DATINGS, picture_text, timeline
from bot.web.http import JSON_TYPE, Body, body

MAX_QUESTIONS = 5
"""Questions offered about one sentence."""


def base() -> FactBase:
    """Return the fact base that this process answers from."""
    return load()


@lru_cache(maxsize=1)
def packed() -> Body:
    """Return the content as it is sent; it changes only with the fact base, which is read once."""
    return body(json.dumps(content(base()), ensure_ascii=False).encode(), JSON_TYPE, compress=True)


@lru_cache(maxsize=4)
def picture(name: str) -> Body:
    """Return a picture as it is sent; KeyError for an unknown one."""
    return body(pictures.png(name), "image/png")


def content(base: FactBase) -> dict[str, Any]:
    """Return what docs/web-api.md says of GET /content."""
    return {
        "title": next((s.text for s in base.article.sentences.values()), ""),
        "credits": base.credits.dict(),
        "paragraphs": _paragraphs(base),
        "timeline": _timeline(base),
        "map": _map(base),
        "texts": {"greeting": _greeting(base), "examples": base.wording["examples"]},
    }


def _greeting(base: FactBase) -> str:
    return small_talk(base, base.vocabulary.intents.greeting).text


def _paragraphs(base: FactBase) -> list[dict[str, Any]]:
    questions = questions_by_sentence(base)
    paragraphs: dict[str, list[dict[str, Any]]] = {}
    for sentence in list(base.article.sentences.values())[1:]:
        paragraph = sentence.id.partition("S")[0]
        asked = questions[sentence.id][:MAX_QUESTIONS]
        paragraphs.setdefault(paragraph, []).append({**asdict(sentence), "questions": asked})
    return [{"id": name, "sentences": sentences} for name, sentences in paragraphs.items()]


def _timeline(base: FactBase) -> dict[str, Any]:
    words = base.wording["timeline"]
    items = timeline(base)
    keys = {kind: words[kind] for kind in DATINGS}
    return {
        "title": words["title"],
        "alt": picture_text(base, items),
        **keys,
        "items": [asdict(item) for item in items],
    }


def _map(base: FactBase) -> dict[str, Any]:
    words = base.wording["map"]
    joined = relations(base)
    shown = nodes(base)
    return {
        "title": words["title"],
        "alt": map_text(base, shown, joined),
        "columns": [column.dict() for column in base.vocabulary.columns],
        "entities": [{**asdict(node), "form": base.vocabulary.kinds[node.type].form} for node in shown],
        "relations": [_relation(asdict(relation)) for relation in joined],
    }


def _relation(relation: dict[str, Any]) -> dict[str, Any]:
    """Name its ends as the interface does (`from` is a word of Python)."""
    renamed = {"source": "from", "target": "to"}
    return {renamed.get(key, key): value for key, value in relation.items()}

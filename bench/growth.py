"""A fact base many times the size: the same facts again and again, about others.

Each copy has names, ids, event types and intents of its own, so it is as if the bot knew that many more articles.
Evidence stays where it is in the article.
"""

from __future__ import annotations

import datetime
import random
from dataclasses import replace

from bot.facts.base import FactBase
from bot.facts.model import Answer, Claim, Entity, Event

_SYLLABLES = (
    "ba ce di fo gu ha je ki lo mu na pe ri so tu va we xi yo zu bran cler dron fled gris plon stam tren".split()
)


def grown(base: FactBase, times: int) -> FactBase:
    """Return a fact base with `times` as many entities, events, claims and answers; the same for the same base."""
    rng = random.Random(times)
    entities, events, claims = dict(base.entities), dict(base.events), dict(base.claims)
    answers, topics = dict(base.answers), dict(base.topics)
    for copy in range(1, times):
        ids = {i: f"{i}__{copy}" for i in (*base.entities, *base.events, *base.claims, *base.answers)}
        for old in base.entities.values():
            entities[ids[old.id]] = _entity(old, ids, rng)
        for old in base.events.values():
            events[ids[old.id]] = _event(old, ids, copy, rng)
        for old in base.claims.values():
            claims[ids[old.id]] = _claim(old, ids)
        for intent, old in base.answers.items():
            answers[ids[intent]] = _answer(old, ids, copy)
            topics[ids[intent]] = f"{base.topics.get(intent)}__{copy}"
    return replace(base, entities=entities, events=events, claims=claims, answers=answers, topics=topics)


def _entity(old: Entity, ids: dict[str, str], rng: random.Random) -> Entity:
    return old.copy(
        update={
            "id": ids[old.id],
            "name": _renamed(old.name, rng).title(),
            "facts": [ids.get(i, i) for i in old.facts],
            "holder": ids.get(old.holder or "", old.holder),
            "of": ids.get(old.of or "", old.of),
            "short": None,
            **{
                key: [_renamed(text, rng) for text in getattr(old, key)]
                for key in ("aliases", "exact", "misspellings", "descriptions", "adjectives")
            },
        }
    )


def _event(old: Event, ids: dict[str, str], copy: int, rng: random.Random) -> Event:
    date = old.date
    if date and date.after:
        date = date.copy(update={"after": ids[date.after]})
    elif date:
        # Other days, months and years: a question about one of the article's finds no more than before.
        other = str(1000 + copy)
        date = date.copy(
            update={
                "on": date.on and (date.on - datetime.timedelta(days=150)).replace(year=1000 + copy),
                "in_": date.in_ and other + date.in_[4:],
                "until": date.until and other + date.until[4:],
            }
        )
    taking_part = {
        role: ids.get(who, who) if isinstance(who, str) else [ids.get(i, i) for i in who]
        for role, who in old.participants.items()
    }
    names = [_renamed(text, rng) for text in old.names]
    kind = f"{old.type}__{copy}"
    return old.copy(update={"id": ids[old.id], "type": kind, "participants": taking_part, "date": date, "names": names})


def _claim(old: Claim, ids: dict[str, str]) -> Claim:
    return old.copy(update={"id": ids[old.id], "subject": [ids.get(i, i) for i in old.subject]})


def _answer(old: Answer, ids: dict[str, str], copy: int) -> Answer:
    return old.copy(
        update={
            "facts": [ids.get(i, i) for i in old.facts],
            "no_facts": [ids.get(i, i) for i in old.no_facts],
            "only": {kind: [ids.get(i, i) for i in allowed] for kind, allowed in old.only.items()},
            "during": ids.get(old.during or "", old.during),
            "on_day": ids.get(old.on_day or "", old.on_day),
            "events": f"{old.events}__{copy}" if old.events else None,
            "event": ids.get(old.event or "", old.event),
            "group": ids.get(old.group or "", old.group),
            "next": [ids.get(i, i) for i in old.next],
        }
    )


def _renamed(text: str, rng: random.Random) -> str:
    """Return other words of like number and length."""
    return " ".join("".join(rng.choices(_SYLLABLES, k=max(1, round(len(word) / 3)))) for word in text.split())

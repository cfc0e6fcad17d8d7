"""Replies to messages about the answer before: evidence, more, again, shorter, simpler, why."""

from __future__ import annotations

import re

from bot.answers.compose import ANSWERED, CLARIFY, SOCIAL, Reply, suggestions
from bot.answers.memory import Memory
from bot.answers.operations.dates import date_text
from bot.facts.base import FactBase, Quote
from bot.facts.model import Answer
from bot.facts.timeline import COUNTED, in_words, picture_text, timeline

START_OVER = "start_over"
SHOW_TIMELINE = "show_timeline"
EVIDENCE, MORE, REPEAT, SHORTER, SIMPLER, WHY_MATCHED = (
    "ask_evidence",
    "ask_more",
    "ask_repeat",
    "ask_shorter",
    "ask_simpler",
    "ask_why_matched",
)
STEERING = (EVIDENCE, MORE, REPEAT, SHORTER, SIMPLER, WHY_MATCHED, SHOW_TIMELINE)

_QUOTED_WORDS = 80
_LEAST_WORDS = 4
"""Words that a clause needs to stand for its sentence ..."""
_COUNTS = (" day", " days")
"""... unless it is a count."""


def reply_to(base: FactBase, memory: Memory, intent: str) -> Reply:
    """Return the reply to a steering message."""
    if intent == SHOW_TIMELINE:
        return _timeline(base)
    if not memory.said:
        return Reply(base.wording["steer"]["nothing_yet"], CLARIFY, buttons=tuple(base.wording["examples"]))
    return _REPLIES[intent](base, memory)


def _timeline(base: FactBase) -> Reply:
    items = timeline(base)
    facts = tuple(item.id for item in items)
    derived = any(item.dating == COUNTED for item in items)
    picture = {"name": "timeline", "alt": picture_text(base, items)}
    return Reply(in_words(base, items), ANSWERED, facts, derived, tuple(base.quotes(list(facts))), picture=picture)


def _evidence(base: FactBase, memory: Memory) -> Reply:
    record = memory.said["record"]
    words = base.wording["steer"]
    quotes = base.quotes(record["facts"])
    if not quotes:
        return Reply(words["no_evidence"], record["status"], buttons=tuple(base.wording["examples"]))
    text = words["evidence"].format(quotes=_spelt(words["quote"], quotes))
    if record["derived"]:
        text += " " + words["counted"].format(text=memory.said["text"])
    return Reply(text, ANSWERED, tuple(record["facts"]), record["derived"], tuple(quotes))


def _spelt(form: str, quotes: list[Quote]) -> str:
    spelt: list[str] = []
    for quote in quotes:
        spelt.append(form.format(quote=quote.quote, sentence=quote.sentence))
        if sum(len(part.split()) for part in spelt) > _QUOTED_WORDS:
            return "; ".join(spelt[:-1] or spelt)
    return "; ".join(spelt)


def _more(base: FactBase, memory: Memory) -> Reply:
    told = base.quotes([fact for fact in memory.told if fact in base.facts or fact in base.entities])
    for intent in _nearby(base, memory.intent):
        entry = base.answers[intent]
        if intent in memory.given:
            continue
        if entry.operation == "when" and entry.event in base.dates and base.dates[entry.event].day:
            memory.given.append(intent)
            return _date_of(base, entry)
        if entry.answer and not all(_is_inside(quote, told) for quote in base.quotes(entry.facts)):
            memory.given.append(intent)
            # In words that need no question before them: "It was in 1990 that ...", not "In 1990: ...".
            text = base.wording["steer"]["more"].format(text=entry.yes or entry.answer)
            return Reply(
                text,
                ANSWERED,
                tuple(entry.facts),
                False,
                tuple(base.quotes(entry.facts)),
                suggestions(base, entry.next),
            )
    return Reply(base.wording["steer"]["nothing_more"], SOCIAL, buttons=tuple(base.wording["examples"]))


def _date_of(base: FactBase, entry: Answer) -> Reply:
    """Tell the date of an event, and no more of it than its name."""
    event = base.events[entry.event or ""]
    named = base.wording["steer"]["was"].format(Noun=event.noun[:1].upper() + event.noun[1:])
    date = base.dates[event.id]
    text = date_text(base, event.copy(update={"says": named}), date)
    facts = (event.id, *([date.counted_from] if date.counted_from else []))
    quotes = tuple(base.quotes(list(facts)))
    return Reply(text, ANSWERED, facts, date.counted, quotes, suggestions(base, entry.next))


def _is_inside(quote: Quote, others: list[Quote]) -> bool:
    """True where the words of a quote were told as part of another."""
    return any(other.start <= quote.start and quote.end <= other.end for other in others)


def _nearby(base: FactBase, intent: str) -> list[str]:
    """Return the answers that follow in the topic, those that it leads to, then what stands nearest in the article."""
    places = base.place_of_intent
    at = places.get(intent, 0)
    found = [i for i in base.intents_of_topic.get(base.topics.get(intent, ""), ()) if places[i] > at]
    found.sort(key=places.__getitem__)
    entry = base.answers.get(intent)
    found = list(dict.fromkeys([*found, *(entry.next if entry else [])]))
    here = _place(base, intent)
    rest = [i for i in base.answers if i != intent and i not in found and _place(base, i) is not None]
    rest.sort(key=lambda i: abs((_place(base, i) or 0) - (here or 0)))
    return [*found, *rest]


def _place(base: FactBase, intent: str) -> int | None:
    """Return where the article says what an intent is answered by, None where no one place does."""
    entry = base.answers.get(intent)
    return next((quote.start for quote in base.quotes(entry.facts[:1])), None) if entry else None


def _repeat(base: FactBase, memory: Memory) -> Reply:
    return _again(base, memory, memory.said["text"])


def _shorter(base: FactBase, memory: Memory) -> Reply:
    first = memory.said["text"].split(". ")
    verdict = first.pop(0) + ". " if first[0] in ("Yes", "No") and len(first) > 1 else ""
    short = verdict + (first[0] if len(first) > 1 else _clause(first[0])).rstrip(".") + "."
    return _again(
        base, memory, base.wording["steer"]["shortest"].format(text=short) if short == memory.said["text"] else short
    )


def _clause(sentence: str) -> str:
    """Return what stands before a colon or semicolon, where that says something by itself."""
    clause = re.split(r"[:;] ", sentence)[0]
    return clause if len(clause.split()) >= _LEAST_WORDS or clause.endswith(_COUNTS) else sentence


def _simpler(base: FactBase, memory: Memory) -> Reply:
    entry = base.answers.get(memory.said.get("intent", memory.intent))
    facts = [base.facts[i] for i in memory.said["record"]["facts"] if i in base.facts]
    says = ". ".join(fact.says[:1].upper() + fact.says[1:] for fact in facts[:2])
    simple = (entry.simple if entry else None) or (says + "." if says else memory.said["text"])
    # A Yes or No stays what it was.
    verdict = memory.said["text"].split(". ")[0]
    simple = f"{verdict}. {simple}" if verdict in ("Yes", "No") and entry and entry.simple else simple
    return _again(base, memory, base.wording["steer"]["simpler"].format(text=simple))


def _again(base: FactBase, memory: Memory, text: str) -> Reply:
    record = memory.said["record"]
    facts = tuple(record["facts"])
    return Reply(text, record["status"], facts, record["derived"], tuple(base.quotes(list(facts))))


def _why_matched(base: FactBase, memory: Memory) -> Reply:
    words = base.wording["steer"]
    named = [
        (base.answers[i].question if i in base.answers else words["not_in_article"], odds) for i, odds in memory.reading
    ]
    if not named:
        return Reply(words["nothing_yet"], CLARIFY, buttons=tuple(base.wording["examples"]))
    text = words["matched"].format(question=named[0][0], odds=f"{named[0][1]:.0%}")
    if len(named) > 1:
        text += " " + words["second"].format(question=named[1][0], odds=f"{named[1][1]:.0%}")
    facts = memory.said["record"]["facts"]
    if facts:
        text += " " + words["facts_used"].format(facts=", ".join(facts))
    return _again(base, memory, text) if facts else Reply(text, SOCIAL)


_REPLIES = {
    EVIDENCE: _evidence,
    MORE: _more,
    REPEAT: _repeat,
    SHORTER: _shorter,
    SIMPLER: _simpler,
    WHY_MATCHED: _why_matched,
}

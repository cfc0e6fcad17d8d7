"""Replies to messages about the answer before: evidence, again, shorter, simpler, why; the timeline.

What there is to tell beside it is a matter of `more`.
"""

from __future__ import annotations

import re

from bot.answers.answer_record import Reason
from bot.answers.reply import ANSWERED, CLARIFY, SOCIAL, Reply
from bot.dialogue.memory import LastReply, Memory, Waiting
from bot.dialogue.more import MORE, more
from bot.facts.base import FactBase, Quote
from bot.facts.timeline import COUNTED, picture_text, sentences, timeline
from bot.language.numbers import in_words
from bot.language.words import join

START_OVER = "start_over"
SHOW_TIMELINE = "show_timeline"
EVIDENCE, REPEAT, SHORTER, SIMPLER, WHY_MATCHED = (
    "ask_evidence",
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


def reply_to(base: FactBase, memory: Memory, intent: str, subject: str | None = None) -> Reply:
    """Return the reply to a steering message; `subject` is the id of what it wants more about, if it names that."""
    if intent == SHOW_TIMELINE:
        return _timeline(base)
    if intent == WHY_MATCHED:
        return _why_matched(base, memory)
    if intent == MORE and subject:
        return more(base, memory, subject)
    if not memory.last_reply:
        return _asked_again(base, memory.waiting) if memory.waiting else _nothing_yet(base)
    return more(base, memory) if intent == MORE else _REPLIES[intent](base, memory.last_reply)


def _timeline(base: FactBase) -> Reply:
    items = timeline(base)
    facts = tuple(item.id for item in items)
    derived = any(item.dating == COUNTED for item in items)
    picture = {"name": "timeline", "alt": picture_text(base, items)}
    quotes = tuple(base.quotes(list(facts)))
    return Reply(sentences(base, items), ANSWERED, facts, derived, quotes, picture=picture)


def _evidence(base: FactBase, last: LastReply) -> Reply:
    words = base.wording["steer"]
    quotes = base.quotes(list(last.facts))
    if not quotes:
        return Reply((words["no_evidence"],), last.status, buttons=tuple(base.wording["examples"]), reason=last.reason)
    text = words["evidence"].format(quotes=_quoted(words["quote"], quotes))
    if last.derived:
        text += " " + words["counted"].format(text=last.text)
    return Reply((text,), ANSWERED, last.facts, last.derived, tuple(quotes))


def _quoted(form: str, quotes: list[Quote]) -> str:
    """Return as many quotes as can be read, each in the form given."""
    spelt: list[str] = []
    for quote in quotes:
        spelt.append(form.format(quote=quote.quote, sentence=quote.sentence))
        if sum(len(part.split()) for part in spelt) > _QUOTED_WORDS:
            return "; ".join(spelt[:-1] or spelt)
    return "; ".join(spelt)


def _repeat(base: FactBase, last: LastReply) -> Reply:
    return _again(base, last, last.text)


def _shorter(base: FactBase, last: LastReply) -> Reply:
    first = last.text.split(". ")
    verdict = first.pop(0) + ". " if first[0] in ("Yes", "No") and len(first) > 1 else ""
    short = verdict + (first[0] if len(first) > 1 else _clause(first[0])).rstrip(".") + "."
    return _again(base, last, base.wording["steer"]["shortest"].format(text=short) if short == last.text else short)


def _clause(sentence: str) -> str:
    """Return what stands before a colon or semicolon, where that says something by itself."""
    clause = re.split(r"[:;] ", sentence)[0]
    return clause if len(clause.split()) >= _LEAST_WORDS or clause.endswith(_COUNTS) else sentence


def _simpler(base: FactBase, last: LastReply) -> Reply:
    entry = base.answers.get(last.intent)
    facts = [base.facts[i] for i in last.facts if i in base.facts]
    says = ". ".join(fact.says[:1].upper() + fact.says[1:] for fact in facts[:2])
    simple = (entry.simple if entry else None) or (says + "." if says else last.text)
    # A Yes or No stays what it was.
    verdict = last.text.split(". ")[0]
    simple = f"{verdict}. {simple}" if verdict in ("Yes", "No") and entry and entry.simple else simple
    return _again(base, last, base.wording["steer"]["simpler"].format(text=simple))


def _again(base: FactBase, last: LastReply, text: str) -> Reply:
    quotes = tuple(base.quotes(list(last.facts)))
    return Reply((text,), last.status, last.facts, last.derived, quotes, reason=last.reason)


def _nothing_yet(base: FactBase) -> Reply:
    text = base.wording["steer"]["nothing_yet"]
    return Reply((text,), CLARIFY, buttons=tuple(base.wording["examples"]), reason=Reason.UNCLEAR)


def _asked_again(base: FactBase, waiting: Waiting) -> Reply:
    """Put the question back once more that waits for a choice."""
    names = [base.entities[i].name if i in base.entities else base.answers[i].question for i in waiting.choices]
    return Reply((base.wording["clarify"]["which"],), CLARIFY, buttons=tuple(names), reason=Reason.UNCLEAR)


def _why_matched(base: FactBase, memory: Memory) -> Reply:
    """Say how the last question was understood: in which words, how surely, what came second, what was used."""
    understood, words = memory.understood, base.wording["steer"]
    if not understood:
        return _nothing_yet(base)
    if not understood.ranking:
        return Reply((words["not_made_out"],), SOCIAL)
    (intent, odds), *others = understood.ranking
    quoted = join([words["question"].format(question=text) for text in understood.words])
    form = "matched" if understood.alone else "followed"
    several = len(understood.words)
    if several > 1:
        form = "matched_several"
    elif memory.waiting:
        form = "of_kind"
    if several < 2 and intent not in base.answers:
        form, quoted = "matched", _kind(base, intent)
    text = words[form].format(question=quoted, odds=f"{odds:.0%}", count=in_words(several))
    if others and form == "matched":
        second = _kind(base, others[0][0])
        text += " " + words["second"].format(question=second, odds=f"{others[0][1]:.0%}")
    facts = [fact for fact in understood.facts if fact in base.facts or fact in base.entities]
    if not facts:
        return Reply((text,), SOCIAL)
    text += " " + words["facts_used"].format(facts=", ".join(facts))
    derived = memory.last_reply is not None and memory.last_reply.derived
    return Reply((text,), ANSWERED, tuple(facts), derived, tuple(base.quotes(facts)))


def _kind(base: FactBase, intent: str) -> str:
    """Return what an intent asks, in words: its question, or what kind of thing it is that gets no answer."""
    words = base.wording["steer"]
    if intent in base.answers:
        return words["question"].format(question=base.answers[intent].question)
    return words["not_in_article" if intent in base.missing else "not_about_article"]


_REPLIES = {
    EVIDENCE: _evidence,
    REPEAT: _repeat,
    SHORTER: _shorter,
    SIMPLER: _simpler,
}

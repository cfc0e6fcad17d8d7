"""Replies to messages about the last answer: its evidence, the same again, shorter, simpler, how it was understood.

The timeline, which needs no answer before it, is told here as well. "More" is answered in `more`.
"""

from __future__ import annotations

from bot.answers.answer_record import Reason
from bot.answers.reply import ANSWERED, CLARIFY, SOCIAL, NamedPicture, Reply
from bot.dialogue import asking_back
from bot.dialogue.memory import LastReply, Understood
from bot.dialogue.more import more
from bot.dialogue.turn import Turn
from bot.facts.base import FactBase, Quote
from bot.facts.timeline import COUNTED, picture_text, sentences, timeline
from bot.language.numbers import in_words
from bot.language.sentences import first_clause, sentences_of
from bot.language.words import capitalised, join

_QUOTED_WORDS = 80
_TOLD_SIMPLY = 2
"""Facts that are told where an answer has no simpler words."""


def answer(turn: Turn) -> Reply:
    """Return the reply to a message about the answer before, or one that asks for the timeline."""
    base, memory, question = turn.base, turn.memory, turn.question
    intents, intent, last = base.vocabulary.intents, question.intent, memory.last_reply
    if intent == intents.timeline:
        return _timeline(base)
    if intent == intents.explain:
        return _why_matched(turn)
    # A mention without a place in the message (start -1) was put there by a rule: "more about her" names nobody itself.
    if intent == intents.more and (about := [m.value for m in question.mentions if m.start < 0]):
        return more(turn, about[0])
    if not last:
        return asking_back.once_more(base, memory, memory.waiting) if memory.waiting else _nothing_yet(base)
    if intent == intents.more:
        return more(turn)
    if intent == intents.evidence:
        return _evidence(base, last)
    if intent == intents.shorter:
        return _shorter(base, last)
    return _simpler(base, last) if intent == intents.simpler else _again(base, last, last.sentences)


def _timeline(base: FactBase) -> Reply:
    items = timeline(base)
    facts = tuple(item.id for item in items)
    derived = any(item.dating == COUNTED for item in items)
    picture = NamedPicture("timeline", picture_text(base, items))
    quotes = tuple(base.quotes(list(facts)))
    return Reply(sentences(base, items), ANSWERED, facts, derived, quotes, picture=picture, about=base.told_of(facts))


def _evidence(base: FactBase, last: LastReply) -> Reply:
    words = base.wording["steer"]
    quotes = base.quotes(list(last.facts))
    if not quotes:
        return Reply((words["no_evidence"],), last.status, buttons=tuple(base.wording["examples"]), reason=last.reason)
    says = [words["evidence"].format(quotes=_quoted(words["quote"], quotes))]
    says += [words["counted"].format(text=last.text)] if last.derived else []
    return Reply(tuple(says), ANSWERED, last.facts, last.derived, tuple(quotes))


def _quoted(form: str, quotes: list[Quote]) -> str:
    """Return as many quotes as can be read, each in the form given."""
    told: list[str] = []
    for quote in quotes:
        told.append(form.format(quote=quote.quote, sentence=quote.sentence))
        if sum(len(part.split()) for part in told) > _QUOTED_WORDS:
            return "; ".join(told[:-1] or told)
    return "; ".join(told)


def _shorter(base: FactBase, last: LastReply) -> Reply:
    first, several = last.sentences[0], len(last.sentences) > 1
    short = (first if several else first_clause(first),)
    if short == last.sentences:
        return _again(base, last, (base.wording["steer"]["shortest"].format(text=last.text),), lead="")
    return _again(base, last, short)


def _simpler(base: FactBase, last: LastReply) -> Reply:
    entry = base.answers.get(last.intent)
    facts = [base.facts[i] for i in last.facts if i in base.facts]
    if entry and entry.simple:
        # A Yes or No stays what it was.
        words = base.wording["lead"]
        verdict = last.lead if last.lead in (words["yes"], words["no"]) else ""
        simple = " ".join(filter(None, (verdict, entry.simple)))
    else:
        simple = " ".join(f"{capitalised(fact.says)}." for fact in facts[:_TOLD_SIMPLY]) or last.text
    return _again(base, last, sentences_of(base.wording["steer"]["simpler"].format(text=simple)), lead="")


def _again(base: FactBase, last: LastReply, sentences: tuple[str, ...], lead: str | None = None) -> Reply:
    """Return the last reply in other words; `lead` where it does not begin as the last one did."""
    return Reply(
        sentences,
        last.status,
        last.facts,
        last.derived,
        tuple(base.quotes(list(last.facts))),
        reason=last.reason,
        lead=last.lead if lead is None else lead,
        about=last.about,
    )


def _nothing_yet(base: FactBase) -> Reply:
    text = base.wording["steer"]["nothing_yet"]
    return Reply((text,), CLARIFY, buttons=tuple(base.wording["examples"]), reason=Reason.UNCLEAR)


def _why_matched(turn: Turn) -> Reply:
    """Say how the last question was understood: in which words, how surely, by which rule, and what was used."""
    base, memory = turn.base, turn.memory
    understood, words = memory.understood, base.wording["steer"]
    if not understood:
        return _nothing_yet(base)
    if not understood.ranking:
        return Reply((words["not_made_out"],), SOCIAL)
    says = _wished(base, understood) or _matched(base, understood, waiting=bool(memory.waiting))
    if not understood.alone and understood.rules:
        says.append(words["rules"].format(rules=", ".join(understood.rules)))
        says += [words["passed_over"].format(rules=", ".join(understood.passed_over))] if understood.passed_over else []
    facts = [fact for fact in understood.facts if fact in base.facts or fact in base.entities]
    if not facts:
        return Reply(tuple(says), SOCIAL)
    says.append(words["facts_used"].format(facts=", ".join(facts)))
    derived = memory.last_reply is not None and memory.last_reply.derived
    return Reply(tuple(says), ANSWERED, tuple(facts), derived, tuple(base.quotes(facts)))


def _wished(base: FactBase, understood: Understood) -> list[str]:
    """Return what a message was taken for that wished for the timeline or for more, [] for any other."""
    intents, words = base.vocabulary.intents, base.wording["steer"]
    asked_for = {intents.timeline: "wished_timeline", intents.more: "wished_more"}
    key = asked_for.get(understood.ranking[0][0])
    return [words[key]] if key else []


def _matched(base: FactBase, understood: Understood, waiting: bool) -> list[str]:
    """Return what a message was taken for, and what came second; `waiting` where it was asked back about."""
    words = base.wording["steer"]
    (intent, odds), *others = understood.ranking
    quoted = join([words["question"].format(question=text) for text in understood.words])
    form = "matched" if understood.alone else "followed"
    several = len(understood.words)
    if several > 1:
        form = "matched_several"
    elif waiting:
        form = "of_kind"
    if several < 2 and intent not in base.answers:
        form, quoted = "matched", _kind(base, intent)
    says = [words[form].format(question=quoted, odds=f"{odds:.0%}", count=in_words(several))]
    if others and form == "matched":
        second = _kind(base, others[0][0])
        says.append(words["second"].format(question=second, odds=f"{others[0][1]:.0%}"))
    return says


def _kind(base: FactBase, intent: str) -> str:
    """Return what an intent asks, in words: its question, or what kind of thing it is that gets no answer."""
    words = base.wording["steer"]
    if intent in base.answers:
        return words["question"].format(question=base.answers[intent].question)
    return words["not_in_article" if intent in base.missing else "not_about_article"]

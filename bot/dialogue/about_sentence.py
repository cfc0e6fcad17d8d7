"""A message about one sentence of the article, which the reader has picked on the page: "Why?", "What does this mean?".

    reply, memory = answer(turn, "P2S3", answer_one)

The reply is about that sentence, whatever the wording, unless the message clearly asks something else.
"""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace

from bot.answers.operations.dates import date_text
from bot.answers.reply import ANSWERED, NOT_IN_DOCUMENT, Reply
from bot.dialogue.dependence import SURE, leans
from bot.dialogue.memory import Memory
from bot.dialogue.suggestions import fresh
from bot.dialogue.turn import Turn
from bot.facts.base import FactBase, Quote
from bot.facts.model import Event
from bot.facts.questions import asked_by_sentence
from bot.language.reference_words import word_count
from bot.language.steering_words import asks_for_one_thing
from bot.language.words import capitalised
from bot.questions.question import Question

Answer = Callable[[Turn], tuple[Reply, Memory]]
"""Answers a message in its conversation, without regard to a sentence."""

_LIKELY = 0.6
"""How sure the reading of a message without "it" and the like must be, for it to ask something beside the sentence."""
_TALK = 0.5
"""From this confidence on a message is about the last answer or small talk by its wording; beside a sentence it is then
taken to ask what that says."""
_IN_PART, _YES_OR_NO = 0.62, 0.95
"""How sure the reading after the sentence must be: for a question about a part of it, and for one for Yes or No."""
_STRANGE = 0.95
"""How sure it must be that a message asks nothing of the article at all ..."""
_LEAST_WORDS = 5
"""... and how many words it must have."""
_OFFERED = 3
_READABLE = 80
"""Of a sentence with many facts as many are told as fit into so many words."""


def answer(turn: Turn, sentence: str, answer_one: Answer) -> tuple[Reply, Memory]:
    """Answer a message about a sentence of the article, given by its id.

    What is remembered stays as it is; the memory that is returned goes on from the sentence.
    """
    base = turn.base
    before = _turned_to(turn, sentence)
    reply, after = answer_one(replace(turn, memory=deepcopy(before)))
    if reply.status == ANSWERED and after.last_question_turn == after.turn:
        own = _asks_something_of_its_own(turn)
        if own and not _is_about(base, reply, sentence):
            return reply, after
        if own or _asks_for_a_part(turn) and _is_sure(after, turn.question):
            connected = _connected(base, reply, sentence)
            if connected or _is_about(base, reply, sentence):
                return _resting_on(base, reply, connected, sentence, after)
    if reply.status == NOT_IN_DOCUMENT and _asks_what_is_not_told(turn):
        return reply, after
    return _told(replace(turn, memory=before), sentence)


def _turned_to(turn: Turn, sentence: str) -> Memory:
    """Return a memory in which the sentence is what was spoken of last; nothing asked back or offered is open."""
    base, memory = turn.base, deepcopy(turn.memory)
    memory.waiting, memory.choices_offered = None, []
    asked = asked_by_sentence(base)[sentence]
    if asked:
        memory.last_intent, memory.last_question = asked[0]
        memory.last_question_turn = memory.turn
    facts = base.facts_in.get(sentence, [])
    memory.speak_of(list(base.told_of(facts)))
    return memory


def _is_about(base: FactBase, reply: Reply, sentence: str) -> bool:
    """True where what a reply says first of all stands in the sentence."""
    return bool(reply.facts) and reply.facts[0] in base.facts_in.get(sentence, [])


def _connected(base: FactBase, reply: Reply, sentence: str) -> list[str]:
    """Return the facts of the sentence of which a reply tells the cause or the outcome."""
    told = set(reply.facts)
    return [fact for fact in base.facts_in.get(sentence, []) if told & base.joined_with[fact]]


def _resting_on(
    base: FactBase, reply: Reply, connected: list[str], sentence: str, memory: Memory
) -> tuple[Reply, Memory]:
    """Have a reply show the sentence first, with what it says that the reply explains."""
    facts = reply.facts if _is_about(base, reply, sentence) else tuple(dict.fromkeys([*connected, *reply.facts]))
    reply = replace(reply, facts=facts, evidence=_foremost(base.quotes(list(facts)), sentence))
    memory.keep_reply(reply, memory.last_reply.intent if memory.last_reply else "")
    return reply, memory


def _asks_something_of_its_own(turn: Turn) -> bool:
    """True where a message is understood without the sentence."""
    question = turn.question
    least = SURE if leans(question) else _LIKELY
    return question.intent in turn.base.answers and question.confidence >= least


def _asks_for_a_part(turn: Turn) -> bool:
    """True for "Why?" or "Did that work?", which ask for one thing; "What does this mean?" asks for the whole."""
    base, question = turn.base, turn.question
    talk = question.intent in base.vocabulary.intents.steering or question.intent in base.wording["social"]
    if talk and question.confidence >= _TALK:
        return False
    return question.polar or asks_for_one_thing(question.text)


def _is_sure(after: Memory, question: Question) -> bool:
    odds = after.understood.ranking[0][1] if after.understood and after.understood.ranking else 1.0
    return odds >= (_YES_OR_NO if question.polar else _IN_PART)


def _asks_what_is_not_told(turn: Turn) -> bool:
    base, question = turn.base, turn.question
    named = question.intent in base.answers and bool(question.mentions) and not leans(question)
    if question.intent in base.missing or named:
        return question.confidence >= SURE
    strange = question.intent in base.wording["refused"] and question.confidence >= _STRANGE
    return strange and not leans(question) and word_count(question.text) >= _LEAST_WORDS


def _told(turn: Turn, sentence: str) -> tuple[Reply, Memory]:
    """Say what a sentence states, fact by fact; or that it states nothing, and what the next ones answer."""
    base, memory = turn.base, turn.memory
    memory.turn += 1
    if sentence not in base.facts_in:
        told = (base.wording["sentence"]["silent"],)
        return Reply(told, NOT_IN_DOCUMENT, buttons=_next_asked(base, sentence)), memory
    texts, facts, derived = [], [], False
    for fact in _stated(base, sentence):
        text, used, counted = _in_words(base, fact)
        if texts and sum(len(part.split()) for part in (*texts, text)) > _READABLE:
            break
        texts.append(text)
        facts += [i for i in used if i not in facts]
        derived = derived or counted
    asked = asked_by_sentence(base)[sentence]
    reply = Reply(
        tuple(texts),
        ANSWERED,
        tuple(facts),
        derived,
        _foremost(base.quotes(facts), sentence),
        tuple(text for _, text in asked[:_OFFERED]),
        about=base.told_of(facts),
    )
    memory.last_question_turn = memory.turn if asked else memory.last_question_turn
    memory.keep_reply(reply)
    memory.tell(facts)
    return replace(reply, buttons=fresh(base, memory, "", reply)), memory


def _next_asked(base: FactBase, sentence: str) -> tuple[str, ...]:
    """Return questions that the sentences after a sentence answer, or else the examples."""
    ids = list(base.article.sentences)
    asked = asked_by_sentence(base)
    found = [question for other in ids[ids.index(sentence) :] for _, question in asked[other]]
    return tuple(dict.fromkeys(found or base.wording["examples"]))[:_OFFERED]


def _stated(base: FactBase, sentence: str) -> list[str]:
    """Return the facts that a sentence states, in its own order.

    A fact that it only supports with words by which it states another is left out.
    """
    placed = []
    for fact in base.facts_in[sentence]:
        evidence = base.facts[fact].evidence
        quote = evidence[sentence] or base.article.sentences[sentence].text
        start, end = base.article.locate(sentence, quote) or (0, 0)
        placed.append((start, end, next(iter(evidence)) == sentence, fact))
    first = [(start, end) for start, end, foremost, _ in placed if foremost]
    stated = [(start, fact) for start, end, foremost, fact in placed if foremost or (start, end) not in first]
    return [fact for _, fact in sorted(stated, key=lambda pair: pair[0])]


def _in_words(base: FactBase, fact: str) -> tuple[str, list[str], bool]:
    """Return a fact as a sentence, the facts that this rests on, and whether its date is counted."""
    record, date = base.facts[fact], base.dates.get(fact)
    if isinstance(record, Event) and date and date.day:
        counted_from = [date.counted_from] if date.counted and date.counted_from else []
        return date_text(base, record, date), [fact, *counted_from], date.counted
    purpose = f" {record.purpose}" if isinstance(record, Event) and record.purpose else ""
    return f"{capitalised(record.says)}{purpose}.", [fact], False


def _foremost(quotes: list[Quote] | tuple[Quote, ...], sentence: str) -> tuple[Quote, ...]:
    return tuple(sorted(quotes, key=lambda quote: quote.sentence != sentence))

"""What a turn leaves behind in the memory, and what is dropped from it."""

from __future__ import annotations

from dataclasses import replace

from bot.answers.reply import ANSWERED, CLARIFY, NOT_IN_DOCUMENT, Reply
from bot.dialogue.day_spoken_of import day_of_turn
from bot.dialogue.dependence import depends, leans
from bot.dialogue.memory import Memory, Understood
from bot.dialogue.suggestions import fresh
from bot.dialogue.turn import Turn
from bot.dialogue.understanding import Meaning
from bot.facts.base import FactBase
from bot.facts.model import Answer
from bot.language.words import join
from bot.questions.mentions import DATE, Mention
from bot.questions.question import Question

_FULL = 5
"""Words that a question has at least to be repeated as it was put."""
_SHORT = 3
"""Words of a question that tell too little to explain what it asks."""
_INTO_FOCUS = ("neighbour", "remaining_after", "order")
"""Operations whose answer, not whose question, is what the next message goes on from."""


def forget_unknown(base: FactBase, memory: Memory) -> None:
    """Drop what the fact base no longer knows: a conversation may be older than the last change of the facts."""
    memory.intents_answered = [intent for intent in memory.intents_answered if intent in base.answers]
    if memory.understood and not _all_known(base, memory.understood.facts):
        memory.understood = None
    waiting = memory.waiting
    if waiting and not (
        base.knows(waiting.intent) and all(i in base.answers or i in base.entities for i in waiting.choices)
    ):
        memory.waiting = None
    if memory.last_reply and not _all_known(base, memory.last_reply.facts):
        memory.last_reply = None
    if memory.last_reply:
        about = tuple(i for i in memory.last_reply.about if i in base.entities)
        memory.last_reply = replace(memory.last_reply, about=about)


def remember_question(base: FactBase, memory: Memory, question: Question, reply: Reply) -> Reply:
    """Keep a question and its reply; return the reply with suggestions that are new."""
    reply = replace(reply, buttons=fresh(base, memory, question.intent, reply))
    memory.understood = replace(memory.understood or Understood(), facts=reply.facts)
    memory.last_named = named(base, question)
    if reply.status in (ANSWERED, CLARIFY) or base.knows(question.intent):
        take_up(memory, question.intent, _in_full(base, question))
    memory.last_day = day_of_turn(base, question, reply) or memory.last_day
    # What is off the topic leaves the thread alone, but is something to repeat where there is none.
    if reply.status in (ANSWERED, NOT_IN_DOCUMENT) and (base.knows(question.intent) or not memory.last_reply):
        memory.keep_reply(reply, question.intent, whom_it_names(base, reply))
    if reply.status == ANSWERED:
        memory.tell(reply.facts)
        memory.intents_answered += [question.intent] if question.intent in base.answers else []
        memory.last_listed = list(reply.listed) or memory.last_listed
        memory.speak_of(_spoken_of(base, question, reply))
    elif base.knows(question.intent):
        memory.speak_of(named(base, question))
    return reply


def remember_steering(base: FactBase, memory: Memory, intent: str, reply: Reply) -> Reply:
    """Keep what a reply about the last answer told; return it with suggestions that are new."""
    intents = base.vocabulary.intents
    reply = replace(reply, buttons=fresh(base, memory, intent, reply))
    memory.tell(reply.facts)
    if intent in (intents.more, intents.timeline) and reply.status == ANSWERED:
        told = memory.intents_answered[-1] if intent == intents.more else intent
        memory.keep_reply(reply, told, whom_it_names(base, reply))
    return reply


def take_up(memory: Memory, intent: str, question: str) -> None:
    """Make a question the one that the next message can follow up."""
    memory.last_question, memory.last_intent, memory.last_question_turn = question, intent, memory.turn


def understood(turn: Turn, meaning: Meaning) -> Understood:
    """Return how a message was understood: by its own words, or by what was said before."""
    question = meaning.question
    entry = turn.base.answers.get(question.intent)
    taken_for = _in_full(turn.base, question) if entry is None or entry.restated else _asked_of(turn, question, entry)
    ranking = question.ranking[:3] or ((question.intent, question.confidence),)
    return Understood((taken_for,), meaning.alone, ranking, (), meaning.applied, meaning.passed_over)


def _asked_of(turn: Turn, question: Question, entry: Answer) -> str:
    """Return the plain question of an answer; of one that is worked out for whatever is named, with what was named."""
    if not entry.operation or entry.event:
        return entry.question
    about = {m.value: m for m in question.mentions if _can_be_worked_out_for(turn.base, m)}
    usual = {m.value for m in turn.read(entry.question).mentions if _can_be_worked_out_for(turn.base, m)}
    if not about or about.keys() == usual:
        return entry.question
    tells_all = question.text.rstrip().endswith("?") and len(question.text.split()) > _SHORT and not leans(question)
    if tells_all:
        return question.text
    names = join([_name_of(turn.base, m, question.text) for m in about.values()])
    form = "told_of" if entry.operation == "on_date" else "asked_of"
    return turn.base.wording["steer"][form].format(question=entry.question, named=names)


def _can_be_worked_out_for(base: FactBase, mention: Mention) -> bool:
    return mention.entity == DATE or mention.value in base.entities or mention.value in base.events


def _name_of(base: FactBase, mention: Mention, text: str) -> str:
    """Return what a mention names: a day in the reader's words."""
    if mention.value in base.entities:
        return base.entities[mention.value].name
    if mention.value in base.events:
        return base.events[mention.value].noun
    return text[mention.start : mention.end] if mention.end > mention.start >= 0 else mention.value


def named(base: FactBase, question: Question) -> list[str]:
    """Return the ids of what a question names, those of its own words first."""
    # In "How many days later did Kazakhstan follow?" what is named outranks what context added (start -1).
    ordered = sorted(question.mentions, key=lambda m: m.start < 0)
    return [m.value for m in ordered if m.value in base.entities or m.value in base.events]


def whom_it_names(base: FactBase, reply: Reply) -> tuple[str, ...]:
    """Return the ids of whom and what a reply names, in its order: who "the latter" is in the next message."""
    text, places = reply.text, {}
    for entity in base.entities.values():
        found = [text.find(name) for name in (entity.short, entity.name) if name and not entity.outside]
        if at := [place for place in found if place >= 0]:
            places[entity.id] = min(at)
    return tuple(sorted(places, key=places.__getitem__))


def standing_alone(memory: Memory, question: Question) -> str | None:
    """Return the question that a follow-up stood for ("And then?"), None where the message itself can be asked again.

    It is what a link to the answer asks. `memory` is that after the turn.
    """
    is_kept = memory.last_question_turn == memory.turn and memory.last_question
    return memory.last_question if is_kept and depends(question) and memory.last_question != question.text else None


def _all_known(base: FactBase, facts: tuple[str, ...]) -> bool:
    return all(fact in base.facts or fact in base.entities for fact in facts)


def _spoken_of(base: FactBase, question: Question, reply: Reply) -> list[str]:
    """Return what a turn was about: what the user named, then what the answer brought in."""
    entry = base.answers.get(question.intent)
    # A question that the article does not answer may suppose an order that is put right.
    about = [i for ids in entry.only.values() for i in ids] if entry else []
    brought = [i for fact in reply.facts if fact in base.facts for i in base.facts[fact].entities()]
    events = [fact for fact in reply.facts if fact in base.events and base.events[fact].names]
    holders = [base.entities[f].holder or "" for f in reply.facts if f in base.entities]
    # "Who left just before?" "Russia." "And before that?": what was answered comes into focus.
    foremost = reply.about if entry and entry.operation in _INTO_FOCUS else ()
    return [i for i in dict.fromkeys([*foremost, *named(base, question), *about, *events, *holders, *brought]) if i]


def _in_full(base: FactBase, question: Question) -> str:
    """Return a question in words that need nothing before them, to be read before the next."""
    entry = base.answers.get(question.intent)
    if entry is None:
        return question.text
    if entry.restated:
        ids = [m.value for m in question.mentions if m.value in base.entities]
        ids = [i for i in ids if base.entities[i].type not in base.vocabulary.wholes]
        if not ids and question.values(DATE):
            return question.text
        return entry.restated.format(entity=base.entities[ids[0]].name) if ids else entry.question
    # The user's own words tell most, where they are a full question that leans on nothing before.
    tells_all = question.text.endswith("?") and len(question.text.split()) > _FULL and not leans(question)
    return question.text if tells_all else entry.question

"""What is kept in the memory after a turn, and what is dropped from it before one."""

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
from bot.language.question_forms import asks_who
from bot.language.words import join
from bot.questions.mentions import DATE, Mention
from bot.questions.question import Question

_FULL = 5
"""A question of more words than this is kept in the asker's own words, a shorter one in those of the fact base."""
_SHORT = 3
"""Words of a question that tell too little to explain what it asks."""
_INTO_FOCUS = ("neighbour", "remaining_after", "order")
"""After these operations "it" is what the answer named, not what the question did: "Who left before it?" "Russia."."""


def forget_unknown(turn: Turn) -> None:
    """Drop what the fact base no longer knows: a conversation may be older than the last change of the facts."""
    base, memory = turn.base, turn.memory
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


def remember_question(turn: Turn, reply: Reply) -> Reply:
    """Keep the question that the turn stands for and its reply; return the reply with suggestions that are new."""
    base, memory, question = turn.base, turn.memory, turn.question
    reply = replace(reply, buttons=fresh(base, memory, question.intent, reply))
    memory.understood = replace(memory.understood or Understood(), facts=reply.facts)
    memory.last_named = named(base, question)
    if not reply.about:  # a refusal speaks of those who were asked about
        reply = replace(reply, about=tuple(i for i in memory.last_named if i in base.entities))
    if reply.status in (ANSWERED, CLARIFY) or base.knows(question.intent):
        take_up(memory, question.intent, _in_full(base, question))
    memory.last_day = day_of_turn(base, question, reply) or memory.last_day
    # What is off the topic leaves the thread alone, but is something to repeat where there is none.
    if reply.status in (ANSWERED, NOT_IN_DOCUMENT) and (base.knows(question.intent) or not memory.last_reply):
        memory.keep_reply(reply, question.intent)
    if reply.status == ANSWERED:
        memory.tell(reply.facts)
        memory.intents_answered += [question.intent] if question.intent in base.answers else []
        memory.last_listed = list(reply.listed) or memory.last_listed
        memory.speak_of(_spoken_of(base, question, reply))
    elif base.knows(question.intent):
        memory.speak_of(named(base, question))
    return reply


def remember_steering(turn: Turn, reply: Reply) -> Reply:
    """Keep what a reply about the last answer told; return it with suggestions that are new."""
    memory, intent, intents = turn.memory, turn.question.intent, turn.base.vocabulary.intents
    reply = replace(reply, buttons=fresh(turn.base, memory, intent, reply))
    memory.tell(reply.facts)
    if intent in (intents.more, intents.timeline) and reply.status == ANSWERED:
        told = memory.intents_answered[-1] if intent == intents.more else intent
        memory.keep_reply(reply, told)
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
    events = [fact for fact in reply.facts if fact in base.events and base.events[fact].names]
    holders = [base.entities[f].holder or "" for f in reply.facts if f in base.entities]
    # "Who left just before?" "Russia." "And before that?": what was answered comes into focus.
    foremost = reply.about if entry and entry.operation in _INTO_FOCUS else _answers_who(base, question, reply)
    brought = base.told_of(reply.facts)
    return [i for i in dict.fromkeys([*foremost, *named(base, question), *about, *events, *holders, *brought]) if i]


def _answers_who(base: FactBase, question: Question, reply: Reply) -> tuple[str, ...]:
    """Return the person that a question for a name is answered with: of two that a reply names, the one not asked with.

    "Who was Ada's rival?" "Ada and Grace were rivals." "What did she want?" is about Grace.
    """
    entry = base.answers.get(question.intent)
    if entry is None or entry.operation or not asks_who(question.text):
        return ()
    asked_with = set(named(base, question)).intersection(base.people)
    told = [i for i in reply.about if i in base.people and i not in asked_with]
    return tuple(told) if asked_with and len(told) == 1 else ()


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

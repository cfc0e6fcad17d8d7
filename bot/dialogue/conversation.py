"""One turn of a conversation: from a read message and what is remembered to a reply and what to remember.

    reply, memory = answer_message(base, memory, question, read)

`resolve` says what the message means here, `compose` answers it, `steer` handles messages about the answer before.
"""

from __future__ import annotations

import re
from copy import deepcopy
from dataclasses import replace

from bot.answers import compose
from bot.answers.answer_record import Reason
from bot.answers.reply import ANSWERED, CLARIFY, NOT_IN_DOCUMENT, SOCIAL, Reply
from bot.answers.several import joined, without_repeats
from bot.dialogue import about_last_answer, about_sentence, more, openings
from bot.dialogue.context import SURE, only_talk
from bot.dialogue.days import last_spoken_of
from bot.dialogue.memory import Memory, Understood, Waiting
from bot.dialogue.references import whom
from bot.dialogue.resolve import depends, leans, resolve, unclear
from bot.dialogue.suggestions import fresh
from bot.dialogue.turn import Read
from bot.facts.base import FactBase
from bot.language.no_language import is_no_question
from bot.language.sentences import sentences_of
from bot.language.several_questions import questions_in
from bot.questions.legible import OTHER_SCRIPT, unreadable
from bot.questions.mentions import HEARD
from bot.questions.question import Question
from bot.questions.quotations import without_quotes

_LIKELY = 3
_FULL = 5
_READABLE = 90
"""Words of a reply to several questions, at most."""
_ADDRESSED = re.compile(r"(?<=\w)@\w+$")
"""In groups a command says which bot it is for: /start@name."""


def answer_message(
    base: FactBase, memory: Memory, question: Question, read: Read, sentence: str | None = None
) -> tuple[Reply, Memory]:
    """Answer one message, about a sentence of the article where its id is given; `memory` is changed and returned."""
    question = _spelt(base, question, read)
    if sentence in base.article.sentences and not _is_command(base, question):
        reply, memory = about_sentence.reply_to(
            base, memory, question, sentence, lambda memory, question: _turn(base, memory, question, read)
        )
    else:
        question = _without_quotes(base, memory, question, read)
        reply, memory = _in_turn(base, memory, question, read) or _turn(base, memory, question, read)
    # What is offered can be picked by its number in the next message, in every channel. "Thanks" takes nothing away.
    if reply.buttons or reply.status != SOCIAL:
        memory.choices_offered = list(reply.buttons)
    if reply.status in (ANSWERED, NOT_IN_DOCUMENT):
        memory.suggestions_shown.append(list(reply.buttons))
    return reply, memory


def _spelt(base: FactBase, question: Question, read: Read) -> Question:
    """Read a name that was heard as several words ("gore ba chev") again as it is spelt, which the model knows."""
    heard = [m for m in question.mentions if m.form == HEARD and m.value in base.entities and m.end > m.start]
    text = question.text
    for mention in sorted(heard, key=lambda m: -m.start):
        text = text[: mention.start] + base.entities[mention.value].name + text[mention.end :]
    return read(text) if heard else question


def _without_quotes(base: FactBase, memory: Memory, question: Question, read: Read) -> Question:
    """Return what a message asks beside the sentences of the article in it, which are what it speaks of."""
    found = without_quotes(base, question.whole or question.text)
    if not found:
        return question
    quoted, rest = found
    own = read(rest)
    told = read(quoted)
    if told.intent not in base.answers or own.intent not in base.answers and not (leans(own) or depends(own)):
        return question
    memory.last_question, memory.last_intent, memory.last_question_turn = (
        base.answers[told.intent].question,
        told.intent,
        memory.turn,
    )
    memory.speak_of(_named(base, told))
    return own


def _in_turn(base: FactBase, memory: Memory, question: Question, read: Read) -> tuple[Reply, Memory] | None:
    """Answer the questions of one message one after the other; None where it asks one, or they can't all be answered.

    What one answer has told, the next does not tell again.
    """
    asked = questions_in(question.whole or question.text, base.vocabulary.kind_of_noun)
    if not asked or memory.waiting:
        return None
    memory, replies, known = deepcopy(memory), [], memory.last_question_turn
    understood: list[Understood] = []
    for text in asked:
        reply, memory = _turn(base, memory, read(text), read)
        if memory.last_question_turn <= known or reply.status not in (ANSWERED, NOT_IN_DOCUMENT):
            return None
        replies.append(reply)
        understood.append(memory.understood or Understood())
        known = memory.last_question_turn
    reply = joined(without_repeats(replies))
    if reply.status != ANSWERED or len(reply.text.split()) > _READABLE:
        return None
    memory.keep_reply(reply)
    words = tuple(text for one in understood for text in one.words)
    memory.understood = Understood(words, True, understood[0].ranking, reply.facts)
    return replace(reply, buttons=fresh(base, memory, memory.last_intent, reply)), memory


def _turn(base: FactBase, memory: Memory, question: Question, read: Read) -> tuple[Reply, Memory]:
    memory.turn += 1
    _forget_unknown(base, memory)
    command = _command_of(base, question)
    question = question.with_(intent=command, confidence=1.0) if command else question
    if question.intent == about_last_answer.START_OVER:
        memory = Memory()
        return Reply(
            sentences_of(base.wording["social"][about_last_answer.START_OVER]), SOCIAL, buttons=_examples(base)
        ), memory
    if unread := unreadable(question, only_talk(base, question)):
        memory.understood = Understood()
        reason = Reason.OTHER_LANGUAGE if unread == OTHER_SCRIPT else Reason.NOT_UNDERSTOOD
        return _refused(base, unread, reason), memory
    if memory.waiting and _wants_another(base, memory, question):
        return Reply(sentences_of(base.wording["clarify"]["name_it"]), CLARIFY, reason=Reason.UNCLEAR), memory
    opening = not memory.has_question and not memory.waiting
    if opening:
        question = openings.bare(base, question, read)
    question, subject = more.on_object(base, memory, question, read)
    meant = question if command or subject else resolve(base, memory, question, read)
    waiting, memory.waiting = memory.waiting, None
    if meant.intent in about_last_answer.STEERING:
        memory.waiting = waiting  # as with "thanks", below
        return _remember(base, memory, meant, about_last_answer.reply_to(base, memory, meant.intent, subject))
    if meant.intent in base.wording["social"]:
        text = base.wording["social"][meant.intent]
        # "Thanks" between a question asked back and the choice takes nothing away; examples that are named are offered.
        names = any(example in text for example in _examples(base))
        opens = meant.intent in base.wording.get("introductions", ()) and (names or not waiting)
        memory.waiting = None if opens else waiting
        reply = Reply(sentences_of(text), SOCIAL, buttons=_examples(base) if opens else ())
        return replace(reply, buttons=fresh(base, memory, meant.intent, reply)), memory
    alone = meant.text == question.text and meant.intent == question.intent
    memory.understood = _understood(base, meant, alone)
    return _answer(base, memory, question, meant, waiting, opening)


def _answer(
    base: FactBase, memory: Memory, question: Question, meant: Question, waiting: Waiting | None, opening: bool
) -> tuple[Reply, Memory]:
    """Answer what a message means, or ask back."""
    fixed = meant.intent in base.answers and not base.answers[meant.intent].operation
    if opening and (openings.is_number(meant) or unclear(question) and fixed):
        return _ask_which_question(base, memory, meant, waiting)
    if not opening and not waiting and base.knows(meant.intent) and (people := whom(base, memory, meant)):
        return _ask_whom(base, memory, meant, question, people)
    reply = compose.reply_to(base, meant)
    if _is_said_again(memory, reply) and (second := _second(base, meant)):
        meant = second
        reply = compose.reply_to(base, meant)
    if reply.status == NOT_IN_DOCUMENT and is_no_question(question.whole or question.text):
        memory.understood = Understood()
        reply = _refused(base, "not_understood", Reason.NOT_UNDERSTOOD)
    if reply.status == CLARIFY:
        if waiting:
            # One question back is enough; a second would be a loop.
            reply = _refused(base, "unsure", Reason.NOT_UNDERSTOOD)
        else:
            memory.waiting = Waiting(meant.intent, meant.text, reply.choices)
    return _remember(base, memory, meant, reply)


def _command_of(base: FactBase, question: Question) -> str | None:
    """Return what a message that is just a command ("help", "sources", "/restart") stands for, None for any other."""
    return base.wording.get("commands", {}).get(_ADDRESSED.sub("", question.text.strip(" /!.")).lower())


def _is_command(base: FactBase, question: Question) -> bool:
    """True for "help" or "start over"; "explain" and "more" beside a sentence are about that."""
    command = _command_of(base, question)
    alone = (about_last_answer.START_OVER, about_last_answer.SHOW_TIMELINE)
    if command:
        return command in alone or command not in about_last_answer.STEERING
    return question.intent in alone and question.confidence >= SURE


def _wants_another(base: FactBase, memory: Memory, question: Question) -> bool:
    """True where none of the choices that were offered is picked, but what was offered beside them."""
    another = base.wording["clarify"]["another"]
    picked = (
        memory.choices_offered[int(question.text) - 1 :][:1]
        if re.fullmatch(r"[1-9]", question.text)
        else [question.text]
    )
    return bool(picked) and another in memory.choices_offered and picked[0].strip(" .!").lower() == another.lower()


def _understood(base: FactBase, meant: Question, alone: bool) -> Understood:
    """Return how a message was understood: by its own words (`alone`), or by what was said before."""
    return Understood((_heard_as(base, meant),), alone, meant.ranking[:3] or ((meant.intent, meant.confidence),))


def _forget_unknown(base: FactBase, memory: Memory) -> None:
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


def _all_known(base: FactBase, facts: tuple[str, ...]) -> bool:
    return all(fact in base.facts or fact in base.entities for fact in facts)


def _ask_which_question(
    base: FactBase, memory: Memory, question: Question, waiting: Waiting | None
) -> tuple[Reply, Memory]:
    likely = [intent for intent, _ in question.ranking if intent in base.answers][:_LIKELY]
    if waiting or not likely:
        return _refused(base, "unsure", Reason.NOT_UNDERSTOOD), memory
    memory.waiting = Waiting(question.intent, question.text, tuple(likely))
    buttons = tuple(base.answers[intent].question for intent in likely)
    reply = Reply(
        sentences_of(base.wording["clarify"]["what_question"]), CLARIFY, buttons=buttons, reason=Reason.UNCLEAR
    )
    return reply, memory


def _ask_whom(
    base: FactBase, memory: Memory, meant: Question, question: Question, people: tuple[str, ...]
) -> tuple[Reply, Memory]:
    """Ask back who "he" is; what was spoken of before stays the thread."""
    memory.waiting = Waiting(meant.intent, question.text, people)
    names = tuple(base.entities[i].name for i in people)
    text = base.wording["clarify"]["which"]
    return Reply((text,), CLARIFY, buttons=names, choices=people, reason=Reason.UNCLEAR), memory


def _is_said_again(memory: Memory, reply: Reply) -> bool:
    return reply.status == ANSWERED and memory.last_reply is not None and reply.text == memory.last_reply.text


def _second(base: FactBase, question: Question) -> Question | None:
    """Return the second reading where it is likely too: who asks on seldom wants the same answer again."""
    for intent, odds in question.ranking[1:2]:
        if intent in base.answers and odds >= compose.SECOND_ODDS and not question.polar:
            return question.with_(intent=intent, ranking=question.ranking[1:])
    return None


def _remember(base: FactBase, memory: Memory, question: Question, reply: Reply) -> tuple[Reply, Memory]:
    reply = replace(reply, buttons=fresh(base, memory, question.intent, reply))
    if question.intent in about_last_answer.STEERING:
        memory.tell(reply.facts)
        if question.intent in (about_last_answer.MORE, about_last_answer.SHOW_TIMELINE) and reply.status == ANSWERED:
            memory.keep_reply(reply, memory.intents_answered[-1] if question.intent == about_last_answer.MORE else "")
        return reply, memory
    memory.understood = replace(memory.understood or Understood(), facts=reply.facts)
    memory.last_named = _named(base, question)
    if reply.status in (ANSWERED, CLARIFY) or base.knows(question.intent):
        memory.last_question, memory.last_intent, memory.last_question_turn = (
            _alone(base, question),
            question.intent,
            memory.turn,
        )
    memory.last_day = last_spoken_of(base, question, reply) or memory.last_day
    # What is off the topic leaves the thread alone, but is something to repeat where there is none.
    if reply.status in (ANSWERED, NOT_IN_DOCUMENT) and (base.knows(question.intent) or not memory.last_reply):
        memory.keep_reply(reply, question.intent)
    if reply.status == ANSWERED:
        memory.tell(reply.facts)
        memory.intents_answered.append(question.intent)
        memory.last_listed = list(reply.listed) or memory.last_listed
        memory.speak_of(_spoken_of(base, question, reply))
    elif base.knows(question.intent):
        memory.speak_of(_named(base, question))
    return reply, memory


def _spoken_of(base: FactBase, question: Question, reply: Reply) -> list[str]:
    """Return what a turn was about: what the user named, then what the answer brought in."""
    entry = base.answers[question.intent]
    named = _named(base, question)
    about = [i for ids in entry.only.values() for i in ids]
    brought = [i for fact in reply.facts if fact in base.facts for i in base.facts[fact].entities()]
    events = [fact for fact in reply.facts if fact in base.events and base.events[fact].names]
    holders = [base.entities[f].holder or "" for f in reply.facts if f in base.entities]
    if entry.operation in ("neighbour", "remaining_after", "order"):
        # "Who left just before?" "Russia." "And before that?": what was answered comes into focus.
        named = [*reply.about, *named]
    return [i for i in dict.fromkeys([*named, *about, *events, *holders, *brought]) if i]


def _named(base: FactBase, question: Question) -> list[str]:
    # In "How many days later did Kazakhstan follow?" what is named outranks what context added (start -1).
    ordered = sorted(question.mentions, key=lambda m: m.start < 0)
    return [m.value for m in ordered if m.value in base.entities or m.value in base.events]


def _heard_as(base: FactBase, question: Question) -> str:
    """Return the plain question that a message was taken for."""
    entry = base.answers.get(question.intent)
    return entry.question if entry and not entry.restated else _alone(base, question)


def _alone(base: FactBase, question: Question) -> str:
    """Return a question in words that stand alone, to be read before the next."""
    entry = base.answers.get(question.intent)
    if entry is None:
        return question.text
    if entry.restated:
        named = [
            m.value for m in question.mentions if m.value in base.entities and base.entities[m.value].type != "polity"
        ]
        if not named and question.values("date"):
            return question.text
        return entry.restated.format(entity=base.entities[named[0]].name) if named else entry.question
    # The user's own words tell most, where they are a full question that leans on nothing before.
    stands_alone = question.text.endswith("?") and len(question.text.split()) > _FULL and not leans(question)
    return question.text if stands_alone else entry.question


def _examples(base: FactBase) -> tuple[str, ...]:
    return tuple(base.wording["examples"])


def _refused(base: FactBase, key: str, reason: Reason) -> Reply:
    return Reply(sentences_of(base.wording["refused"][key]), NOT_IN_DOCUMENT, buttons=_examples(base), reason=reason)

"""One turn of a conversation: from a read message and what is remembered to a reply and what to remember.

    reply, memory = answer_message(base, memory, question, read)

`understanding` says what the message means here (`rules` has the list of rules), `answers.compose` answers it,
`about_last_answer` what is said about the answer before, and `remembering` keeps what the next message may need.
"""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace

from bot.answers import compose
from bot.answers.answer_record import Reason
from bot.answers.reply import ANSWERED, CLARIFY, NOT_IN_DOCUMENT, SOCIAL, Reply
from bot.answers.several import MOST_WORDS, joined, without_repeats
from bot.dialogue import about_conversation, about_last_answer, about_sentence, asking_back
from bot.dialogue.dependence import SURE, depends, leans, only_talk, unclear
from bot.dialogue.memory import Memory, PendingChoice, Understood
from bot.dialogue.remembering import (
    forget_unknown,
    named,
    remember_question,
    remember_steering,
    take_up,
    understood,
)
from bot.dialogue.rules.command import command_of
from bot.dialogue.suggestions import fresh
from bot.dialogue.turn import Read, Turn
from bot.dialogue.understanding import Meaning, understand
from bot.facts.base import FactBase
from bot.facts.small_talk import small_talk
from bot.language.about_conversation import which_question_of_mine
from bot.language.choice_words import is_bare_number
from bot.language.errands import is_errand
from bot.language.no_language import is_no_question, is_scrap
from bot.language.reference_words import asks_of_nothing
from bot.language.sentences import sentences_of
from bot.language.several_questions import questions_in
from bot.questions.legible import NOT_UNDERSTOOD, OTHER_SCRIPT, unreadable
from bot.questions.mentions import HEARD
from bot.questions.question import Question
from bot.questions.quotations import without_quotes


def answer_message(
    base: FactBase, memory: Memory, question: Question, read: Read, sentence: str | None = None
) -> tuple[Reply, Memory]:
    """Answer one message, about a sentence of the article where its id is given; `memory` is changed and returned."""
    turn = _as_spelt(Turn(base, memory, question, read))
    if sentence in base.article.sentences and not _is_of_the_conversation(turn):
        reply, memory = about_sentence.answer(turn, sentence, _answer_one)
    else:
        turn = _without_quotes(turn)
        reply, memory = _answer_each(turn) or _answer_one(turn)
    # What is offered can be picked by its number in the next message, in every channel. "Thanks" takes nothing away.
    if reply.buttons or reply.status != SOCIAL:
        memory.choices_offered = list(reply.buttons)
    if reply.status in (ANSWERED, NOT_IN_DOCUMENT):
        memory.suggestions_shown.append(list(reply.buttons))
    return reply, memory


def _as_spelt(turn: Turn) -> Turn:
    """Read a name that was heard as several words ("gore ba chev") again as it is spelt, which the model knows."""
    base, question = turn.base, turn.question
    heard = [m for m in question.mentions if m.form == HEARD and m.value in base.entities and m.end > m.start]
    text = question.text
    for mention in sorted(heard, key=lambda m: -m.start):
        text = text[: mention.start] + base.entities[mention.value].name + text[mention.end :]
    return turn.saying(turn.read(text)) if heard else turn


def _is_of_the_conversation(turn: Turn) -> bool:
    """True for "help" or "start over", whatever sentence is picked; "explain" and "more" beside one are about that."""
    intents = turn.base.vocabulary.intents
    alone = (intents.start_over, intents.timeline)
    if which_question_of_mine(turn.question.whole or turn.question.text):
        return True
    if command := command_of(turn.base, turn.question):
        return command in alone or command not in intents.steering
    return turn.question.intent in alone and turn.question.confidence >= SURE


def _without_quotes(turn: Turn) -> Turn:
    """Return what a message asks beside the sentences of the article in it, which are what it speaks of."""
    base, memory = turn.base, turn.memory
    found = without_quotes(base, turn.question.whole or turn.question.text)
    if not found:
        return turn
    told, own = (turn.read(text) for text in found)
    if told.intent not in base.answers or own.intent not in base.answers and not (leans(own) or depends(own)):
        return turn
    if told.text.rstrip().endswith("?") and not (leans(own) or depends(own)):
        return turn  # a question that the article asks, too, beside one that needs nothing before it
    take_up(memory, told.intent, base.answers[told.intent].question)
    memory.speak_of(named(base, told))
    return turn.saying(own)


def _answer_each(turn: Turn) -> tuple[Reply, Memory] | None:
    """Answer the questions of one message one after the other; None where it asks one, or one can't be told apart.

    What one answer has told, the next does not tell again. Of what the article does not answer it says so.
    """
    asked = questions_in(turn.question.whole or turn.question.text, turn.base.vocabulary.kind_of_noun)
    if not asked or turn.memory.waiting:
        return None
    memory, replies, readings = deepcopy(turn.memory), [], []
    for text in asked:
        known, question = memory.last_question_turn, turn.read(text)
        reply, memory = _answer_one(replace(turn, memory=memory, question=question))
        taken_up = memory.last_question_turn > known and reply.status in (ANSWERED, NOT_IN_DOCUMENT)
        if not taken_up and not _is_beside(turn.base, question, reply):
            return None
        replies.append(reply if taken_up else _named_as_beside(turn.base, question, reply))
        readings.append(memory.understood or Understood())
    if all(reply.reason == Reason.OFF_TOPIC for reply in replies):
        return None
    if all(reply.status != ANSWERED for reply in replies):
        # Two halves of one question may be nothing, and the whole be answered.
        whole, after = _answer_one(replace(turn, memory=deepcopy(turn.memory)))
        if whole.status == ANSWERED:
            return whole, after
    return _told_as_one(turn, memory, replies, readings)


def _is_beside(base: FactBase, question: Question, reply: Reply) -> bool:
    """True for a question of its own that is surely not about the article ("What's the weather?")."""
    sure = question.intent in base.wording["refused"] and question.confidence >= SURE
    return sure and reply.reason == Reason.OFF_TOPIC and not leans(question)


def _named_as_beside(base: FactBase, question: Question, reply: Reply) -> Reply:
    """Return a refusal that says which of several questions it is about."""
    text = base.wording["refused"]["one_beside"].format(question=question.text.strip())
    return replace(reply, sentences=(text,))


def _told_as_one(turn: Turn, memory: Memory, replies: list[Reply], readings: list[Understood]) -> tuple[Reply, Memory]:
    """Return the replies to the questions of one message as one, and the memory with that as the last."""
    reply = joined(without_repeats(replies))
    if len(reply.text.split()) > MOST_WORDS:
        # Too long to read, each is told in short; none is left out.
        reply = joined(without_repeats([replace(one, sentences=one.sentences[:1]) for one in replies]))
    memory.keep_reply(reply)
    words = tuple(text for one in readings for text in one.words)
    memory.understood = Understood(words, True, readings[0].ranking, reply.facts)
    memory.first_asked = turn.memory.first_asked
    about_conversation.note_question(memory, turn.question.whole or turn.question.text)
    return replace(reply, buttons=fresh(turn.base, memory, memory.last_intent, reply)), memory


def _answer_one(turn: Turn) -> tuple[Reply, Memory]:
    """Answer a message that asks one thing."""
    base, memory = turn.base, turn.memory
    memory.turn += 1
    forget_unknown(turn)
    starts_over = base.vocabulary.intents.start_over
    is_command = bool(command_of(base, turn.question)) or turn.question.intent == starts_over
    if not is_command and (told := about_conversation.reply_about(base, memory, turn.question)):
        return told, memory
    if not is_command and (asked := asking_back.another(turn)):
        return asked, memory
    if not is_command and (unread := _unreadable(turn)):
        memory.understood = Understood()
        if memory.waiting and unread == NOT_UNDERSTOOD:
            return asking_back.not_among(base, memory, memory.waiting), memory
        reason = Reason.OTHER_LANGUAGE if unread == OTHER_SCRIPT else Reason.NOT_UNDERSTOOD
        return _refused(base, unread, reason), memory
    meaning = understand(turn)
    if meaning.question.intent == starts_over:
        text = sentences_of(small_talk(base, starts_over).text)
        return Reply(text, SOCIAL, buttons=tuple(base.wording["examples"])), Memory()
    asking, intents = turn.asking(meaning.question), base.vocabulary.intents
    if meaning.question.intent in intents.steering:
        reply = about_last_answer.answer(asking)
        if meaning.question.intent in (intents.more, intents.timeline) and reply.status == ANSWERED:
            memory.understood = Understood((), True, ((meaning.question.intent, 1.0),), reply.facts)
        return remember_steering(asking, reply), memory
    if meaning.question.intent in base.wording["social"] and not is_errand(turn.said.whole or turn.said.text):
        return _small_talk(asking), memory
    about_conversation.note_question(memory, turn.said.whole or turn.said.text)
    memory.understood = understood(turn, meaning)
    return _answer_question(turn, meaning), memory


def _unreadable(turn: Turn) -> str | None:
    """Return how to say that no question can be made out of a message, None where it is one, or may pick something."""
    base, memory, question = turn.base, turn.memory, turn.question
    is_talk = only_talk(base, question)
    if unread := unreadable(question, is_talk):
        return unread
    named = [m for m in question.mentions if m.end > m.start]
    if is_talk or named or asking_back.picks(memory, question):
        return None
    if turn.opens and is_bare_number(question.text) and any(intent in base.answers for intent, _ in question.ranking):
        return None  # may mean anything: it is asked back about
    return NOT_UNDERSTOOD if is_scrap(question.whole or question.text) else None


def _small_talk(turn: Turn) -> Reply:
    """Answer "thanks" or "hi"; between a question asked back and the choice it takes nothing away."""
    base, memory, intent = turn.base, turn.memory, turn.question.intent
    talk = small_talk(base, intent)
    opens = intent in base.wording.get("introductions", ()) and (talk.examples or not memory.waiting)
    if opens:
        memory.waiting = None
    offered = tuple(base.wording["examples"]) if opens else ()
    reply = Reply(sentences_of(talk.text), SOCIAL, buttons=offered, questions_named=talk.examples)
    return replace(reply, buttons=fresh(base, memory, intent, reply))


def _answer_question(turn: Turn, meaning: Meaning) -> Reply:
    """Answer what a message means, or ask back."""
    base, memory, question, said = turn.base, turn.memory, meaning.question, meaning.said
    opens, waiting = turn.opens, memory.waiting
    fixed = question.intent in base.answers and not base.answers[question.intent].operation
    if opens and (is_bare_number(question.text) or unclear(base, said) and fixed):
        reply = asking_back.which_question(turn.asking(question))
        return reply or _refused(base, NOT_UNDERSTOOD, Reason.NOT_UNDERSTOOD)
    if not waiting and (reply := asking_back.who_he_is(turn.saying(said).asking(question))):
        return reply
    memory.waiting = None
    turn, reply = _composed(turn.asking(question))
    if opens and asks_of_nothing(said.text) and reply.status != CLARIFY:
        reply = asking_back.which_question(turn)
        return reply or _refused(base, NOT_UNDERSTOOD, Reason.NOT_UNDERSTOOD)
    if reply.status == NOT_IN_DOCUMENT and is_no_question(said.whole or said.text):
        memory.understood = Understood()
        reply = _refused(base, NOT_UNDERSTOOD, Reason.NOT_UNDERSTOOD)
    if reply.status == CLARIFY:
        if waiting:
            # One question back is enough; a second would be a loop. What was offered can still be picked.
            memory.waiting = waiting
            return asking_back.not_among(base, memory, waiting)
        memory.waiting = PendingChoice(turn.question.intent, turn.question.text, reply.choices)
    return remember_question(turn, reply)


def _composed(turn: Turn) -> tuple[Turn, Reply]:
    """Return the turn and its reply; by the second reading where the first would be answered as just before."""
    base, question, last = turn.base, turn.question, turn.memory.last_reply
    if last:
        question = question.with_(told=last.about)
        turn = turn.asking(question)
    reply = compose.reply_to(base, question)
    if reply.status == ANSWERED and last and reply.text == last.text:
        # Who asks on seldom wants the same answer again.
        for intent, odds in question.ranking[1:2]:
            if intent in base.answers and odds >= compose.SECOND_ODDS and not question.polar:
                question = question.with_(intent=intent, ranking=question.ranking[1:])
                return turn.asking(question), compose.reply_to(base, question)
    return turn, reply


def _refused(base: FactBase, key: str, reason: Reason) -> Reply:
    examples = tuple(base.wording["examples"])
    return Reply(sentences_of(base.wording["refused"][key]), NOT_IN_DOCUMENT, buttons=examples, reason=reason)

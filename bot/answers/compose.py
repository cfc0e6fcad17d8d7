"""From a question to a reply: finds the answer, checks that it is what was asked, and puts it into words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.answers import refusals
from bot.answers.abbreviations import spelt_out
from bot.answers.answer_record import Reason
from bot.answers.claims import computed, covers, is_denied
from bot.answers.operations import OPERATIONS, Outcome
from bot.answers.operations.compare import misordered
from bot.answers.reply import ANSWERED, CLARIFY, NOT_IN_DOCUMENT, Reply
from bot.answers.scoped import scoped
from bot.answers.several import MOST_WORDS, joined, without_repeats
from bot.answers.verdicts import misses_duration, weighed
from bot.facts.base import FactBase
from bot.facts.model import Answer
from bot.language.dates import is_day
from bot.language.details import NAMES, REASON, detail_asked
from bot.language.errands import is_errand
from bot.language.sentences import sentences_of
from bot.language.several_questions import asks_of_several
from bot.questions import unknown_names
from bot.questions.mentions import DATE
from bot.questions.question import Question

# Fitted on held-out questions, see docs/decisions.md.
LEAST_CONFIDENCE = 0.12
"""Below this the best intent is a guess, and the reply says that no answer was found."""
LEAST_ANSWERABLE = 0.5
"""How likely all answerable intents together must be, against those that the article does not answer."""
PREMISE_ODDS = 0.7
"""How likely a question's premise must be false before an open question is corrected."""
LEARNT_VERDICT = 0.8
"""How likely intent and stance together must be before a reply begins with a Yes or No that is learnt, not computed."""
LEAST_ODDS = 0.5
"""How likely a stance must be to bear out what an operation found of a part of the claim."""
SECOND_ODDS = 0.2
"""How likely the second intent must be to be tried where the facts do not tell what the first asks."""

MOST_CHOICES = 9
"""Choices of a question asked back, at most: channels number them, and a number of one digit picks one."""

_FORM_OF = {True: "yes", False: "no", None: None}
"""How wording.yml calls what is said of a verdict."""
_TOLD_MOSTLY = (NAMES, REASON)
"""Details that an answer tells unless it says in `withholds` that it does not."""


def reply_to(base: FactBase, question: Question) -> Reply:
    """Answer, correct, refuse or ask back."""
    if is_errand(question.whole or question.text):
        return _off_topic(base)
    if compared := _misordered(base, question):
        return _worked_out(base, compared, question.with_(ask=0.0, true=0.0, false=1.0))
    entry = base.answers.get(question.intent)
    if spelt := spelt_out(base, question):
        return _spelt(base, entry, question, spelt)
    if question.intent in base.missing:
        return refuse(base, question)
    if entry is None:
        return _beside(base, question)
    if entry.on_day and any(is_day(value) for value in question.values(DATE)):
        entry = base.answers[entry.on_day]
    if question.confidence < LEAST_CONFIDENCE or answerable(base, question) < LEAST_ANSWERABLE:
        return _unsure(base, question)
    if found := scoped(base, entry, question):
        return _told(base, entry, question, found)
    if entry.operation:
        return _worked_out(base, entry, question)
    return _both(base, entry, question) or _looked_up(base, entry, question)


def _both(base: FactBase, entry: Answer, question: Question) -> Reply | None:
    """Answer what is likeliest and what comes next, where one question asks for several things: "Which two ...?" """
    second = _second(base, question)
    if second is None or question.polar or not asks_of_several(question.text):
        return None
    reply = joined(without_repeats([_looked_up(base, one, question) for one in (entry, second)]))
    return reply if len(reply.text.split()) <= MOST_WORDS else None


def _spelt(base: FactBase, entry: Answer | None, question: Question, found: Outcome) -> Reply:
    """Tell what an abbreviation stands for, whatever else the question was taken for."""
    entry = entry or Answer(question=question.text)
    return _refused(base, found.sentences, entry.next) if found.refused else _told(base, entry, question, found)


def _misordered(base: FactBase, question: Question) -> Answer | None:
    """Return the answer that puts two in order, where a question for a reason likely supposes the wrong one."""
    if question.polar or asked_for(base, question) != REASON:
        return None
    odds = dict(question.ranking)
    likely = [i for i in base.intents_of_operation.get("compare", ()) if odds.get(i, 0.0) >= SECOND_ODDS]
    found = (base.answers[intent] for intent in likely)
    return next((entry for entry in found if misordered(base, entry, question)), None)


def answerable(base: FactBase, question: Question) -> float:
    """Return how likely it is that the article answers the question, by the odds of all its likely intents."""
    told = sum(odds for intent, odds in question.ranking if intent in base.answers)
    untold = sum(
        odds for intent, odds in question.ranking if intent in base.missing or intent in base.wording["refused"]
    )
    return told / (told + untold) if question.ranking and told + untold else question.confidence


def refuse(base: FactBase, question: Question) -> Reply:
    """Say what the article does not tell, and the nearest that it does."""
    refusal = refusals.missing(base, question)
    return _refused(base, refusal.sentences, base.missing[question.intent].next, about=refusal.about)


def _beside(base: FactBase, question: Question) -> Reply:
    """Refuse what is no question about the article."""
    words = base.wording["refused"]
    if question.intent not in words:
        return _unsure(base, question)
    if name := unknown_names.unknown(base, question):
        return _refused(base, (words["not_mentioned"].format(entity=name),), (), Reason.OFF_TOPIC)
    return _off_topic(base, question.intent)


def _off_topic(base: FactBase, key: str = "off_topic") -> Reply:
    title = next(iter(base.article.sentences.values())).text
    return _refused(base, sentences_of(base.wording["refused"][key].format(title=title)), (), Reason.OFF_TOPIC)


def _unsure(base: FactBase, question: Question, described: bool = False) -> Reply:
    """Say that no answer was found; where that is because nobody knows a name, say so."""
    words = base.wording["refused"]
    if name := unknown_names.unknown(base, question, described):
        return _refused(base, (words["not_mentioned"].format(entity=name),), ())
    odds = dict(question.ranking)
    silent = sum(odds.get(intent, 0.0) for intent in base.missing)
    beside = sum(share for intent, share in odds.items() if intent in words)
    reason = Reason.NOT_UNDERSTOOD
    if question.confidence >= LEAST_CONFIDENCE and silent + beside > 0:
        reason = Reason.SILENT if silent >= beside else Reason.OFF_TOPIC
    return _refused(base, sentences_of(words["unsure"]), (), reason)


def _worked_out(base: FactBase, entry: Answer, question: Question) -> Reply:
    found = OPERATIONS[entry.operation or ""](base, entry, question)
    if found.choices:
        name = unknown_names.unknown(base, question)
        return _unsure(base, question) if name else _clarify(base, found)
    if found.refused or not found.sentences:
        if second := _second(base, question):
            return _looked_up(base, second, question)
        if not found.sentences:
            return _unsure(base, question, described=True)
        return _refused(base, found.sentences, entry.next)
    return _told(base, entry, question, found)


def _told(base: FactBase, entry: Answer, question: Question, found: Outcome) -> Reply:
    verdict, form = None, None
    if found.chosen:
        verdict, form = (False, "neither") if found.holds is False else (None, None)
    elif question.polar or (found.holds is not None and not question.open):
        # "And Kazakhstan on the 15th?" claims as much as "Did it leave on the 15th?".
        checked = found.holds is not None and not covers(base, entry, question)
        verdict = found.holds if checked else computed(base, entry, question, found)
        if verdict is None and found.holds is not None and _reads_as(question, found.holds):
            verdict = found.holds
        form = _FORM_OF[verdict]
    elif found.holds is False:
        verdict, form = False, "corrected"
    reply = _answered(base, found.sentences, found.facts, entry)
    return replace(
        reply,
        derived=found.derived,
        verdict=verdict,
        lead=_lead(base, form),
        about=found.about or base.told_of(found.facts),
        listed=found.listed if len(found.listed) > 1 else (),
    )


def _second(base: FactBase, question: Question) -> Answer | None:
    """Return the answer of the next likeliest intent, where that is likely too and can be looked up."""
    for intent, odds in question.ranking[1:2]:
        entry = base.answers.get(intent)
        if entry and not entry.operation and odds >= SECOND_ODDS:
            return entry
    return None


def _looked_up(base: FactBase, entry: Answer, question: Question) -> Reply:
    ask, true, false, wrong = weighed(base, entry, question)
    asked = asked_for(base, question)
    withheld = asked in entry.withholds if asked in _TOLD_MOSTLY else asked not in entry.gives
    if asked and withheld and not question.polar and false < PREMISE_ODDS:
        # "On what date was it renamed?": on the topic, but this detail is not told.
        refusal = refusals.detail(base, entry, question, asked)
        return _refused(base, refusal.sentences, entry.next, about=refusal.about)
    verdict, form = None, None
    if question.polar:
        verdict = computed(base, entry, question)
        verdict = _learnt(question, true, false) if verdict is None else verdict
        form = _FORM_OF[verdict]
    elif false >= PREMISE_ODDS:
        verdict, form = False, "not_entity" if wrong else "corrected"
    says = {True: entry.yes, False: entry.no, None: None}[verdict] or entry.answer or ""
    facts = entry.no_facts or entry.facts if verdict is False else entry.facts
    period = base.answers.get(entry.during or "")
    if period and misses_duration(period, question):
        # "What did it do in its six months alone?"
        verdict, form = False, "corrected"
        says, facts = f"{period.no} {entry.answer}", [*period.facts, *facts]
    reply = _answered(base, sentences_of(says), facts, entry)
    lead = _lead(base, form, wrong=base.entities[wrong].name if wrong else "")
    return replace(reply, verdict=verdict, lead=lead, about=base.named_in(says), listed=_taking_part(base, facts[:1]))


def _taking_part(base: FactBase, facts: list[str]) -> tuple[str, ...]:
    """Return those whom a fact speaks of, of all that can be put in order, where they are several."""
    orders = (base.answers[intent] for intent in base.intents_of_operation.get("order", ()))
    of = {i for order in orders for i in base.event_of(order.events or "", order.role)}
    found = tuple(i for i in base.told_of(facts) if i in of)
    return found if len(found) > 1 else ()


def asked_for(base: FactBase, question: Question) -> str | None:
    """Return what kind of detail a question wants: time, place, number, names, reason, or None where it is another."""
    return detail_asked(question.text, base.vocabulary.places, base.vocabulary.plurals)


def _reads_as(question: Question, holds: bool) -> bool:
    """True where a claim is also read as what the facts that were found say of it, more likely than not."""
    return (question.true if holds else question.false) >= LEAST_ODDS


def _learnt(question: Question, true: float, false: float) -> bool | None:
    """Return Yes or No by the odds, None where they leave a doubt: the reply then states the fact alone."""
    if 1.0 in (true, false):
        # A count or an abbreviation tells for certain.
        return (true == 1.0) is not is_denied(question)
    return true > false if max(true, false) * question.confidence >= LEARNT_VERDICT else None


def _clarify(base: FactBase, found: Outcome) -> Reply:
    """Ask which is meant of all that can be; of too many, as many as can be picked by number, and "another"."""
    words = base.wording["clarify"]
    choices = found.choices if len(found.choices) <= MOST_CHOICES else found.choices[: MOST_CHOICES - 1]
    offered = [base.entities[i].name for i in choices]
    offered += [words["another"]] if len(choices) < len(found.choices) else []
    return Reply((words["which"],), CLARIFY, buttons=tuple(offered), choices=choices, reason=Reason.UNCLEAR)


def _answered(base: FactBase, sentences: tuple[str, ...], facts: Sequence[str], entry: Answer) -> Reply:
    quotes = tuple(base.quotes(list(facts)))
    return Reply(sentences, ANSWERED, tuple(facts), evidence=quotes, buttons=suggestions(base, entry.next))


def _refused(
    base: FactBase,
    sentences: tuple[str, ...],
    offer: Sequence[str],
    reason: Reason = Reason.SILENT,
    about: tuple[str, ...] = (),
) -> Reply:
    offered = suggestions(base, offer) or tuple(base.wording["examples"])
    return Reply(sentences, NOT_IN_DOCUMENT, buttons=offered, reason=reason, about=about)


def suggestions(base: FactBase, intents: Sequence[str]) -> tuple[str, ...]:
    """Return the plain questions of up to three intents."""
    return tuple(base.answers[i].question for i in intents if i in base.answers)[:3]


def _lead(base: FactBase, form: str | None, **values: str) -> str:
    """Return the words that say a verdict."""
    return base.wording["lead"][form].format(**values) if form else ""

"""Answers to questions that leave some out, ask who did *not*, or ask "this one or that one?"."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from bot.answers.operations import OPERATIONS, Outcome
from bot.answers.operations.dates import date_text
from bot.answers.operations.events_named import date_of, day_of
from bot.answers.operations.phrases import fill
from bot.facts.base import FactBase
from bot.facts.model import Answer, Members
from bot.language.dates import agrees
from bot.language.scope import asks_whether_any
from bot.language.sentences import as_sentence, sentences_of
from bot.language.words import capitalised, has_any, join
from bot.questions.mentions import DATE, DURATION, Mention
from bot.questions.question import Question

_BY_CLAIM = frozenset({"when", "on_date", "remaining_after", "left_by", "role", "office_holder"})
"""Operations that tell of each alternative by itself whether it is so."""
_LISTING = frozenset({"remaining_after", "left_by"})
"""Operations that part those who took part in events in two: of whom something is so, and the others."""
_LEAST_CANDIDATES = 2


def scoped(base: FactBase, entry: Answer, question: Question) -> Outcome | None:
    """Return the answer to a question that leaves out, denies or chooses; None where it does none of that.

    "Who besides Ada sailed?", "Which of them did not sail?", "Was it Ada or Grace?"
    """
    if question.polar and question.chooses:
        return _of_operation(base, entry, question) if entry.operation else _of_text(base, entry, question)
    if entry.operation and not question.polar and (question.complement or question.excluded):
        return _others_worked_out(base, entry, question)
    if entry.members is None or (question.polar and not asks_whether_any(question.text)):
        return None
    return _of_members(base, entry, entry.members, question)


def _of_text(base: FactBase, entry: Answer, question: Question) -> Outcome:
    """Tell what is so without a Yes or No, or that neither of the alternatives is."""
    named = question.alternatives
    neither = bool(named) and not any(_is_told(entry, one) for one in named) and _can_tell(entry, named[0])
    says = (entry.no if neither else None) or entry.answer or ""
    facts = (entry.no_facts if neither else None) or entry.facts
    return Outcome(sentences_of(says), tuple(facts), holds=not neither, about=base.named_in(says), chosen=True)


def _can_tell(entry: Answer, one: Mention) -> bool:
    """True where an answer lists what may be named of that kind, so that whatever else is named is wrong."""
    return one.entity in entry.only or (one.entity == DURATION and entry.duration_days is not None)


def _is_told(entry: Answer, one: Mention) -> bool:
    if one.entity == DURATION:
        return entry.duration_days is None or abs(float(one.value) - entry.duration_days) < 0.5
    return one.value in entry.only.get(one.entity, ())


def _of_operation(base: FactBase, entry: Answer, question: Question) -> Outcome | None:
    """Work out each alternative as a claim of its own; the one that holds is the answer."""
    operate, named = OPERATIONS[entry.operation or ""], question.alternatives
    found = []
    for one in named if entry.operation in _BY_CLAIM else ():
        others = [other for other in named if other is not one]
        found.append(operate(base, entry, _without(question, others)))
    told = [one for one in found if not one.refused and one.sentences and one.holds is not None]
    if told and len(told) == len(found):
        best = next((one for one in told if one.holds), told[0])
        return _chosen(best, bool(best.holds))
    whole = operate(base, entry, question)
    return None if whole.refused or whole.choices or not whole.sentences else _chosen(whole, True)


def _others_worked_out(base: FactBase, entry: Answer, question: Question) -> Outcome | None:
    """Tell of those whom an operation does not list, or whom it lists beside those that are left out."""
    excluded = {*question.excluded}
    if entry.operation == "when":
        return _at_other_times(base, entry, question)
    dropped = [m for m in question.mentions if m.value in excluded]
    found = OPERATIONS[entry.operation or ""](base, entry, _without(question, dropped))
    told = found.listed or found.about
    if found.refused or found.choices or not found.sentences:
        return None
    if question.complement:
        named = _several_named(base, question)
        everybody = base.event_of(entry.events or "", entry.role) if entry.operation in _LISTING else ()
        rest = [i for i in named or everybody if i not in told and i not in excluded]
    else:
        rest = [i for i in told if i not in excluded] if excluded & {*told} else []
    if not rest:
        return None
    names = _names(base, rest)
    return replace(found, sentences=(names, *found.sentences), holds=None, about=tuple(rest), listed=tuple(rest))


def _at_other_times(base: FactBase, entry: Answer, question: Question) -> Outcome | None:
    """Tell who did something at other times: "Who sailed neither on the 3rd nor on the 4th?" """
    times = question.values(DATE)
    if not entry.events or not times:
        return None
    named = [i for i in _several_named(base, question) if i in base.event_of(entry.events, entry.role)]
    others = []
    for event in base.events_of_type(entry.events):
        day, who = day_of(base, event), event.entities(entry.role)
        if named and not {*named} & {*who}:
            continue
        is_other = not any(agrees(time, day) for time in times) if day else bool(named)
        others += [event] if is_other else []
    if not others:
        return None
    ids = [i for event in others for i in event.entities(entry.role)]
    dated = [(event, date_of(base, event)) for event in others]
    told = [date_text(base, event, date) if date else as_sentence(event.says) for event, date in dated]
    facts = dict.fromkeys(f for event, date in dated for f in (event.id, date.counted_from if date else None) if f)
    return Outcome((_names(base, ids), *told), tuple(facts), True, about=tuple(ids), listed=tuple(ids))


def _several_named(base: FactBase, question: Question) -> list[str]:
    """Return those of one kind among whom a question asks to choose, where it names several."""
    named: dict[str, list[str]] = {}
    for mention in question.mentions:
        if mention.value in base.entities and mention.value not in named.setdefault(mention.entity, []):
            named[mention.entity].append(mention.value)
    return next((ids for ids in named.values() if len(ids) >= _LEAST_CANDIDATES), [])


def _names(base: FactBase, ids: Iterable[str]) -> str:
    return capitalised(fill(base, "members", "those", names=join([base.entities[i].name for i in ids])))


def _chosen(found: Outcome, holds: bool) -> Outcome:
    return replace(found, holds=holds, chosen=True)


def _without(question: Question, left_out: Iterable[Mention]) -> Question:
    dropped = [*left_out]
    return question.with_(mentions=tuple(m for m in question.mentions if m not in dropped))


def _of_members(base: FactBase, entry: Answer, members: Members, question: Question) -> Outcome | None:
    """Tell of those who are left when some are left out, or of those of whom it is not so."""
    excluded = {*question.excluded}
    if members.parts and question.left_out and (found := _other_parts(base, members, question)):
        return found
    # Who "did not want it to end" is for it: two denials are none.
    denials = question.complement + sum(has_any(question.text, [word]) for word in members.against)
    if (members.are_not or members.called) and not question.polar and denials % 2:
        pool = [i for i in members.are_not if i not in excluded]
        candidates = _candidates(base, entry, question, excluded)
        if candidates:
            pool = [i for i in pool if i in candidates]
        key = "none" if candidates and candidates <= {*members.are} else "untold"
        return _members_told(base, pool, members.are_not, question) or _nobody(base, entry, key)
    if not excluded & {*members.are}:
        return None
    rest = [i for i in members.are if i not in excluded]
    return _members_told(base, rest, members.are, question) or _nobody(base, entry, "no_other", question)


def _candidates(base: FactBase, entry: Answer, question: Question, excluded: set[str]) -> set[str]:
    """Return those among whom a question looks for the answer: several that it names, or a set that it names."""
    called = [
        other.members
        for other in base.answers.values()
        if other is not entry and other.members and other.members.called
    ]
    found = {i for members in called if has_any(question.text, members.called) for i in members.are}
    if found:
        return found - excluded
    known = {*entry.members.are, *entry.members.are_not} if entry.members else set()
    named = {m.value for m in question.mentions if m.value in known} - excluded
    return named if len(named) >= _LEAST_CANDIDATES else set()


def _members_told(base: FactBase, ids: list[str], facts: dict[str, str], question: Question) -> Outcome | None:
    if not ids:
        return None
    used = tuple(dict.fromkeys(facts[i] for i in ids))
    told = tuple(as_sentence(base.facts[fact].says) for fact in used)
    holds = True if question.polar else None
    return Outcome((_names(base, ids), *told), used, holds=holds, about=tuple(ids), listed=tuple(ids))


def _other_parts(base: FactBase, members: Members, question: Question) -> Outcome | None:
    """Tell the parts that a question does not name as known already: "What besides the sails was torn?" """
    known = [part for part in members.parts if has_any(question.left_out, part.words)]
    rest = [part for part in members.parts if part not in known]
    if not known or not rest:
        return None
    used = tuple(dict.fromkeys(part.fact for part in rest))
    names = capitalised(fill(base, "members", "those", names=join([part.name for part in rest])))
    return Outcome((names, *(as_sentence(base.facts[fact].says) for fact in used)), used)


def _nobody(base: FactBase, entry: Answer, key: str, question: Question | None = None) -> Outcome:
    text = fill(base, "members", key, text=entry.answer or "")
    holds = False if question and question.polar else None
    return Outcome(sentences_of(text), tuple(entry.facts), holds=holds, about=base.named_in(entry.answer or ""))

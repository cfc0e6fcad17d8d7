"""More on what was spoken of: "more", "tell me more about Yeltsin", "explain the Accords"."""

from __future__ import annotations

import re

from bot.answers.compose import suggestions
from bot.answers.operations.dates import date_text
from bot.answers.reply import ANSWERED, SOCIAL, Reply
from bot.dialogue.memory import Memory
from bot.dialogue.openings import question_on
from bot.dialogue.references import SAME_KIND
from bot.dialogue.turn import Read
from bot.facts.base import FactBase, Quote
from bot.facts.model import Answer
from bot.language.sentences import sentences_of
from bot.questions import unknown_names
from bot.questions.question import Question

MORE = "ask_more"

_STEERED = re.compile(
    r"^\W*(?:(?:ok|okay|so|and|well|yes|please|pls|now|then|can you|could you|would you|will you|"
    r"i(?:'d| would)? (?:want|like|love|wish)(?: you)? to(?: (?:hear|know|learn|read))?|let me (?:hear|know))\b\W*)*"
    r"(?:please )?(?:(?:tell|give|show|say) (?:me |us )?)?"
    r"(?:(?:(?:a (?:bit|little|lot)|some|any|even|much|something|anything|everything) )?"
    r"(?:more|further|extra|details?|info|information)(?: (?:details?|info|information|facts?|words?))?"
    r"(?: there is| you (?:have|know))? (?:about|on|of|regarding|concerning)|"
    r"explain|elaborate on|expand on|clarify|simplify|go (?:deeper|further) into|go on about)\s+(?:to me\s+)?"
    r"(?P<object>.+?)\W*$",
    re.I,
)
_POINTS_BACK = re.compile(
    r"^(?:it|this|that|these|those|him|her|them|which|what|the (?:last|previous|above)\b.*|"
    r"(?:your|the|that|this) (?:last |previous )?(?:answer|reply|point|sentence|statement|part|bit|topic|subject))\b",
    re.I,
)
_READ = 0.5
"""How surely the words after "more about" must read as a question of their own."""


def on_object(base: FactBase, memory: Memory, question: Question, read: Read) -> tuple[Question, str | None]:
    """Return what "tell me more about Yeltsin" asks, and Yeltsin's id where the plain answer to that was given.

    A message that names nothing to tell more of, or is no such message, comes back as it is.
    """
    found = _STEERED.match(question.text)
    if not found or _POINTS_BACK.match(found["object"]) or question.intent in base.answers:
        return question, None
    inside = [m for m in question.mentions if m.start >= found.start("object") and m.end > m.start]
    named = [m.value for m in inside if m.entity in (*SAME_KIND, "polity") and m.value in base.entities]
    # The union is named in passing; anything else that is named is what is meant.
    named.sort(key=lambda i: base.entities[i].type == "polity")
    object_only = len(found["object"].split()) <= 1 + sum(len(question.text[m.start : m.end].split()) for m in inside)
    if named and object_only and (asked := question_on(base, base.entities[named[0]])):
        entity = base.entities[named[0]]
        is_told = bool(entity.facts) and all(fact in memory.facts_told for fact in entity.facts)
        return (question.with_(intent=MORE, confidence=1.0), entity.id) if is_told else (read(asked), None)
    describing = base.intent_of_operation.get("describe")
    if describing and unknown_names.unknown(base, question):
        return question.with_(intent=describing, confidence=1.0, ranking=()), None
    own = read(found["object"])
    if own.intent in base.answers and own.confidence >= _READ:
        return own.with_(ask=1.0, true=0.0, false=0.0), None
    return question, None


def more(base: FactBase, memory: Memory, subject: str | None = None) -> Reply:
    """Tell the next thing on the topic, or on `subject` (an entity's id); say so where there is no more."""
    told = base.quotes([fact for fact in memory.facts_told if fact in base.facts or fact in base.entities])
    subject = subject or _described(base, memory)
    for intent in _on_subject(base, subject) if subject else _on_topic(base, memory):
        entry = base.answers[intent]
        if intent in memory.intents_answered:
            continue
        if entry.operation == "when" and entry.event in base.dates and base.dates[entry.event].day:
            memory.intents_answered.append(intent)
            return _date_of(base, entry)
        if entry.answer and not all(_is_inside(quote, told) for quote in base.quotes(entry.facts[:1])):
            memory.intents_answered.append(intent)
            # In words that need no question before them: "It was in 1990 that ...", not "In 1990: ...".
            text = base.wording["steer"]["more"].format(text=entry.yes or entry.answer)
            quotes = tuple(base.quotes(entry.facts))
            return Reply(sentences_of(text), ANSWERED, tuple(entry.facts), False, quotes, suggestions(base, entry.next))
    words = base.wording["steer"]
    if not subject and not memory.last_question:
        return Reply(sentences_of(words["nothing_at_all"]), SOCIAL, buttons=tuple(base.wording["examples"]))
    on = words["nothing_more_on"].format(subject=base.entities[subject].name) if subject else words["nothing_more"]
    return Reply(sentences_of(on), SOCIAL, buttons=tuple(base.wording["examples"]))


def _described(base: FactBase, memory: Memory) -> str | None:
    """Return whom the last question asked to be described ("Who was Yeltsin?"), None where it asked for else."""
    entry = base.answers.get(memory.last_intent)
    if entry is None or entry.operation not in ("describe", "role", "office_holder"):
        return None
    known = {i for i, e in base.entities.items() if not e.outside and base.facts_of[i]}
    return next(iter(memory.recent(known)), None)


def _on_subject(base: FactBase, subject: str) -> list[str]:
    """Return the answers that are about somebody or something, in the article's order."""
    found = [i for i, entry in base.answers.items() if subject in _about(base, entry)]
    return sorted(found, key=lambda i: _place(base, i))


def _on_topic(base: FactBase, memory: Memory) -> list[str]:
    """Return the answers on the topic of the last question that share something with it.

    Those that follow in its topic first, then those it leads to, then the earlier ones of the topic; last what else is
    about the one thing that the question named.
    """
    places, intent = base.place_of_intent, memory.last_intent
    at = places.get(intent, 0)
    entry = base.answers.get(intent)
    mates = sorted(base.intents_of_topic.get(base.topics.get(intent, ""), ()), key=places.__getitem__)
    later, earlier = [i for i in mates if places[i] > at], [i for i in mates if places[i] < at]
    leads_to = entry.next if entry else base.missing[intent].next if intent in base.missing else []
    subjects = _subjects(base, memory)
    near = [i for i in dict.fromkeys([*later, *leads_to, *earlier]) if i != intent]
    near = [i for i in near if not subjects or subjects & _about(base, base.answers[i], every=True)]
    named = [i for i in memory.last_named if i in base.entities]
    return list(dict.fromkeys([*near, *(_on_subject(base, named[0]) if len(named) == 1 else [])]))


def _subjects(base: FactBase, memory: Memory) -> set[str]:
    """Return the ids of what the last question named, or else of what its answer was about."""
    named = {i for i in memory.last_named if i in base.entities}
    facts = memory.last_reply.facts if memory.last_reply else ()
    about = {i for f in facts if f in base.facts for i in base.facts[f].entities()}
    return {i for i in named or about if base.entities[i].type != "polity"}


def _about(base: FactBase, entry: Answer, every: bool = False) -> set[str]:
    """Return the ids of what an answer is about: what its first fact (or `every` one) speaks of."""
    facts = [entry.event] if entry.event else entry.facts if every else entry.facts[:1]
    return {i for fact in facts if fact in base.facts for i in base.facts[fact].entities()}


def _place(base: FactBase, intent: str) -> int:
    """Return where the article says what an intent is answered by."""
    entry = base.answers[intent]
    facts = [entry.event] if entry.event else entry.facts[:1]
    return next((quote.start for quote in base.quotes(facts)), 0)


def _date_of(base: FactBase, entry: Answer) -> Reply:
    """Tell the date of an event, and no more of it than its name."""
    event = base.events[entry.event or ""]
    named = base.wording["steer"]["was"].format(Noun=event.noun[:1].upper() + event.noun[1:])
    date = base.dates[event.id]
    text = date_text(base, event.copy(update={"says": named}), date)
    facts = (event.id, *([date.counted_from] if date.counted_from else []))
    quotes = tuple(base.quotes(list(facts)))
    return Reply((text,), ANSWERED, facts, date.counted, quotes, suggestions(base, entry.next))


def _is_inside(quote: Quote, others: list[Quote]) -> bool:
    """True where the words of a quote were told as part of another."""
    return any(other.start <= quote.start and quote.end <= other.end for other in others)

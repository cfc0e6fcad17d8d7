"""What "more" is answered with: the next thing that the article tells on the topic, or on whom it was about."""

from __future__ import annotations

from bot.answers.compose import suggestions
from bot.answers.operations.dates import date_text
from bot.answers.reply import ANSWERED, NOT_IN_DOCUMENT, SOCIAL, Reply
from bot.dialogue.memory import Memory
from bot.dialogue.turn import Turn
from bot.facts.base import FactBase, Quote
from bot.facts.model import Answer
from bot.language.sentences import sentences_of
from bot.language.words import capitalised


def more(turn: Turn, subject: str | None = None) -> Reply:
    """Tell the next thing on the topic, or on `subject` (an entity's id); say so where there is no more."""
    base, memory = turn.base, turn.memory
    words, last = base.wording["steer"], memory.last_reply
    if not subject and last and last.intent == base.vocabulary.intents.timeline:
        return _nothing(base, words["nothing_more_dated"])
    told = base.quotes([fact for fact in memory.facts_told if fact in base.facts or fact in base.entities])
    subject = subject or _described(turn)
    for intent in _on_subject(base, subject) if subject else _on_topic(turn):
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
            return Reply(
                sentences_of(text),
                ANSWERED,
                tuple(entry.facts),
                False,
                tuple(base.quotes(entry.facts)),
                suggestions(base, entry.next),
                about=base.named_in(entry.yes or entry.answer),
            )
    if not subject and (not memory.last_question or _was_refused(base, memory)):
        return _nothing(base, words["nothing_at_all"])
    on = words["nothing_more_on"].format(subject=base.entities[subject].name) if subject else words["nothing_more"]
    return _nothing(base, on)


def _nothing(base: FactBase, text: str) -> Reply:
    return Reply(sentences_of(text), SOCIAL, buttons=tuple(base.wording["examples"]))


def _was_refused(base: FactBase, memory: Memory) -> bool:
    """True where the message before got no answer: there is nothing to tell more of."""
    ranking = memory.understood.ranking if memory.understood else ()
    last = memory.last_reply
    if not ranking or not last or last.status == NOT_IN_DOCUMENT:
        return True
    return ranking[0][0] in base.missing or ranking[0][0] in base.wording["refused"]


def _described(turn: Turn) -> str | None:
    """Return whom the last question asked to be described ("Who was Yeltsin?"), None where it asked for else."""
    base, memory = turn.base, turn.memory
    entry = base.answers.get(memory.last_intent)
    if entry is None or entry.operation not in ("describe", "role", "office_holder"):
        return None
    known = {i for i, e in base.entities.items() if not e.outside and base.facts_of[i]}
    return next(iter(memory.recent(known)), None)


def _on_subject(base: FactBase, subject: str) -> list[str]:
    """Return the answers that are about somebody or something, in the article's order."""
    found = [i for i, entry in base.answers.items() if subject in _about(base, entry)]
    return sorted(found, key=lambda i: _place(base, i))


def _on_topic(turn: Turn) -> list[str]:
    """Return the answers on the topic of the last question that share something with it.

    In this order: those that come after it in its topic, those that it leads to (`next`), those before it in its topic,
    and, where the question named one thing alone, what else is about that.
    """
    base, intent = turn.base, turn.memory.last_intent
    places = base.place_of_intent
    at = places.get(intent, 0)
    entry = base.answers.get(intent)
    mates = sorted(base.intents_of_topic.get(base.topics.get(intent, ""), ()), key=places.__getitem__)
    later, earlier = [i for i in mates if places[i] > at], [i for i in mates if places[i] < at]
    leads_to = entry.next if entry else base.missing[intent].next if intent in base.missing else []
    subjects = _subjects(turn)
    near = [i for i in dict.fromkeys([*later, *leads_to, *earlier]) if i != intent]
    near = [i for i in near if not subjects or subjects & _about(base, base.answers[i], every=True)]
    named = [i for i in turn.memory.last_named if i in base.entities]
    return list(dict.fromkeys([*near, *(_on_subject(base, named[0]) if len(named) == 1 else [])]))


def _subjects(turn: Turn) -> set[str]:
    """Return the ids of what the last question named, or else of what its answer was about."""
    base, memory = turn.base, turn.memory
    named = {i for i in memory.last_named if i in base.entities}
    facts = memory.last_reply.facts if memory.last_reply else ()
    return {i for i in named or base.told_of(facts) if base.entities[i].type not in base.vocabulary.wholes}


def _about(base: FactBase, entry: Answer, every: bool = False) -> set[str]:
    """Return the ids of what an answer is about: what its first fact (or `every` one) speaks of."""
    facts = [entry.event] if entry.event else entry.facts if every else entry.facts[:1]
    return set(base.told_of(facts))


def _place(base: FactBase, intent: str) -> int:
    """Return where the article says what an intent is answered by."""
    entry = base.answers[intent]
    facts = [entry.event] if entry.event else entry.facts[:1]
    return next((quote.start for quote in base.quotes(facts)), 0)


def _date_of(base: FactBase, entry: Answer) -> Reply:
    """Tell the date of an event, and no more of it than its name."""
    event = base.events[entry.event or ""]
    named = base.wording["steer"]["was"].format(Noun=capitalised(event.noun))
    date = base.dates[event.id]
    text = date_text(base, event.copy(update={"says": named}), date)
    facts = (event.id, *([date.counted_from] if date.counted_from else []))
    quotes = tuple(base.quotes(list(facts)))
    onward, about = suggestions(base, entry.next), base.told_of(facts)
    return Reply((text,), ANSWERED, facts, date.counted, quotes, onward, about=about)


def _is_inside(quote: Quote, others: list[Quote]) -> bool:
    """True where the words of a quote were told as part of another."""
    return any(other.start <= quote.start and quote.end <= other.end for other in others)

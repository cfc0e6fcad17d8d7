"""Words that reach back to what was said: he, it, the other one, the latter, which of those, and then.

after "When did Russia leave?":                  "and then?"                   -> Who left right after Russia?
after "Which republics remained?":               "Which of those went first?"  -> their order, and the first of it
after "Who was in talks with Gorbachev's rival?": "What did he want?"          -> What did Boris Yeltsin want?
"""

from __future__ import annotations

import re

from bot.answers.operations import OVER_EVENTS
from bot.dialogue.memory import Memory
from bot.dialogue.turn import Read
from bot.facts.base import FactBase
from bot.language.order_words import places_in_order
from bot.questions.mentions import NAME, Mention
from bot.questions.question import Question

SAME_KIND = ("state", "person", "organisation", "agreement", "place", "office", "group")
"""Kinds of things of which one can stand in for another ("And Belarus?")."""
WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*|&")

_HE = re.compile(r"\b(he|him|himself|his|he's)\b", re.I)
# "Was it because of ...?" and "Did it matter?" speak of nothing that was named.
_IT = re.compile(
    r"\b(?P<verb>did|had|has|does|could|would|didn't|hadn't|hasn't) it\b(?! (take|matter|happen|work|help|seem)\b)|"
    r"\b(?P<be>was|is|wasn't|isn't) it "
    r"(?=(also|still|not|really|even|already|one|an?|the|among|part|behind|in|alone|left)\b)",
    re.I,
)
_THE_OTHER = re.compile(
    r"\bthe other( one| man| guy| leader| side| state| country)?\b|"
    r"\b(his|her|its|their) (\w+ )?(friend|rival|opponent|enemy|adversary|counterpart|partner|neighbou?r)\b",
    re.I,
)
_NEXT_CLAUSE = re.compile(
    r"[,.:;?!–—]|\b(and|but|that|what|why|when|where|how|if|because|before|after|while|until)\b", re.I
)
_LATTER = re.compile(r"\bthe (?P<place>former|latter)\b( one)?", re.I)
_AMONG = re.compile(
    r"\b(of|out of|among) (them|those|these|(those|these|the) (two|three|four|five|\d))\b(?! \w+ing\b)", re.I
)
_NEXT = frozenset("then next after afterwards followed follows".split())
_NEXT_FILLER = frozenset(
    """
    and so ok okay well now what whats what's who whos who's which one state republic country came come comes happened
    happens it was were is did went go goes left leave leaves on that this him them please the right just directly
    """.split()
)
_COUNTS = {"two": 2, "three": 3, "four": 4, "five": 5} | {str(n): n for n in range(2, 10)}
_STEPS = ("when", "neighbour", "on_date", "remaining_after", "order")
"""Operations whose answer is a step of a sequence, so that "and then?" asks for the next."""
_OF_KIND = {
    word: kind
    for kind, words in {
        "place": "city town place capital",
        "person": "man guy politician leader president chairman",
        "state": "country state republic nation",
        "agreement": "agreement treaty document deal accord accords pact",
        "organisation": "organisation organization union body",
    }.items()
    for word in words.split()
}
_POINTS = re.compile(r"\b(?:that|this|the|its|their|his) (\w+)\b|\b(it|its|that|this)\b", re.I)
_LATELY = 2.5
_FEW_WORDS = 8


def swapped(text: str, mention: Mention, name: str) -> str:
    """Put another name in the place of a mention, its possessive kept."""
    possessive = re.search(r"['’]s?$", text[mention.start : mention.end])
    return text[: mention.start] + name + (possessive.group() if possessive else "") + text[mention.end :]


def with_him(base: FactBase, memory: Memory, question: Question, read: Read) -> Question:
    """Put the name of the person last spoken of for "he", "him" and "his"."""
    people = base.entities_of_type.get("person", frozenset())
    he = _HE.search(question.text)
    if not he:
        return question
    named = {m.value for m in question.mentions}
    # "And Gorbachev, what did he want?" says who he is; "Was Gorbachev his friend?" does not.
    ahead = [m for m in question.mentions if m.value in people and 0 < m.end <= he.start()]
    ahead = [m for m in ahead if _NEXT_CLAUSE.search(question.text[m.end : he.start()])]
    recent = [m.value for m in ahead[-1:]] or [i for i in memory.recent(people) if i not in named]
    if not recent:
        return question
    return read(named_for_him(question.text, base.entities[recent[0]].name))


def named_for_him(text: str, name: str) -> str:
    """Return a text with a name for its first "he", "him" or "his"."""
    return _HE.sub(lambda m: name + "'s" if m.group().lower() == "his" else name, text, count=1)


def speaks_of_him(text: str) -> bool:
    """True where a text says "he", "him" or "his"."""
    return bool(_HE.search(text))


def whom(base: FactBase, memory: Memory, question: Question) -> tuple[str, ...]:
    """Return the people that "he" may be where nobody was spoken of, () where the message names or needs none."""
    people = base.entities_of_type.get("person", frozenset())
    if not _HE.search(question.text) or len(WORD.findall(question.text)) > _FEW_WORDS or memory.recent(people):
        return ()
    if any(m.entity in (*SAME_KIND, "event") and m.end > m.start for m in question.mentions):
        return ()
    known = tuple(i for i in base.people if not base.entities[i].outside)
    return known if len(known) > 1 else ()


def with_it(base: FactBase, memory: Memory, question: Question, read: Read) -> Question:
    """Put the name of what was last asked about for "it" where it decides over Yes and No ("Was it one of them?")."""
    entry = base.answers.get(question.intent)
    match = _IT.search(question.text)
    if entry is None or not match or not question.polar:
        return question
    for kind in entry.only:
        recent = memory.recent(base.entities_of_type.get(kind, frozenset()))
        if question.named(kind) or not recent or memory.turn - memory.spoken_of[recent[0]] > _LATELY:
            continue
        entity = base.entities[recent[0]]
        verb = match.group("verb") or match.group("be")
        space = " " if match.group("be") else ""
        text = f"{question.text[: match.start()]}{verb} {entity.name}{space}{question.text[match.end() :]}"
        told = read(text)
        # The name may change what is asked, but only to what was likely before.
        if told.intent == question.intent:
            return told
    return question


def the_other(base: FactBase, memory: Memory, question: Question, read: Read, short: int) -> str | None:
    """Return the question before about the other of two ("And the other one?")."""
    if not _THE_OTHER.search(question.text) or len(WORD.findall(question.text)) > short:
        return None
    if any(m.entity in SAME_KIND for m in question.mentions):
        return None  # "Was Marshall his friend?" asks about these two
    for mention in read(memory.last_question).mentions:
        if mention.entity in SAME_KIND and mention.value in base.entities:
            kind = base.entities_of_type.get(mention.entity, frozenset())
            others = [i for i in memory.recent(kind) if i != mention.value]
            # Not spoken of yet: whoever takes part in the same fact, first in the article's order.
            others += [i for f in base.facts_of[mention.value] for i in base.facts[f].entities() if i in kind]
            others = [i for i in others if i != mention.value and not base.entities[i].outside]
            if others:
                return swapped(memory.last_question, mention, base.entities[others[0]].name)
    return None


def with_latter(base: FactBase, memory: Memory, question: Question) -> str | None:
    """Return a message with a name for "the former" or "the latter" of the two that the last reply told of."""
    match = _LATTER.search(question.text)
    if not match or not memory.last_reply:
        return None
    said = memory.last_reply.text
    for kind in SAME_KIND:
        places = {i: _place_in(said, base, i) for i in base.entities_of_type.get(kind, ())}
        told = sorted((place, i) for i, place in places.items() if place >= 0)
        if len(told) == 2:
            name = base.entities[told[0 if match.group("place").lower() == "former" else 1][1]].name
            return question.text[: match.start()] + name + question.text[match.end() :]
    return None


def among(base: FactBase, memory: Memory, question: Question) -> Question | None:
    """Read "Which of those went first?" as asking for the order of those that the last reply told of."""
    intent = base.intent_of_operation.get("order")
    if not intent or not _AMONG.search(question.text) or not places_in_order(question.text, 9):
        return None
    entry = base.answers[intent]
    of = base.event_of(entry.events or "", entry.role)
    if any(m.value in of and m.end > m.start for m in question.mentions) or not _over(base, question, entry.events):
        return None
    told = [i for i in memory.last_listed if i in of]
    # "Of those three" speaks of three, not of two that were named by the way.
    counted = [_COUNTS[word] for word in _AMONG.search(question.text).group().lower().split() if word in _COUNTS]
    if len(told) < 2 or (counted and counted[0] != len(told)):
        return None
    mentions = tuple(Mention(base.entities[i].type, i, -1, -1, NAME) for i in told)
    return question.with_(intent=intent, confidence=1.0, mentions=mentions, ranking=(), ask=1.0, true=0.0, false=0.0)


def next_one(base: FactBase, memory: Memory, question: Question, read: Read) -> Question | None:
    """Read "and then?" after one step of a sequence as asking for the next ("Who left right after Russia?")."""
    words = [word.lower().replace("’", "'") for word in WORD.findall(question.text)]
    intent = base.intent_of_operation.get("neighbour")
    before = base.answers.get(memory.last_intent)
    if not (words and intent and before and before.operation in _STEPS and not before.event):
        return None
    if not _NEXT.intersection(words) or not _NEXT_FILLER.union(_NEXT).issuperset(words):
        return None
    entry = base.answers[intent]
    facts = memory.last_reply.facts if memory.last_reply else ()
    step = base.events.get(facts[0]) if facts else None
    if step is None or step.type != entry.events or step.id not in base.dates or not entry.restated:
        return None
    counted_from = base.dates[step.id].counted_from
    if before.operation == "order" and [f for f in facts[1:] if f != counted_from]:
        # The whole order was told, not one step of it.
        return None
    entity = base.entities[step.entities(entry.role)[0]]
    mentions = (Mention(entity.type, entity.id, 0, 0, NAME), Mention("order", "after", 0, 0))
    return Question(entry.restated.format(entity=entity.name), intent, 1.0, mentions)


def with_near(base: FactBase, memory: Memory, question: Question) -> Question:
    """Add what "that city" or "it" points to, to a question that the article does not answer."""
    if question.intent not in base.missing or any(m.entity in SAME_KIND for m in question.mentions):
        return question
    for match in _POINTS.finditer(question.text):
        kind = _OF_KIND.get((match.group(1) or "").lower())
        if not kind and not match.group(2):
            continue
        kinds = [kind] if kind else SAME_KIND
        recent = memory.recent({i for k in kinds for i in base.entities_of_type.get(k, ())})
        if recent:
            mention = Mention(base.entities[recent[0]].type, recent[0], -1, -1, NAME)
            return question.with_(mentions=(*question.mentions, mention))
    return question


def _over(base: FactBase, question: Question, events: str | None) -> bool:
    """True where a question is about events of a type."""
    entry = base.answers.get(question.intent)
    if entry is None:
        return False
    if entry.operation:
        return entry.operation in OVER_EVENTS
    return any(base.events[f].type == events for f in entry.facts if f in base.events)


def _place_in(text: str, base: FactBase, entity_id: str) -> int:
    entity = base.entities[entity_id]
    found = [text.find(name) for name in (entity.short, entity.name) if name and not entity.outside]
    return min((place for place in found if place >= 0), default=-1)

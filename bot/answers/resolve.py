"""What a message means in its conversation.

after "When did Russia leave?":   "And Belarus?"     -> When did Belarus leave the USSR?
after "Who was Nazarbayev?":      "Where was he sent?" -> mission_where
after "Which one do you mean?":   "the second one"   -> the question that was waiting, about the second choice
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise

from bot.answers import days
from bot.answers.memory import Memory
from bot.answers.operations.words import join
from bot.answers.question import Question
from bot.answers.steer import STEERING
from bot.facts.base import FactBase
from bot.facts.model import Answer
from bot.nlu.linking import NAME, Mention

Read = Callable[..., Question]

_PRONOUN = re.compile(
    r"\b(he|him|his|himself|she|her|it|its|it's|they|them|their|theirs|that|this|those|these|there|then|both|either|"
    r"the other( one)?|the (first|second|third|last|former|latter)( one)?s?( of (them|those|these))?|one of them|"
    r"neither|so|else|same|too|also|again|the two|the three|the (two|three) of them|all of them)\b",
    re.I,
)
# "This text" and "that article" name what they speak of; a bare "that" does not.
_BARE_PRONOUN = re.compile(
    r"\b(it|he|him|his|she|her|its|they|them|their)\b|\b(was|is|did|does|do) (that|this|those|these)\b(?!\s+\w+ing\b)|"
    r"\b(that|this)\W*$",
    re.I,
)
_HE = re.compile(r"\b(he|him|himself|his|he's)\b", re.I)
_CLAUSE = re.compile(r"[,;:]\s|\s[-–—]\s")
_THE_OTHER = re.compile(r"\bthe other( one| man| guy| leader| side| state| country)?\b", re.I)
_WANTS = re.compile(
    r"^\W*(who|whom|whose|what|which|when|where|why|how|is|are|was|were|did|does|do|has|had|can|could)\b", re.I
)
_OPENER = re.compile(
    r"^\W*(and|but|so|or|then|ok|okay|no|not|sorry|i mean|i meant|what about|how about|why|really|sure)\b", re.I
)
_FILLER = frozenset(
    """
    a about abt actually again also an and as ask asked asking back bad but case did for hm hmm how howabout i in
    instead is it its let's mean meant my n no not now of oh ok okay on one or please pls question rather said same
    sorry sry talk the then thing to too u was wat well what whatabout wht with you &
    """.split()
)
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*|&")
_NUMBER = re.compile(
    r"^\W*(?:number|no\.?|option|choice|the)?\s*(\d|one|two|three|four|first|second|third|fourth|1st|2nd|3rd|4th|last)(?:\s+one)?\W*$",
    re.I,
)
_NTH = {
    word: number
    for number, words in enumerate(("one first 1st", "two second 2nd", "three third 3rd", "four fourth 4th"), 1)
    for word in words.split()
}
_AND = re.compile(r"\W*\b(and|or|&|vs|versus|the|\s)*\b\W*|\W+", re.I)
"""What stands between names of which all are meant."""
_INSTEAD = re.compile(r"\b(no|not|mean|meant|instead|rather|sorry|sry|bad|actually)\b", re.I)
_SHORT = 4
"""A message of so few words is read with the question before it, if there is one."""
_SURE = 0.85
"""How sure the reading of a message on its own must be to stand although the one with its context differs."""
_STAND_ALONE = ("greet", "goodbye", "thanks")
"""Said after any question, they mean the same."""
_STEERS = 0.7
"""How sure the reading of "Where does it say that?" must be to stand without its context."""
_SAME_KIND = ("state", "person", "organisation", "agreement", "place", "office", "group")


def resolve(base: FactBase, memory: Memory, question: Question, read: Read) -> Question:
    """Return the question that a message stands for; the message itself where it stands alone."""
    if counted := days.beside(base, question):
        return counted
    if memory.pending:
        chosen = _chosen(base, memory, question)
        if chosen:
            return _fill_in(base, memory, chosen, read)
        if not _WANTS.match(question.text):
            # "how long did it take?" ... "I mean for Kazakhstan to leave after Russia"
            joined = read(f"{memory.pending['text'].rstrip(' ?!.')}, {question.text}")
            if joined.intent in base.answers:
                return _with_focus(base, memory, joined)
    number = _number(question.text, len(memory.offered))
    if number and memory.offered:
        return read(memory.offered[number - 1])
    if memory.has_question and (meant := _other_day(base, memory, question, read)):
        return meant
    if memory.has_question and (several := _several(base, memory, question)):
        return several
    if memory.has_question and (other := _other_entity(base, memory, question)):
        return _substituted(base, memory, question, other, read)
    if memory.has_question and (other_text := _the_other(base, memory, question, read)):
        return _with_focus(base, memory, read(other_text))
    if question.intent in STEERING and question.confidence >= _STEERS:
        return question
    if question.intent in _STAND_ALONE and question.confidence >= _SURE:
        return question
    if memory.has_question and depends(question):
        question = _with_him(base, memory, question, read)
        together = read(question.text, memory.asked)
        claims = question.polar and len(_WORD.findall(question.text)) > _SHORT
        surer = claims and max(question.true, question.false) > max(together.true, together.false)
        # Where both readings ask the same, the one that tells more surely whether a claim is right is taken.
        if together.intent == question.intent and surer:
            pass
        elif together.intent == question.intent or question.confidence < _SURE or leans(question):
            named = together.mentions if together.text == question.text else question.mentions
            question = together.with_(mentions=named)
    return _with_focus(base, memory, question)


def depends(question: Question) -> bool:
    """True where a message may need the question before it to be understood."""
    return len(_WORD.findall(question.text)) <= _SHORT or leans(question)


def leans(question: Question) -> bool:
    """True where words such as "it", "and" or "the other" reach back to something said before."""
    return bool(_PRONOUN.search(question.text) or _OPENER.search(question.text))


def unclear(question: Question) -> bool:
    """True where an opening message speaks of "it" or "him" and nothing tells what that is."""
    named = [m for m in question.mentions if m.entity in (*_SAME_KIND, "polity", "event", "date")]
    return bool(_BARE_PRONOUN.search(question.text)) and not named and len(_WORD.findall(question.text)) <= 7


def _other_day(base: FactBase, memory: Memory, question: Question, read: Read) -> Question | None:
    """Return the question before about another day, or what happened so many days from the one last spoken of."""
    if not question.values("date", "duration"):
        return None
    if there := days.moved(base, memory, question):
        return there
    if not question.values("date"):
        return None
    text = days.other_day(memory, question, read(memory.asked))
    return _with_focus(base, memory, read(text)) if text else None


def _chosen(base: FactBase, memory: Memory, question: Question) -> str | None:
    choices = memory.pending["choices"]
    number = _number(question.text, len(choices))
    if number:
        return choices[number - 1]
    named = [c for c in choices if c in {m.value for m in question.mentions}]
    asks_more = len(_WORD.findall(question.text)) > 7 and question.confidence > _SURE
    if len(named) == 1 and not asks_more:
        return named[0]
    # "Ukraine" was not among the choices, but answers which one was meant.
    kinds = {base.entities[c].type for c in choices if c in base.entities}
    others = [m.value for m in question.mentions if m.entity in kinds]
    return others[0] if len(others) == 1 and _only_names(question) else None


def _fill_in(base: FactBase, memory: Memory, chosen: str, read: Read) -> Question:
    if chosen not in base.entities:
        return read(base.answers[chosen].question)
    waiting = read(memory.pending["text"])
    entity = base.entities[chosen]
    mention = Mention(entity.type, chosen, 0, 0, NAME)
    text = _restated(base.answers[memory.pending["intent"]], entity.name) or f"{waiting.text} ({entity.name})"
    return waiting.with_(
        text=text,
        intent=memory.pending["intent"],
        confidence=1.0,
        mentions=(mention, *waiting.mentions),
        ranking=(),
    )


def _other_entity(base: FactBase, memory: Memory, question: Question) -> Mention | None:
    """Return whom else a message asks about by naming nothing but it ("And Belarus?", "no, I meant Lithuania")."""
    if not _only_names(question):
        return None
    named = [m for m in question.mentions if m.entity in _SAME_KIND and m.value in base.entities]
    # Of "not Yeltsin, Gorbachev" the one to take is the last.
    return named[-1] if named else None


def _several(base: FactBase, memory: Memory, question: Question) -> Question | None:
    """Return the question before about several others at once ("Estonia, Latvia?", "Belarus or Russia?")."""
    entry = base.answers.get(memory.intent)
    named = [m for m in question.mentions if m.entity in _SAME_KIND and m.value in base.entities and m.end > m.start]
    if entry is None or not entry.operation or len({m.value for m in named}) < 2 or not _only_names(question):
        return None
    if _INSTEAD.search(question.text):
        return None  # of "not Belarus, Russia" one is meant
    between = [question.text[one.end : two.start] for one, two in pairwise(named)]
    if not all(_AND.fullmatch(text) for text in between) or len({m.entity for m in named}) > 1:
        return None
    names = join(list(dict.fromkeys(base.entities[m.value].name for m in named)))
    text = _restated(entry, names) or question.text
    return question.with_(text=text, intent=memory.intent, confidence=1.0, ranking=(), ask=1.0, true=0.0, false=0.0)


def _only_names(question: Question) -> bool:
    spans = [(m.start, m.end) for m in question.mentions if m.entity in _SAME_KIND]
    if not spans:
        return False
    rest = [m.group().lower() for m in _WORD.finditer(question.text) if not any(a <= m.start() < b for a, b in spans)]
    return all(word in _FILLER for word in rest)


def _substituted(base: FactBase, memory: Memory, question: Question, other: Mention, read: Read) -> Question:
    entry = base.answers.get(memory.intent)
    name = base.entities[other.value].name
    text = _restated(entry, name) if entry else None
    if text:
        mention = Mention(other.entity, other.value, 0, 0, NAME)
        return read(text).with_(
            intent=memory.intent, confidence=1.0, mentions=(mention,), ranking=(), ask=1.0, true=0.0, false=0.0
        )
    asked = read(memory.asked)
    same = [m for m in asked.mentions if m.entity == other.entity and m.value != other.value]
    if same:
        return read(_swapped(memory.asked, same[0], name))
    together = read(question.text, memory.asked)
    return together.with_(mentions=question.mentions)


def _with_focus(base: FactBase, memory: Memory, question: Question) -> Question:
    """Add whom a question is about where it needs one and names none ("When did it leave?")."""
    entry = base.answers.get(question.intent)
    if entry is None or not entry.operation:
        return question
    fits = _fitting(base, entry)
    named = {m.value for m in question.mentions if fits(m.value)}
    needed = 2 if entry.operation in ("compare", "days_between") else 1
    if entry.event or entry.operation == "order" or len(named) >= needed:
        return question
    if entry.operation in ("on_date",) and (question.values("date") or not question.values("duration")):
        return question
    if entry.operation == "days_between" and question.values("date"):
        needed -= 1
    found = [i for i in memory.recent({i for i in memory.focus if fits(i)}) if i not in named]
    counts_on = entry.operation == "days_between" and len(named) == 1 and "after" in question.values("order")
    if counts_on and not _is_reference(question, named):
        found = _nearest_before(base, entry, named, found)
    found = found[: max(needed - len(named), 0)]
    extra = tuple(Mention("event" if i in base.events else base.entities[i].type, i, -1, -1, NAME) for i in found)
    # What is named comes first: of "And how many days later did Kazakhstan follow?" Kazakhstan is the subject.
    return question.with_(mentions=(*question.mentions, *extra))


def _is_reference(question: Question, named: set[str]) -> bool:
    """True where a name stands right behind a word of order: "how many days after Belarus was that?"."""
    ends = [m.end for m in question.mentions if m.entity == "order"]
    names = [m.start for m in question.mentions if m.value in named]
    return any(end <= start and question.text[end:start].strip() in ("", "the") for start in names for end in ends)


def _nearest_before(base: FactBase, entry: Answer, named: set[str], found: list[str]) -> list[str]:
    """Sort by nearness: "And how many days later did Kazakhstan follow?" counts from the one before it."""
    events = base.event_of(entry.events or "", entry.role)
    order = {i: events[i].order or 0 if i in events else 0 for i in (*named, *found)}
    at = max(order[i] for i in named)
    return sorted(found, key=lambda i: (order[i] > at, abs(at - order[i])))


def _fitting(base: FactBase, entry: Answer) -> Callable[[str], bool]:
    """Return a test for what an answer can be about."""
    if entry.events:
        taking_part = base.event_of(entry.events, entry.role).keys()
        by_name = entry.operation in ("days_between", "compare", "on_date")
        return lambda i: i in taking_part or (by_name and i in base.dated_by_name)
    ids = base.entities_of_type.get(entry.type, frozenset()) if entry.type else base.described
    return ids.__contains__


def _with_him(base: FactBase, memory: Memory, question: Question, read: Read) -> Question:
    """Put the name of the person last spoken of for "he", "him" and "his"."""
    people = base.entities_of_type.get("person", frozenset())
    named = {m.value for m in question.mentions}
    recent = [i for i in memory.recent(people) if i not in named]
    he = _HE.search(question.text)
    if not recent or not he:
        return question
    # "When Yeltsin left, what did he want?" names whom it means in the clause before.
    before = [m for m in question.mentions if m.value in people and 0 <= m.start < m.end <= he.start()]
    if any(_CLAUSE.search(question.text[m.end : he.start()]) for m in before):
        return question
    name = base.entities[recent[0]].name
    text = _HE.sub(lambda m: name + "'s" if m.group().lower() == "his" else name, question.text, count=1)
    return read(text)


def _the_other(base: FactBase, memory: Memory, question: Question, read: Read) -> str | None:
    """Return the question before about the other of two ("And the other one?")."""
    if not _THE_OTHER.search(question.text) or len(_WORD.findall(question.text)) > _SHORT + 1:
        return None
    for mention in read(memory.asked).mentions:
        if mention.entity in _SAME_KIND and mention.value in base.entities:
            kind = base.entities_of_type.get(mention.entity, frozenset())
            others = [i for i in memory.recent(kind) if i != mention.value]
            # Not spoken of yet: whoever takes part in the same fact, first in the article's order.
            others += [i for f in base.facts_of[mention.value] for i in base.facts[f].entities() if i in kind]
            others = [i for i in others if i != mention.value and not base.entities[i].outside]
            if others:
                name = base.entities[others[0]].name
                return _swapped(memory.asked, mention, name)
    return None


def _swapped(text: str, mention: Mention, name: str) -> str:
    """Put another name in the place of a mention, its possessive kept."""
    possessive = re.search(r"['’]s?$", text[mention.start : mention.end])
    return text[: mention.start] + name + (possessive.group() if possessive else "") + text[mention.end :]


def _restated(entry: Answer | None, name: str) -> str | None:
    return entry.restated.format(entity=name) if entry and entry.restated else None


def _number(text: str, most: int) -> int | None:
    match = _NUMBER.match(text)
    if not match or not most:
        return None
    word = match.group(1).lower()
    number = most if word == "last" else _NTH.get(word) or int(word)
    return number if 1 <= number <= most else None

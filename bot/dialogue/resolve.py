"""What a message means in its conversation.

after "When did Russia leave?":   "And Belarus?"     -> When did Belarus leave the USSR?
after "Who was Nazarbayev?":      "Where was he sent?" -> mission_where
after "Which one do you mean?":   "the second one"   -> the question that was waiting, about the second choice
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise

from bot.dialogue import days, references
from bot.dialogue.about_last_answer import STEERING
from bot.dialogue.context import SURE, both_heard, fresh_start, names_somebody_unknown, only_talk, tells_more
from bot.dialogue.memory import Memory
from bot.dialogue.references import SAME_KIND, WORD
from bot.dialogue.turn import Read
from bot.facts.base import FactBase
from bot.facts.model import Answer
from bot.language.words import join
from bot.questions.mentions import NAME, Mention
from bot.questions.question import Question

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
_WANTS = re.compile(
    r"^\W*(?:(?:no|well|ok|okay|actually|sorry)\b\W*)*"
    r"(who|whom|whose|what|which|when|where|why|how|is|are|was|were|did|does|do|has|had|can|could)\b",
    re.I,
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
"""A message of so few words is read with the question before it, if there is one and its own reading is unsure."""
_STEERS = 0.7
"""How sure the reading of "Where does it say that?" must be to stand without its context."""


def resolve(base: FactBase, memory: Memory, question: Question, read: Read) -> Question:
    """Return the question that a message stands for; the message itself where it stands alone."""
    if fresh := fresh_start(question.text):
        return _with_focus(base, memory, read(fresh))
    if counted := days.beside(base, question):
        return counted
    if memory.waiting:
        chosen = _chosen(base, memory, question)
        if chosen:
            return _fill_in(base, memory, chosen, read)
        if not _WANTS.match(question.text) and not only_talk(base, question):
            # "how long did it take?" ... "I mean for Kazakhstan to leave after Russia"
            joined = read(f"{memory.waiting.text.rstrip(' ?!.')}, {question.text}")
            if joined.intent in base.answers:
                return _with_focus(base, memory, joined)
    number = _number(question.text, len(memory.choices_offered))
    if number and memory.choices_offered:
        return read(memory.choices_offered[number - 1])
    if memory.has_question and (meant := _followed_up(base, memory, question, read)):
        return meant
    if question.intent in STEERING and question.confidence >= _STEERS or only_talk(base, question):
        return question
    if memory.has_question and depends(question):
        question = _with_thread(base, memory, question, read)
    if memory.has_question and (listed := references.among(base, memory, question)):
        return listed
    return references.with_near(base, memory, _with_focus(base, memory, question))


def depends(question: Question) -> bool:
    """True where a message may need the question before it to be understood."""
    short = len(WORD.findall(question.text)) <= _SHORT
    return leans(question) or (short and question.confidence < SURE)


def leans(question: Question) -> bool:
    """True where words such as "it", "and" or "the other" reach back to something said before."""
    return bool(_PRONOUN.search(question.text) or _OPENER.search(question.text))


def unclear(question: Question) -> bool:
    """True where an opening message speaks of "it" or "him" and nothing tells what that is."""
    named = [m for m in question.mentions if m.entity in (*SAME_KIND, "polity", "event", "date")]
    return bool(_BARE_PRONOUN.search(question.text)) and not named and len(WORD.findall(question.text)) <= 7


def _followed_up(base: FactBase, memory: Memory, question: Question, read: Read) -> Question | None:
    """Return the question before about another day, name, one of two or step, None where a message asks otherwise."""
    if meant := _other_day(base, memory, question, read):
        return meant
    if several := _several(base, memory, question):
        return several
    if other := _other_entity(base, memory, question):
        return _substituted(base, memory, question, other, read)
    if text := references.the_other(base, memory, question, read, _SHORT + 1):
        return _with_focus(base, memory, read(text))
    return references.next_one(base, memory, question, read)


def _with_thread(base: FactBase, memory: Memory, question: Question, read: Read) -> Question:
    """Read a message together with the question before it, names put for words that reach back."""
    question = references.with_him(base, memory, question, read)
    if text := references.with_latter(base, memory, question):
        question = read(text)
    together = read(question.text, memory.last_question)
    if tells_more(base, question, together, leans(question)):
        named = together.mentions if together.text == question.text else question.mentions
        question = both_heard(question, together).with_(mentions=named)
    return references.with_it(base, memory, question, read)


def _other_day(base: FactBase, memory: Memory, question: Question, read: Read) -> Question | None:
    """Return the question before about another day, or what happened so many days from the one last spoken of."""
    if not question.values("date", "duration"):
        return None
    if there := days.moved(base, memory, question):
        return there
    if not question.values("date"):
        return None
    text = days.other_day(memory, question, read(memory.last_question))
    return _with_focus(base, memory, read(text)) if text else None


def _chosen(base: FactBase, memory: Memory, question: Question) -> str | None:
    choices = memory.waiting.choices
    number = _number(question.text, len(choices))
    if number:
        return choices[number - 1]
    named = [c for c in choices if c in {m.value for m in question.mentions}]
    asks_more = len(WORD.findall(question.text)) > 7 and question.confidence > SURE
    if len(named) == 1 and not asks_more:
        return named[0]
    # "Ukraine" was not among the choices, but answers which one was meant.
    kinds = {base.entities[c].type for c in choices if c in base.entities}
    others = [m.value for m in question.mentions if m.entity in kinds]
    return others[0] if len(others) == 1 and _only_names(question) else None


def _fill_in(base: FactBase, memory: Memory, chosen: str, read: Read) -> Question:
    if chosen not in base.entities:
        return read(base.answers[chosen].question)
    entity = base.entities[chosen]
    if entity.type == "person" and references.speaks_of_him(memory.waiting.text):
        return _with_focus(base, memory, read(references.named_for_him(memory.waiting.text, entity.name)))
    waiting = read(memory.waiting.text)
    mention = Mention(entity.type, chosen, 0, 0, NAME)
    text = _restated(base.answers[memory.waiting.intent], entity.name) or f"{waiting.text} ({entity.name})"
    return waiting.with_(
        text=text,
        intent=memory.waiting.intent,
        confidence=1.0,
        mentions=(mention, *waiting.mentions),
        ranking=(),
    )


def _other_entity(base: FactBase, memory: Memory, question: Question) -> Mention | None:
    """Return whom else a message asks about by naming nothing but it ("And Belarus?", "no, I meant Lithuania")."""
    if not _only_names(question):
        return None
    named = [m for m in question.mentions if m.entity in SAME_KIND and m.value in base.entities]
    # Of "not Yeltsin, Gorbachev" the one to take is the last.
    return named[-1] if named else None


def _several(base: FactBase, memory: Memory, question: Question) -> Question | None:
    """Return the question before about several others at once ("Estonia, Latvia?", "Belarus or Russia?")."""
    entry = base.answers.get(memory.last_intent)
    named = [m for m in question.mentions if m.entity in SAME_KIND and m.value in base.entities and m.end > m.start]
    if entry is None or not entry.operation or len({m.value for m in named}) < 2 or not _only_names(question):
        return None
    if _INSTEAD.search(question.text):
        return None  # of "not Belarus, Russia" one is meant
    between = [question.text[one.end : two.start] for one, two in pairwise(named)]
    if not all(_AND.fullmatch(text) for text in between) or len({m.entity for m in named}) > 1:
        return None
    names = join(list(dict.fromkeys(base.entities[m.value].name for m in named)))
    text = _restated(entry, names) or question.text
    return question.with_(
        text=text, intent=memory.last_intent, confidence=1.0, ranking=(), ask=1.0, true=0.0, false=0.0
    )


def _only_names(question: Question) -> bool:
    spans = [(m.start, m.end) for m in question.mentions if m.entity in SAME_KIND]
    if not spans:
        return False
    rest = [m.group().lower() for m in WORD.finditer(question.text) if not any(a <= m.start() < b for a, b in spans)]
    return all(word in _FILLER for word in rest)


def _substituted(base: FactBase, memory: Memory, question: Question, other: Mention, read: Read) -> Question:
    entry = base.answers.get(memory.last_intent)
    name = base.entities[other.value].name
    text = _restated(entry, name) if entry else None
    if text:
        mention = Mention(other.entity, other.value, 0, 0, NAME)
        return read(text).with_(
            intent=memory.last_intent, confidence=1.0, mentions=(mention,), ranking=(), ask=1.0, true=0.0, false=0.0
        )
    asked = read(memory.last_question)
    same = [m for m in asked.mentions if m.entity == other.entity and m.value != other.value]
    if same:
        return read(references.swapped(memory.last_question, same[0], name))
    together = read(question.text, memory.last_question)
    return together.with_(mentions=question.mentions)


def _with_focus(base: FactBase, memory: Memory, question: Question) -> Question:
    """Add whom a question is about where it needs one and names none ("When did it leave?")."""
    entry = base.answers.get(question.intent)
    if entry is None or not entry.operation:
        return question
    if _names_its_own(base, entry, question):
        return question
    fits = _fitting(base, entry)
    named = {m.value for m in question.mentions if fits(m.value)}
    needed = 2 if entry.operation in ("compare", "days_between") else 1
    if entry.event or entry.operation == "order" or len(named) >= needed:
        return question
    if entry.operation == "when" and not _PRONOUN.search(question.text) and names_somebody_unknown(question):
        return question
    if entry.operation in ("on_date",) and (question.values("date") or not question.values("duration")):
        return question
    if entry.operation == "days_between" and question.values("date"):
        needed -= 1
    found = [i for i in memory.recent({i for i in memory.spoken_of if fits(i)}) if i not in named]
    counts_on = entry.operation == "days_between" and len(named) == 1 and "after" in question.values("order")
    if counts_on and not _is_reference(question, named):
        found = _nearest_before(base, entry, named, found)
    found = found[: max(needed - len(named), 0)]
    extra = tuple(Mention("event" if i in base.events else base.entities[i].type, i, -1, -1, NAME) for i in found)
    # What is named comes first: of "And how many days later did Kazakhstan follow?" Kazakhstan is the subject.
    return question.with_(mentions=(*question.mentions, *extra))


def _names_its_own(base: FactBase, entry: Answer, question: Question) -> bool:
    """True where a message says whom it is about, although the answer can't be given for that.

    "I've been to Georgia. When did it leave?" is not about the state before, nor "leader of Ukraine" about the office.
    """
    if any(m.value in base.entities and base.entities[m.value].outside for m in question.mentions):
        return True
    states_named = question.values("state", "polity")
    return entry.operation == "office_holder" and bool(states_named) and not _BARE_PRONOUN.search(question.text)


def _is_reference(question: Question, named: set[str]) -> bool:
    """True where a name stands right behind a word of order: "how many days after Belarus was that?"."""
    ends = [m.end for m in question.mentions if m.entity == "order"]
    names = [m.start for m in question.mentions if m.value in named]
    return any(end <= start and question.text[end:start].strip() in ("", "the") for start in names for end in ends)


def _nearest_before(base: FactBase, entry: Answer, named: set[str], found: list[str]) -> list[str]:
    """Sort by nearness: "And how many days later did Kazakhstan follow?" counts from the one before it."""
    events = base.event_of(entry.events or "", entry.role)
    happened = {i: events.get(i) or base.events.get(i) for i in (*named, *found)}
    order = {i: event.order or 0 if event else 0 for i, event in happened.items()}
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


def _restated(entry: Answer | None, name: str) -> str | None:
    return entry.restated.format(entity=name) if entry and entry.restated else None


def _number(text: str, most: int) -> int | None:
    match = _NUMBER.match(text)
    if not match or not most:
        return None
    word = match.group(1).lower()
    number = most if word == "last" else _NTH.get(word) or int(word)
    return number if 1 <= number <= most else None

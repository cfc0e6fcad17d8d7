"""Words that reach back to what was said: he, it, that, the other, the latter, which of those, and then."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from bot.language.numbers import NUMBER_OF_WORD
from bot.language.words import WORD, words_of

PRONOUNS = ("he", "she", "it", "they", "there")
"""Those that an article can say of a kind of things that they mean one of them."""
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
_OPENER = re.compile(
    r"^\W*(and|but|so|or|then|ok|okay|no|not|sorry|i mean|i meant|what about|how about|why|really|sure)\b", re.I
)
_HE = r"he|him|himself|his|he's"
# "Was it because of ...?" and "Did it matter?" speak of nothing that was named.
_IT = re.compile(
    r"\b(?P<verb>did|had|has|does|could|would|didn't|hadn't|hasn't) it\b(?! (take|matter|happen|work|help|seem)\b)|"
    r"\b(?P<be>was|is|wasn't|isn't) it "
    r"(?=(also|still|not|really|even|already|one|an?|the|among|part|behind|in|alone|left)\b)",
    re.I,
)
_THE_OTHER = re.compile(r"\bthe other\b", re.I)
_LATTER = re.compile(r"\bthe (?P<which>former|latter)\b( one)?", re.I)
_AMONG = re.compile(
    r"\b(of|out of|among) (them|those|these|(those|these|the) (two|three|four|five|\d))\b(?! \w+ing\b)", re.I
)
_POINTS = re.compile(r"\b(?:that|this|the|its|their|his) (\w+)\b|\b(it|its|that|this)\b", re.I)
_NEXT_CLAUSE = re.compile(
    r"[,.:;?!–—]|\b(and|but|that|what|why|when|where|how|if|because|before|after|while|until)\b", re.I
)
_NEXT = frozenset("then next after afterwards followed follows".split())
_NEXT_FILLER = frozenset(
    """
    and so ok okay well now what whats what's who whos who's which one come came comes happened happens it was were is
    did does on that this him them please the right just directly
    """.split()
)
_ASKS = frozenset("why when where how who whom whose which until since by from for till".split())
"""Words that begin a question which others would have to tell more of; "what" begins many that stand alone."""
_ONLY_ASKS = _ASKS | frozenset(
    """
    and so but ok okay exactly really is are was were did does do had has have that this it they them those these he she
    him her his its there then happen happened much many long far often old one ones two three both of all in to with
    after before not no come what
    """.split()
)
_POSSESSIVE = re.compile(r"['’]s?$")


def leans_back(text: str) -> bool:
    """True where words such as "it", "and" or "the other" reach back to something said before."""
    return bool(_PRONOUN.search(text) or _OPENER.search(text))


def has_pronoun(text: str) -> bool:
    """True where a pronoun, or a word like one ("then", "both"), stands for something said before."""
    return bool(_PRONOUN.search(text))


def has_bare_pronoun(text: str) -> bool:
    """True where a pronoun stands for a thing by itself ("it", "was that?"), and not beside it ("that article")."""
    return bool(_BARE_PRONOUN.search(text))


def asks_of_nothing(text: str) -> bool:
    """True for "Why?", "By how much?", "when did that happen?": nothing in it tells what it is about."""
    words = words_of(text)
    return bool(words) and not _ASKS.isdisjoint(words) and words[0] != "what" and _ONLY_ASKS.issuperset(words)


def he_in(text: str, nouns: Iterable[str] = ()) -> int | None:
    """Return where a text says "he", "him", "his" or "that man" for the first time; `nouns` are words like "man"."""
    found = _he(tuple(nouns)).search(text)
    return found.start() if found else None


def named_for_he(text: str, name: str, nouns: Iterable[str] = ()) -> str:
    """Return a text with a name for its first "he", "him" or "his".

    >>> named_for_he("Whose was his ship?", "Ada")
    "Whose was Ada's ship?"
    """
    return _he(tuple(nouns)).sub(lambda m: name + "'s" if _is_possessive(m.group()) else name, text, count=1)


@lru_cache
def _he(nouns: tuple[str, ...]) -> re.Pattern[str]:
    pointed = rf"|(that|this) (other )?({'|'.join(map(re.escape, nouns))})('?s)?" if nouns else ""
    return re.compile(rf"\b({_HE}{pointed})\b", re.I)


def _is_possessive(he: str) -> bool:
    return he.lower() == "his" or " " in he and he.lower().endswith("s")


def begins_another_clause(between: str) -> bool:
    """True where a name and the "he" behind it stand in different clauses ("And Ada, what did he want?")."""
    return bool(_NEXT_CLAUSE.search(between))


def named_for_it(text: str, name: str) -> str | None:
    """Return a question with a name for "it" where it asks something of it ("Was it one of them?"), None elsewhere."""
    match = _IT.search(text)
    if not match:
        return None
    verb = match.group("verb") or match.group("be")
    space = " " if match.group("be") else ""
    return f"{text[: match.start()]}{verb} {name}{space}{text[match.end() :]}"


def means_the_other(text: str, opposites: Iterable[str]) -> bool:
    """True for "the other one" and "his rival"; `opposites` are words for the other of two (rival, friend)."""
    return bool(_THE_OTHER.search(text) or _opposite(tuple(opposites)).search(text))


class FormerOrLatter(NamedTuple):
    """Where a text says "the former" or "the latter"."""

    first: bool
    """Whether it says "the former"."""
    start: int
    end: int


def former_or_latter(text: str) -> FormerOrLatter | None:
    """Return where a text says "the former" or "the latter", None where it does not."""
    match = _LATTER.search(text)
    return FormerOrLatter(match.group("which").lower() == "former", match.start(), match.end()) if match else None


class OfThose(NamedTuple):
    """A text's "of those", and of how many it speaks, None where it does not say."""

    count: int | None


def of_those(text: str) -> OfThose | None:
    """Return what "which of those three" speaks of, None where a text asks for none of several.

    >>> of_those("Which of the three went first?"), of_those("Which of them?"), of_those("Which went first?")
    (OfThose(count=3), OfThose(count=None), None)
    """
    match = _AMONG.search(text)
    if not match:
        return None
    numbers = [NUMBER_OF_WORD.get(word) or int(word if word.isdigit() else 0) for word in words_of(match.group())]
    return OfThose(next((number for number in numbers if number > 1), None))


def pointed_at(text: str) -> list[str | None]:
    """Return the words that "that", "its" and their like stand before, in order; None for a bare "it" or "that".

    >>> pointed_at("Who ruled that city after it?")
    ['city', None]
    """
    return [None if match.group(2) else match.group(1).lower() for match in _POINTS.finditer(text)]


def asks_for_the_next(text: str, fillers: Iterable[str] = ()) -> bool:
    """True for "and then?", "who's next?"; `fillers` are words that may stand in it beside those of English."""
    words = words_of(text)
    return bool(words) and not _NEXT.isdisjoint(words) and (_NEXT_FILLER | _NEXT).issuperset({*words} - {*fillers})


def in_its_place(text: str, start: int, end: int, name: str) -> str:
    """Return a text with another name in a place of it, the possessive kept.

    >>> in_its_place("Was it Ada's ship?", 7, 12, "Grace")
    "Was it Grace's ship?"
    """
    possessive = _POSSESSIVE.search(text[start:end])
    return text[:start] + name + (possessive.group() if possessive else "") + text[end:]


def word_count(text: str) -> int:
    """Return how many words a text has."""
    return len(WORD.findall(text))


@lru_cache
def _opposite(opposites: tuple[str, ...]) -> re.Pattern[str]:
    words = "|".join(map(re.escape, opposites)) or r"(?!)"
    return re.compile(rf"\b(his|her|its|their) (\w+ )?({words})\b", re.I)

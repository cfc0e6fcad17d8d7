"""What a claim says beside its content: that it is put up for a verdict, that it is denied, when, and of whom alone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from bot.language.dates import dates
from bot.language.numbers import NUMBER_OF_WORD, alternatives

EXACTLY, WITHIN, LEAST, MOST, MORE, LESS, ABOUT = "exactly", "within", "least", "most", "more", "less", "about"
"""How a length of time is meant."""
_ROUGHLY = 0.25
"""By which part of it a length of time may be off that is said to be "about" so long."""

_FLAGS = re.I | re.A
_AUXILIARY = r"(?:is|are|was|were|did|does|do|had|has|have|could|can|would|might|will|must|should)(?P<denied>n'?t)?"
_LEADING = re.compile(
    r"^\W*(?:(?:so|and|but|ok|okay|well|then|wait|please|now|just|yes or no|true or false|"
    r"(?:no|nope|nah)(?:,|(?= no\b)))"
    r"\b[\s,:]*)*(?:(?<=no )no\b[\s,]*)?",
    _FLAGS,
)
_SAID = r"(?:say|state|tell|mean|mention)s?"
_FRAMES = (
    (
        re.compile(
            r"^(?:is|was|isn'?t|wasn'?t) (?:it|that|this) "
            r"(?P<wrong>wrong|false|untrue|incorrect|a mistake|a lie)?"
            r"(?:really )?(?:true|right|correct|so|the case|a fact)?(?: to say)? that ",
            _FLAGS,
        )
    ),
    re.compile(rf"^(?:does|did) the (?:article|text|author) (?:really |also )?{_SAID} that ", _FLAGS),
    re.compile(r"^(?:(?:can|could) you )?(?:please )?confirm (?:that )?", _FLAGS),
)
_TAG = re.compile(
    r"[\s,]+(?:(?:is|was|did|do|does|are|were|had|has|have|could|would)(?:n'?t)? "
    r"(?:it|he|she|they|that|there)|right|correct|true|yes|no|huh|innit|is that (?:so|right|true|correct)|or not|y/n)"
    r"\W*$",
    _FLAGS,
)
_FRONTED = re.compile(rf"^{_AUXILIARY}\b", _FLAGS)
_CONNECTIVES = (
    r"by the time(?: of| that)?|at the time (?:of|when|that)|at the moment (?:of|when)|as soon as|even (?:after|before|"
    r"when|though|while)|(?:shortly|right|just|directly|soon|immediately) (?:after|before)|when|while|after|before|"
    r"once|until|since|although|though|during|following|now that"
)
_BACKGROUND = re.compile(rf",?\s*\b(?P<word>{_CONNECTIVES})\b(?P<clause>[^,;?!]*)[,;?!\s]*", _FLAGS)
_DENIALS = re.compile(
    r"\b(?:not|never|nobody|no one|none|nothing|no|neither|without|cannot|against|opposed to|refus(?:e|ed|ing) to|"
    r"fail(?:ed|ing)? to|unwilling to|unable to)\b|n't\b|"
    r"\b(?:did|was|had|is|do|were|does|have|could|would)nt\b",
    _FLAGS,
)
_AFTER_DENIAL = r"(?:longer|(?:any )?more|yet|any longer|nor|at all)"
_ONLY = re.compile(
    r"\b(?:(?:the )?only(?: ones?)?|alone|solely|exclusively|just|merely|by (?:himself|itself|themselves)|"
    r"nobody (?:but|except)|no one (?:but|except)|none (?:but|except))\b",
    _FLAGS,
)
_TIMELESS = re.compile(
    r"\b(?:(?<=was )there|(?<=were )there|(?<=is )there|(?<=are )there|there (?=was\b|were\b|had\b)|"
    r"at (?:that|this) (?:time|point|moment|stage)|at the (?:same )?time|by (?:then|that time|this time)|in the "
    r"(?:end|meantime|meanwhile)|in (?:those|these) days|(?:during|in|for|at) (?:this|that|those|these) "
    r"(?:times?|periods?|days)|for a (?:while|time)|back then|of its own|as well|in fact|at last|once again)\b",
    _FLAGS,
)
_SMALL = frozenset(
    """
    a actually already also am an and any are as at be became become becoming been being both by can could did do does
    doing done ever even finally eventually for from had has have having he her him his i in indeed into is it its
    itself meanwhile nor of on one ones or our out over really she so still than that the their them themselves then
    these they this those to too was we were what which who whom whose will with would yet you s indeed himself
    anymore afterwards perhaps maybe possibly probably presumably surely certainly definitely just simply
    """.split()
)
_CONTRAST = re.compile(r",? (?:and|but) not\b|,? rather than\b|,? instead of\b|, not\b", _FLAGS)
_MEASURES = tuple(
    (kind, re.compile(rf"\b(?:{words})(?: a| the)?(?: span| space| period)?(?: of)?\s*$", _FLAGS))
    for kind, words in (
        (WITHIN, "within|inside|in under"),
        (LEAST, "at least|no less than|no fewer than|not less than"),
        (MOST, "at most|no more than|not more than|up to"),
        (MORE, "more than|over|longer than"),
        (LESS, "less than|fewer than|under|shorter than"),
        (ABOUT, "about|around|roughly|approximately|nearly|almost|some|circa"),
    )
)
_BOUNDED = re.compile(
    r"\b(?:at (?:least|most)|(?:more|less|fewer) than|no (?:more|less|fewer) than|up to|over|under|about|around)\b",
    _FLAGS,
)
_DETERMINERS = r"(?:(?:the|a|an|all|both|only|other|those|these|his|her|its|their|our|own|same)\W+)*"
_PRONOUN = re.compile(r"\b(?:he|she|him|her|his)\b", _FLAGS)
_OR = re.compile(r"\bor\b", _FLAGS)
_PASSIVE = re.compile(r"\b(?:been|was|were|got|being)(?: not| never| also| only)? \w+(?:ed|en|nt|ade|ld)\b", _FLAGS)
_PROGRESSIVE = re.compile(r"^\W*\w+(?:n't)?\b[^?]*?\b\w+ing\b", _FLAGS)
_BY = re.compile(rf"\bby\W+{_DETERMINERS}$", _FLAGS)
_AFTER_PREPOSITION = re.compile(
    r"\b(?:in|at|with|for|from|of|through|against|about|over|between|to|under|within|without|on|like|as|into|than|"
    rf"among|towards|despite|via)\W+{_DETERMINERS}$",
    _FLAGS,
)
_JOINED = re.compile(r"(?:'s)?\W*(?:(?:and|or|nor|but|also|both|the|of|like)\W+)*", _FLAGS)
_AND_A_HALF = re.compile(r"\s+and a half\b", _FLAGS)
_WORD = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_NUMBER = re.compile(rf"\b(?:\d+|{alternatives(NUMBER_OF_WORD, least=2)})\b", _FLAGS)


@dataclass(frozen=True)
class Background:
    """A clause of time around a claim: the word that joins it, and what it says."""

    word: str
    clause: str
    start: int
    end: int


@dataclass(frozen=True)
class Statement:
    """What is put up for a verdict: the span of the text that claims it, and whether a frame turns it round."""

    start: int
    end: int
    turned: bool
    background: tuple[Background, ...]


def statement(text: str) -> Statement:
    """Take off what only asks for a verdict ("Is it true that ...", "..., right?") and the clauses of time."""
    text = straight(text)
    leading = _LEADING.match(text)
    start, turned = leading.end() if leading else 0, False
    for frame in _FRAMES:
        if found := frame.match(text[start:]):
            turned = bool(found.groupdict().get("wrong"))
            start += found.end()
            break
    else:
        if (fronted := _FRONTED.match(text[start:])) and fronted["denied"]:
            # "Wasn't it the last?" asks whether it was the last.
            start += fronted.end()
    tag = _TAG.search(text, start)
    end = tag.start() if tag else len(text)
    told = tuple(
        Background(m["word"].lower(), m["clause"], m.start(), m.end())
        for m in _BACKGROUND.finditer(text, start, end)
        if _says_something(m["clause"]) and not _is_a_date(m["clause"])
    )
    return Statement(start, end, turned, told)


def denials(text: str) -> list[tuple[int, int]]:
    """Return the spans of the words that deny, with what belongs to them ("no longer")."""
    found = []
    for match in _DENIALS.finditer(text):
        more = re.compile(rf"\W*{_AFTER_DENIAL}\b", _FLAGS).match(text, match.end())
        found.append((match.start(), more.end() if more else match.end()))
    return found


def singles_out(text: str) -> list[tuple[int, int]]:
    """Return the spans of the words that say "this one and no other"."""
    return [match.span() for match in _ONLY.finditer(text)]


def says_nothing(text: str) -> list[tuple[int, int]]:
    """Return the spans of words that leave a claim as it is: grammar, and times that are those spoken of anyway."""
    found = [match.span() for match in _TIMELESS.finditer(text)]
    return found + [m.span() for m in _WORD.finditer(text) if m.group().lower() in _SMALL]


def words_in(text: str) -> list[tuple[int, int]]:
    """Return the spans of the words of a text."""
    return [match.span() for match in _WORD.finditer(text)]


def numbers_in(text: str) -> list[tuple[int, int]]:
    """Return the spans of the numbers from two upwards, in figures or words."""
    return [match.span() for match in _NUMBER.finditer(text)]


@lru_cache(2048)
def phrase(written: str) -> re.Pattern[str]:
    """Return what finds a word or phrase; `sign*` stands for all words that begin so, `...` for up to four words."""
    pieces = []
    for word in straight(written).split():
        piece = r"(?:[\w'-]+\W+){0,4}?" if word == "..." else re.escape(word).replace(r"\*", r"[\w'-]*") + r"\W+"
        pieces.append(piece)
    return re.compile(r"\b" + "".join(pieces).removesuffix(r"\W+") + r"\b", _FLAGS)


def is_passive(text: str) -> bool:
    """True where what is done to somebody stands first: "Was she sent by them?", "Had it been changed?"."""
    fronted = _FRONTED.match(text.lstrip())
    if fronted and fronted.group().lower().split("n")[0] in ("was", "were", "wer", "is", "are"):
        return not _PROGRESSIVE.search(text)
    return bool(_PASSIVE.search(text))


def contrast_at(text: str) -> int | None:
    """Return where a text goes on to say what is not meant: "... after the other, and not the other way round"."""
    found = _CONTRAST.search(text)
    return found.start() if found else None


def measure(text: str, start: int, end: int) -> tuple[str, int, float]:
    """Return how a length of time is meant (EXACTLY, WITHIN, ...), where the words begin that say so, and its factor.

    >>> measure("Was it about a week and a half later?", 13, 19)
    ('about', 7, 1.5)
    """
    factor = 1.5 if _AND_A_HALF.match(text, end) else 1.0
    for kind, pattern in _MEASURES:
        if found := pattern.search(text[:start]):
            return kind, found.start(), factor
    return EXACTLY, start, factor


def fits_length(kind: str, days: float, claimed: float) -> bool:
    """Return whether so many days are what is claimed: exactly, within, at least, at most, more, less or about."""
    claimed = round(claimed)
    return {
        EXACTLY: days == claimed,
        WITHIN: days <= claimed,
        LEAST: days >= claimed,
        MOST: days <= claimed,
        MORE: days > claimed,
        LESS: days < claimed,
        ABOUT: abs(days - claimed) <= max(1, claimed * _ROUGHLY),
    }[kind]


def comes_after_by(text: str, start: int) -> bool:
    """True where a name is that of the doer: "sent by the others"."""
    return bool(_BY.search(text[:start]))


def comes_after_preposition(text: str, start: int) -> bool:
    """True where a name stands in a phrase of its own: "in the capital"."""
    return bool(_AFTER_PREPOSITION.search(text[:start]))


def joins_names(between: str) -> bool:
    """True where what stands between two names gives them the same part: "and", "like"."""
    return bool(_JOINED.fullmatch(between))


def is_bounded(text: str) -> bool:
    """True where a number is not meant exactly: "at least two", "two of them"."""
    return bool(_BOUNDED.search(text))


def is_a_choice(text: str, start: int) -> bool:
    """True where what stands before a number offers another one: "three or four", "five to ten"."""
    return bool(re.search(r"\b(?:or|to|and|-)\s*$", text[:start], _FLAGS))


def straight(text: str) -> str:
    """Return a text with straight apostrophes, each sign in its place."""
    return text.replace("’", "'")


def stands_for_another(text: str) -> bool:
    """True where "he" or "she" takes the place of a name that stands elsewhere."""
    return bool(_PRONOUN.search(text))


def offers_a_choice(text: str) -> bool:
    """True where a claim is of one or another."""
    return bool(_OR.search(text))


def _is_a_date(clause: str) -> bool:
    """True where a word of time is followed by a date: "before June 3rd" says no more than when."""
    found = dates(clause)
    return bool(found) and not _says_something(clause[: min(date.start for date in found)])


def _says_something(clause: str) -> bool:
    return any(clause[start:end].lower() not in _SMALL for start, end in words_in(clause))

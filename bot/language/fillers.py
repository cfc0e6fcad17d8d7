"""Words that ask nothing: what may stand beside a name, a day or a number that is all that a message says."""

from __future__ import annotations

from bot.language.words import WORD, words_of

_BESIDE_NAME = frozenset(
    """
    a about abt actually again also an and as ask asked asking back bad but case did for hm hmm how howabout i in
    instead is it its let's mean meant my n no not now of oh ok okay on one or please pls question rather said same
    sorry sry talk the then thing to too u was wat well what whatabout wht with you &
    """.split()
)
_BESIDE_DAY = frozenset(
    """
    a about and anything as at came day did else exactly followed for happened how in is it later next now of off on ok
    or please so still that the then there this to um was well were what whats with
    """.split()
)
_BEFORE_DAY = frozenset("a about and but how now of on ok okay so the then well what".split())
_OPENING = frozenset("a about and by hello hey hi in of on ok please so the year".split())
_INSTEAD = frozenset("no not mean meant instead rather sorry sry bad actually".split())
_BETWEEN_NAMES = frozenset("and or & vs versus the".split())

Span = tuple[int, int]


def only_beside_name(text: str, spans: list[Span]) -> bool:
    """True where a message says nothing but what stands at some places in it ("no, I meant Ada")."""
    return _all_in(text, spans, _BESIDE_NAME)


def only_beside_day(text: str, spans: list[Span]) -> bool:
    """True where a message says nothing but the days and lengths of time at some places in it ("And on the 14th?")."""
    return _all_in(text, spans, _BESIDE_DAY)


def opens_with(text: str, spans: list[Span]) -> bool:
    """True where a first message says nothing but what stands at some places in it ("Hi, Ada please")."""
    return _all_in(text, spans, _OPENING)


def only_before_day(text: str) -> bool:
    """True for what may stand before a day that is reached by counting ("And what about"); a verb asks otherwise."""
    return _BEFORE_DAY.issuperset(words_of(text))


def says_instead(text: str) -> bool:
    """True where a message takes something back ("no, Ada", "not Ada, Grace"): of several names one is meant."""
    return not _INSTEAD.isdisjoint(words_of(text))


def joins_names(text: str) -> bool:
    """True for what stands between names of which all are meant: and, or, a comma."""
    return bool(text) and _BETWEEN_NAMES.issuperset(words_of(text))


def _all_in(text: str, spans: list[Span], fillers: frozenset[str]) -> bool:
    rest = [word for word in WORD.finditer(text) if not any(start <= word.start() < end for start, end in spans)]
    return all(word.group().lower().replace("’", "'") in fillers for word in rest)

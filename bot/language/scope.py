"""What a question leaves out ("besides", "other than", "not"), who did *not*, and "this one or that one?"."""

from __future__ import annotations

import re
from typing import NamedTuple

_BESIDES = re.compile(
    r"\b(?:besides|beside|other than|except(?:ing)?(?: for)?|apart from|aside from|excluding|exclud(?:e|ed)|"
    r"not counting|not including|without counting|"
    r"leav(?:e|ing) (?:aside|out)|set(?:ting)? aside|in addition to|save for|bar(?:ring)?|minus|beyond|over and above|"
    r"(?:everyone|everybody|everything|anyone|anybody|anything|nobody|nothing|all) but|but for|if not|neither|nor)\s+",
    re.I,
)
_CONTRASTED = re.compile(
    r",\s*(?:and |but )?not\s+(?!counting\b|including\b|only\b|just\b)|\binstead of\s+|\brather than\s+|"
    r"\bas opposed to\s+|\bin place of\s+",
    re.I,
)
_DISMISSED = re.compile(
    r"^\W*(?:(?:ok|okay|no|well|and|now)\b\W*)*(?:forget(?: about)?|never ?mind(?: about)?|ignore|skip|drop|"
    r"enough (?:of|about)|not(?: about)?(?! counting| including)|leav(?:e|ing))\s+"
    r"(?P<out>[^,.;:?!–—]+)[,.;:!–—]+\s*(?=\S)",
    re.I,
)
_AND_WHO = re.compile(
    r"(?:^|[,:]|\b(?:are|were|to|than|of)\b)\s*(?P<out>[^,:?]+?(?:,[^:?]+?)?)\s*,?\s+and\s+"
    r"(?:who|which|what|whom|\.{3}|…)(?:\s+(?:else|one|others?|is it))?\W*$",
    re.I,
)
_ENDS = re.compile(r"[?.!;:]|,(?=\s*(?:who|whom|which|what|whose|how|did|was|were|is|are|name|list|tell|give)\b)", re.I)
_ASKS = r"(?:who|whom|whose|which|what|name|list|anyone|anybody|someone|somebody|is there|was there|were there)"
_AUXILIARY = r"(?:is|are|was|were|do|does|did|has|have|had|could|would|should|can|ca|wo|might)"
_NOT = (
    rf"(?:not|never|neither|nor|{_AUXILIARY}n['’]?t|no (?:part|say|role|hand|share|member|party|one's)|nope|no|without)"
)
_DENIED = re.compile(
    rf"\b{_ASKS}\b(?:(?!\b(?:why|how|when|where)\b)[^?.!]){{0,90}}?(?<!or )\b{_NOT}\b"
    r"(?! (?:counting|including|only|just|one)\b)",
    re.I,
)
_ODD_ONE = re.compile(
    r"\b(?:odd \w+ out|intruder|outsider|the exception|missing (?:one|from)|stayed out of|"
    r"left out of|outside (?:of )?(?:it|this|that|the)|was absent|were absent|had nothing to do with)\b",
    re.I,
)
_NO_WHO = re.compile(r"^\W*(?:(?:and|so|but|ok|okay|well|then)\b\W*)*(?:why|how|when|where)\b", re.I)
_ELSE = re.compile(r"\b(?:else|others?|another|as well|also|too|further|likewise)\b", re.I)
_ANYBODY = re.compile(r"\b(?:anyone|anybody|someone|somebody|anything|something|any other|another)\b", re.I)
_NOBODY = re.compile(r"\b(?:no ?one|nobody|none|nothing)\b", re.I)
_OR = re.compile(
    r"\bor\b(?!\s+(?:not|so|something|anything|whatever|no|what|am i|anybody|anyone|somebody|someone|else|elsewhere)\b"
    r"(?!\s+else\s+\w))",
    re.I,
)
_SENTENCE = re.compile(r"[^.?!]*[.?!]*")
_CHAIN = re.compile(
    r"^(?:\W|\b(?:and|or|nor|the|of|in|on|from|with|for|by|to|plus|neither|either|both|its|his)\b)*$", re.I
)
_NEAR_OR = 6
"""Words between a name and the "or" that it stands beside, at most."""


class LeftOut(NamedTuple):
    """A piece of a question, `text[start:end]`, that names what is left out of account; `instead`: another is meant."""

    start: int
    end: int
    instead: bool


def left_out(text: str) -> list[LeftOut]:
    """Return the pieces of a question that name what it leaves out, each as far as its clause goes.

    >>> text = "Who besides Ada sailed, not counting Grace?"
    >>> [text[one.start : one.end] for one in left_out(text)]
    ['Ada sailed, not counting Grace', 'Grace']
    """
    found = [LeftOut(m.end(), _end_of_clause(text, m.end()), False) for m in _BESIDES.finditer(text)]
    found += [LeftOut(m.end(), _end_of_clause(text, m.end()), True) for m in _CONTRASTED.finditer(text)]
    if dismissed := _DISMISSED.match(text):
        found.append(LeftOut(dismissed.start("out"), dismissed.end("out"), True))
    if asked := _AND_WHO.search(text):
        found.append(LeftOut(asked.start("out"), asked.end("out"), False))
    return found


def asks_who_did_not(text: str) -> bool:
    """True where an open question asks for those of whom something is not so.

    >>> asks_who_did_not("Which of them wasn't aboard?"), asks_who_did_not("Why did Ada not sail?")
    (True, False)
    """
    if _NO_WHO.match(text):
        return False
    denied = _DENIED.search(_without_contrasts(text))
    return bool(denied or _ODD_ONE.search(text))


def asks_for_others(text: str) -> bool:
    """True for "who else?", "which others?", "anything else?"."""
    return bool(_ELSE.search(text))


def asks_whether_any(text: str) -> bool:
    """True for "did anybody else ...?", which wants a Yes or No about whoever there may be."""
    return bool(_ANYBODY.search(text)) and not _NOBODY.search(text)


def joins(between: str) -> bool:
    """True where what stands between two names puts them in one list ("Ada, Grace and the Mary")."""
    return bool(_CHAIN.match(between))


def alternatives_at(text: str) -> list[int]:
    """Return where "or" stands between things of which one is asked for; none for "or not", "or so".

    >>> alternatives_at("Was it Ada or Grace?"), alternatives_at("Was it Ada or not?")
    ([11], [])
    """
    asked = [m for m in _SENTENCE.finditer(text) if m.group().rstrip().endswith("?")] or [*_SENTENCE.finditer(text)]
    return [m.start() for one in asked[:1] for m in _OR.finditer(text, one.start(), one.end())]


def beside_or(text: str, start: int, end: int) -> bool:
    """True where so little stands between a name and an "or" that the "or" joins it to another."""
    return len(text[start:end].split()) <= _NEAR_OR


def _end_of_clause(text: str, start: int) -> int:
    ends = _ENDS.search(text, start)
    return ends.start() if ends else len(text)


def _without_contrasts(text: str) -> str:
    """Return a text without what it leaves out: "Who, not counting Ada, sailed?" denies nothing."""
    for pattern in (_CONTRASTED, _BESIDES):
        text = pattern.sub(" ", text) if not re.search(r"\bneither\b", text, re.I) or pattern is _CONTRASTED else text
    return text

"""What form a question has: whether it wants Yes or No, and what kind of detail it asks for."""

from __future__ import annotations

import re

from bot.language.sentences import segments

_OPEN = re.compile(
    r"\b(who|whom|whose|what|wat|wht|which|wich|whic|when|wen|whn|where|wher|why|y|how|hw|howcome|whos|whats|whens|"
    r"wheres|name|list|explain|describe|tell|give|state|"
    r"sort|arrange|rank|compare|put (them|these|those|the|in|it))\b",
    re.I,
)
_WHO = re.compile(r"\b(who|whom|whos|who's|whose)\b", re.I)
_AUXILIARY = (
    r"(is|are|was|were|did|does|do|had|has|have|could|can|would|might|will|must|should"
    r"|(was|were|is|are|did|do|does|had|has|have|could|would)n'?t)"
)
_POLAR_START = re.compile(
    r"^\W*(so|and|but|ok|okay|well|then|hey|wait|please|pls|yes or no|true or false|y/?n|just|now|also)?[\s,:]*"
    + _AUXILIARY
    + r"\b",
    re.I,
)
_CLOSED_START = re.compile(
    r"^\W*((so|and|but|ok|well|then|hey|yo|lol|just|now|also|yet)\b[\s,]*)*"
    r"(is|are|was|were|did|does|do|had|has|have)(n'?t)?\b(?! you\b)",
    re.I,
)
_FINITE = re.compile(
    r"\b(is|are|was|were|did|had|has|have|would|could|might|\w{2,}ed|left|went|made|came|sent)\b", re.I
)
_CLAUSE_FIRST = re.compile(
    r"^\W*((so|and|but|then)\b[\s,]*)?(when|if|after|before|once|while|as|since|because|although|though|with|by|"
    rf"given|in|on|at|during)\b(?! {_AUXILIARY}\b)[^?,]*,\s*(is|are|was|were|did|does|do|had|has|have)(n'?t)?\b",
    re.I,
)
_BELIEVED = re.compile(
    r",\s*((as )?(i|we) (believe|think|suppose|guess|assume|gather|presume|take it|reckon|imagine|understand)|"
    r"if i'?m not (mistaken|wrong)|if i (remember|recall)( \w+)?)\W*$",
    re.I,
)
_POLAR_END = re.compile(
    r"\b(correct|right|true|yes|no|isn'?t it|wasn'?t it|didn'?t (it|he|they)|weren'?t they|wasn'?t he|is that so|innit|"
    r"huh|or not|y/n|yes or no|true or false|confirm)\s*[?.!]*\s*$",
    re.I,
)
# "..., did he?", "..., could they?"
_POLAR_TAG = re.compile(r",\s*" + _AUXILIARY + r" (it|he|she|they|that|there)\s*[?.!]*\s*$", re.I)
_POLAR_ANYWHERE = re.compile(
    r"\b(is (it|that|this) (true|so|correct|right|the case)|yes or no|true or false|y/n|am i right|"
    r"(can you|please|just) confirm|confirm that|whether|i (wonder|asked|want to know|'?d like to know) if)\b",
    re.I,
)


def asks_who(text: str) -> bool:
    """True where a question asks for a person or those who did something ("who", "with whom")."""
    return bool(_WHO.search(text))


_ASKS_DIRECTLY = re.compile(
    r"^\W*((so|and|but|ok|well|then|hey|just|now)\b[\s,]*)*"
    r"(?!is (it|that|this) (true|so|right|correct|the case|a fact)\b)" + _AUXILIARY + r"\b",
    re.I,
)
_WHICH = re.compile(r"\b(between|from|to|of) (which|what)\b|\bwhich\b|\bwhat (two|events?)\b", re.I)
_DENIES = re.compile(r"\b(not(?! (only|just|until|yet|later|earlier|sooner|more|less)\b)|never)\b|\w+n['’]t\b", re.I)
_TAG = re.compile(r",\s*\w+(n['’]t)? (it|he|she|they|that)\s*[?.!]*\s*$", re.I)


def claims_that_not(text: str) -> bool:
    """True where what is put up for Yes or No is that something was not so.

    "Didn't it leave first?" asks the same as "Did it leave first?".

    >>> claims_that_not("Is it true that it did not leave first?"), claims_that_not("Didn't it leave first?")
    (True, False)
    """
    claim = (segments(text) or [text])[-1]  # "That can't be right. Did it leave first?" denies nothing of it
    return not _ASKS_DIRECTLY.search(claim) and bool(_DENIES.search(_TAG.sub("", claim)))


def asks_which(text: str) -> bool:
    """True where one or more out of several are asked for ("which two ...?", "from what event ...?")."""
    return bool(_WHICH.search(text))


def is_open(text: str) -> bool:
    """True where a question word asks for something ("when", "which", "tell me")."""
    return bool(_OPEN.search(text))


def wants_yes_or_no(text: str) -> bool:
    """True where words of a message ask for Yes or No ("Did Russia leave first?", "Russia left first, right?")."""
    if any(form.search(text) for form in (_POLAR_START, _POLAR_END, _POLAR_TAG, _POLAR_ANYWHERE)):
        return True
    # "In English then. Was Ukraine a member?": what stands before the question does not change its form.
    asking = [part for part in segments(text) if part.endswith("?")]
    return bool(asking and _POLAR_START.search(asking[-1]))


def can_only_want_yes_or_no(text: str, claims: bool = False) -> bool:
    """True where the form leaves no doubt that it wants Yes or No ("They were friends?", "Were they friends").

    `claims`: whether what it names makes a claim of it even without a verb ("Russia, on the 12th?").
    """
    if _CLAUSE_FIRST.search(text) or _BELIEVED.search(text):
        return True
    if is_open(text):
        return False
    return bool(_CLOSED_START.search(text)) or (text.endswith("?") and (bool(_FINITE.search(text)) or claims))

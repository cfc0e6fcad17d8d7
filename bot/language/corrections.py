"""Words by which speakers take back what they have just said: "no, wait", "I mean", "not ... but"."""

from __future__ import annotations

import re

_TAKEN_BACK = re.compile(
    r"\b(no,? wait|wait,? no|no,? (i mean|i meant|sorry|not that)|i mean|i meant|(or|no),? rather|sorry|scratch that|"
    r"correction|actually|excuse me|pardon|my mistake|oops)\b",
    re.I,
)
_BUT = re.compile(r"^[\s,]*(but|rather|,)[\s,]*(about |for |of |the )*$", re.I)
_NOT = re.compile(r"\bnot( about| for| of| the)*\s*$", re.I)
_SENTENCE_ENDS = re.compile(r"[.?!]")
_FAR = 8
"""Words between what was taken back and what was meant, at most."""


def is_taken_back(before: str, between: str) -> bool:
    """True where what stands between two pieces of a text says that the second was meant in place of the first.

    >>> is_taken_back("When did Ada, ", " no wait, "), is_taken_back("Ask not ", " but ")
    (True, True)
    """
    near = len(between.split()) <= _FAR and not _SENTENCE_ENDS.search(between)
    return bool((near and _TAKEN_BACK.search(between)) or (_NOT.search(before) and _BUT.search(between)))

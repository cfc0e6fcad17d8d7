"""Questions about the conversation itself: "What did I ask first?", "What was my last question again?"."""

from __future__ import annotations

import re

FIRST, LAST, ALL = "first", "last", "all"
"""Which of the reader's questions is wanted; ALL where none or another is named."""

_FIRST = (
    r"(?:very\s+)?first|initial(?:ly)?|opening|original(?:ly)?|to\s+(?:begin|start)\s+with|"
    r"(?:at|in)\s+the\s+(?:start|beginning)"
)
_LAST = (
    r"(?:very\s+)?last|latest|previous(?:ly)?|most\s+recent(?:ly)?|just(?:\s+now)?|before(?:\s+(?:that|this))?|"
    r"earlier|a\s+moment\s+ago"
)
_OTHER = r"second|third|fourth|fifth|so\s+far|until\s+now|already|next|then"
_WHICH = rf"(?:{_FIRST}|{_LAST}|{_OTHER})"
_DONE = r"(?:ask(?:ed)?|sa(?:y|id)|wr(?:ite|ote|itten)|typed?|sen[dt]|want(?:ed)?\s+to\s+know)"
_ASKED = rf"(?:(?:at\s+)?{_WHICH}\s+)?{_DONE}(?:\s+(?:you|about))*"
_THING = rf"(?:{_WHICH}\s+)?(?:questions?|messages?)"
_QUESTION = re.compile(
    rf"""
    ^\W*(?:(?:and|so|ok|okay|please|well|sorry|hey|but|now)\b\W*)*
    (?:(?:can|could|would)\s+you\s+(?:please\s+)?|please\s+)?
    (?:(?:tell|remind|show)\s+me(?:\s+of)?\s+|do\s+you\s+(?:still\s+)?(?:remember|know|recall)\s+|repeat\s+)?
    (?:
      what\s+(?:was|is|were|are)\s+(?:my\s+{_THING}|the\s+{_THING}\s+(?:that\s+)?I\s+{_ASKED})
      | what\s+my\s+{_THING}\s+(?:was|were|is)
      | (?:what|which\s+questions?|which\s+one)\s+(?:did|have|had|do)\s+I\s+{_ASKED}
      | what\s+I(?:\s+have|['’]ve)?\s+{_ASKED}
      | what\s+was\s+it\s+(?:that\s+)?I\s+{_ASKED}
      | my\s+{_WHICH}\s+questions?
    )
    (?:\s+(?:at\s+)?{_WHICH})?(?:\s+(?:again|please|pls|here|in\s+this\s+(?:chat|conversation)))*\W*$
    """,
    re.I | re.X,
)
_YOURS = re.compile(
    rf"""
    ^\W*(?:(?:and|so|ok|okay|please|well|sorry|hey|but|now|wait)\b\W*)*what\s+
    (?:
      (?:did|have|had|do)\s+you\s+(?:(?:{_LAST})\s+)?(?:sa(?:y|id)|answer(?:ed)?|t(?:ell|old)\s+me|wr(?:ite|ote|itten))
      | was\s+(?:your|the)\s+(?:{_LAST})\s+(?:answer|reply|response)
    )
    (?:\s+(?:{_LAST}))?(?:\s+(?:again|please|pls))*\W*$
    """,
    re.I | re.X,
)


def wants_your_words_again(text: str) -> bool:
    """True where a message asks what was answered ("What did you just say?")."""
    return bool(_YOURS.match(text))


def which_question_of_mine(text: str) -> str | None:
    """Return which of their own questions readers want to hear again (FIRST, LAST, ALL), None where they want none.

    >>> which_question_of_mine("What did I ask first?"), which_question_of_mine("what was my last question")
    ('first', 'last')
    >>> which_question_of_mine("What have I asked so far?"), which_question_of_mine("What did I ask about Ada?")
    ('all', None)
    """
    if not _QUESTION.match(text):
        return None
    firsts, lasts, others = (re.search(rf"\b(?:{which})\b", text, re.I) for which in (_FIRST, _LAST, _OTHER))
    if others or bool(firsts) == bool(lasts):
        return ALL
    return FIRST if firsts else LAST

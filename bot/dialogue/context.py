"""Whether a message is better understood by itself or together with the question before it."""

from __future__ import annotations

import re

from bot.facts.base import FactBase
from bot.questions.question import Question

SURE = 0.85
"""How sure the reading of a message on its own must be to stand, unless its words reach back."""

_STRANGE = 0.45
"""How sure it must be that a message asks nothing of the article to keep it from being read with its context."""
_DISMISSED = re.compile(
    r"^\W*(ok(ay)?|oh|well|ah)?[\s,]*(forget (it|that|about (it|that))|never ?mind( that)?|nvm|anyway|"
    r"(drop|leave|skip|scrap) (it|that)|whatever|(it )?does(n'?t| not) matter)\s*[,.;:!–—-]+\s*",
    re.I,
)
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_LEAST = 4


def only_talk(base: FactBase, question: Question) -> bool:
    """True for "no", "See you!" and "Thanks, that's all": said of no question, whatever was asked before."""
    return question.intent in base.wording["social"] and question.confidence >= SURE


def fresh_start(text: str) -> str | None:
    """Return what follows "Forget it, ...", where that is a question: it drops what was asked before."""
    dismissed = _DISMISSED.match(text)
    rest = text[dismissed.end() :] if dismissed else ""
    return rest if len(_WORD.findall(rest)) >= _LEAST else None


def names_somebody_unknown(question: Question) -> bool:
    """True for "When did bella Bruce leave?": whoever that is, it is not who was spoken of before."""
    if question.text.isupper():
        return False
    known = [(m.start, m.end) for m in question.mentions]
    return any(
        word.group()[0].isupper() and len(word.group()) > 1 and not any(a <= word.start() < b for a, b in known)
        for word in list(_WORD.finditer(question.text))[1:]
    )


def tells_more(base: FactBase, question: Question, together: Question, leans: bool) -> bool:
    """Say whether to take the reading together with the question before; `leans` where words reach back to it."""
    talk = base.wording["social"]
    if together.intent in talk and question.intent not in talk:
        return False  # no question before makes small talk of a message
    strange = question.intent in base.wording["refused"] and question.confidence >= _STRANGE
    return not strange or leans or bool(question.mentions)  # ... or a question of "null"


def both_heard(question: Question, together: Question) -> Question:
    """Return the reading with the context; where both read the same, both tell whether it is true."""
    if together.intent != question.intent:
        return together
    return together.with_(
        ask=(question.ask + together.ask) / 2,
        true=(question.true + together.true) / 2,
        false=(question.false + together.false) / 2,
    )

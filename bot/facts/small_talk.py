"""What is said to small talk ("hello", "what can you do?"), and which of the example questions that names."""

from __future__ import annotations

from dataclasses import dataclass

from bot.facts.base import FactBase
from bot.language.words import join_choices

_EXAMPLES = "{examples}"
"""Where the wording has the example questions, in quotation marks."""


@dataclass(frozen=True)
class SmallTalk:
    """What is said, and the example questions that are named in it."""

    text: str
    examples: tuple[str, ...] = ()


def small_talk(base: FactBase, intent: str) -> SmallTalk:
    """Return what is said to a message that is small talk, by its intent."""
    form = base.wording["social"][intent]
    if _EXAMPLES not in form:
        return SmallTalk(form)
    examples = tuple(base.wording["examples"])
    quoted = [base.wording["steer"]["question"].format(question=example) for example in examples]
    return SmallTalk(form.replace(_EXAMPLES, join_choices(quoted)), examples)

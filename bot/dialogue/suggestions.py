"""Which questions to offer under a reply: what it leads to, nothing that was answered, nothing offered just before."""

from __future__ import annotations

from bot.answers.reply import ANSWERED, CLARIFY, NOT_IN_DOCUMENT, SOCIAL, Reply
from bot.dialogue.memory import Memory
from bot.facts.base import FactBase

_STEPS = 2
"""Where its own suggestions were offered before, a reply offers what these lead to: in so many steps at most."""


def fresh(base: FactBase, memory: Memory, intent: str, reply: Reply) -> tuple[str, ...]:
    """Return the suggestions of a reply, what they lead to in place of those answered or offered just now.

    The choices of a question asked back stay as they are. So do the examples under a greeting, less those that were
    answered; one that the words of the reply name stays all the same.
    """
    if reply.status == CLARIFY:
        return reply.buttons
    answered = [base.answers[i].question for i in memory.intents_answered if i in base.answers]
    if reply.status == ANSWERED and intent in base.answers:
        answered.append(base.answers[intent].question)
    open_still = [text for text in reply.buttons if text not in answered or text in reply.questions_named]
    if reply.status == SOCIAL or not reply.buttons:
        return tuple(open_still)
    most = len(reply.buttons)
    lately = [text for texts in memory.suggestions_shown for text in texts if isinstance(text, str)]
    barred = [*answered, *lately]
    unseen = [text for text in open_still if not _is_among(text, barred)]
    if len(unseen) < most:
        pool = dict.fromkeys([*unseen, *_onward(base, intent, reply)])
        unseen = [text for text in pool if not _is_among(text, barred)]
    if not unseen and reply.status == NOT_IN_DOCUMENT:
        # A refusal never stands without a way on.
        return tuple(open_still)
    return tuple(unseen[:most])


def _onward(base: FactBase, intent: str, reply: Reply) -> list[str]:
    """Return the questions that the suggestions lead to, and so on for some steps, nearest first."""
    edge = [base.intent_of_question[text] for text in reply.buttons if text in base.intent_of_question]
    if intent in base.answers:
        edge = [*edge, *base.answers[intent].next]
    found: list[str] = []
    for _ in range(_STEPS):
        edge = [i for at in dict.fromkeys(edge) if at in base.answers for i in base.answers[at].next]
        found += [base.answers[i].question for i in edge if i in base.answers]
    return found


def _is_among(text: str, others: list[str]) -> bool:
    """True where a question is there in the same words, or in more or fewer of them ("... leave the USSR?")."""
    stem = text.rstrip("?")
    return any(stem.startswith(other.rstrip("?")) or other.startswith(stem) for other in others)

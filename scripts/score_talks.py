"""Puts labelled talks to the bot in this process, and counts the turns that it answers as their labels say.

python -m scripts.score_talks tests/held_out/talks/*.jsonl

A turn is right where the status fits its kind and, where the article answers it, a fact of the labelled answer is told
and Yes or No, if said, is the labelled one. That is stricter than a reader (the same may be told by another fact) and
looser (the words are not looked at), so it is for comparing, not for praise.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

from bot.answers.compose import reply_to
from bot.answers.reply import ANSWERED, CLARIFY, NOT_IN_DOCUMENT, SOCIAL, Reply
from bot.dialogue.conversation import answer_message
from bot.dialogue.memory import Memory
from bot.facts.base import FactBase
from bot.facts.loader import load
from bot.questions.dialogues import DialogueTurn, read_dialogues
from bot.questions.question import Question
from bot.questions.reader import Reader, load_reader

STATUSES = {
    "a": (ANSWERED,),
    "y": (ANSWERED,),
    "n": (ANSWERED,),
    "u": (NOT_IN_DOCUMENT,),
    "t": (SOCIAL, CLARIFY),
    "s": (ANSWERED, SOCIAL, NOT_IN_DOCUMENT),
    "c": (CLARIFY, NOT_IN_DOCUMENT),
    "o": (NOT_IN_DOCUMENT, SOCIAL),
}
"""Kind of a turn -> the statuses that are right for it; the kinds are explained in data/dialogues/README.md."""
_HOLDS = {"yes": True, "no": False}


def main(files: list[Path]) -> None:
    """Print how many turns, talks and first words are right."""
    base, reader, count = load(), load_reader(), Counter()
    for file in files:
        for turns in read_dialogues(file):
            right = _score(base, reader, turns, count)
            count["talks"] += 1
            count["whole"] += right
    print(f"turns right: {count['right']} of {count['turns']} = {count['right'] / max(count['turns'], 1):.1%}")
    print(f"talks right from end to end: {count['whole']} of {count['talks']}")
    print(f"replies with a Yes or No: {count['verdicts']}, the wrong one: {count['wrong']}")


def _score(base: FactBase, reader: Reader, turns: list[DialogueTurn], count: Counter[str]) -> bool:
    memory, all_right = Memory(), True
    for turn in turns:
        reply, memory = answer_message(base, memory, reader.read(turn.user), reader.read)
        right = _fits(base, reader, turn, reply)
        if turn.verdict and reply.status == ANSWERED and reply.verdict is not None:
            is_wrong = reply.verdict != _HOLDS[turn.verdict]
            count["verdicts"] += 1
            count["wrong"] += is_wrong
            right = right and not is_wrong
        count["turns"] += 1
        count["right"] += right
        all_right = all_right and right
    return all_right


def _fits(base: FactBase, reader: Reader, turn: DialogueTurn, reply: Reply) -> bool:
    """Say whether status and facts are those that the label gives."""
    intent = turn.intent.split("+")[0]
    if turn.kind == "u" and intent in base.answers and reply.status == ANSWERED:
        return True  # the article tells it after all, the label says
    if reply.status not in STATUSES[turn.kind]:
        return False
    if STATUSES[turn.kind] != (ANSWERED,) or intent not in base.answers:
        return True
    told = reply_to(base, Question(turn.full, intent, 1.0, tuple(reader.linker.link(turn.full)))).facts
    return not told or not set(told).isdisjoint(reply.facts)


if __name__ == "__main__":
    main([Path(name) for name in sys.argv[1:]])

"""What the reader learns from: the training questions of `data/nlu`, and the conversations of `data/dialogues`."""

from __future__ import annotations

import hashlib
from bisect import bisect
from collections.abc import Mapping, Sequence
from pathlib import Path

from bot import paths
from bot.answers.compose import reply_to
from bot.facts.base import FactBase
from bot.facts.loader import load
from bot.questions.dialogues import STANCE_OF_VERDICT, DialogueTurn, labelled_turns
from bot.questions.linker import Linker
from bot.questions.model.question_model import FOLLOWS, STANCES, LabelledQuestion
from bot.questions.question import Question
from bot.questions.training_data import blocks

_FOLLOWING = 4
"""One change of topic is made for so many questions that follow something."""


def questions_in(nlu: Path = paths.NLU, dialogues: Path = paths.DIALOGUES) -> list[LabelledQuestion]:
    """Return all that is learnt from, in a fixed order."""
    return joined(by_source(nlu, dialogues))


def by_source(nlu: Path = paths.NLU, dialogues: Path = paths.DIALOGUES) -> dict[str, list[LabelledQuestion]]:
    """Return what is learnt from by where it comes from: the set of a training question, the writer of a conversation.

    Of conversations, turns are left out whose intent no training question has.
    """
    found: dict[str, list[LabelledQuestion]] = {}
    for block in blocks(nlu):
        found.setdefault(block.set, []).extend(LabelledQuestion(t, block.intent, block.stance) for t in block.texts)
    known = {question.intent for questions in found.values() for question in questions}
    composed = _Composer(load())
    for file in sorted(dialogues.glob("*.jsonl")):
        if turns := labelled_turns(file, composed, known):
            found[file.stem] = turns
    return found


def joined(sources: Mapping[str, list[LabelledQuestion]]) -> list[LabelledQuestion]:
    """Return the questions of several sources as they are learnt, changes of topic among them."""
    questions = [question for name in sorted(sources) for question in sorted(sources[name])]
    return questions + _changes_of_topic(questions)


class _Composer:
    """Composes the reply to a turn that is understood as its label says."""

    def __init__(self, base: FactBase) -> None:
        self._base, self._linker = base, Linker.to(base)

    def __call__(self, turn: DialogueTurn) -> str:
        """Return its text, "" where the label is no intent that is answered."""
        intent = turn.intent.rstrip("!").split("+")[0]
        if not self._base.knows(intent):
            return ""
        stance = STANCE_OF_VERDICT[turn.verdict]
        ask, true, false = (float(stance == one) for one in STANCES)
        mentions = tuple(self._linker.link(turn.full))
        ranking = ((intent, 1.0),)
        question = Question(turn.full, intent, 1.0, mentions, ask, true, false, ranking, self._linker.acting)
        return reply_to(self._base, question).text


def _changes_of_topic(questions: Sequence[LabelledQuestion]) -> list[LabelledQuestion]:
    """Return questions after something unrelated: not everything follows up what came before.

    Which, and after what, is drawn by their checksums, so that a question more or less leaves the others as they are.
    """
    alone = sorted((_drawn(q.text), q) for q in questions if FOLLOWS not in q.text)
    said = sorted((_drawn(text), text) for text in {q.text.split(FOLLOWS)[0] for q in questions if FOLLOWS in q.text})
    following = sum(FOLLOWS in q.text for q in questions)
    draws = [draw for draw, _ in said]
    found = []
    for draw, question in alone[: following // _FOLLOWING]:
        # By another checksum: those chosen have low ones.
        before = said[bisect(draws, _drawn(draw)) % len(said)][1]
        found.append(LabelledQuestion(before + FOLLOWS + question.text, question.intent, question.stance))
    return found


def _drawn(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()

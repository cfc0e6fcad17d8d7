"""What is fitted to questions, from nothing and going on from what was fitted before."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from bot import paths
from bot.questions.model import fit as module
from bot.questions.model.fit import fit
from bot.questions.model.question_model import FOLLOWS, LabelledQuestion, QuestionModel

KINDS = {
    "weather": ["Will it {} today?", "Does it {} outside?", "Is it going to {} soon?", "When will it {} again?"],
    "cooking": ["How do I {} an egg?", "Can you {} rice?", "What do cooks {} first?", "Who taught you to {} soup?"],
}
WORDS = ["rain", "snow", "boil", "fry", "pour", "bake"]


def questions() -> list[LabelledQuestion]:
    alone = [
        LabelledQuestion(text.format(word), intent, stance)
        for intent, texts in KINDS.items()
        for text in texts
        for word, stance in zip(WORDS, ("ask", "true", "false") * 2, strict=True)
    ]
    return [*alone, *(LabelledQuestion(f"Hello.{FOLLOWS}{q.text}", q.intent, q.stance) for q in alone[::5])]


NEW = [LabelledQuestion(f"Which {thing} runs to the harbour?", "travel") for thing in ("tram", "bus", "ferry", "train")]


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("fitted") / "before"
    fit(questions(), folder, paths.READER)
    return folder


def wrong(model: QuestionModel, asked: list[LabelledQuestion]) -> list[str]:
    alone = [question for question in asked if FOLLOWS not in question.text]
    readings = model.read([question.text for question in alone])
    return [q.text for q, reading in zip(alone, readings, strict=True) if reading.intent != q.intent]


def test_what_was_learnt_is_read(before: Path) -> None:
    assert wrong(QuestionModel.load(before, paths.READER), questions()) == []


def test_going_on_learns_a_new_intent_and_forgets_nothing(before: Path, tmp_path: Path) -> None:
    model = fit([*questions(), *NEW], tmp_path / "after", paths.READER, before)
    assert wrong(model, [*questions(), *NEW]) == []
    assert model.read(["Which boat runs to the harbour?"])[0].intent == "travel"


def test_going_on_forgets_what_is_no_longer_there(before: Path, tmp_path: Path) -> None:
    rest = [question for question in questions() if question.intent == "weather"]
    model = fit(rest, tmp_path / "after", paths.READER, before)
    assert set(model.read(["How do I boil an egg?"])[0].intents) == {"weather"}


def test_question_that_moves_to_another_intent_is_read_so(before: Path, tmp_path: Path) -> None:
    moved = [LabelledQuestion(q.text, "cooking" if "soon" in q.text else q.intent, q.stance) for q in questions()]
    model = fit(moved, tmp_path / "after", paths.READER, before)
    assert model.read(["Is it going to snow soon?"])[0].intent == "cooking"


def test_only_new_questions_go_through_the_network(before: Path, tmp_path: Path, monkeypatch) -> None:
    seen: list[str] = []

    class Encoder(module.SentenceEncoder):
        def encode(self, texts: list[str]) -> np.ndarray:
            seen.extend(texts)
            return super().encode(texts)

    monkeypatch.setattr(module, "SentenceEncoder", Encoder)
    fit([*questions(), *NEW], tmp_path / "after", paths.READER, before)
    assert seen == [question.text for question in NEW]


def test_going_on_from_the_same_gives_the_same(before: Path, tmp_path: Path) -> None:
    for name in ("one", "two"):
        fit([*questions(), *NEW], tmp_path / name, paths.READER, before)
    for file in ("heads.npz", "ngrams.npz", "known.npz"):
        with np.load(tmp_path / "one" / file) as one, np.load(tmp_path / "two" / file) as two:
            assert all((one[name] == two[name]).all() for name in one.files)


def test_damaged_former_fit_is_passed_over(before: Path, tmp_path: Path) -> None:
    (tmp_path / "damaged").mkdir()
    (tmp_path / "damaged" / "labels.json").write_text("{")
    assert wrong(fit(questions(), tmp_path / "after", paths.READER, tmp_path / "damaged"), questions()) == []


def test_going_on_needs_no_more_than_what_runs_the_bot(before: Path, tmp_path: Path) -> None:
    code = f"""
from pathlib import Path
from bot import paths
from bot.questions.model.fit import fit
from bot.questions.model.question_model import LabelledQuestion
questions = [LabelledQuestion("Will it rain today?", "weather"), LabelledQuestion("A new one?", "other")]
fit(questions, Path({str(tmp_path / "after")!r}), paths.READER, Path({str(before)!r}))
"""
    command = [sys.executable, "-m", "tests.support.only_light", "-c", code]
    done = subprocess.run(command, cwd=paths.ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr

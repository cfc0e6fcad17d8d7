"""Fits the reader to the training questions: what is learnt on top of its network, which stays as it is.

    fit()            ->  models/questions/<name>, fitted now or before
    train_network()  ->  models/reader, trained anew; hours
"""

from __future__ import annotations

import hashlib
import json
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

from bot import paths
from bot.engine.training import LEARNING, SUMS, fitted_name, is_whole
from bot.engine.training_questions import questions_in
from bot.errors import BotError
from bot.messages import training as texts
from bot.questions.encoder import files
from bot.questions.model.question_model import QuestionModel

MANIFEST = "manifest.json"
"""Beside the network: what it was trained from and how."""
_UNFINISHED = "unfinished"
_CHECKPOINT = "checkpoint"


class NetworkMissing(BotError):
    """There is no network to fit to."""


def fit() -> Path:
    """Return the folder of what is learnt from the training questions as they are, learnt now or before.

    Raises:
        NetworkMissing: the network is not there or not whole.
    """
    check_network()
    folder = paths.QUESTION_MODELS / fitted_name()
    if not is_whole(folder, SUMS):
        unfinished = paths.QUESTION_MODELS / _UNFINISHED
        shutil.rmtree(unfinished, ignore_errors=True)
        QuestionModel.fit(questions_in(), unfinished, paths.READER, _known_before())
        sums = {file.name: files.sha256(file) for file in sorted(unfinished.iterdir())}
        (unfinished / SUMS).write_text(json.dumps(sums, indent=2) + "\n", encoding="utf-8")
        for other in paths.QUESTION_MODELS.iterdir():
            if other != unfinished:
                shutil.rmtree(other)
        unfinished.rename(folder)
    return folder


def check_network() -> None:
    """Raise NetworkMissing where the network is not the one that its stamp names."""
    if not is_whole(paths.READER, files.STAMP):
        raise NetworkMissing(texts.network_missing(paths.READER))


def train_network(progress: Callable[[float], None] | None = None) -> None:
    """Train the network anew; an interrupted training goes on after its last whole epoch."""
    from bot.questions.model.fine_tuning import Recipe
    from bot.questions.model.network import train_network as train

    recipe, unfinished = Recipe(), paths.MODELS / f"reader.{_UNFINISHED}"
    questions = questions_in()
    made_from = {"learning": LEARNING, "questions": len(questions), "recipe": vars(recipe), "files": sums_of_data()}
    same = hashlib.sha256(json.dumps(made_from).encode()).hexdigest()[:16]
    checkpoint = unfinished / same / _CHECKPOINT
    train(questions, unfinished / "network", recipe, progress or show, checkpoint)
    (unfinished / "network" / MANIFEST).write_text(json.dumps(made_from, indent=2) + "\n", encoding="utf-8")
    shutil.rmtree(paths.READER, ignore_errors=True)
    (unfinished / "network").rename(paths.READER)
    shutil.rmtree(unfinished)


def sums_of_data() -> dict[str, str]:
    """Return the checksum of each file that is learnt from, by its path in data/."""
    found = (file for folder in (paths.NLU, paths.DIALOGUES) for file in sorted(folder.rglob("*")) if file.is_file())
    return {file.relative_to(paths.DATA).as_posix(): files.sha256(file) for file in found}


def show(share: float) -> None:
    """Show how much is done on standard error."""
    if sys.stderr.isatty() or int(share * 1000) % 50 == 0:
        end = "\n" if share >= 1 else ""
        print(f"\r  learning what questions ask: {share:4.0%}", end=end, file=sys.stderr, flush=True)


def _known_before() -> Path | None:
    """Return a folder with vectors by the same network, of which most are needed again; None where there is none."""
    folders = [folder for folder in paths.QUESTION_MODELS.glob("*") if folder.name != _UNFINISHED]
    return max(folders, key=lambda folder: folder.stat().st_mtime, default=None)

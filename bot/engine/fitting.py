"""Fits the reader to the training questions: what is learnt on top of its network, which stays as it is.

fit()            ->  models/questions/<name>, or models/refitted/<name> after questions were changed: seconds
fit(anew=True)   ->  models/questions/<name>, from nothing: minutes; for the repository
train_network()  ->  models/reader, trained anew: hours
"""

from __future__ import annotations

import hashlib
import json
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

from bot import paths
from bot.engine.training_questions import questions_in
from bot.errors import BotError
from bot.messages import training as texts
from bot.questions import fitted
from bot.questions.encoder import files
from bot.questions.model.fit import fit as fit_model

MANIFEST = "manifest.json"
"""Beside the network and beside what was fitted to it: what it was made from and how."""
_UNFINISHED = "unfinished"
_CHECKPOINT = "checkpoint"


class NetworkMissing(BotError):
    """There is no network to fit to."""


def fit(anew: bool = False) -> Path:
    """Return the folder of what is learnt from the training questions as they are, learnt now or before.

    Args:
        anew: learn from nothing in any case, and put it where the repository keeps it.

    Raises:
        NetworkMissing: the network is not there or not whole.
    """
    check_network()
    name = fitted.name_of()
    there = None if anew else fitted.find(name)
    if there:
        return there
    before = None if anew else _of_the_repository()
    place = paths.REFITTED if before else paths.QUESTION_MODELS
    unfinished = place / _UNFINISHED
    shutil.rmtree(unfinished, ignore_errors=True)
    questions = questions_in()
    try:
        fit_model(questions, unfinished, paths.READER, before)
    except ModuleNotFoundError as error:
        raise BotError(texts.needs_more(error.name or "")) from error
    _describe(unfinished, len(questions), before)
    for other in place.iterdir():
        if other != unfinished:
            shutil.rmtree(other)
    return unfinished.rename(place / name)


def check_network() -> None:
    """Raise NetworkMissing where the network is not the one that its stamp names."""
    if not fitted.is_whole(paths.READER, files.STAMP):
        raise NetworkMissing(texts.network_missing(paths.READER))


def train_network(progress: Callable[[float], None] | None = None) -> None:
    """Train the network anew; an interrupted training goes on after its last whole epoch."""
    from bot.questions.model.fine_tuning import Recipe
    from bot.questions.model.network import train_network as train

    recipe, unfinished = Recipe(), paths.MODELS / f"reader.{_UNFINISHED}"
    questions = questions_in()
    made_from = {
        "learning": fitted.LEARNING,
        "questions": len(questions),
        "recipe": vars(recipe),
        "files": sums_of_data(),
    }
    same = hashlib.sha256(json.dumps(made_from).encode()).hexdigest()[:16]
    checkpoint = unfinished / same / _CHECKPOINT
    try:
        train(questions, unfinished / "network", recipe, progress or show, checkpoint)
    except ModuleNotFoundError as error:
        raise BotError(texts.needs_more(error.name or "")) from error
    (unfinished / "network" / MANIFEST).write_text(json.dumps(made_from, indent=2) + "\n", encoding="utf-8")
    shutil.rmtree(paths.READER, ignore_errors=True)
    (unfinished / "network").rename(paths.READER)
    shutil.rmtree(unfinished)


def sums_of_data() -> dict[str, str]:
    """Return the checksum of each file that is learnt from, by its path in data/."""
    return {file.relative_to(paths.DATA).as_posix(): files.sha256(file) for file in fitted.learnt_from()}


def show(share: float) -> None:
    """Show how much is done on standard error."""
    if sys.stderr.isatty() or int(share * 1000) % 50 == 0:
        end = "\n" if share >= 1 else ""
        print(f"\r  learning what questions ask: {share:4.0%}", end=end, file=sys.stderr, flush=True)


def _of_the_repository() -> Path | None:
    """Return what was fitted by this network to most of the questions; None where there is none.

    One that was refitted here is not gone on from: with the same changes all get the same.
    """
    whole = [folder for folder in paths.QUESTION_MODELS.glob("*") if fitted.is_whole(folder, fitted.SUMS)]
    return next((folder for folder in whole if _network_of(folder) == files.read_stamp(paths.READER)), None)


def _network_of(folder: Path) -> object:
    return json.loads((folder / MANIFEST).read_text(encoding="utf-8"))["network"]


def _describe(folder: Path, questions: int, before: Path | None) -> None:
    """Write beside what was fitted what it was made from, and the checksums of all."""
    made_from = {
        "learning": fitted.LEARNING,
        "questions": questions,
        "network": files.read_stamp(paths.READER),
        "from": before.name if before else None,
        "files": sums_of_data(),
    }
    (folder / MANIFEST).write_text(json.dumps(made_from, indent=2) + "\n", encoding="utf-8")
    sums = {file.name: files.sha256(file) for file in sorted(folder.iterdir())}
    (folder / fitted.SUMS).write_text(json.dumps(sums, indent=2) + "\n", encoding="utf-8")

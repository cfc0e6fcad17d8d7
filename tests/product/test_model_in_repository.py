"""The trained model that comes with the repository: small enough, whole, and of the questions as they are."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from bot import paths
from bot.engine import fitting, training
from bot.questions import fitted
from bot.questions.encoder import files

MOST_OF_A_FILE, MOST_IN_ALL = 95_000_000, 120_000_000


def committed() -> list[Path]:
    """Return the files of the model that git holds or would take."""
    command = [
        "git",
        "-c",
        "safe.directory=*",
        "ls-files",
        "--cached",
        "--others",
        "--exclude-per-directory",
        ".gitignore",
    ]
    listed = subprocess.run([*command, "models"], cwd=paths.ROOT, capture_output=True, text=True, check=True).stdout
    return [path for name in listed.splitlines() if (path := paths.ROOT / name).is_file()]


def fit_of_the_repository() -> Path:
    (folder,) = [path for path in paths.QUESTION_MODELS.iterdir() if path.is_dir()]
    return folder


def manifest(folder: Path) -> dict:
    return json.loads((folder / fitting.MANIFEST).read_text(encoding="utf-8"))


def test_nothing_else_is_committed_and_nothing_is_missing() -> None:
    fit = fit_of_the_repository()
    held = {path.relative_to(paths.MODELS).as_posix() for path in committed()}
    reader = [files.NETWORK, files.TOKENIZER, files.STAMP, fitting.MANIFEST]
    of_fit = [*json.loads((fit / fitted.SUMS).read_text(encoding="utf-8")), fitted.SUMS]
    wanted = {training.MODEL, training.STAMP, *(f"reader/{name}" for name in reader)}
    assert held == wanted | {f"questions/{fit.name}/{name}" for name in of_fit}


def test_it_is_small() -> None:
    sizes = {path.name: path.stat().st_size for path in committed()}
    assert max(sizes.values()) <= MOST_OF_A_FILE, sizes
    assert sum(path.stat().st_size for path in committed()) <= MOST_IN_ALL


def test_all_of_it_is_whole() -> None:
    assert fitted.is_whole(paths.READER, files.STAMP)
    assert fitted.is_whole(fit_of_the_repository(), fitted.SUMS)
    assert training.is_current(paths.MODELS, training.fingerprint())


def test_it_was_fitted_to_the_questions_as_they_are_from_nothing() -> None:
    fit = fit_of_the_repository()
    assert fit.name == fitted.name_of(), "questions were changed: python -m bot train --anew, and commit models/"
    assert manifest(fit)["from"] is None
    assert manifest(fit)["network"] == files.read_stamp(paths.READER)
    assert manifest(fit)["files"] == fitting.sums_of_data()


@pytest.mark.parametrize("key", ["recipe", "questions", "files"])
def test_network_says_what_it_was_made_from(key: str) -> None:
    assert manifest(paths.READER)[key]


def test_running_bot_uses_what_the_repository_holds() -> None:
    assert fitted.in_use() == fit_of_the_repository()

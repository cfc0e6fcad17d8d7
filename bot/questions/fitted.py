"""What was fitted to the training questions: which of it fits them as they are, where it lies, whether it is whole.

models/questions/<name>   comes with the repository
models/refitted/<name>    made here, after training questions were changed

The name is made from the questions and the network, so the same questions are read the same everywhere.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from bot import paths
from bot.errors import StartError
from bot.questions.encoder import files

LEARNING = "3"
"""Changes when the same questions would be learnt otherwise: what was fitted before is then fitted anew."""
SUMS = "sha256.json"
"""In the folder of what was fitted: the checksums of its files."""

_LEARNT_FROM = ("nlu", "dialogues")
"""Folders of data/ that are learnt from. Facts are not: they are read when the bot starts."""
_KINDS = (".yml", ".yaml", ".json", ".jsonl", ".txt")


def name_of(root: Path = paths.ROOT) -> str:
    """Return the name of what is learnt from the questions as they are, by the network as it is.

    Answers are no part of it: they stand before what follows them, but how they are worded changes next to nothing.
    """
    network = files.read_stamp(root / paths.READER.relative_to(paths.ROOT)).get(files.NETWORK, "")
    digest = hashlib.sha256(f"{LEARNING} {network}".encode())
    for path in learnt_from(root):
        digest.update(path.name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:16]


def learnt_from(root: Path = paths.ROOT) -> list[Path]:
    """Return the files of a repository that are learnt from."""
    folders = (root / paths.DATA.relative_to(paths.ROOT) / name for name in _LEARNT_FROM)
    return sorted(path for folder in folders for path in folder.rglob("*") if path.suffix in _KINDS and path.is_file())


def find(name: str) -> Path | None:
    """Return the folder of this name, None where there is none that is whole."""
    found = (folder / name for folder in (paths.QUESTION_MODELS, paths.REFITTED))
    return next((folder for folder in found if is_whole(folder, SUMS)), None)


def in_use() -> Path:
    """Return the folder that fits the questions as they are, else the newest: data may have changed since.

    Raises:
        StartError: nothing was fitted.
    """
    if here := find(name_of()):
        return here
    for place in (paths.REFITTED, paths.QUESTION_MODELS):
        whole = [folder for folder in place.glob("*") if is_whole(folder, SUMS)]
        if whole:
            return max(whole, key=lambda folder: folder.stat().st_mtime)
    raise StartError(f"there is no trained model in {paths.QUESTION_MODELS}; make one with: make train")


def is_whole(folder: Path, sums: str) -> bool:
    """Tell whether the files of a folder have the checksums that one of them lists."""
    try:
        listed = json.loads((folder / sums).read_text(encoding="utf-8"))
        return bool(listed) and all(files.sha256(folder / name) == listed[name] for name in listed)
    except (OSError, ValueError, TypeError):
        return False

"""Brings the model up to date, when something it is made from has changed.

python -m bot train [--anew]
"""

from __future__ import annotations

import contextlib
import gzip
import hashlib
import importlib.metadata
import io
import json
import logging
import os
import re
import shutil
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from bot import paths
from bot.errors import BotError
from bot.messages import training as texts
from bot.questions import fitted
from bot.questions.encoder import files as encoder_files

MODEL = "bot.tar.gz"
STAMP = "bot.json"
"""Beside the model: what it was trained from."""

CODE = ("question_classifier.py", "entity_linker.py", "policy.py", "importer.py")
"""Files of bot/engine whose code makes the model: components, policy and rules. What questions ask is fitted apart."""

_RASA_ENVIRONMENT = {
    # Rasa's cache knows a component by its own source, not by the modules that it imports, so it would hand out
    # results of old code. Size 0 keeps it from being written, too.
    "RASA_MAX_CACHE_SIZE": "0",
    # Takes away Rasa's progress bars, which overwrite each other.
    "LOG_LEVEL": "ERROR",
}
_HEARTBEAT = 10


class TrainingFailed(BotError):
    """There is no new model; the one before is untouched."""


def train(anew: bool = False, root: Path = paths.ROOT, out: TextIO | None = None) -> bool:
    """Bring the model up to date with what it is made from.

    What questions ask is fitted where they changed; Rasa packs the rest where its configuration changed.

    Args:
        anew: make all of it in any case, from nothing: what the repository is to hold.
        root: the repository.
        out: where to show progress; standard output unless given.

    Returns:
        Whether anything was made.

    Raises:
        TrainingFailed: the message says why.
    """
    out = out or sys.stdout
    fitted_now = _fit(anew, root, out)
    models = root / paths.MODELS.name
    wanted = fingerprint(root)
    if not anew and is_current(models, wanted):
        _say(out, texts.model_current(models / MODEL))
        return fitted_now
    _say(out, texts.training(anew))
    started = time.monotonic()
    models.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=models, prefix=".train-") as temporary:
        trained = _train_with_rasa(root, Path(temporary), out)
        # Without a stamp the model counts as out of date, should the next lines be interrupted.
        (models / STAMP).unlink(missing_ok=True)
        os.replace(trained, models / MODEL)
    stamp = {"fingerprint": wanted, "sha256": encoder_files.sha256(models / MODEL)}
    (models / STAMP).write_text(json.dumps(stamp, indent=2) + "\n", encoding="utf-8")
    _say(out, texts.trained(models / MODEL, time.monotonic() - started))
    return True


def _fit(anew: bool, root: Path, out: TextIO) -> bool:
    """Fit the reader where that is to be done, and tell whether it was."""
    if not anew and fitted.find(fitted.name_of(root)) and fitted.is_whole(paths.READER, encoder_files.STAMP):
        return False
    from bot.engine.fitting import fit  # which imports more than the check needs

    _say(out, texts.FITTING)
    started = time.monotonic()
    folder = fit(anew)
    _say(out, texts.fitted(folder, time.monotonic() - started))
    return True


def fingerprint(root: Path = paths.ROOT) -> str:
    """Return a digest of all that Rasa packs: configuration, domain, code of the components, Rasa's version."""
    digest = hashlib.sha256()
    for path in _inputs(root):
        digest.update(path.relative_to(root).as_posix().encode() + b"\0")
        digest.update(hashlib.sha256(path.read_bytes()).digest())
    digest.update(importlib.metadata.version("rasa").encode())
    return digest.hexdigest()


def is_current(models: Path, wanted: str) -> bool:
    """Tell whether the folder's model was packed from inputs of this fingerprint, and is whole."""
    model = models / MODEL
    try:
        stamp = json.loads((models / STAMP).read_text(encoding="utf-8"))
        current = stamp["fingerprint"] == wanted and encoder_files.sha256(model) == stamp["sha256"]
    except (OSError, ValueError, KeyError, TypeError):
        return False
    if current:
        # Rasa loads the newest file of the folder, and a model that `rasa train` left there may be of other data.
        os.utime(model)
    return current


def _inputs(root: Path) -> list[Path]:
    found = (root / "config.yml", root / "domain.yml", *(root / "bot" / "engine" / name for name in CODE))
    return sorted(path for path in found if path.is_file())


def _train_with_rasa(root: Path, target: Path, out: TextIO) -> Path:
    with _chdir(root), _environment(_RASA_ENVIRONMENT):
        _say(out, texts.STARTING_RASA)
        from bot.engine.light_imports import trim_for_training  # before Rasa

        trim_for_training(Path("config.yml").read_text(encoding="utf-8"))
        from rasa.api import train as rasa_train
        from rasa.shared.exceptions import RasaException

        said = io.StringIO()
        try:
            with _progress(out), contextlib.redirect_stdout(said):
                result = rasa_train(
                    domain="domain.yml",
                    config="config.yml",
                    training_files=["data"],
                    output=str(target),
                    force_training=True,
                    fixed_model_name=MODEL,
                )
        except (RasaException, SystemExit) as error:
            raise TrainingFailed(texts.training_failed(f"{said.getvalue()}{error}".strip())) from error
    if result.code or not result.model:
        raise TrainingFailed(texts.training_failed(said.getvalue().strip()))
    return _plain(Path(result.model))


def _plain(model: Path) -> Path:
    """Return a model packed, but not compressed.

    Rasa unpacks it twice at every start, once only to look at it; weights hardly become smaller.
    """
    made = model.with_name(f"plain-{model.name}")
    with gzip.open(model) as packed, gzip.open(made, "wb", compresslevel=0) as plain:
        shutil.copyfileobj(packed, plain, 1 << 20)
    return made


@contextlib.contextmanager
def _environment(values: dict[str, str]) -> Iterator[None]:
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


@contextlib.contextmanager
def _chdir(folder: Path) -> Iterator[None]:
    """Work in a folder, as Rasa names the data files in a model by their path from there."""
    before = Path.cwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)


@contextlib.contextmanager
def _progress(out: TextIO) -> Iterator[None]:
    """Show what Rasa's training log says about its components, and a sign of life where it says nothing for long."""
    log = logging.getLogger("rasa.engine.training.hooks")
    handler = _ProgressHandler(out)
    level, propagate = log.level, log.propagate
    log.addHandler(handler)
    log.setLevel(logging.INFO)
    log.propagate = False
    try:
        yield
    finally:
        handler.stop()
        log.removeHandler(handler)
        log.setLevel(level)
        log.propagate = propagate


class _ProgressHandler(logging.Handler):
    def __init__(self, out: TextIO) -> None:
        super().__init__()
        self._out = out
        self._part = texts.STARTING_RASA
        self._since = time.monotonic()
        self._stopped = threading.Event()
        threading.Thread(target=self._beat, daemon=True).start()

    def emit(self, record: logging.LogRecord) -> None:
        # "Starting to train component 'X'." and "Finished training component 'X'.", Rasa 3.6. One at a time.
        found = re.match(r"(Starting|Finished) .*component '(\w+)'", record.getMessage())
        if not found:
            return
        stage, name = found.groups()
        if stage == "Finished":
            _say(self._out, texts.trained_part(name, time.monotonic() - self._since))
        self._part = name if stage == "Starting" else texts.TRAINING_DATA
        self._since = time.monotonic()

    def stop(self) -> None:
        self._stopped.set()

    def _beat(self) -> None:
        while not self._stopped.wait(_HEARTBEAT):
            _say(self._out, texts.still_training(self._part, time.monotonic() - self._since))


def _say(out: TextIO, text: str) -> None:
    print(f"      {text}", file=out, flush=True)

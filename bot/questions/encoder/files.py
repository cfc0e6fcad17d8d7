"""The encoder's files: what they are called, where they lie and whether they are whole."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from bot import messages, paths
from bot.errors import BotError

NETWORK = "encoder.onnx"
TOKENIZER = "tokenizer.json"
STAMP = "stamp.json"
FOLDER = paths.MODELS / "encoder"

# The network's inputs and outputs.
TOKEN_IDS = "input_ids"
ATTENTION_MASK = "attention_mask"
TOKEN_EMBEDDINGS = "token_embeddings"
SENTENCE_EMBEDDING = "sentence_embedding"


class EncoderMissing(BotError):
    """The encoder has not been made yet, or not completely."""


def require(folder: Path | None = None) -> Path:
    """Return the encoder's folder, `models/encoder` unless given.

    Raises:
        EncoderMissing: a file is not there.
    """
    folder = folder or FOLDER
    missing = [name for name in (NETWORK, TOKENIZER, STAMP) if not (folder / name).is_file()]
    if missing:
        raise EncoderMissing(messages.encoder_missing(missing, folder))
    return folder


def read_stamp(folder: Path | None = None) -> dict[str, str]:
    """Return what the encoder was made of and the checksums of its files; empty if there is none."""
    try:
        stamp = json.loads(((folder or FOLDER) / STAMP).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) else {}


def sha256(path: Path) -> str:
    """Return a file's SHA-256 as hexadecimal digits."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()

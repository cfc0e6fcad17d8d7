"""Trains the network of the reader: a sentence encoder, fine-tuned on labelled questions, in 8 bits.

Takes hours of processor time, and so is done once and kept (`models/reader`); everything else that the reader learns is
fitted on its vectors in minutes.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from bot.questions.encoder import files
from bot.questions.model.fine_tuning import Recipe, fine_tune
from bot.questions.model.question_model import LabelledQuestion, with_separator

_EXAMPLES = 300
"""Training questions whose numbers show the ranges that 8 bits have to cover."""


def train_network(
    questions: Sequence[LabelledQuestion],
    folder: Path,
    recipe: Recipe = Recipe(),  # noqa: B008 (frozen)
    progress: Callable[[float], None] = lambda share: None,
    checkpoint: Path | None = None,
) -> np.ndarray:
    """Write a fine-tuned encoder to `folder` and return the vectors that it has for the questions.

    Args:
        questions: what to learn from.
        folder: where network, tokenizer and stamp are put.
        recipe: how to train.
        progress: told the share done, 0 to 1.
        checkpoint: a file in which to keep what was learnt after each epoch, and from which to go on.

    Returns:
        [questions, 384] float32, of length 1, in full precision.
    """
    import onnx
    from safetensors.numpy import load_file
    from tokenizers import Tokenizer

    from bot.questions.encoder import export
    from bot.questions.encoder.encoder import MAX_TOKENS
    from bot.questions.encoder.graph import build_graph
    from bot.questions.encoder.int8 import in_int8
    from bot.questions.encoder.small_table import in_bytes

    source = export.package_folder()
    export.verify(source)
    config = json.loads((source / "config.json").read_text(encoding="utf-8"))
    tokenizer = Tokenizer.from_file(str(source / files.TOKENIZER))
    tokenizer.enable_truncation(MAX_TOKENS)
    tokenizer.no_padding()
    token_ids = [encoding.ids for encoding in tokenizer.encode_batch([with_separator(q.text) for q in questions])]
    weights, vectors = fine_tune(
        load_file(source / "model.safetensors"), config, token_ids, _labels(questions), recipe, progress, checkpoint
    )
    folder.mkdir(parents=True, exist_ok=True)
    examples = [_encoder_inputs(ids) for ids in token_ids[:: max(len(token_ids) // _EXAMPLES, 1)]]
    onnx.save(in_bytes(in_int8(build_graph(weights, config), examples)), str(folder / files.NETWORK))
    shutil.copyfile(source / files.TOKENIZER, folder / files.TOKENIZER)
    (folder / files.STAMP).write_text(
        json.dumps({files.NETWORK: files.sha256(folder / files.NETWORK)}) + "\n", encoding="utf-8"
    )
    return vectors


def _labels(questions: Sequence[LabelledQuestion]) -> list[np.ndarray]:
    """Return the number of each question's intent, and of its intent with stance: [questions] each."""
    intents = sorted({q.intent for q in questions})
    pairs = sorted({(q.intent, q.stance) for q in questions})
    intent_of, pair_of = ({name: number for number, name in enumerate(names)} for names in (intents, pairs))
    return [
        np.array([intent_of[q.intent] for q in questions]),
        np.array([pair_of[q.intent, q.stance] for q in questions]),
    ]


def _encoder_inputs(token_ids: Sequence[int]) -> dict[str, np.ndarray]:
    """Return one question as the network takes it: ids and a mask without padding, [1, pieces] each."""
    ids = np.array([token_ids], dtype=np.int64)
    return {files.TOKEN_IDS: ids, files.ATTENTION_MASK: np.ones_like(ids)}

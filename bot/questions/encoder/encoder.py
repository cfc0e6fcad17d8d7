"""The sentence encoder as the rest of the bot sees it: texts in, vectors out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from threading import Lock

import numpy as np
import onnxruntime
from cachetools import LRUCache
from tokenizers import Encoding, Tokenizer

from bot.questions.encoder import files
from bot.questions.encoder.files import ATTENTION_MASK, SENTENCE_EMBEDDING, TOKEN_IDS

SIZE = 384
MAX_TOKENS = 128
"""Longer texts are cut here, as in the model's own tokenizer settings."""

_BATCH = 32
# onnxruntime's own warnings concern its developers; errors still come as exceptions.
_ONLY_ERRORS = 3


class SentenceEncoder:
    """Turns texts into vectors whose dot product is their similarity in meaning (-1 to 1)."""

    def __init__(
        self, path: Path | str | None = None, threads: int = 1, cache_size: int = 20_000, batch: int = _BATCH
    ) -> None:
        """Load the encoder.

        Args:
            path: folder that holds the encoder; `models/encoder` of the repository unless given.
            threads: processor threads for one run. One or two beside other work; 0, all, for long lists.
            cache_size: how many texts' vectors to keep; 0 keeps none.
            batch: how many texts to run at once.

        Raises:
            EncoderMissing: a file is not there; the message says how to make it.
        """
        folder = files.require(Path(path) if path is not None else None)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.log_severity_level = _ONLY_ERRORS
        self._session = onnxruntime.InferenceSession(
            str(folder / files.NETWORK), options, providers=["CPUExecutionProvider"]
        )
        self._tokenizer = Tokenizer.from_file(str(folder / files.TOKENIZER))
        self._tokenizer.enable_truncation(MAX_TOKENS)
        self._tokenizer.no_padding()
        self._cache: LRUCache[str, np.ndarray] = LRUCache(cache_size)
        self._batch = batch
        self._lock = Lock()

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """Return one vector of length 1 per text, [texts, 384] float32, in the order given."""
        result = np.zeros((len(texts), SIZE), dtype=np.float32)
        known = self._remembered(texts)
        missing = [text for text in dict.fromkeys(texts) if text not in known]
        for batch in self._batches(missing):
            vectors = self._run([encoding for _, encoding in batch])
            known.update((text, vector) for (text, _), vector in zip(batch, vectors, strict=True))
        self._remember({text: known[text] for text in missing})
        for row, text in enumerate(texts):
            result[row] = known[text]
        return result

    def _batches(self, texts: Sequence[str]) -> Iterator[list[tuple[str, Encoding]]]:
        # Sorted by length, so that little time goes into padding.
        encodings = self._tokenizer.encode_batch([_clean(text) for text in texts])
        pairs = sorted(zip(texts, encodings, strict=True), key=lambda pair: len(pair[1].ids))
        for start in range(0, len(pairs), self._batch):
            yield pairs[start : start + self._batch]

    def _run(self, encodings: Sequence[Encoding]) -> np.ndarray:
        length = max(len(encoding.ids) for encoding in encodings)
        ids = np.zeros((len(encodings), length), dtype=np.int64)
        mask = np.zeros_like(ids)
        for row, encoding in enumerate(encodings):
            ids[row, : len(encoding.ids)] = encoding.ids
            mask[row, : len(encoding.ids)] = 1
        return self._session.run([SENTENCE_EMBEDDING], {TOKEN_IDS: ids, ATTENTION_MASK: mask})[0]

    def _remembered(self, texts: Sequence[str]) -> dict[str, np.ndarray]:
        with self._lock:  # looking a text up changes the cache: it becomes the latest used
            return {text: self._cache[text] for text in texts if text in self._cache}

    def _remember(self, vectors: dict[str, np.ndarray]) -> None:
        if not self._cache.maxsize:
            return  # it refuses what has no room in it
        with self._lock:
            self._cache.update(vectors)


def _clean(text: str) -> str:
    # A lone surrogate cannot be encoded as UTF-8, which the tokenizer does first.
    return text.encode("utf-8", "replace").decode("utf-8")

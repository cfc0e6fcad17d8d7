"""The training questions nearest to a question, found without comparing it exactly with all of them.

A network in 4 bits names the candidates in a quarter of a millisecond; they alone are compared in full. For 349 unseen
questions the candidates held all of the nearest.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnxruntime

from bot.questions.in_bytes import from_bytes, to_bytes
from bot.questions.model import onnx_format
from bot.questions.model.onnx_format import FLOAT, INTEGER, Node, Value

CANDIDATES = 64
"""How many are compared in full; several times as many as are asked for."""

_NETWORK, _VECTORS = "neighbours.onnx", "known.npz"
_VECTOR, _PLACES = "vector", "places"
_BLOCK = 128
"""Of the 384 numbers of a vector, so many have a scale in common in the network of 4 bits."""
_FOUR_BITS = 8
"""Amounts in 4 bits go from -8 to 7."""
_IN_BYTES = 4
"""Has onnxruntime's MatMulNBits take its inputs in 8 bits, scaled row by row."""
_ONLY_ERRORS = 3


class Neighbours:
    """Finds the nearest of many vectors of length 1. Made by `write` and read from its folder."""

    def __init__(self, folder: Path) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = _ONLY_ERRORS
        network = str(folder / _NETWORK)
        self._session = onnxruntime.InferenceSession(network, options, providers=["CPUExecutionProvider"])
        with np.load(folder / _VECTORS) as stored:
            self._known, self._scales = stored["known"], stored["scales"]

    def nearest(self, vector: np.ndarray, count: int) -> tuple[np.ndarray, np.ndarray]:
        """Return the places [count] of the nearest to a vector [size], and how similar each is, in no order."""
        places = self._session.run([_PLACES], {_VECTOR: vector[None]})[0][0]
        similar = (self._known[places].astype(np.float32) @ vector) * self._scales[places]
        if len(places) > count:
            best = np.argpartition(-similar, count - 1)[:count]
            places, similar = places[best], similar[best]
        return places, similar


def read_vectors(folder: Path) -> np.ndarray:
    """Return the vectors [count, size] float32 that `write` kept."""
    with np.load(folder / _VECTORS) as stored:
        return from_bytes(stored["known"], stored["scales"])


def rounded(vectors: np.ndarray) -> np.ndarray:
    """Return vectors [count, size] float32 as they are kept: each in 8 bits, with a scale of its own."""
    return from_bytes(*to_bytes(vectors))


def write(vectors: np.ndarray, folder: Path) -> None:
    """Write the index of some vectors [count, size] of length 1."""
    known, scales = to_bytes(vectors)
    np.savez(folder / _VECTORS, known=known, scales=scales)
    count, size = known.shape
    packed, block_scales = _in_four_bits(from_bytes(known, scales))
    shape = {"K": size, "N": count, "bits": 4, "block_size": _BLOCK, "accuracy_level": _IN_BYTES}
    nodes = [
        Node("MatMulNBits", [_VECTOR, "known", "scales"], ["similar"], shape, "com.microsoft"),
        Node("TopK", ["similar", "most"], ["values", _PLACES]),
    ]
    constants = {"known": packed, "scales": block_scales, "most": np.array([min(CANDIDATES, count)])}
    made = onnx_format.network(
        nodes, [Value(_VECTOR, FLOAT, [1, size])], [Value(_PLACES, INTEGER, [1, None])], constants
    )
    (folder / _NETWORK).write_bytes(made)


def _in_four_bits(vectors: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return vectors as MatMulNBits wants them: [count, blocks, bytes] uint8, two numbers in each, and their scales."""
    count, size = vectors.shape
    blocks = -(-size // _BLOCK)
    filled = np.zeros((count, blocks * _BLOCK), dtype=np.float32)
    filled[:, :size] = vectors
    filled = filled.reshape(count, blocks, _BLOCK)
    greatest = np.take_along_axis(filled, np.abs(filled).argmax(2, keepdims=True), 2)
    # The greatest amount becomes -8, the one end of the range.
    scales = greatest / -_FOUR_BITS
    scales[scales == 0] = 1
    numbers = np.clip(np.rint(filled / scales) + _FOUR_BITS, 0, 2 * _FOUR_BITS - 1).astype(np.uint8)
    return numbers[..., ::2] | numbers[..., 1::2] << 4, scales.reshape(-1)

"""The training questions nearest to a question, found without comparing it exactly with all of them.

A network in 4 bits names the candidates in a quarter of a millisecond; they alone are compared in full. For 349 unseen
questions the candidates held all of the nearest.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnxruntime

CANDIDATES = 64
"""How many are compared in full; several times as many as are asked for."""

_NETWORK, _VECTORS = "neighbours.onnx", "known.npy"
_VECTOR, _PLACES = "vector", "places"
_BLOCK = 128
"""Of the 384 numbers of a vector, so many have a scale in common in the network of 4 bits."""
_ONLY_ERRORS = 3


class Neighbours:
    """Finds the nearest of many vectors of length 1. Made by `write` and read from its folder."""

    def __init__(self, folder: Path) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = _ONLY_ERRORS
        network = str(folder / _NETWORK)
        self._session = onnxruntime.InferenceSession(network, options, providers=["CPUExecutionProvider"])
        self._known = np.load(folder / _VECTORS)

    def nearest(self, vector: np.ndarray, count: int) -> tuple[np.ndarray, np.ndarray]:
        """Return the places [count] of the nearest to a vector [size], and how similar each is, in no order."""
        places = self._session.run([_PLACES], {_VECTOR: vector[None]})[0][0]
        similar = self._known[places].astype(np.float32) @ vector
        if len(places) > count:
            best = np.argpartition(-similar, count - 1)[:count]
            places, similar = places[best], similar[best]
        return places, similar


def read_vectors(folder: Path) -> np.ndarray:
    """Return the vectors [count, size] float16 that `write` kept in full."""
    return np.load(folder / _VECTORS)


def write(vectors: np.ndarray, folder: Path) -> None:
    """Write the index of some vectors [count, size] of length 1."""
    import onnx
    from onnx import TensorProto, helper, numpy_helper

    from bot.questions.encoder.quantised_weights import in_bits

    known = vectors.astype(np.float16)
    np.save(folder / _VECTORS, known)
    constants = {
        "known": np.ascontiguousarray(known.T.astype(np.float32)),
        "most": np.array([min(CANDIDATES, len(known))]),
    }
    nodes = [
        helper.make_node("MatMul", [_VECTOR, "known"], ["similar"]),
        helper.make_node("TopK", ["similar", "most"], ["values", _PLACES]),
    ]
    graph = helper.make_graph(
        nodes,
        "neighbours",
        [helper.make_tensor_value_info(_VECTOR, TensorProto.FLOAT, [1, vectors.shape[1]])],
        [helper.make_tensor_value_info(_PLACES, TensorProto.INT64, [1, None])],
        [numpy_helper.from_array(value, name) for name, value in constants.items()],
    )
    # Opset and version of the format as in encoder/graph.py.
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    onnx.checker.check_model(model)
    onnx.save(in_bits(model, bits=4, block=_BLOCK), str(folder / _NETWORK))

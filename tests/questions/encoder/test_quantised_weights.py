"""Networks in 8 bits say nearly what they say in full precision."""

from __future__ import annotations

import numpy as np
import onnx
import onnxruntime
import pytest
from onnx import TensorProto, helper, numpy_helper

from bot.questions.encoder.quantised_weights import in_bits

SIZE, OUTPUTS = 64, 32


@pytest.fixture(scope="module")
def weights() -> np.ndarray:
    return np.random.default_rng(2).normal(size=(SIZE, OUTPUTS)).astype(np.float32)


@pytest.fixture(scope="module")
def session(weights: np.ndarray) -> onnxruntime.InferenceSession:
    return onnxruntime.InferenceSession(
        in_bits(network(weights), bits=8, block=32).SerializeToString(), providers=["CPUExecutionProvider"]
    )


def network(weights: np.ndarray) -> onnx.ModelProto:
    graph = helper.make_graph(
        [helper.make_node("MatMul", ["in", "weights"], ["out"])],
        "product",
        [helper.make_tensor_value_info("in", TensorProto.FLOAT, ["rows", SIZE])],
        [helper.make_tensor_value_info("out", TensorProto.FLOAT, ["rows", OUTPUTS])],
        [numpy_helper.from_array(weights, "weights")],
    )
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)


def run(session: onnxruntime.InferenceSession, rows: np.ndarray) -> np.ndarray:
    return session.run(None, {"in": rows.astype(np.float32)})[0]


def test_products_are_nearly_the_same(weights: np.ndarray, session: onnxruntime.InferenceSession) -> None:
    rows = np.random.default_rng(3).normal(size=(50, SIZE))
    exact, found = rows @ weights, run(session, rows)
    cosines = (exact * found).sum(1) / np.linalg.norm(exact, axis=1) / np.linalg.norm(found, axis=1)
    assert cosines.min() > 0.999


def test_what_else_is_in_a_batch_has_no_influence(session: onnxruntime.InferenceSession) -> None:
    row = np.random.default_rng(4).normal(size=(1, SIZE))
    np.testing.assert_allclose(run(session, np.vstack([row, 100 * row]))[0], run(session, row)[0], rtol=1e-5)


def test_weights_take_about_a_quarter(weights: np.ndarray) -> None:
    full = network(weights)
    before = full.ByteSize()
    assert in_bits(full, bits=8, block=32).ByteSize() < 0.4 * before

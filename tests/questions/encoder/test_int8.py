"""Networks that compute with bytes."""

from __future__ import annotations

import numpy as np
import onnx
import onnxruntime
import pytest
from onnx import TensorProto, helper, numpy_helper

from bot.questions.encoder import int8

LOUD = 3


@pytest.fixture
def examples():
    values = np.random.default_rng(1).normal(size=(40, 1, 16)).astype(np.float32)
    values[..., LOUD] *= 100
    return [{"inputs": row[None]} for row in values]


@pytest.fixture
def network():
    rng = np.random.default_rng(2)
    weights = [rng.normal(size=(16, 8)).astype(np.float32) for _ in "ab"]
    for weight in weights:
        weight[LOUD] /= 100
    nodes = [helper.make_node("MatMul", ["inputs", name], [f"out_{name}"]) for name in "ab"]
    graph = helper.make_graph(
        nodes,
        "two_products",
        [helper.make_tensor_value_info("inputs", TensorProto.FLOAT, [1, None, 16])],
        [helper.make_tensor_value_info(f"out_{name}", TensorProto.FLOAT, [1, None, 8]) for name in "ab"],
        [numpy_helper.from_array(weight, name) for weight, name in zip(weights, "ab", strict=True)],
    )
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)


def run(network, examples):
    session = onnxruntime.InferenceSession(network.SerializeToString(), providers=["CPUExecutionProvider"])
    return np.stack([np.stack(session.run(None, example)) for example in examples])


def error(network, examples):
    exact = run(network, examples)
    return np.abs(run(int8.in_int8(network, examples), examples) - exact).max() / np.abs(exact).max()


def test_products_are_computed_in_bytes(network, examples):
    operators = [node.op_type for node in int8.in_int8(network, examples).graph.node]
    assert operators.count("MatMulInteger") == 2
    assert "MatMul" not in operators
    assert operators.count("Mul") - operators.count("Cast") <= 3, "inputs that two products share are evened out once"


def test_results_stay_near_although_one_number_is_loud(network, examples):
    assert error(network, examples) < 0.02


def test_evening_out_is_what_keeps_them_near(network, examples, monkeypatch):
    evened = error(onnx.ModelProto.FromString(network.SerializeToString()), examples)
    monkeypatch.setattr(int8, "_even_out", lambda *arguments: None)
    assert error(network, examples) > 3 * evened

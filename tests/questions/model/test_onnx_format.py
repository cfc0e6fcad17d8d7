"""What we write is what the onnx package and onnxruntime's own quantiser write."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import pytest
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import matmul_nbits_quantizer

from bot.questions.model import nearest_questions, onnx_format
from bot.questions.model.onnx_format import FLOAT, Node, Value


def test_network_is_one_by_the_rules_of_the_onnx_package() -> None:
    constants = {"by": np.arange(6, dtype=np.float32).reshape(2, 3), "first": np.array([0])}
    content = onnx_format.network(
        [
            Node("MatMul", ["a", "by"], ["product"]),
            Node("Gather", ["product", "first"], ["row"], {"axis": 0}),
            Node("Transpose", ["row"], ["turned"], {"perm": [1, 0]}),
        ],
        [Value("a", FLOAT, [None, 2])],
        [Value("turned", FLOAT, [3, 1])],
        constants,
    )
    model = onnx.load_model_from_string(content)
    onnx.checker.check_model(model, full_check=True)
    assert {c.name: numpy_helper.to_array(c).tolist() for c in model.graph.initializer} == {
        name: value.tolist() for name, value in constants.items()
    }
    given = np.array([[1, 2], [3, 4]], dtype=np.float32)
    session = onnxruntime.InferenceSession(content, providers=["CPUExecutionProvider"])
    assert session.run(None, {"a": given})[0].ravel().tolist() == (given @ constants["by"])[0].tolist()


@pytest.mark.parametrize("number", [0, 1, 127, 128, 300, 2**40, -1])
def test_whole_numbers_are_written_as_the_onnx_package_does(number: int) -> None:
    attribute = helper.make_attribute("a", number)
    assert onnx.AttributeProto.FromString(onnx_format._attribute("a", number)) == attribute


def test_four_bits_are_those_of_onnxruntimes_quantiser(tmp_path: Path) -> None:
    rng = np.random.default_rng(1)
    vectors = rng.normal(size=(50, 384)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    nearest_questions.write(vectors, tmp_path)
    ours = _constants(onnx.load(str(tmp_path / "neighbours.onnx")))
    theirs = _constants(_quantised(nearest_questions.read_vectors(tmp_path)))
    numbers = _numbers(ours["known"], ours["scales"]), _numbers(theirs["known_Q4"], theirs["known_scales"])
    # A number in the middle between two may go to either.
    assert (np.abs(numbers[0] - numbers[1]) < 1e-6).mean() > 0.99
    assert np.abs(numbers[0] - numbers[1]).max() <= np.abs(ours["scales"]).max() * 1.01


def _numbers(packed: np.ndarray, scales: np.ndarray) -> np.ndarray:
    both = np.stack([packed & 15, packed >> 4], axis=-1).reshape(*packed.shape[:2], -1).astype(np.float32)
    return (both - 8) * scales.reshape(packed.shape[0], packed.shape[1], 1)


def _quantised(vectors: np.ndarray) -> onnx.ModelProto:
    size = vectors.shape[1]
    graph = helper.make_graph(
        [helper.make_node("MatMul", ["a", "known"], ["b"])],
        "plain",
        [helper.make_tensor_value_info("a", TensorProto.FLOAT, [1, size])],
        [helper.make_tensor_value_info("b", TensorProto.FLOAT, [1, len(vectors)])],
        [numpy_helper.from_array(np.ascontiguousarray(vectors.T), "known")],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    how = matmul_nbits_quantizer.DefaultWeightOnlyQuantConfig(
        block_size=nearest_questions._BLOCK, is_symmetric=True, accuracy_level=4, bits=4
    )
    work = matmul_nbits_quantizer.MatMulNBitsQuantizer(model, algo_config=how)
    work.process()
    return work.model.model


def _constants(model: onnx.ModelProto) -> dict[str, np.ndarray]:
    return {constant.name: numpy_helper.to_array(constant) for constant in model.graph.initializer}

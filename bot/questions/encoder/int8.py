"""Networks that compute with bytes: half the time of a sentence vector, on one processor core."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

SHARE = 0.75
"""How much of the range of an input number is moved into its weights: 0 none, 1 all. Chosen in docs/decisions.md."""

_LEAST = 1e-5


def in_int8(network: onnx.ModelProto, examples: Sequence[Mapping[str, np.ndarray]]) -> onnx.ModelProto:
    """Return a network whose matrix products by constants are computed in 8 bits; the one given is changed.

    A text's numbers are scaled together, so that one large number makes all others coarse. Therefore each is divided
    by its usual range first and its weights are multiplied by it (SmoothQuant, Xiao et al. 2022, arXiv:2211.10438).
    Weights are unsigned: processors without VNNI would overflow on signed ones.

    Args:
        network: in full precision.
        examples: inputs that show the ranges, as onnxruntime takes them.
    """
    from onnxruntime.quantization import QuantType, quantize_dynamic
    from onnxruntime.quantization.quant_utils import add_pre_process_metadata

    constants = {constant.name: constant for constant in network.graph.initializer}
    products = [node for node in network.graph.node if node.op_type == "MatMul" and node.input[1] in constants]
    _even_out(network, products, constants, _ranges(network, products, examples))
    for number, node in enumerate(products):
        node.name = f"product{number}"
    add_pre_process_metadata(network)  # else it advises to preprocess, which changes nothing here
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / "network.onnx"
        quantize_dynamic(
            network,
            made,
            weight_type=QuantType.QUInt8,
            per_channel=True,
            nodes_to_quantize=[node.name for node in products],
        )
        return onnx.load(made)


def _ranges(
    network: onnx.ModelProto, products: list[onnx.NodeProto], examples: Sequence[Mapping[str, np.ndarray]]
) -> dict[str, np.ndarray]:
    """Return the greatest amount of each number of each product's inputs, over the examples."""
    import onnxruntime

    inputs = list(dict.fromkeys(node.input[0] for node in products))
    watched = onnx.ModelProto()
    watched.CopyFrom(network)
    watched.graph.output.extend(helper.make_tensor_value_info(name, TensorProto.FLOAT, None) for name in inputs)
    session = onnxruntime.InferenceSession(watched.SerializeToString(), providers=["CPUExecutionProvider"])
    greatest: dict[str, np.ndarray] = {}
    for example in examples:
        for name, values in zip(inputs, session.run(inputs, dict(example)), strict=True):
            amounts = np.abs(values).reshape(-1, values.shape[-1]).max(0)
            greatest[name] = np.maximum(greatest.get(name, _LEAST), amounts)
    return greatest


def _even_out(
    network: onnx.ModelProto,
    products: list[onnx.NodeProto],
    constants: dict[str, onnx.TensorProto],
    ranges: dict[str, np.ndarray],
) -> None:
    """Divide the inputs of products by a factor for each number, and multiply their weights by it."""
    weights = {node.input[1]: numpy_helper.to_array(constants[node.input[1]]) for node in products}
    for name, greatest in ranges.items():
        readers = [node for node in products if node.input[0] == name]
        strongest = np.max([np.abs(weights[node.input[1]]).max(1) for node in readers], axis=0)
        factor = greatest**SHARE / np.maximum(strongest, _LEAST) ** (1 - SHARE)
        factor = (factor / np.exp(np.log(factor).mean())).astype(np.float32)
        divisor, even = f"{name}.divisor", f"{name}.even"
        network.graph.initializer.append(numpy_helper.from_array(1 / factor, divisor))
        first = next(i for i, node in enumerate(network.graph.node) if node == readers[0])
        network.graph.node.insert(first, helper.make_node("Mul", [name, divisor], [even]))
        for node in readers:
            weight = node.input[1]
            constants[weight].CopyFrom(numpy_helper.from_array(weights[weight] * factor[:, None], weight))
            node.input[0] = even

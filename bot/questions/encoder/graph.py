"""The sentence encoder's network as an ONNX graph, built straight from BERT weights.

Only numpy and onnx are needed, so that no deep-learning framework has to be installed or started to make it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from bot.questions.encoder.files import ATTENTION_MASK, SENTENCE_EMBEDDING, TOKEN_EMBEDDINGS, TOKEN_IDS

# 17 is the first opset with LayerNormalization as one operator.
_OPSET = 17
# onnxruntime 1.23 and onnx 1.17 both read this version of the file format.
_IR_VERSION = 8
# Added to the scores of padding; exp() of it is exactly 0 in float32, so padding has no weight at all.
_MASKED = -10000.0


def build_graph(weights: Mapping[str, np.ndarray], config: Mapping[str, Any]) -> onnx.ModelProto:
    """Build the network that turns token ids into token vectors and one sentence vector.

    Args:
        weights: BERT's tensors by their usual names (`embeddings.word_embeddings.weight`, ...).
        config: the model's `config.json`.

    Returns:
        A checked model: inputs `input_ids` and `attention_mask` [batch, length]; outputs `token_embeddings`
        [batch, length, size] and `sentence_embedding` [batch, size] (mean over the mask, of length 1).
    """
    size = int(config["hidden_size"])
    builder = _Builder(weights, float(config["layer_norm_eps"]))
    hidden = _embeddings(builder)
    mask = _additive_mask(builder)
    for layer in range(int(config["num_hidden_layers"])):
        hidden = _layer(builder, hidden, mask, f"encoder.layer.{layer}.", int(config["num_attention_heads"]), size)
    builder.add("Identity", [hidden], output=TOKEN_EMBEDDINGS)
    _mean_pooling(builder)
    return _checked_model(builder, size)


class _Builder:
    """Collects nodes and constants; every constant is stored once."""

    def __init__(self, weights: Mapping[str, np.ndarray], epsilon: float) -> None:
        self.weights = weights
        self.epsilon = epsilon
        self.nodes: list[onnx.NodeProto] = []
        self.constants: dict[str, onnx.TensorProto] = {}

    def add(self, operator: str, inputs: Sequence[str], output: str | None = None, **attributes: Any) -> str:
        """Append a node with one output and return that output's name."""
        output = output or f"t{len(self.nodes)}"
        self.nodes.append(helper.make_node(operator, list(inputs), [output], **attributes))
        return output

    def constant(self, name: str, value: np.ndarray) -> str:
        """Store a constant tensor under a name and return the name."""
        if name not in self.constants:
            self.constants[name] = numpy_helper.from_array(np.ascontiguousarray(value), name)
        return name

    def floats(self, name: str, *values: float) -> str:
        """Store float constants."""
        return self.constant(name, np.array(values, dtype=np.float32))

    def integers(self, name: str, *values: int) -> str:
        """Store integer constants, such as a shape."""
        return self.constant(name, np.array(values, dtype=np.int64))

    def linear(self, inputs: str, prefix: str) -> str:
        """Apply the dense layer whose weight and bias start with the prefix."""
        weight = self.constant(prefix + "weight", self.weights[prefix + "weight"].T)
        bias = self.constant(prefix + "bias", self.weights[prefix + "bias"])
        return self.add("Add", [self.add("MatMul", [inputs, weight]), bias])

    def layer_norm(self, inputs: str, prefix: str) -> str:
        """Apply the layer normalisation whose weight and bias start with the prefix."""
        scale = self.constant(prefix + "weight", self.weights[prefix + "weight"])
        bias = self.constant(prefix + "bias", self.weights[prefix + "bias"])
        return self.add("LayerNormalization", [inputs, scale, bias], axis=-1, epsilon=self.epsilon)


def _embeddings(builder: _Builder) -> str:
    weights = builder.weights
    words = builder.constant("embeddings.words", weights["embeddings.word_embeddings.weight"])
    # A text is always one segment, so the segment's vector can be part of each position's.
    places = weights["embeddings.position_embeddings.weight"] + weights["embeddings.token_type_embeddings.weight"][0]
    positions = builder.constant("embeddings.positions", places)
    length = builder.add("Slice", [builder.add("Shape", [TOKEN_IDS]), *_bounds(builder)])
    start, axis = builder.integers("first", 0), builder.integers("axis", 0)
    used = builder.add("Slice", [positions, start, length, axis])
    summed = builder.add("Add", [builder.add("Gather", [words, TOKEN_IDS]), used])
    return builder.layer_norm(summed, "embeddings.LayerNorm.")


def _bounds(builder: _Builder) -> list[str]:
    return [builder.integers("length_from", 1), builder.integers("length_to", 2)]


def _additive_mask(builder: _Builder) -> str:
    mask = builder.add("Cast", [ATTENTION_MASK], output="mask", to=TensorProto.FLOAT)
    hidden = builder.add("Sub", [builder.floats("one", 1.0), mask])
    scores = builder.add("Mul", [hidden, builder.floats("masked", _MASKED)])
    return builder.add("Unsqueeze", [scores, builder.integers("head_and_query_axes", 1, 2)])


def _layer(builder: _Builder, hidden: str, mask: str, prefix: str, heads: int, size: int) -> str:
    attended = builder.linear(
        _attention(builder, hidden, mask, prefix + "attention.self.", heads, size), prefix + "attention.output.dense."
    )
    hidden = builder.layer_norm(builder.add("Add", [attended, hidden]), prefix + "attention.output.LayerNorm.")
    inner = _gelu(builder, builder.linear(hidden, prefix + "intermediate.dense."))
    outer = builder.linear(inner, prefix + "output.dense.")
    return builder.layer_norm(builder.add("Add", [outer, hidden]), prefix + "output.LayerNorm.")


def _attention(builder: _Builder, hidden: str, mask: str, prefix: str, heads: int, size: int) -> str:
    split = builder.integers("split_heads", 0, 0, heads, size // heads)

    def by_head(name: str, order: list[int]) -> str:
        projected = builder.linear(hidden, f"{prefix}{name}.")
        return builder.add("Transpose", [builder.add("Reshape", [projected, split])], perm=order)

    query = by_head("query", [0, 2, 1, 3])
    key = by_head("key", [0, 2, 3, 1])
    value = by_head("value", [0, 2, 1, 3])
    scale = builder.floats("attention_scale", (size // heads) ** 0.5)
    scores = builder.add("Div", [builder.add("MatMul", [query, key]), scale])
    chances = builder.add("Softmax", [builder.add("Add", [scores, mask])], axis=-1)
    mixed = builder.add("Transpose", [builder.add("MatMul", [chances, value])], perm=[0, 2, 1, 3])
    return builder.add("Reshape", [mixed, builder.integers("join_heads", 0, 0, size)])


def _gelu(builder: _Builder, inputs: str) -> str:
    erf = builder.add("Erf", [builder.add("Div", [inputs, builder.floats("root_two", 2.0**0.5)])])
    widened = builder.add("Mul", [inputs, builder.add("Add", [erf, builder.floats("one", 1.0)])])
    return builder.add("Mul", [widened, builder.floats("half", 0.5)])


def _mean_pooling(builder: _Builder) -> None:
    weight = builder.add("Unsqueeze", ["mask", builder.integers("last_axis", -1)])
    tokens = builder.integers("token_axis", 1)
    total = builder.add("ReduceSum", [builder.add("Mul", [TOKEN_EMBEDDINGS, weight]), tokens], keepdims=0)
    count = builder.add("Max", [builder.add("ReduceSum", [weight, tokens], keepdims=0), builder.floats("tiny", 1e-9)])
    mean = builder.add("Div", [total, count])
    norm = builder.add("ReduceL2", [mean], axes=[-1], keepdims=1)
    builder.add("Div", [mean, builder.add("Max", [norm, builder.floats("tiny", 1e-9)])], output=SENTENCE_EMBEDDING)


def _checked_model(builder: _Builder, size: int) -> onnx.ModelProto:
    def described(name: str, kind: int, *shape: int | str) -> onnx.ValueInfoProto:
        return helper.make_tensor_value_info(name, kind, list(shape))

    graph = helper.make_graph(
        builder.nodes,
        "sentence_encoder",
        [described(name, TensorProto.INT64, "batch", "length") for name in (TOKEN_IDS, ATTENTION_MASK)],
        [
            described(TOKEN_EMBEDDINGS, TensorProto.FLOAT, "batch", "length", size),
            described(SENTENCE_EMBEDDING, TensorProto.FLOAT, "batch", size),
        ],
        list(builder.constants.values()),
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", _OPSET)], ir_version=_IR_VERSION)
    onnx.checker.check_model(model)
    return model

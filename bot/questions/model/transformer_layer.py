"""One layer of a BERT encoder, with the tensors that it learns; for TensorFlow, which is handed in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

Weights = dict[str, np.ndarray]
"""Tensors by BERT's names for them."""


class TransformerLayer:
    """One transformer layer of BERT (Devlin et al. 2019, arXiv:1810.04805), with its tensors under BERT's names."""

    _DENSE = ("attention.self.query", "attention.self.key", "attention.self.value", "attention.output.dense",
              "intermediate.dense", "output.dense")  # fmt: skip
    _NORMS = ("attention.output.LayerNorm", "output.LayerNorm")

    def __init__(self, tf: Any, weights: Mapping, config: Mapping, number: int, trained: bool) -> None:
        self._tf = tf
        self._prefix = f"encoder.layer.{number}."
        self._heads = int(config["num_attention_heads"])
        self._size = int(config["hidden_size"])
        self._epsilon = float(config["layer_norm_eps"])
        make = tf.Variable if trained else tf.constant
        self._values = {}
        for name in self._DENSE:
            # Kept transposed, as matmul wants them.
            self._values[name + ".weight"] = make(weights[f"{self._prefix}{name}.weight"].T.astype(np.float32))
            self._values[name + ".bias"] = make(weights[f"{self._prefix}{name}.bias"].astype(np.float32))
        for name in self._NORMS:
            for part in (".weight", ".bias"):
                self._values[name + part] = make(weights[f"{self._prefix}{name}{part}"].astype(np.float32))

    @property
    def variables(self) -> list[Any]:
        """The layer's trained tensors."""
        return list(self._values.values())

    def export(self) -> Weights:
        """Return the tensors as BERT stores them."""
        dense = {name + ".weight" for name in self._DENSE}
        return {
            self._prefix + name: value.numpy().T if name in dense else value.numpy()
            for name, value in self._values.items()
        }

    def __call__(self, hidden: Any, mask: Any, dropout: float = 0.0) -> Any:
        """Return what the layer makes of states [questions, pieces, size]; `mask` is [questions, 1, 1, pieces].

        Attention with several heads, then a network on each piece alone; what went in is added to either, and the sum
        is normalised (Vaswani et al. 2017, arXiv:1706.03762).
        """
        tf = self._tf
        batch, length = tf.shape(hidden)[0], tf.shape(hidden)[1]
        width = self._size // self._heads

        def by_head(name: str) -> Any:
            projected = tf.reshape(self._dense(hidden, name), [batch, length, self._heads, width])
            return tf.transpose(projected, [0, 2, 1, 3])

        query, key, value = (by_head(f"attention.self.{name}") for name in ("query", "key", "value"))
        scores = tf.matmul(query, key, transpose_b=True) / width**0.5 + mask
        mixed = tf.transpose(tf.matmul(tf.nn.softmax(scores), value), [0, 2, 1, 3])
        attended = self._dense(tf.reshape(mixed, [batch, length, self._size]), "attention.output.dense")
        hidden = self._norm(hidden + with_dropout(tf, attended, dropout), "attention.output.LayerNorm")
        inner = tf.nn.gelu(self._dense(hidden, "intermediate.dense"), approximate=False)
        outer = self._dense(inner, "output.dense")
        return self._norm(hidden + with_dropout(tf, outer, dropout), "output.LayerNorm")

    def _dense(self, inputs: Any, name: str) -> Any:
        """Return inputs [..., inputs] times a weight plus a bias: [..., outputs]."""
        flat = self._tf.reshape(inputs, [-1, inputs.shape[-1]])
        outputs = self._tf.matmul(flat, self._values[name + ".weight"]) + self._values[name + ".bias"]
        shape = self._tf.concat([self._tf.shape(inputs)[:-1], [outputs.shape[-1]]], 0)
        outputs = self._tf.reshape(outputs, shape)
        outputs.set_shape([*inputs.shape[:-1], self._values[name + ".bias"].shape[0]])
        return outputs

    def _norm(self, inputs: Any, name: str) -> Any:
        """Return inputs of mean 0 and variance 1, scaled and shifted (Ba et al. 2016, arXiv:1607.06450)."""
        tf = self._tf
        mean, variance = tf.nn.moments(inputs, [-1], keepdims=True)
        normed = (inputs - mean) * tf.math.rsqrt(variance + self._epsilon)
        return normed * self._values[name + ".weight"] + self._values[name + ".bias"]


def with_dropout(tf: Any, values: Any, rate: float) -> Any:
    """Return values of which a share is left out, the others being made larger to make up for it."""
    return tf.nn.dropout(values, rate) if rate else values

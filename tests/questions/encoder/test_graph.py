"""The network's graph against the same network written in numpy, with small random weights."""

from __future__ import annotations

import math

import numpy as np
import onnxruntime
import pytest

from bot.questions.encoder.files import ATTENTION_MASK, SENTENCE_EMBEDDING, TOKEN_EMBEDDINGS, TOKEN_IDS
from bot.questions.encoder.graph import build_graph

CONFIG = {"hidden_size": 8, "num_hidden_layers": 2, "num_attention_heads": 2, "layer_norm_eps": 1e-12}
WORDS, PLACES, INNER = 20, 16, 12


@pytest.fixture(scope="module")
def weights() -> dict[str, np.ndarray]:
    random = np.random.default_rng(1)
    size = CONFIG["hidden_size"]
    shapes: dict[str, tuple[int, ...]] = {
        "embeddings.word_embeddings.weight": (WORDS, size),
        "embeddings.position_embeddings.weight": (PLACES, size),
        "embeddings.token_type_embeddings.weight": (2, size),
        "embeddings.LayerNorm.weight": (size,),
        "embeddings.LayerNorm.bias": (size,),
    }
    for layer in range(CONFIG["num_hidden_layers"]):
        prefix = f"encoder.layer.{layer}."
        for name in ("attention.self.query", "attention.self.key", "attention.self.value", "attention.output.dense"):
            shapes |= {f"{prefix}{name}.weight": (size, size), f"{prefix}{name}.bias": (size,)}
        for name in ("attention.output.LayerNorm", "output.LayerNorm"):
            shapes |= {f"{prefix}{name}.weight": (size,), f"{prefix}{name}.bias": (size,)}
        shapes |= {f"{prefix}intermediate.dense.weight": (INNER, size), f"{prefix}intermediate.dense.bias": (INNER,)}
        shapes |= {f"{prefix}output.dense.weight": (size, INNER), f"{prefix}output.dense.bias": (size,)}
    return {name: random.normal(size=shape).astype(np.float32) for name, shape in shapes.items()}


@pytest.fixture(scope="module")
def network(weights: dict[str, np.ndarray]) -> onnxruntime.InferenceSession:
    return onnxruntime.InferenceSession(
        build_graph(weights, CONFIG).SerializeToString(), providers=["CPUExecutionProvider"]
    )


def test_outputs_equal_those_of_the_reference(weights, network):
    ids = [1, 7, 19, 4, 2]
    tokens, sentence = _run(network, [ids])
    expected = _reference(weights, ids)
    np.testing.assert_allclose(tokens[0], expected, atol=1e-5)
    mean = expected.mean(axis=0)
    np.testing.assert_allclose(sentence[0], mean / np.linalg.norm(mean), atol=1e-5)


def test_padding_changes_nothing(network):
    short, long = [3, 5], [9, 8, 7, 6, 5, 4]
    _, alone = _run(network, [short])
    _, together = _run(network, [short, long])
    np.testing.assert_allclose(together[0], alone[0], atol=1e-5)


def _run(network: onnxruntime.InferenceSession, texts: list[list[int]]) -> tuple[np.ndarray, np.ndarray]:
    ids = np.zeros((len(texts), max(map(len, texts))), dtype=np.int64)
    mask = np.zeros_like(ids)
    for row, text in enumerate(texts):
        ids[row, : len(text)] = text
        mask[row, : len(text)] = 1
    return tuple(network.run([TOKEN_EMBEDDINGS, SENTENCE_EMBEDDING], {TOKEN_IDS: ids, ATTENTION_MASK: mask}))


def _reference(weights: dict[str, np.ndarray], ids: list[int]) -> np.ndarray:
    def dense(inputs: np.ndarray, name: str) -> np.ndarray:
        return inputs @ weights[f"{name}.weight"].T + weights[f"{name}.bias"]

    def norm(inputs: np.ndarray, name: str) -> np.ndarray:
        centred = inputs - inputs.mean(-1, keepdims=True)
        scaled = centred / np.sqrt(inputs.var(-1, keepdims=True) + CONFIG["layer_norm_eps"])
        return scaled * weights[f"{name}.weight"] + weights[f"{name}.bias"]

    hidden = weights["embeddings.word_embeddings.weight"][ids]
    hidden = hidden + weights["embeddings.position_embeddings.weight"][: len(ids)]
    hidden = norm(hidden + weights["embeddings.token_type_embeddings.weight"][0], "embeddings.LayerNorm")
    width = CONFIG["hidden_size"] // CONFIG["num_attention_heads"]
    for layer in range(CONFIG["num_hidden_layers"]):
        prefix = f"encoder.layer.{layer}."
        query, key, value = (dense(hidden, f"{prefix}attention.self.{name}") for name in ("query", "key", "value"))
        mixed = []
        for start in range(0, CONFIG["hidden_size"], width):
            head = slice(start, start + width)
            scores = np.exp(query[:, head] @ key[:, head].T / math.sqrt(width))
            mixed.append(scores / scores.sum(-1, keepdims=True) @ value[:, head])
        attended = dense(np.concatenate(mixed, axis=-1), f"{prefix}attention.output.dense")
        hidden = norm(attended + hidden, f"{prefix}attention.output.LayerNorm")
        inner = dense(hidden, f"{prefix}intermediate.dense")
        inner = inner * 0.5 * (1 + np.vectorize(math.erf)(inner / math.sqrt(2)))
        hidden = norm(dense(inner, f"{prefix}output.dense") + hidden, f"{prefix}output.LayerNorm")
    return hidden

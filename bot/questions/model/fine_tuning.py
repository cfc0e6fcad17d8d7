"""Fine-tunes the upper layers of a BERT sentence encoder on labelled questions.

The lower layers stay as they were released, so what they make of each question is computed once and kept; the upper
ones learn together with two linear heads: what is asked (intent), and what is asked together with its stance.
TensorFlow is there with Rasa, and is imported only here, only while training.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from bot.questions.model.transformer_layer import TransformerLayer, Weights

SCALE = 16.0
"""Sentence vectors have length 1; the heads see them times this, so that their softmax can become sharp."""

# Added to the attention scores of padding: after the softmax its weight is zero.
_NO_ATTENTION = -10000.0


@dataclass(frozen=True)
class Recipe:
    """How to train. Chosen by cross-validation, see docs/decisions.md."""

    layers: int = 6
    """Layers that learn, counted from the top."""
    epochs: int = 4
    """How often each question is seen."""
    batch_size: int = 64
    encoder_rate: float = 1.5e-4
    """Highest learning rate of the encoder's layers."""
    head_rate: float = 1e-2
    """Highest learning rate of the heads, which start from nothing."""
    dropout: float = 0.1
    """Share of a layer's outputs that are left out, others each time (Srivastava et al. 2014)."""
    smoothing: float = 0.05
    """Share of the target that is spread over all classes (label smoothing, Szegedy et al. 2016, arXiv:1512.00567)."""
    weight_decay: float = 0.01
    """Share of a matrix that is taken away at each step, apart from its gradient (Loshchilov and Hutter 2019,
    arXiv:1711.05101)."""
    seed: int = 20


def fine_tune(
    weights: Mapping[str, np.ndarray],
    config: Mapping[str, Any],
    token_ids: Sequence[Sequence[int]],
    labels: Sequence[np.ndarray],
    recipe: Recipe = Recipe(),
    progress: Callable[[float], None] = lambda share: None,
    checkpoint: Path | None = None,
) -> tuple[Weights, np.ndarray]:
    """Return a copy of the encoder's weights with its upper layers trained, and the questions' vectors by it.

    The vectors are [questions, size] float32, each of length 1.

    Args:
        weights: BERT's tensors by their usual names.
        config: the model's `config.json`.
        token_ids: word-piece ids of each question, start and end marks included.
        labels: one array of class numbers [questions] for each head.
        recipe: how to train.
        progress: told the share done, 0 to 1, after each batch.
        checkpoint: a file in which to keep what was learnt after each epoch, and from which to go on.
    """
    import tensorflow as tf

    tf.keras.utils.set_random_seed(recipe.seed)
    frozen = int(config["num_hidden_layers"]) - recipe.layers
    numbers = range(frozen + recipe.layers)
    layers = [TransformerLayer(tf, weights, config, number, trained=number >= frozen) for number in numbers]
    lower_states = _states_of_lower_layers(tf, weights, config, layers[:frozen], token_ids)
    heads = [
        tf.Variable(tf.random.normal([int(config["hidden_size"]), int(label.max()) + 1], stddev=0.02))
        for label in labels
    ]
    upper = layers[frozen:]
    _train(tf, upper, heads, lower_states, labels, recipe, progress, checkpoint)
    tuned = dict(weights)
    for layer in upper:
        tuned.update(layer.export())
    return tuned, _sentence_vectors(tf, upper, lower_states)


def _states_of_lower_layers(
    tf: Any, weights: Mapping, config: Mapping, layers: list[TransformerLayer], token_ids: Sequence
) -> list[np.ndarray]:
    """Return what the layers that do not learn make of each question: [pieces, size] float16 each.

    It is computed once, as it is the same in every epoch.
    """
    words = weights["embeddings.word_embeddings.weight"]
    places = weights["embeddings.position_embeddings.weight"] + weights["embeddings.token_type_embeddings.weight"][0]
    scale, bias = weights["embeddings.LayerNorm.weight"], weights["embeddings.LayerNorm.bias"]
    size = words.shape[1]

    @tf.function(input_signature=[tf.TensorSpec([None, None, size]), tf.TensorSpec([None, 1, 1, None])])
    def run(hidden: Any, mask: Any) -> Any:
        for layer in layers:
            hidden = layer(hidden, mask)
        return hidden

    states: list[np.ndarray] = [np.empty(0)] * len(token_ids)
    for rows in _batches_by_length(token_ids, 128):
        ids, mask = _padded_ids([token_ids[row] for row in rows])
        summed = words[ids] + places[: ids.shape[1]]
        mean, variance = summed.mean(-1, keepdims=True), summed.var(-1, keepdims=True)
        embedded = (summed - mean) / np.sqrt(variance + float(config["layer_norm_eps"])) * scale + bias
        hidden = run(embedded.astype(np.float32), _attention_mask(mask)).numpy()
        for place, row in enumerate(rows):
            states[row] = hidden[place, : len(token_ids[row])].astype(np.float16)
    return states


def _train(
    tf: Any,
    layers: list[TransformerLayer],
    heads: list,
    lower_states: list[np.ndarray],
    labels: Sequence,
    recipe: Recipe,
    progress: Callable,
    checkpoint: Path | None,
) -> None:
    """Train the layers and the heads in place, each group with Adam at its own rate (Kingma and Ba 2015)."""
    rng = np.random.default_rng(recipe.seed)
    size = lower_states[0].shape[1]
    groups = [([v for layer in layers for v in layer.variables], recipe.encoder_rate), (heads, recipe.head_rate)]
    variables = [v for group, _ in groups for v in group]
    optimizers = [tf.keras.optimizers.legacy.Adam(learning_rate=rate, epsilon=1e-6) for _, rate in groups]

    @tf.function(
        input_signature=[
            tf.TensorSpec([None, None, size]), tf.TensorSpec([None, None]), tf.TensorSpec([len(labels), None], tf.int32)
        ]
    )  # fmt: skip
    def learn(hidden: Any, mask: Any, wanted: Any) -> None:
        with tf.GradientTape() as tape:
            additive = (1.0 - mask)[:, None, None, :] * _NO_ATTENTION
            for layer in layers:
                hidden = layer(hidden, additive, recipe.dropout)
            vector = _sentence_vector(tf, hidden, mask) * SCALE
            loss = 0.0
            for number, head in enumerate(heads):
                classes = head.shape[1]
                target = tf.one_hot(wanted[number], classes) * (1 - recipe.smoothing) + recipe.smoothing / classes
                loss += tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits(target, tf.matmul(vector, head)))
        gradients, _ = tf.clip_by_global_norm(tape.gradient(loss, variables), 1.0)
        at = 0
        for (group, _), optimizer in zip(groups, optimizers):  # noqa: B905 (TensorFlow's own zip)
            optimizer.apply_gradients(zip(gradients[at : at + len(group)], group))  # noqa: B905
            at += len(group)
        for variable in groups[0][0]:
            if len(variable.shape) == 2:
                variable.assign(variable * (1 - optimizers[0].learning_rate * recipe.weight_decay))

    lengths = [len(state) for state in lower_states]
    steps = recipe.epochs * -(-len(lower_states) // recipe.batch_size)
    step = 0
    tracked = tf.train.Checkpoint(**{f"adam{n}": o for n, o in enumerate(optimizers)}, **_numbered(variables))
    done = _resume(tracked, checkpoint)
    for epoch in range(recipe.epochs):
        batches = _shuffled_batches(lengths, recipe.batch_size, rng)
        if epoch < done:
            step += len(batches)
            continue
        for rows in batches:
            for (_, rate), optimizer in zip(groups, optimizers, strict=True):
                optimizer.learning_rate.assign(rate * _share_of_rate(step, steps))
            hidden, mask = _padded_states([lower_states[row] for row in rows])
            learn(hidden, mask, np.stack([label[rows] for label in labels]).astype(np.int32))
            step += 1
            progress(step / steps)
        _keep(tracked, checkpoint, epoch + 1)


def _share_of_rate(step: int, steps: int) -> float:
    """Return the share of its rate that a step learns at: rising for a tenth of the steps, then falling to none."""
    return min((step + 1) / (0.1 * steps), (steps - step) / (0.9 * steps))


def _numbered(variables: Sequence[Any]) -> dict[str, Any]:
    return {f"variable{number}": variable for number, variable in enumerate(variables)}


def _resume(tracked: Any, checkpoint: Path | None) -> int:
    """Take what an interrupted training had learnt, and return how many epochs those were."""
    done = checkpoint.with_suffix(".epochs") if checkpoint else None
    if done is None or not done.is_file():
        return 0
    tracked.restore(str(checkpoint))
    return int(done.read_text(encoding="utf-8"))


def _keep(tracked: Any, checkpoint: Path | None, epochs: int) -> None:
    if checkpoint:
        checkpoint.parent.mkdir(parents=True, exist_ok=True)
        tracked.write(str(checkpoint))
        checkpoint.with_suffix(".epochs").write_text(str(epochs), encoding="utf-8")


def _sentence_vectors(tf: Any, layers: list[TransformerLayer], lower_states: list[np.ndarray]) -> np.ndarray:
    """Return the sentence vectors [questions, size]; what the lower layers make of each is there already."""

    @tf.function(input_signature=[tf.TensorSpec([None, None, lower_states[0].shape[1]]), tf.TensorSpec([None, None])])
    def run(hidden: Any, mask: Any) -> Any:
        for layer in layers:
            hidden = layer(hidden, (1.0 - mask)[:, None, None, :] * _NO_ATTENTION)
        return _sentence_vector(tf, hidden, mask)

    vectors = np.empty((len(lower_states), lower_states[0].shape[1]), dtype=np.float32)
    for rows in _batches_by_length(lower_states, 128):
        vectors[rows] = run(*_padded_states([lower_states[row] for row in rows])).numpy()
    return vectors


def _sentence_vector(tf: Any, hidden: Any, mask: Any) -> Any:
    """Return the mean of states [questions, pieces, size] over the pieces, of length 1: [questions, size]."""
    mean = tf.reduce_sum(hidden * mask[:, :, None], 1) / tf.reduce_sum(mask, 1, keepdims=True)
    return tf.nn.l2_normalize(mean, -1)


def _batches_by_length(items: Sequence, size: int) -> list[np.ndarray]:
    """Return the places of the items in batches, the shortest first, so that little time goes into padding."""
    order = np.argsort([len(item) for item in items], kind="stable")
    return [order[start : start + size] for start in range(0, len(order), size)]


def _shuffled_batches(lengths: Sequence[int], size: int, rng: np.random.Generator) -> list[np.ndarray]:
    """Return batches of questions of like length, differently mixed each time."""
    noisy = np.asarray(lengths) + rng.uniform(-1.5, 1.5, len(lengths))
    order = np.argsort(noisy)
    batches = [order[start : start + size] for start in range(0, len(order), size)]
    return [batches[i] for i in rng.permutation(len(batches))]


def _padded_ids(rows: Sequence[Sequence[int]]) -> tuple[np.ndarray, np.ndarray]:
    """Return word-piece ids [questions, pieces] and a mask of the same shape: 1 for a piece, 0 for padding."""
    length = max(len(row) for row in rows)
    ids = np.zeros((len(rows), length), dtype=np.int64)
    mask = np.zeros((len(rows), length), dtype=np.float32)
    for number, row in enumerate(rows):
        ids[number, : len(row)] = row
        mask[number, : len(row)] = 1
    return ids, mask


def _padded_states(states: Sequence[np.ndarray]) -> tuple[np.ndarray, np.ndarray]:
    """Return states [questions, pieces, size] and a mask [questions, pieces]: 1 for a piece, 0 for padding."""
    length = max(len(state) for state in states)
    hidden = np.zeros((len(states), length, states[0].shape[1]), dtype=np.float32)
    mask = np.zeros((len(states), length), dtype=np.float32)
    for number, state in enumerate(states):
        hidden[number, : len(state)] = state
        mask[number, : len(state)] = 1
    return hidden, mask


def _attention_mask(mask: np.ndarray) -> np.ndarray:
    """Return what is added to attention scores, [questions, 1, 1, pieces], for a mask of 1 and 0."""
    return ((1 - mask) * _NO_ATTENTION)[:, None, None, :]

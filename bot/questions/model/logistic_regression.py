"""Logistic regression over sentence vectors: the same function as scikit-learn's (multinomial, with an L2 penalty).

The arithmetic is onnxruntime's, which a running bot has anyway: NumPy 1.23's BLAS does not know newer processors and
takes ten times as long on them, and TensorFlow is not installed where the bot only runs.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

import numpy as np
import onnxruntime

from bot.questions.model import onnx_format
from bot.questions.model.onnx_format import FLOAT, Node, Value

C = 30.0
"""How little large weights cost: the inverse strength of the L2 penalty, as in scikit-learn."""
STEPS = 40
"""Not to the end: stopping early generalises as well."""
STEPS_ON = 8
"""From where similar questions had led."""

_MEMORY = 10
"""Steps that the curvature is estimated from."""
_ENOUGH = 1e-4
"""Share of the decrease that the slope promises, from which on a step is taken (Armijo)."""
_SHORTEST = 1e-6

Loss = Callable[[np.ndarray], tuple[float, np.ndarray]]


def train_head(
    vectors: np.ndarray, wanted: np.ndarray, classes: int, start: tuple[np.ndarray, np.ndarray] | None = None
) -> tuple[np.ndarray, np.ndarray]:
    """Return weights [size, classes] and bias [classes] that tell class numbers from vectors [count, size].

    Args:
        vectors: [count, size].
        wanted: their class numbers [count].
        classes: how many classes there are.
        start: weights and bias to go on from; from nothing unless given.
    """
    size = vectors.shape[1]
    weights = np.zeros((size + 1, classes), dtype=np.float32)
    if start is not None:
        weights[:-1], weights[-1] = start
    loss = _loss(np.hstack([vectors, np.ones((len(vectors), 1))]).astype(np.float32), wanted, classes)
    found = minimise(loss, weights, STEPS if start is None else STEPS_ON)
    return found[:-1], found[-1]


def minimise(loss: Loss, start: np.ndarray, steps: int) -> np.ndarray:
    """Return where a smooth function is least, after at most so many steps of L-BFGS (Liu and Nocedal 1989)."""
    place, (value, slope) = start, loss(start)
    pairs: deque[tuple[np.ndarray, np.ndarray, float]] = deque(maxlen=_MEMORY)
    for _ in range(steps):
        direction = -_times_inverse_curvature(slope, pairs)
        promised = float((slope * direction).sum())
        if promised >= 0:
            break
        length = 1.0 if pairs else min(1.0, 1.0 / float(np.abs(slope).sum()))
        while True:
            there = place + np.float32(length) * direction
            value_there, slope_there = loss(there)
            if value_there <= value + _ENOUGH * length * promised:
                break
            length /= 2
            if length < _SHORTEST:
                return place
        step, change = there - place, slope_there - slope
        product = float((step * change).sum())
        if product > 0:
            pairs.append((step, change, 1 / product))
        place, value, slope = there, value_there, slope_there
    return place


def _times_inverse_curvature(slope: np.ndarray, pairs: deque[tuple[np.ndarray, np.ndarray, float]]) -> np.ndarray:
    """Return the slope times the inverse Hessian as it is known from past steps (their two-loop recursion)."""
    result, shares = slope, []
    for step, change, inverse in reversed(pairs):
        share = inverse * float((step * result).sum())
        shares.append(share)
        result = result - np.float32(share) * change
    if pairs:
        step, change, inverse = pairs[-1]
        result = result * np.float32(1 / (inverse * float((change * change).sum())))
    for (step, change, inverse), share in zip(pairs, reversed(shares), strict=True):
        result = result + np.float32(share - inverse * float((change * result).sum())) * step
    return result


def _loss(inputs: np.ndarray, wanted: np.ndarray, classes: int) -> Loss:
    """Return what gives the penalised loss and its gradient for weights [size + 1, classes], bias last."""
    targets = np.zeros((len(inputs), classes), dtype=np.float32)
    targets[np.arange(len(inputs)), wanted] = 1
    session = _session(inputs.shape[1], classes)

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        weights = weights.astype(np.float32)
        given = {"inputs": inputs, "weights": weights, "targets": targets}
        told, gradient = session.run(["told", "gradient"], given)
        # The bias costs nothing.
        penalised = np.vstack([weights[:-1], np.zeros((1, classes), dtype=np.float32)])
        value = 0.5 * float((penalised.astype(np.float64) ** 2).sum()) - C * float(told.sum(dtype=np.float64))
        return value, penalised + np.float32(C) * gradient

    return loss


def _session(size: int, classes: int) -> onnxruntime.InferenceSession:
    """Return a network: inputs, weights and targets to the log odds of the right classes, and the gradient of these."""
    nodes = [
        Node("MatMul", ["inputs", "weights"], ["scores"]),
        Node("LogSoftmax", ["scores"], ["logs"], {"axis": 1}),
        Node("Mul", ["logs", "targets"], ["right"]),
        Node("ReduceSum", ["right", "over_classes"], ["told"], {"keepdims": 0}),
        Node("Exp", ["logs"], ["odds"]),
        Node("Sub", ["odds", "targets"], ["wrong"]),
        Node("Gemm", ["inputs", "wrong"], ["gradient"], {"transA": 1}),
    ]
    given = [
        Value("inputs", FLOAT, [None, size]),
        Value("weights", FLOAT, [size, classes]),
        Value("targets", FLOAT, [None, classes]),
    ]
    made = [Value("told", FLOAT, [None]), Value("gradient", FLOAT, [size, classes])]
    content = onnx_format.network(nodes, given, made, {"over_classes": np.array([1])})
    return onnxruntime.InferenceSession(content, providers=["CPUExecutionProvider"])

"""Logistic regression over sentence vectors, learnt with TensorFlow's arithmetic.

The same function and method as scikit-learn's (multinomial, lbfgs), which computes it in double precision with the
BLAS of NumPy 1.23; that does not know newer processors, and takes ten times as long on them. Only imported to train.
"""

from __future__ import annotations

import numpy as np

C = 30.0
"""How little large weights cost: the inverse strength of the L2 penalty, as in scikit-learn."""
STEPS = 40
"""Not to the end: stopping early generalises as well."""


def train_head(vectors: np.ndarray, wanted: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return weights [size, classes] and bias [classes] that tell class numbers from vectors [count, size].

    `wanted` are the class numbers [count]. The minimum is sought by L-BFGS-B (Byrd et al. 1995), with the gradient in
    single precision.
    """
    import tensorflow as tf
    from scipy.optimize import minimize

    count, size = vectors.shape
    classes = int(wanted.max()) + 1
    inputs = tf.constant(np.hstack([vectors, np.ones((count, 1))]), tf.float32)
    targets = tf.one_hot(wanted, classes)

    @tf.function(input_signature=[tf.TensorSpec([size + 1, classes])])
    def loss_and_gradient(weights: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
        logs = tf.nn.log_softmax(tf.matmul(inputs, weights))
        # The bias, in the last row, costs nothing.
        penalised = tf.concat([weights[:-1], tf.zeros([1, classes])], 0)
        loss = 0.5 * tf.reduce_sum(penalised**2) - C * tf.reduce_sum(targets * logs)
        return loss, penalised + C * tf.matmul(inputs, tf.exp(logs) - targets, transpose_a=True)

    def in_doubles(flat: np.ndarray) -> tuple[float, np.ndarray]:
        loss, gradient = loss_and_gradient(flat.reshape(size + 1, classes).astype(np.float32))
        return float(loss), gradient.numpy().astype(np.float64).ravel()

    found = minimize(
        in_doubles, np.zeros((size + 1) * classes), method="L-BFGS-B", jac=True, options={"maxiter": STEPS}
    )
    weights = found.x.reshape(size + 1, classes).astype(np.float32)
    return weights[:-1], weights[-1]

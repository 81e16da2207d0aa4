"""A classifier with one hidden layer, small enough to ask it every derivative it has.

The loss can be differentiated to the inputs (what an attacker moves) and to the parameters (what
training moves): two ends of one backward pass.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import minimize
from scipy.special import log_softmax, softmax

Array = NDArray[np.float64]


@dataclass(frozen=True)
class SoftmaxNetwork:
    """``softmax(tanh(X W1 + b1) W2 + b2)`` with all its parameters in one vector.

    Attributes
    ----------
    theta : ndarray, shape (p,)
        W1 (features, hidden), b1, W2 (hidden, classes) and b2, flattened in this order.
    sizes : tuple of int
        Numbers of features, hidden neurons and classes.
    """

    theta: Array
    sizes: tuple[int, int, int]

    def predict(self, X: ArrayLike) -> NDArray[np.intp]:
        """Most likely class of each row of `X`, shape (n,)."""
        return np.argmax(self._forward(X)[1], axis=1)

    def losses(self, X: ArrayLike, y: ArrayLike) -> Array:
        """Cross-entropy of each example, shape (n,)."""
        labels = np.asarray(y)
        log_p = log_softmax(self._forward(X)[1], axis=1)
        return np.asarray(-log_p[np.arange(len(labels)), labels])

    def loss(self, X: ArrayLike, y: ArrayLike) -> float:
        """Mean cross-entropy of the batch."""
        return float(np.mean(self.losses(X, y)))

    def input_gradient(self, X: ArrayLike, y: ArrayLike) -> Array:
        """Gradient of each example's loss to its own inputs, shape (n, features)."""
        W1, _, W2, _ = self._unpack()
        hidden, logits = self._forward(X)
        return ((_logit_error(logits, y) @ W2.T) * (1 - hidden**2)) @ W1.T

    def parameter_gradient(self, X: ArrayLike, y: ArrayLike) -> Array:
        """Gradient of the batch's mean loss to all parameters, shape (p,)."""
        W2 = self._unpack()[2]
        inputs = np.asarray(X, dtype=float)
        hidden, logits = self._forward(inputs)
        upper = _logit_error(logits, y) / len(inputs)
        lower = (upper @ W2.T) * (1 - hidden**2)
        parts = (inputs.T @ lower, lower.sum(0), hidden.T @ upper, upper.sum(0))
        return np.concatenate([part.ravel() for part in parts])

    def moved(self, step: ArrayLike) -> SoftmaxNetwork:
        """The network with `step`, shape (p,), added to its parameters."""
        return SoftmaxNetwork(self.theta + np.asarray(step), self.sizes)

    def _unpack(self) -> tuple[Array, Array, Array, Array]:
        features, hidden, classes = self.sizes
        cuts = np.cumsum([features * hidden, hidden, hidden * classes])
        W1, b1, W2, b2 = np.split(self.theta, cuts)
        return W1.reshape(features, hidden), b1, W2.reshape(hidden, classes), b2

    def _forward(self, X: ArrayLike) -> tuple[Array, Array]:
        W1, b1, W2, b2 = self._unpack()
        inputs = np.asarray(X, dtype=float)
        if inputs.ndim != 2 or inputs.shape[1] != self.sizes[0]:
            raise ValueError(f"X must have shape (n, {self.sizes[0]}), got {inputs.shape}")
        hidden = np.tanh(inputs @ W1 + b1)
        return hidden, hidden @ W2 + b2


def train_softmax_network(
    X: ArrayLike,
    y: ArrayLike,
    *,
    hidden: int = 32,
    weight_decay: float = 3e-3,
    iterations: int = 60,
    seed: int = 0,
) -> SoftmaxNetwork:
    """Minimize the mean cross-entropy plus ``weight_decay / 2 * |theta|^2`` with L-BFGS.

    Parameters
    ----------
    X : array_like, shape (n, features)
        Inputs, best of order one.
    y : array_like of int, shape (n,)
        Classes, counted from 0.
    hidden, weight_decay, iterations, seed
        Width of the hidden layer, penalty, limit of L-BFGS steps, seed of the initial weights.

    Returns
    -------
    SoftmaxNetwork
        The trained network.

    Raises
    ------
    ValueError
        If `y` does not hold one integer class for each row of `X`.
    """
    inputs, labels = np.asarray(X, dtype=float), np.asarray(y)
    if labels.shape != (len(inputs),) or not np.issubdtype(labels.dtype, np.integer):
        raise ValueError(
            f"y must hold one integer class for each of the {len(inputs)} rows of X, "
            f"got {labels.dtype} of shape {labels.shape}"
        )
    sizes = (inputs.shape[1], hidden, int(labels.max()) + 1)
    rng = np.random.default_rng(seed)
    start = np.concatenate(
        [
            rng.standard_normal(sizes[0] * hidden) / np.sqrt(sizes[0]),
            np.zeros(hidden),
            rng.standard_normal(hidden * sizes[2]) / np.sqrt(hidden),
            np.zeros(sizes[2]),
        ]
    )

    def objective(theta: Array) -> tuple[float, Array]:
        network = SoftmaxNetwork(theta, sizes)
        penalty = 0.5 * weight_decay * float(theta @ theta)
        slope = network.parameter_gradient(inputs, labels) + weight_decay * theta
        return network.loss(inputs, labels) + penalty, slope

    found = minimize(objective, start, jac=True, method="L-BFGS-B", options={"maxiter": iterations})
    return SoftmaxNetwork(np.asarray(found.x), sizes)


def _logit_error(logits: Array, y: ArrayLike) -> Array:
    """Derivative of each example's cross-entropy to its logits: probabilities minus one-hot."""
    error = np.asarray(softmax(logits, axis=1))
    error[np.arange(len(error)), np.asarray(y)] -= 1
    return error

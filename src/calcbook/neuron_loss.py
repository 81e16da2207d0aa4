"""The loss of a network v1 tanh(w1 x) + v2 tanh(w2 x) + ... on one target, with its derivatives."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]
X = np.linspace(-2, 2, 41)
Y = 2 * np.tanh(3 * X) - 1.5 * np.tanh(0.8 * X)


def loss(theta: ArrayLike) -> float:
    """Return half of the mean squared error at ``theta`` = (w1, ..., v1, ...)."""
    w, v = np.split(np.asarray(theta, dtype=float), 2)
    return float(np.mean((np.tanh(np.outer(X, w)) @ v - Y) ** 2) / 2)


def gradient(theta: ArrayLike) -> Array:
    """Return the gradient of the loss, shape (2 * width,)."""
    w, v = np.split(np.asarray(theta, dtype=float), 2)
    hidden = np.tanh(np.outer(X, w))
    misfit = hidden @ v - Y
    by_w = misfit @ (X[:, None] * (1 - hidden**2) * v)
    return np.concatenate([by_w, misfit @ hidden]) / X.size


def hessian(theta: ArrayLike) -> Array:
    """Return the Hessian by central differences of the gradient, exact to about 1e-9."""
    theta = np.asarray(theta, dtype=float)
    h = 1e-5
    columns = [
        (gradient(theta + h * e) - gradient(theta - h * e)) / (2 * h) for e in np.eye(theta.size)
    ]
    return np.asarray((np.array(columns) + np.array(columns).T) / 2)


def descend(theta: ArrayLike, steps: int, learning_rate: float = 0.3) -> Array:
    """Return the parameters before and after each step, shape (steps + 1, 2 * width)."""
    path = [np.asarray(theta, dtype=float)]
    for _ in range(steps):
        path.append(path[-1] - learning_rate * gradient(path[-1]))
    return np.array(path)

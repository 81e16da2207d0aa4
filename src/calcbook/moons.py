"""Two half moons, and a small network that tells them apart."""

from __future__ import annotations

import functools

import numpy as np
from numpy.typing import ArrayLike, NDArray

from calcbook.softmax_network import SoftmaxNetwork, train_softmax_network

Array = NDArray[np.float64]


def moons(n: int = 200, noise: float = 0.2, seed: int = 0) -> tuple[Array, NDArray[np.int64]]:
    """Return noisy points of two interleaved half moons, shape (n, 2), and their classes, (n,)."""
    rng = np.random.default_rng(seed)
    angle = rng.uniform(0, np.pi, n)
    y = np.arange(n) % 2
    upper = np.column_stack([np.cos(angle), np.sin(angle)])
    lower = np.column_stack([1 - np.cos(angle), 0.5 - np.sin(angle)])
    X = np.where(y[:, None] == 1, lower, upper) + noise * rng.normal(size=(n, 2))
    return X, y


@functools.cache
def classifier() -> SoftmaxNetwork:
    """Return a network with 12 hidden neurons, trained on `moons`."""
    X, y = moons()
    return train_softmax_network(X, y, hidden=12)


def probability(points: ArrayLike) -> Array:
    """Return the network's probability of the lower moon, shape (n,).

    Parameters
    ----------
    points : array_like, shape (n, 2)
    """
    X = np.atleast_2d(np.asarray(points, dtype=float))
    return np.asarray(np.exp(-classifier().losses(X, np.ones(len(X), dtype=int))))

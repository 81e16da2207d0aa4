r"""Networks of one hidden ReLU layer: written down for a function, and trained on it.

The one written down joins K + 1 even points of the function by straight lines: its slope starts
as the first line's and changes at each point in between, by one neuron each. With
:math:`h = 1/K` it is off by at most :math:`h^2 \max|f''| / 8`.

References
----------
Cybenko (1989), doi:10.1007/BF02551274. Leshno, Lin, Pinkus & Schocken (1993),
doi:10.1016/S0893-6080(05)80131-5.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from calcbook import tape

Array = NDArray[np.float64]


@dataclass(frozen=True)
class ReluNetwork:
    """``relu(x w + b) v + c``, or a stack of such networks along the first axis.

    Attributes
    ----------
    w, b, v : ndarray, shape (..., hidden)
    c : ndarray, shape (...)
    """

    w: Array
    b: Array
    v: Array
    c: Array

    def __call__(self, x: ArrayLike) -> Array:
        """Return the outputs at ``x``, shape (n,); of a stack, shape (..., n)."""
        return self._sum(np.maximum(self._inner(x), 0)) + self.c[..., None]

    def slope(self, x: ArrayLike) -> Array:
        """Return the derivative with respect to ``x``."""
        return self._sum((self._inner(x) > 0) * self.w[..., None, :])

    def _inner(self, x: ArrayLike) -> Array:
        at = np.asarray(x, dtype=float)[:, None]
        return np.asarray(at * self.w[..., None, :] + self.b[..., None, :])

    def _sum(self, hidden: Array) -> Array:
        return np.asarray((hidden * self.v[..., None, :]).sum(axis=-1))


def written_down(f: Callable[[Array], Array], hidden: int) -> ReluNetwork:
    """Return a network whose weights are read off a function on [0, 1]; nothing is trained."""
    if hidden < 1:
        raise ValueError(f"`hidden` is {hidden}: give at least one neuron, for one line.")
    corners = np.linspace(0, 1, hidden + 1)
    values = f(corners)
    slopes = np.diff(values) * hidden
    turns = np.diff(slopes, prepend=0.0)
    return ReluNetwork(np.ones(hidden), -corners[:-1], turns, np.asarray(values[0]))


def trained(
    f: Callable[[Array], Array],
    hidden: int,
    *,
    seeds: int = 20,
    steps: int = 1000,
    samples: int = 65,
    learning_rate: float = 0.02,
) -> ReluNetwork:
    """Return a stack of networks trained with Adam on values of a function on [0, 1].

    Parameters
    ----------
    f : callable
    hidden : int
    seeds : int
        How many networks, each from its own initial weights.
    steps, samples, learning_rate
        Steps over all ``samples`` even points, with a rate that falls linearly to 0.
    """
    x = np.linspace(0, 1, samples)
    y = f(x)
    w, b, v = np.moveaxis(
        np.array([_start(np.random.default_rng(seed), hidden) for seed in range(seeds)]), 1, 0
    )
    parameters = [w[:, None, :], b[:, None, :], v[:, :, None], np.zeros((seeds, 1, 1))]
    mean, square = [[np.zeros_like(p) for p in parameters] for _ in range(2)]
    for step in range(1, steps + 1):
        nodes = [tape.Node(p) for p in parameters]
        w_, b_, v_, c_ = nodes
        output = tape.relu(w_ * x[:, None] + b_) @ v_ + c_
        gradients = tape.gradients(((output - y[:, None]) ** 2).mean(axis=1).sum(), nodes)
        mean = [0.9 * m + 0.1 * g for m, g in zip(mean, gradients, strict=True)]
        square = [0.999 * s + 0.001 * g**2 for s, g in zip(square, gradients, strict=True)]
        rate = learning_rate * (1 - (step - 1) / steps) * np.sqrt(1 - 0.999**step) / (1 - 0.9**step)
        parameters = [
            p - rate * m / (np.sqrt(s) + 1e-8)
            for p, m, s in zip(parameters, mean, square, strict=True)
        ]
    w, b, v, c = parameters
    return ReluNetwork(w[:, 0, :], b[:, 0, :], v[:, :, 0], c[:, 0, 0])


def _start(rng: np.random.Generator, hidden: int) -> Array:
    """Return initial w, b and v, shape (3, hidden), with corners spread over [0, 1]."""
    w = rng.normal(size=hidden) * np.sqrt(2)
    b = -w * rng.uniform(size=hidden)
    return np.array([w, b, rng.normal(size=hidden) / np.sqrt(hidden)])

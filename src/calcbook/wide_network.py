"""A network of one input and one hidden layer with every derivative by its parameters.

The output is divided by the root of the width, so that training at one rate works at any width,
and the first output is subtracted, so that all networks start from zero.

References
----------
Jacot, Gabriel & Hongler (2018), *Neural tangent kernel*.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Trained:
    """A network before and after training, and its linear model trained in the same way.

    Attributes
    ----------
    first, last : ndarray, shape (3 * width,)
        Parameters of the network: slopes, shifts, and output weights.
    linear : ndarray, shape (3 * width,)
        Parameters of the linear model around ``first``.
    """

    first: Array
    last: Array
    linear: Array

    def network(self, x: ArrayLike) -> Array:
        """Return the trained network's outputs, shape (n,)."""
        return outputs(self.last, x) - outputs(self.first, x)

    def linearized(self, x: ArrayLike) -> Array:
        """Return the trained linear model's outputs, shape (n,)."""
        return np.asarray(jacobian(self.first, x) @ (self.linear - self.first))

    @property
    def moved(self) -> float:
        """How far training has moved the parameters, as a share of their length."""
        return float(np.linalg.norm(self.last - self.first) / np.linalg.norm(self.first))


def first_parameters(width: int, seed: int = 0) -> Array:
    """Return standard normal parameters, shape (3 * width,).

    Raises
    ------
    ValueError
        If ``width`` is less than 1.
    """
    if width < 1:
        raise ValueError(f"`width` is {width}; take at least one hidden neuron.")
    return np.random.default_rng(seed).normal(size=3 * width)


def outputs(theta: Array, x: ArrayLike) -> Array:
    """Return sum_j v_j tanh(w_j x + b_j) / sqrt(width), shape (n,)."""
    w, b, v = np.split(theta, 3)
    hidden = np.tanh(np.multiply.outer(np.asarray(x, dtype=float), w) + b)
    return np.asarray(hidden @ v / np.sqrt(v.size))


def jacobian(theta: Array, x: ArrayLike) -> Array:
    """Return J[i, j], the derivative of output i by parameter j, shape (n, 3 * width)."""
    x = np.asarray(x, dtype=float)
    w, b, v = np.split(theta, 3)
    hidden = np.tanh(np.multiply.outer(x, w) + b)
    by_b = v * (1 - hidden**2)
    return np.hstack([by_b * x[:, None], by_b, hidden]) / np.sqrt(v.size)


def train(
    width: int, x: Array, y: Array, seed: int = 0, steps: int = 400, learning_rate: float = 0.3
) -> Trained:
    """Run gradient descent on the mean squared error, for the network and its linear model."""
    first = first_parameters(width, seed)
    at_start, slopes = outputs(first, x), jacobian(first, x)
    last, linear = first, first
    for _ in range(steps):
        misfit = outputs(last, x) - at_start - y
        last = last - learning_rate * misfit @ jacobian(last, x) / x.size
        misfit = slopes @ (linear - first) - y
        linear = linear - learning_rate * misfit @ slopes / x.size
    return Trained(first, last, linear)

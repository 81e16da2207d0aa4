"""Functions of several variables on [-1, 1]^d; gradients by the complex step, exact to rounding.

`DEVELOPMENT` may be looked at while a method is tuned, `SET_ASIDE` may not.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from .signals import Array

Complexes = NDArray[Any]


@dataclass(frozen=True)
class Field:
    """A function of `inputs` variables: (n, inputs) -> (n,)."""

    inputs: int
    function: Callable[[Complexes], Complexes]

    def gradient(self, X: Array) -> Array:
        """Return the gradient, (n, inputs)."""
        step = 1e-30
        steps = 1j * step * np.eye(self.inputs)
        return np.column_stack([self.function(X + s).imag / step for s in steps])

    def sample(self, n: int, noise: float, seed: int) -> tuple[Array, Array, Array, Array]:
        """Return scattered X and noisy y, and 300 points inside with the true gradients."""
        rng = np.random.default_rng([n, seed, self.inputs])
        X = rng.uniform(-1, 1, (n, self.inputs))
        y = self.function(X)
        y = y + noise * y.std() * rng.standard_normal(n)
        points = rng.uniform(-0.95, 0.95, (300, self.inputs))
        return X, y, points, self.gradient(points)


def _franke(x: Complexes) -> Complexes:
    a, b = 4.5 * (x.T + 1)
    return (
        0.75 * np.exp(-((a - 2) ** 2 + (b - 2) ** 2) / 4)
        + 0.75 * np.exp(-((a + 1) ** 2) / 49 - (b + 1) / 10)
        + 0.5 * np.exp(-((a - 7) ** 2 + (b - 3) ** 2) / 4)
        - 0.2 * np.exp(-((a - 4) ** 2) - (b - 7) ** 2)
    )


def _branin(x: Complexes) -> Complexes:
    a, b = 7.5 * x[:, 0] + 2.5, 7.5 * x[:, 1] + 7.5
    return (b - 0.129 * a**2 + 1.59 * a - 6) ** 2 / 50 + np.cos(a) / 5


DEVELOPMENT: dict[str, Field] = {
    "plane": Field(3, lambda x: 2 * x[:, 0] + 0.5 * x[:, 1] - x[:, 2]),
    "saddle": Field(3, lambda x: x[:, 0] ** 2 + x[:, 0] * x[:, 1] - x[:, 2] ** 2 + x[:, 1]),
    "Rosenbrock": Field(
        2, lambda x: (1 - 1.5 * x[:, 0]) ** 2 + 10 * (1.5 * x[:, 1] - 2.25 * x[:, 0] ** 2) ** 2
    ),
    "waves": Field(2, lambda x: np.sin(3 * x[:, 0]) * np.cos(2 * x[:, 1])),
    "Franke": Field(2, _franke),
    "sum of five": Field(
        5,
        lambda x: (
            np.sin(2 * x[:, 0]) + x[:, 1] ** 3 + np.exp(x[:, 2]) + np.cos(3 * x[:, 3]) / 2 + x[:, 4]
        ),
    ),
    "two of four matter": Field(4, lambda x: np.sin(3 * x[:, 0]) + x[:, 1] ** 2),
    "ridge": Field(3, lambda x: np.tanh(2 * x[:, 0] + x[:, 1] - 2 * x[:, 2])),
}

SET_ASIDE: dict[str, Field] = {
    "two hills": Field(
        2,
        lambda x: (
            np.exp(-3 * (x[:, 0] + 0.4) ** 2 - 5 * (x[:, 1] - 0.3) ** 2)
            - 0.7 * np.exp(-4 * (x[:, 0] - 0.5) ** 2 - 2 * (x[:, 1] + 0.4) ** 2)
        ),
    ),
    "Branin": Field(2, _branin),
    "Ishigami": Field(
        3,
        lambda x: np.sin(2 * x[:, 0]) * (1 + x[:, 2] ** 4 / 2) + np.sin(2 * x[:, 1]) ** 2,
    ),
    "rational": Field(3, lambda x: 1 / (1 + x[:, 0] ** 2 + 2 * x[:, 1] ** 2) + 0.3 * x[:, 2]),
    "product": Field(4, lambda x: np.exp(0.5 * x[:, 0] - x[:, 1]) * (1 + x[:, 2] * x[:, 3])),
    "pairs": Field(5, lambda x: x[:, 0] * x[:, 1] + np.sin(2 * x[:, 2] * x[:, 3]) + x[:, 4] ** 2),
    "plane of four": Field(4, lambda x: x[:, 0] - 2 * x[:, 1] + 3 * x[:, 3]),
    "saturation": Field(2, lambda x: (1 - np.exp(-1 - x[:, 1])) / (1 + np.exp(-1.5 * x[:, 0]))),
}

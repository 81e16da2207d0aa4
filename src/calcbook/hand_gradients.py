"""One small network, four gradients written by hand, of which one is right.

The network has one hidden layer of SiLU units. All four gradients are right for its output layer;
they differ in the way they take the hidden layer's derivative.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

Array = NDArray[np.float64]
WIDTH = 16


class Measurements(NamedTuple):
    """Noisy samples of a curve. Shapes ``(n,)``."""

    x: Array
    y: Array


class Run(NamedTuple):
    """A training run.

    Attributes
    ----------
    losses : ndarray, shape (steps + 1,)
        Mean squared error before each step, and after the last.
    thetas : ndarray, shape (steps + 1, parameters)
    """

    losses: Array
    thetas: Array


def curve(x: Array) -> Array:
    """Return the curve without its noise."""
    return np.sin(2 * x) + 0.5 * x


def measurements(seed: int = 0, n: int = 80, noise: float = 0.2) -> Measurements:
    """Return ``n`` samples between -3 and 3 with normal noise."""
    rng = np.random.default_rng(seed)
    x = np.sort(rng.uniform(-3, 3, n))
    return Measurements(x, curve(x) + noise * rng.normal(size=n))


def start(seed: int = 0) -> Array:
    """Return random first parameters: inner weights, inner offsets, outer weights, outer offset."""
    rng = np.random.default_rng(1000 + seed)
    inner = 2 * rng.normal(size=2 * WIDTH)
    return np.concatenate([inner, rng.normal(size=WIDTH) / np.sqrt(WIDTH), [0.0]])


def predict(theta: Array, x: Array) -> Array:
    """Return the network's outputs, shape ``(n,)``."""
    return _forward(theta, x)[2]


def loss(theta: Array, samples: Measurements) -> float:
    """Return the mean squared error."""
    return float(np.mean((predict(theta, samples.x) - samples.y) ** 2))


def _right(z: Array) -> Array:
    return expit(z) + z * expit(z) * expit(-z)


def _one_term(z: Array) -> Array:
    return z * expit(z) * expit(-z)


def _slopes_multiplied(z: Array) -> Array:
    return expit(z) * expit(-z)


# What is taken for the derivative of z * sigmoid(z), and whether the derivative of the inner
# function w x + b with respect to w, which is x, is multiplied on. By the letters of the versions.
_TAKEN: dict[str, tuple[Callable[[Array], Array], bool]] = {
    "A": (_one_term, True),
    "B": (_slopes_multiplied, True),
    "C": (_right, True),
    "D": (_right, False),
}
VERSIONS = tuple(_TAKEN)


def gradient(version: str, theta: Array, samples: Measurements) -> Array:
    """Return what a version takes for the gradient of `loss`, shape like ``theta``."""
    slope, has_inner = _TAKEN[version]
    z, h, prediction = _forward(theta, samples.x)
    outer = theta[2 * WIDTH : 3 * WIDTH]
    of_output = 2 * (prediction - samples.y) / samples.x.size
    of_z = np.outer(of_output, outer) * slope(z)
    inner = samples.x if has_inner else np.ones_like(samples.x)
    parts = (inner @ of_z, of_z.sum(axis=0), of_output @ h, [of_output.sum()])
    return np.concatenate(parts)


@cache
def train(version: str, seed: int = 0, steps: int = 400, learning_rate: float = 0.02) -> Run:
    """Minimize the loss with Adam, along what the version takes for the gradient."""
    samples, theta = measurements(seed), start(seed)
    mean, square = np.zeros_like(theta), np.zeros_like(theta)
    thetas = [theta]
    for step in range(1, steps + 1):
        g = gradient(version, theta, samples)
        mean = 0.9 * mean + 0.1 * g
        square = 0.999 * square + 0.001 * g**2
        scaled = mean / (1 - 0.9**step) / (np.sqrt(square / (1 - 0.999**step)) + 1e-8)
        theta = theta - learning_rate * scaled
        thetas.append(theta)
    return Run(np.array([loss(each, samples) for each in thetas]), np.array(thetas))


def last_losses(seeds: Sequence[int] = range(20), steps: int = 400) -> dict[str, Array]:
    """Return the loss at the end as a share of that at the start, for each version and seed."""
    runs = {version: [train(version, seed, steps) for seed in seeds] for version in VERSIONS}
    return {
        version: np.array([run.losses[-1] / run.losses[0] for run in many])
        for version, many in runs.items()
    }


def _forward(theta: Array, x: Array) -> tuple[Array, Array, Array]:
    w, b, v = np.split(theta[:-1], 3)
    z = np.outer(x, w) + b
    h = z * expit(z)
    return z, h, h @ v + theta[-1]

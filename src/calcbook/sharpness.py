r"""Training the moons' classifier by plain gradient descent, with the loss's curvature watched.

The largest eigenvalue of the Hessian of the loss, λ, is called its *sharpness*. Its Taylor
polynomial of order 2 predicts what a step of gradient descent does:
:math:`-\eta |g|^2 + \tfrac12 \eta^2 g^\top H g`.

References
----------
Cohen, Kaur, Li, Kolter & Talwalkar (2021), ICLR, "Gradient Descent on Neural Networks Typically
Occurs at the Edge of Stability".
"""

from __future__ import annotations

import functools
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

from calcbook.moons import moons
from calcbook.softmax_network import SoftmaxNetwork

Array = NDArray[np.float64]
HIDDEN = 12
_H = 1e-5  # step of the central differences of the gradient


def untrained(seed: int = 0) -> SoftmaxNetwork:
    """Return a network for the moons with random weights."""
    rng = np.random.default_rng(seed)
    first, second = rng.normal(size=2 * HIDDEN), rng.normal(size=2 * HIDDEN)
    blank = np.zeros(HIDDEN)
    theta = np.concatenate([first / np.sqrt(2), blank, second / np.sqrt(HIDDEN), np.zeros(2)])
    return SoftmaxNetwork(theta, (2, HIDDEN, 2))


def loss(network: SoftmaxNetwork) -> float:
    """Return the mean cross-entropy over all 200 points."""
    return network.loss(*moons())


def gradient(network: SoftmaxNetwork) -> Array:
    """Return the gradient of the loss to the parameters, shape (p,)."""
    return network.parameter_gradient(*moons())


def hessian(network: SoftmaxNetwork) -> Array:
    """Return the Hessian of the loss, shape (p, p), by central differences of the gradient."""
    X, y = moons()
    columns = [
        network.moved(step).parameter_gradient(X, y) - network.moved(-step).parameter_gradient(X, y)
        for step in _H * np.eye(network.theta.size)
    ]
    H = np.array(columns) / (2 * _H)
    return np.asarray((H + H.T) / 2)


def sharpness(network: SoftmaxNetwork) -> float:
    """Return the largest eigenvalue of the Hessian."""
    return float(np.linalg.eigvalsh(hessian(network))[-1])


def descended(network: SoftmaxNetwork, rate: float, steps: int) -> SoftmaxNetwork:
    """Return the network after steps of gradient descent over all points."""
    X, y = moons()
    for _ in range(steps):
        network = network.moved(-rate * network.parameter_gradient(X, y))
    return network


class Changes(NamedTuple):
    """What one step changes the loss by, for each learning rate; all of shape (n,)."""

    first: Array
    second: Array
    actual: Array


def changes(network: SoftmaxNetwork, rates: ArrayLike) -> Changes:
    """Return the change of the loss by one step: as order 1 and 2 predict it, and as it is."""
    rates = np.asarray(rates, dtype=float)
    g, before = gradient(network), loss(network)
    linear = -rates * (g @ g)
    bent = linear + rates**2 / 2 * (g @ hessian(network) @ g)
    actual = np.array([loss(network.moved(-rate * g)) - before for rate in rates])
    return Changes(linear, bent, actual)


class History(NamedTuple):
    """A training run, seen at some of its steps; all of shape (n,)."""

    steps: Array
    losses: Array
    sharpness: Array


@functools.cache
def history(rate: float, seed: int = 0, steps: int = 2000, every: int = 80) -> History:
    """Train from random weights, and return loss and sharpness at every so many steps."""
    network, seen = untrained(seed), []
    for step in range(0, steps + 1, every):
        seen.append((step, loss(network), sharpness(network)))
        network = descended(network, rate, every)
    return History(*np.array(seen, dtype=float).T)

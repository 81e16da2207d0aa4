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
from scipy.special import expit

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


def gradients(thetas: Array) -> Array:
    """Return the gradients of many networks' losses at once, (s, p) -> (s, p)."""
    X, y = moons()
    W1, b1 = (
        thetas[:, : 2 * HIDDEN].reshape(-1, 2, HIDDEN),
        thetas[:, None, 2 * HIDDEN : 3 * HIDDEN],
    )
    W2, b2 = thetas[:, 3 * HIDDEN : -2].reshape(-1, HIDDEN, 2), thetas[:, None, -2:]
    hidden = np.tanh(X @ W1 + b1)
    logits = hidden @ W2 + b2
    second = (expit(logits[..., 1] - logits[..., 0]) - y) / len(y)  # softmax of two classes
    upper = np.stack([-second, second], axis=-1)
    lower = (upper @ W2.swapaxes(1, 2)) * (1 - hidden**2)
    parts = (X.T @ lower, lower.sum(axis=1), hidden.swapaxes(1, 2) @ upper, upper.sum(axis=1))
    return np.concatenate([part.reshape(len(thetas), -1) for part in parts], axis=1)


def hessian(network: SoftmaxNetwork) -> Array:
    """Return the Hessian of the loss, shape (p, p), by central differences of the gradient."""
    steps = _H * np.eye(network.theta.size)
    ahead, behind = gradients(network.theta + steps), gradients(network.theta - steps)
    H = (ahead - behind) / (2 * _H)
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
def histories(rate: float, seeds: int, steps: int = 2000, every: int = 80) -> list[History]:
    """Train from random weights, and return loss and sharpness at every so many steps.

    The runs, one from each of the ``seeds`` initializations 0, 1, ..., share their steps: one
    array of all parameters moves much faster than one network after the other.
    """
    networks, seen = [untrained(seed) for seed in range(seeds)], []
    thetas = np.array([network.theta for network in networks])
    for step in range(steps + 1):
        if step % every == 0:
            networks = [SoftmaxNetwork(theta, networks[0].sizes) for theta in thetas]
            seen.append([(step, loss(network), sharpness(network)) for network in networks])
        thetas = thetas - rate * gradients(thetas)
    return [History(*run.T) for run in np.swapaxes(np.array(seen, dtype=float), 0, 1)]

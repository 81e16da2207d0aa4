"""A vector field that is a small network, trained on pieces of a noisy spiral by the adjoint."""

from __future__ import annotations

import functools
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from pydelt.interpolation import SplineInterpolator

Array = NDArray[np.float64]
HIDDEN = 16
SIZE = 2 * HIDDEN + HIDDEN + 2 * HIDDEN
TURN = np.array([[-0.15, 2.0], [-2.0, -0.15]])


def network(u: Array, theta: Array) -> Array:
    """Return the rates of states of shape (..., 2): one hidden layer of tanh, no bias behind it."""
    inner, bias, outer = _layers(theta)
    return np.asarray(np.tanh(u @ inner + bias) @ outer)


def pullback(u: Array, theta: Array, a: Array) -> tuple[Array, Array, Array]:
    """Return the rates at states (n, 2), and a^T df/du, (n, 2), and a^T df/dtheta, (SIZE,).

    By hand, since the tape would take ten times as long for layers this small.
    """
    inner, bias, outer = _layers(theta)
    h = np.tanh(u @ inner + bias)
    at_z = (a @ outer.T) * (1 - h**2)
    at_theta = np.concatenate([(u.T @ at_z).ravel(), at_z.sum(axis=0), (h.T @ a).ravel()])
    return h @ outer, at_z @ inner.T, at_theta


def first_weights(seed: int = 0) -> Array:
    """Return random weights, shape (SIZE,)."""
    return np.random.default_rng(seed).normal(0, 0.4, SIZE)


def spiral(times: ArrayLike, start: ArrayLike = (2.0, 0.0)) -> Array:
    """Return the true states, shape (n, 2): a turn with two radians a second that decays."""
    t = np.asarray(times, dtype=float)[:, None]
    x, y = np.asarray(start, dtype=float)
    radius = np.exp(-0.15 * t)
    c, s = np.cos(2 * t), np.sin(2 * t)
    return np.asarray(radius * np.hstack([x * c + y * s, y * c - x * s]))


def noisy_spiral(noise: float = 0.1, seed: int = 0, n: int = 121) -> tuple[Array, Array]:
    """Return times over six seconds, shape (n,), and noisy states, shape (n, 2)."""
    times = np.linspace(0, 6, n)
    return times, spiral(times) + noise * np.random.default_rng(seed).normal(size=(n, 2))


def rollout(theta: Array, start: ArrayLike, h: float, steps: int) -> Array:
    """Return states after 0, 1, ..., ``steps`` RK4 steps, shape (steps + 1, ..., 2)."""
    path = [np.asarray(start, dtype=float)]
    for _ in range(steps):
        path.append(_rk4(lambda s: [network(s[0], theta)], [path[-1]], h)[0])
    return np.array(path)


def loss_and_gradient(theta: Array, pieces: Array, h: float) -> tuple[float, Array]:
    """Return the mean squared misfit of all pieces and its gradient by the adjoint.

    Parameters
    ----------
    theta : ndarray, shape (SIZE,)
    pieces : ndarray, shape (steps + 1, batch, 2)
        Consecutive states; each piece starts at its first one.
    h : float
        Time between samples.
    """
    path = rollout(theta, pieces[0], h, len(pieces) - 1)
    jumps = 2 * (path - pieces) / pieces.size

    def backward(s: list[Array]) -> list[Array]:
        rate, at_u, at_theta = pullback(s[0], theta, s[1])
        return [rate, -at_u, -at_theta]

    a, collected = jumps[-1], np.zeros(SIZE)
    for i in range(len(pieces) - 1, 0, -1):
        _, a, collected = _rk4(backward, [path[i], a, collected], -h)
        a = a + jumps[i - 1]
    return float(np.mean((path - pieces) ** 2)), collected


@functools.cache
def training(noise: float = 0.1, seed: int = 0, steps: int = 400) -> list[Array]:
    """Return the weights before training and after each step of Adam on pieces of ten steps.

    A piece starts on a spline through the samples: from a noisy start, no path fits the rest.
    """
    times, states = noisy_spiral(noise, seed)
    pieces = np.stack([states[i : len(states) - 10 + i : 5] for i in range(11)])
    smooth = [SplineInterpolator().fit(times, column)(times) for column in states.T]
    pieces[0] = np.stack(smooth, axis=1)[: len(states) - 10 : 5]
    theta = first_weights(seed)
    mean, square = np.zeros(SIZE), np.zeros(SIZE)
    history = [theta]
    for step in range(1, steps + 1):
        _, g = loss_and_gradient(theta, pieces, float(times[1] - times[0]))
        mean, square = 0.9 * mean + 0.1 * g, 0.99 * square + 0.01 * g**2
        unbiased = mean / (1 - 0.9**step), square / (1 - 0.99**step)
        theta = theta - 0.03 * unbiased[0] / (np.sqrt(unbiased[1]) + 1e-8)
        history.append(theta)
    return history


def _rk4(rate: Any, state: list[Array], h: float) -> list[Array]:
    one = rate(state)
    two = rate([s + h / 2 * r for s, r in zip(state, one, strict=True)])
    three = rate([s + h / 2 * r for s, r in zip(state, two, strict=True)])
    four = rate([s + h * r for s, r in zip(state, three, strict=True)])
    slopes = zip(one, two, three, four, strict=True)
    return [
        s + h / 6 * (p + 2 * q + 2 * r + w) for s, (p, q, r, w) in zip(state, slopes, strict=True)
    ]


def _layers(theta: Array) -> tuple[Array, Array, Array]:
    inner, bias, outer = np.split(theta, [2 * HIDDEN, 3 * HIDDEN])
    return inner.reshape(2, HIDDEN), bias, outer.reshape(HIDDEN, 2)

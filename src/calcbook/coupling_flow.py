"""A normalizing flow in the plane: affine coupling layers, trained by maximum likelihood.

A layer leaves one coordinate as it is, and scales and shifts the other by functions of the first.
Its Jacobian is triangular, so its log-determinant is the logarithm of one scale.

References
----------
Dinh, Sohl-Dickstein & Bengio (2017), *Density estimation using Real NVP*.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from calcbook import tape
from calcbook.moons import moons

Array = NDArray[np.float64]
HIDDEN = 16
PER_LAYER = 4 * HIDDEN + 2
LARGEST_LOG_SCALE = 1.5
WEIGHTS_OF_LOG_DET = {"right": 1.0, "left out": 0.0, "wrong sign": -1.0}


def first_parameters(layers: int, seed: int = 0) -> Array:
    """Return parameters of nearly the identity, shape (layers, PER_LAYER).

    Raises
    ------
    ValueError
        If ``layers`` is less than 1.
    """
    if layers < 1:
        raise ValueError(f"`layers` is {layers}; take at least one.")
    theta = np.random.default_rng(seed).normal(size=(layers, PER_LAYER))
    theta[:, 2 * HIDDEN :] *= 0.05
    return theta


def to_latent(theta: Array, x: ArrayLike) -> tuple[Array, Array]:
    """Return z = f(x), shape (n, 2), and log |det df/dx|, shape (n,)."""
    first, second, log_det = _forward(theta, np.asarray(x, dtype=float))
    return np.hstack([first.value, second.value]), log_det.value[:, 0]


def from_latent(theta: Array, z: ArrayLike) -> Array:
    """Return the x with f(x) = z, shape (n, 2), by undoing the layers, the last first."""
    z = np.asarray(z, dtype=float)
    first, second = z[:, :1], z[:, 1:]
    for row in theta[::-1]:
        first, second = second, first
        log_scale, shift = (node.value for node in _scale_and_shift(row, first))
        second = (second - shift) * np.exp(-log_scale)
    return np.hstack([first, second])


def log_density(theta: Array, x: ArrayLike, log_det: str = "right") -> Array:
    """Return the log-density at ``x``, shape (n,), with the log-determinant counted as named."""
    z, change = to_latent(theta, x)
    weight = WEIGHTS_OF_LOG_DET[log_det]
    return np.asarray(-0.5 * np.sum(z**2, axis=1) - np.log(2 * np.pi) + weight * change)


def train(
    layers: int,
    *,
    seed: int = 0,
    steps: int = 300,
    log_det: str = "right",
    learning_rate: float = 0.02,
) -> list[Array]:
    """Fit a flow to 300 points of two moons with Adam.

    Returns
    -------
    list of ndarray, each of shape (layers, PER_LAYER)
        Parameters before training and after each step.
    """
    x, _ = moons(300, noise=0.1, seed=seed)
    theta = first_parameters(layers, seed)
    mean, square = np.zeros_like(theta), np.zeros_like(theta)
    history = [theta]
    for step in range(1, steps + 1):
        node = tape.Node(theta)
        first, second, change = _forward(node, x)
        log_likelihood = change * WEIGHTS_OF_LOG_DET[log_det] - 0.5 * (first**2 + second**2)
        (g,) = tape.gradients(-log_likelihood.mean(), [node])
        mean, square = 0.9 * mean + 0.1 * g, 0.99 * square + 0.01 * g**2
        unbiased = mean / (1 - 0.9**step), square / (1 - 0.99**step)
        theta = theta - learning_rate * unbiased[0] / (np.sqrt(unbiased[1]) + 1e-8)
        history.append(theta)
    return history


def plane(n: int, half_width: float = 8.0) -> tuple[Array, Array]:
    """Return the coordinates of an n by n grid, shape (n,), and its points, shape (n * n, 2)."""
    side = np.linspace(-half_width, half_width, n)
    return side, np.stack(np.meshgrid(side, side), axis=-1).reshape(-1, 2)


def mass(theta: Array, n: int = 641, log_det: str = "right") -> float:
    """Return the integral of the density over the square [-8, 8]², by n times n points."""
    side, points = plane(n)
    # A tape remembers what it computes: all points at once would take more than a gigabyte.
    parts = np.array_split(points, 1 + len(points) // 20_000)
    total = sum(np.sum(np.exp(log_density(theta, part, log_det))) for part in parts)
    return float(total * (side[1] - side[0]) ** 2)


def _scale_and_shift(row: Any, first: Any) -> tuple[tape.Node, tape.Node]:
    """Return log-scale and shift, shapes (n, 1), as functions of the coordinate that stays."""
    row = row if isinstance(row, tape.Node) else tape.Node(row)
    w, b = row[:HIDDEN].reshape(1, HIDDEN), row[HIDDEN : 2 * HIDDEN]
    hidden = tape.tanh(first @ w + b)
    out = hidden @ row[2 * HIDDEN : -2].reshape(HIDDEN, 2)
    ends = row[-2:]
    log_scale = LARGEST_LOG_SCALE * tape.tanh(out[:, :1] + ends[:1])
    return log_scale, out[:, 1:] + ends[1:]


def _forward(theta: Any, x: Array) -> tuple[tape.Node, tape.Node, tape.Node]:
    """Return both latent coordinates and the log-determinant, shapes (n, 1)."""
    first, second = tape.Node(x[:, :1]), tape.Node(x[:, 1:])
    log_det = tape.Node(np.zeros((len(x), 1)))
    for i in range(theta.shape[0]):
        log_scale, shift = _scale_and_shift(theta[i], first)
        second = second * tape.exp(log_scale) + shift
        log_det = log_det + log_scale
        first, second = second, first  # the next layer moves the other one
    return first, second, log_det

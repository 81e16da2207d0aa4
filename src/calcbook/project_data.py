"""What the four final projects are given: settings and losses, a motion, a model that answers.

The fourth, two half moons, is in `calcbook.moons`.
"""

from __future__ import annotations

import functools

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.integrate import solve_ivp
from scipy.optimize import minimize

from calcbook.tanh_network import TanhNetwork, fit_tanh_network

Array = NDArray[np.float64]

LOW, HIGH = np.array([-4.0, -5.0]), np.array([-1.0, -1.0])
_END, _SAMPLES = 20.0, 801
_ANSWER_NOISE = 0.1


def true_loss(settings: ArrayLike) -> Array:
    """Return the validation loss without noise, shape (...,), at settings of shape (..., 2).

    The settings are the decimal logarithms of learning rate and weight decay. The two can stand in
    for each other to some degree, so the valley lies askew.
    """
    x, y = np.moveaxis(np.asarray(settings, dtype=float), -1, 0)
    across, along = (x + 2.3) + 0.5 * (y + 3.2), (y + 3.2) - 0.5 * (x + 2.3)
    return 0.3 + 0.2 * across**2 + 0.05 * along**2 + 0.01 * along**4


def best_settings() -> Array:
    """Return where the loss without noise is least, shape (2,)."""

    def loss(settings: Array) -> float:
        return float(true_loss(settings))

    return np.asarray(minimize(loss, (LOW + HIGH) / 2).x)


def measured_losses(noise: float = 0.1, seed: int = 0) -> tuple[Array, Array]:
    """Return 400 random settings, shape (400, 2), and the noisy loss of one training for each."""
    rng = np.random.default_rng(seed)
    settings = rng.uniform(LOW, HIGH, (400, 2))
    return settings, true_loss(settings) + noise * rng.standard_normal(400)


def unknown_motion(noise: float = 0.2, seed: int = 0) -> tuple[Array, Array]:
    """Return 801 times over 20 seconds and noisy readings of two states, shape (801, 2)."""
    times = np.linspace(0, _END, _SAMPLES)
    rough = np.random.default_rng(seed).standard_normal((_SAMPLES, 2))
    return times, true_motion(times) + noise * rough


def true_slopes(states: ArrayLike) -> Array:
    """Return the rates of states of shape (..., 2): van der Pol's oscillator."""
    x, y = np.moveaxis(np.asarray(states, dtype=float), -1, 0)
    return np.stack([y, (1 - x**2) * y - x], axis=-1)


def true_motion(times: ArrayLike, start: ArrayLike = (0.5, 0.0)) -> Array:
    """Return the two states without noise at `times`, shape (n, 2), from the start at time 0."""
    t = np.asarray(times, dtype=float)
    found = solve_ivp(
        lambda _, state: true_slopes(state),
        (0, t[-1]),
        np.asarray(start, float),
        t_eval=t,
        rtol=1e-9,
        atol=1e-9,
    )
    return np.asarray(found.y.T)


@functools.cache
def served_network() -> TanhNetwork:
    """Return the trained model that stands behind the answers."""
    rng = np.random.default_rng(7)
    X = rng.uniform(-1.6, 1.6, (300, 2))
    y = np.sin(2 * X[:, 0]) * np.cos(1.5 * X[:, 1])
    return fit_tanh_network(X, y + 0.05 * rng.standard_normal(300), hidden=8, penalty=1e-4)


def served_answers(seed: int = 0) -> tuple[Array, Array]:
    """Return 600 inputs, shape (600, 2), and the model's answers, each a little different anew."""
    rng = np.random.default_rng(seed)
    asked = rng.uniform(-1.5, 1.5, (600, 2))
    return asked, served_network()(asked) + _ANSWER_NOISE * rng.standard_normal(600)

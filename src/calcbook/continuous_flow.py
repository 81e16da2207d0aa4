"""A continuous normalizing flow in one dimension: a normal density carried along a vector field."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.integrate import solve_ivp
from scipy.stats import norm

Array = NDArray[np.float64]
GRID = np.linspace(-9, 9, 3601)


def field(z: Array) -> Array:
    """Return the speed at ``z``: away from 0, and toward two points near -2 and 2."""
    return np.asarray(2 * np.tanh(2 * z) - z)


def slope(z: Array) -> Array:
    """Return the derivative of the field at ``z``."""
    return np.asarray(4 / np.cosh(2 * z) ** 2 - 1)


def density(x: ArrayLike, tolerance: float, duration: float = 1.0) -> tuple[Array, int]:
    """Return the density that a standard normal has become at ``x``, and the evaluations spent.

    Each point goes back to where it came from, and log p collects minus the slope on the way.
    """
    x = np.asarray(x, dtype=float)

    def backward(t: float, state: Array) -> Array:
        z = state[: x.size]
        return np.concatenate([field(z), slope(z)])

    state = np.concatenate([x, np.zeros(x.size)])
    back = solve_ivp(backward, (duration, 0), state, rtol=tolerance, atol=tolerance)
    came_from, collected = np.split(back.y[:, -1], 2)
    return norm.pdf(came_from) * np.exp(collected), int(back.nfev)


def euler_density(x: ArrayLike, steps: int, *, exact: bool, duration: float = 1.0) -> Array:
    """Return the density by ``steps`` of Euler: with the slope, or the step's ``exact`` log-det."""
    if steps < 1:
        raise ValueError(f"`steps` is {steps}; take at least one.")
    z = np.asarray(x, dtype=float)
    log_det, h = np.zeros_like(z), duration / steps
    with np.errstate(divide="ignore"):
        for _ in range(steps):
            change = -h * slope(z)
            log_det = log_det + (np.log(np.abs(1 + change)) if exact else change)
            z = z - h * field(z)
    return np.asarray(norm.pdf(z) * np.exp(log_det))


def mass(values: ArrayLike) -> float:
    """Return the integral over `GRID` by the trapezoidal rule, exact to rounding if smooth."""
    values = np.asarray(values, dtype=float)
    return float(np.sum((values[1:] + values[:-1]) / 2) * (GRID[1] - GRID[0]))

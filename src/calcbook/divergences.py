"""Kullback-Leibler divergences of a normal density from a mixture with two modes, both ways."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import minimize
from scipy.stats import norm

Array = NDArray[np.float64]
WEIGHTS, MEANS, WIDTHS = (0.65, 0.35), (-2.5, 2.5), (0.6, 0.6)
GRID = np.linspace(-12, 12, 4801)


def log_mixture(x: ArrayLike) -> Array:
    """Return the logarithm of the mixture's density."""
    x = np.asarray(x, dtype=float)
    parts = [
        np.log(w) + norm.logpdf(x, m, s) for w, m, s in zip(WEIGHTS, MEANS, WIDTHS, strict=True)
    ]
    return np.asarray(np.logaddexp(*parts))


def mixture_moments() -> tuple[float, float]:
    """Return the mean and the standard deviation of the mixture."""
    w, m, s = np.array(WEIGHTS), np.array(MEANS), np.array(WIDTHS)
    mean = float(w @ m)
    return mean, float(np.sqrt(w @ (s**2 + m**2) - mean**2))


def integrands(mean: float, width: float, x: ArrayLike = GRID) -> tuple[Array, Array]:
    """Return p log(p/q) and q log(q/p), for the mixture p and the normal density q.

    Logarithms are subtracted, not densities divided: far out both densities round to zero.
    """
    x = np.asarray(x, dtype=float)
    log_p, log_q = log_mixture(x), norm.logpdf(x, mean, width)
    return np.exp(log_p) * (log_p - log_q), np.exp(log_q) * (log_q - log_p)


def both(mean: float, width: float) -> tuple[float, float]:
    """Return KL(p ‖ q) and KL(q ‖ p) in nats, by the trapezoid rule."""
    forward, reverse = integrands(mean, width)
    return float(np.trapezoid(forward, GRID)), float(np.trapezoid(reverse, GRID))


def closest(way: int, start: tuple[float, float]) -> tuple[float, float]:
    """Return mean and width of the closest normal density found by descent from a start.

    Parameters
    ----------
    way : {0, 1}
        0 minimizes KL(p ‖ q), 1 minimizes KL(q ‖ p).
    start : (float, float)
        Mean and width to begin with.
    """

    def loss(theta: Array) -> float:
        return both(float(theta[0]), float(np.exp(theta[1])))[way]

    # A simplex keeps to the valley it starts in; a quasi-Newton step may leap off the grid.
    found = minimize(
        loss,
        [start[0], np.log(start[1])],
        method="Nelder-Mead",
        bounds=[(-6, 6), (-3, 2)],
        options={"xatol": 1e-7, "fatol": 1e-12},
    ).x
    return float(found[0]), float(np.exp(found[1]))

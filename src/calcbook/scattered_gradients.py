"""A gradient from scattered, noisy samples: one variable at a time, or all of them together."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from pydelt.interpolation import LowessInterpolator, SplineInterpolator
from pydelt.multivariate import MultivariateDerivatives


@dataclass(frozen=True)
class Logged:
    """Samples of y = sin(x_0) + x_0 x_1 / 2 + the sum of x_j² / 4 over j ≥ 2, plus noise.

    Attributes
    ----------
    x : array of shape (n, d)
        Standard normal settings; each two of them have the same correlation.
    y : array of shape (n,)
    """

    x: np.ndarray
    y: np.ndarray


def logged(
    d: int, seed: int, *, n: int = 300, correlation: float = 0.0, noise: float = 0.1
) -> Logged:
    """Return ``n`` samples in ``d`` variables, whose settings move together if correlated.

    Raises
    ------
    ValueError
        If there are fewer than two variables or the correlation is not in [0, 1).
    """
    if d < 2:
        raise ValueError(f"d: give two variables or more, not {d}")
    if not 0 <= correlation < 1:
        raise ValueError(f"correlation: give a number in [0, 1), not {correlation}")
    rng = np.random.default_rng(seed)
    own, common = rng.normal(size=(n, d)), rng.normal(size=(n, 1))
    x = np.sqrt(1 - correlation) * own + np.sqrt(correlation) * common
    return Logged(x, value(x) + noise * rng.normal(size=n))


def value(x: np.ndarray) -> np.ndarray:
    """Return the function without noise, (n, d) -> (n,)."""
    return np.sin(x[:, 0]) + x[:, 0] * x[:, 1] / 2 + (x[:, 2:] ** 2).sum(axis=1) / 4


def gradient(x: np.ndarray) -> np.ndarray:
    """Return the true gradient, (n, d) -> (n, d)."""
    both = np.stack([np.cos(x[:, 0]) + x[:, 1] / 2, x[:, 0] / 2], axis=1)
    return np.hstack([both, x[:, 2:] / 2])


def one_axis_at_a_time(samples: Logged, at: np.ndarray) -> np.ndarray:
    """Return slopes of curves fitted to y against each single variable, (q, d) -> (q, d).

    Such a slope belongs to the mean of y over samples of equal x_j. It is the partial derivative
    only if y is a sum of functions of one variable each and the variables are independent.
    """
    slopes = [
        SplineInterpolator().fit(x[order], samples.y[order]).differentiate()(places)
        for x, places in zip(samples.x.T, at.T, strict=True)
        for order in [np.argsort(x)]
    ]
    return np.stack(slopes, axis=1)


def local_quadratic(samples: Logged, at: np.ndarray) -> np.ndarray:
    """Return the gradient of a quadratic fitted around each place, (q, d) -> (q, d)."""
    # Normal noise has no outliers that robust weights would have to find.
    fields = MultivariateDerivatives(LowessInterpolator, degree=2, robust_iterations=0)
    return np.asarray(fields.fit(samples.x, samples.y).gradient()(at))


def joint_field(
    samples: Logged, at: np.ndarray, level: float = 0.95
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return the gradient of one smooth field fitted to all variables, and its band.

    Returns
    -------
    gradient, lower, upper : arrays of shape (q, d)
    """
    estimate = MultivariateDerivatives(SplineInterpolator).fit(samples.x, samples.y).gradient()
    lower, upper = estimate.band(at, level=level)
    return np.asarray(estimate(at)), np.asarray(lower), np.asarray(upper)

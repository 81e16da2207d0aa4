"""Gradients and estimates of derivatives of which some are wrong: exercises ask which, and how.

Look at what they return, not at their code.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

import numpy as np

from pydelt.interpolation import SplineInterpolator

TARGETS = np.linspace(-0.8, 0.8, 6)
FAULTS = ("nothing", "wrong sign", "index off by one", "degrees for radians", "step too small")


def loss(theta: np.ndarray) -> float:
    """Return how far the sines of six angles, in radians, are from their targets.

    Parameters
    ----------
    theta : ndarray, shape (6,)
    """
    return float(np.sum((np.sin(theta) - TARGETS) ** 2))


def _right(theta: np.ndarray) -> np.ndarray:
    return 2 * (np.sin(theta) - TARGETS) * np.cos(theta)


def _in_degrees(theta: np.ndarray) -> np.ndarray:
    return 2 * (np.sin(theta) - TARGETS) * np.cos(np.radians(theta))


def _by_tiny_steps(theta: np.ndarray) -> np.ndarray:
    h = 1e-12
    steps = h * np.eye(theta.size)
    return np.array([(loss(theta + step) - loss(theta - step)) / (2 * h) for step in steps])


# In the order of their letters.
_WITH_FAULT: dict[str, Callable[[np.ndarray], np.ndarray]] = {
    "index off by one": lambda theta: np.roll(_right(theta), 1),
    "step too small": _by_tiny_steps,
    "wrong sign": lambda theta: -_right(theta),
    "nothing": _right,
    "degrees for radians": _in_degrees,
}


def gradients() -> dict[str, Callable[[np.ndarray], np.ndarray]]:
    """Return five gradients of the loss by letter; each takes and returns shape ``(6,)``."""
    return dict(zip("ABCDE", _WITH_FAULT.values(), strict=True))


def faults() -> list[str]:
    """Return what is wrong with the gradients A to E, for the exercise's checker."""
    return list(_WITH_FAULT)


class Estimated(NamedTuple):
    """A curve through samples, and its derivative, at the samples' positions. Shapes (n,)."""

    value: np.ndarray
    derivative: np.ndarray


class Estimates(NamedTuple):
    """Noisy samples with outliers, and three curves through them. Made by `estimates`.

    Attributes
    ----------
    t, u : ndarray, shape (n,)
    curves : mapping from str to Estimated
        The curves A, B and C.
    derivative : ndarray, shape (n,)
        The true derivative. Whoever has data has none of that.
    """

    t: np.ndarray
    u: np.ndarray
    curves: Mapping[str, Estimated]
    derivative: np.ndarray


CHARACTERS = ("follows the outliers", "honest", "irons the signal flat")
# In the order of their letters.
_FITS: dict[str, Callable[[], SplineInterpolator]] = {
    "irons the signal flat": lambda: SplineInterpolator(
        1e5, penalty_order=4, robust=True, adaptive=False
    ),
    "follows the outliers": lambda: SplineInterpolator(0.005, penalty_order=2, adaptive=False),
    "honest": lambda: SplineInterpolator(penalty_order=4, robust=True, adaptive=False),
}


def estimates(seed: int = 0) -> Estimates:
    """Sample a signal with noise and six outliers, and fit it in three ways.

    Parameters
    ----------
    seed : int
        Of the noise and of where the outliers are. Which curve is which does not depend on it.
    """
    rng = np.random.default_rng(seed)
    t = np.linspace(0, 10, 160)
    u = np.sin(t) + 0.3 * np.sin(2.7 * t) + 0.08 * rng.standard_normal(t.size)
    u[rng.choice(np.arange(8, t.size - 8), 6, replace=False)] += 1.2
    curves = {}
    for letter, make in zip("ABC", _FITS.values(), strict=True):
        fit = make().fit(t, u)
        curves[letter] = Estimated(fit(t), fit.differentiate()(t))
    return Estimates(t, u, curves, np.cos(t) + 0.81 * np.cos(2.7 * t))


def characters() -> list[str]:
    """Return which of the curves A to C is which, for the exercise's checker."""
    return list(_FITS)

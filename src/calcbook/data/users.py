"""A simulated count that grows ever more slowly, with noise in proportion to its size."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from calcbook.data.simulated import Samples

_FIRST, _RATE, _SLOWING = 50.0, 0.12, 0.0024


def growing_users(seed: int = 0, noise: float = 0.1, days: int = 60) -> Samples:
    """Count the users of a product twice a day while its growth slows down.

    Parameters
    ----------
    seed : int
    noise : float
        Standard deviation of the relative error of a count.
    days : int

    Returns
    -------
    Samples
        ``t`` in days, ``u`` in users, with the true count and its derivative.
    """
    t = np.linspace(0, days, 2 * days + 1)
    truth = _FIRST * np.exp(_RATE * t - _SLOWING / 2 * t**2)
    u = truth * np.exp(noise * np.random.default_rng(seed).normal(size=t.size))
    return Samples(t, u, truth, truth * growth_rate(t))


def growth_rate(t: ArrayLike) -> Any:
    """Return the true relative growth rate of `growing_users`, per day."""
    return _RATE - _SLOWING * np.asarray(t, dtype=float)

"""The load of a server, hour by hour, and what is left of it when it is read less often."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

PERIOD = 24  # hours
LEVEL, SWING = 400.0, 120.0  # requests per second: the mean, and the amplitude of the daily wave
DAYS = 60
_PEAK = 15  # o'clock


class Load(NamedTuple):
    """A load over time. Both arrays have shape (n,).

    Attributes
    ----------
    t : ndarray
        Hours since the first midnight.
    u : ndarray
        Requests per second.
    """

    t: Array
    u: Array


def daily_wave(t: Array) -> Array:
    """Return the load without noise at times ``t`` in hours: the same on every day."""
    return LEVEL + SWING * np.cos(2 * np.pi * (t - _PEAK) / PERIOD)


def server_load(noise: float = 15.0, seed: int = 0, days: int = DAYS) -> Load:
    """Simulate the load of a server, one value an hour.

    Parameters
    ----------
    noise : float
        Standard deviation of what is not the daily wave, in requests per second.
    seed : int
    days : int
    """
    t = np.arange(24.0 * days)
    return Load(t, daily_wave(t) + noise * np.random.default_rng(seed).normal(size=t.size))

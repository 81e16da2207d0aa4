"""A simulated wind turbine: its power over the wind speed has a kink, a ceiling and a jump."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]

CUT_IN, RATED, CUT_OUT = 3.0, 12.0, 25.0  # m/s: it starts, reaches full power, is shut down
FULL_POWER = 2.0  # MW


class WindRecords(NamedTuple):
    """What the turbine's log holds, sorted by speed. Both arrays have shape (n,).

    Attributes
    ----------
    speed : ndarray
        Wind speed in m/s.
    power : ndarray
        Measured power in MW, with noise.
    """

    speed: Array
    power: Array


def power_curve(speed: ArrayLike) -> Array:
    """Return the turbine's power at a wind speed, with no noise.

    Up to full power it grows with the cube of the speed, as the energy of the wind does.

    Parameters
    ----------
    speed : array_like
        In m/s.

    Returns
    -------
    ndarray
        In MW, of the same shape.
    """
    v = np.asarray(speed, dtype=float)
    rising = FULL_POWER * (v**3 - CUT_IN**3) / (RATED**3 - CUT_IN**3)
    return np.asarray(np.where(v > CUT_OUT, 0.0, np.clip(rising, 0.0, FULL_POWER)))


def wind_records(
    low: float = 4.0, high: float = 11.0, n: int = 300, noise: float = 0.08, seed: int = 0
) -> WindRecords:
    """Simulate a log of the turbine, with speeds spread evenly at random between two bounds.

    Parameters
    ----------
    low, high : float
        Bounds of the speed, in m/s.
    n : int
        Number of records, at least 2.
    noise : float
        Standard deviation of the power's error, in MW.
    seed : int
    """
    if not low < high:
        raise ValueError(f"`low` must lie below `high`, got {low} and {high}.")
    if n < 2:
        raise ValueError(f"`n` must be at least 2 records, got {n}.")
    if not noise >= 0:
        raise ValueError(f"`noise` is a standard deviation and can't be negative, got {noise}.")
    rng = np.random.default_rng(seed)
    speed = np.sort(rng.uniform(low, high, n))
    return WindRecords(speed, power_curve(speed) + noise * rng.normal(size=n))

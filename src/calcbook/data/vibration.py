"""A vibration that two slow sensors have recorded, each in its own disguise."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

FREQUENCY = 17.0  # Hz
SECONDS = 4


class Vibration(NamedTuple):
    """Samples of a vibration. Both arrays have shape (n,).

    Attributes
    ----------
    t : ndarray
        Time in s, evenly spaced.
    u : ndarray
        Acceleration in m/s², with noise.
    """

    t: Array
    u: Array


def vibration(rate: int, seed: int = 0) -> Vibration:
    """Record four seconds of one and the same vibration.

    Parameters
    ----------
    rate : int
        Samples a second, at least 1.
    seed : int
        Of the noise, whose standard deviation is 0.3 m/s²; the vibration's amplitude is 1.
    """
    if rate < 1:
        raise ValueError(f"`rate` must be at least 1 sample a second, got {rate}.")
    t = np.arange(SECONDS * rate) / rate
    noise = 0.3 * np.random.default_rng(seed).normal(size=t.size)
    return Vibration(t, np.sin(2 * np.pi * FREQUENCY * t + 0.4) + noise)

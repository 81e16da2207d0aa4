"""A tram between two stops, tracked with noise: it gathers speed, slows down once, and brakes."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import erf

from calcbook.data.simulated import Samples

# Height in m/s², center and width in s of each push and each braking.
_PUSHES = ((0.9, 6.0, 5.0), (-0.6, 20.0, 3.0), (0.3, 30.0, 3.0), (-0.67, 46.0, 5.0))
_END, _SPACING = 56.0, 0.5


def tram_acceleration(t: ArrayLike) -> np.ndarray:
    """Return the true acceleration in m/s² at times in seconds."""
    t = np.asarray(t, dtype=float)
    return np.sum([a * np.exp(-(((t - c) / w) ** 2)) for a, c, w in _PUSHES], axis=0)


def tram_ride(noise: float = 2.0, seed: int = 3) -> Samples:
    """Track the tram twice a second.

    Parameters
    ----------
    noise : float
        Standard deviation of a recorded position, in meters.
    seed : int

    Returns
    -------
    Samples
        Time in s, recorded position in m, true position, true speed in m/s.
    """
    t = np.arange(0, _END + _SPACING / 2, _SPACING)
    truth, speed = np.zeros(t.size), np.zeros(t.size)
    for a, center, width in _PUSHES:
        z, start = (t - center) / width, -center / width
        half = a * width * np.sqrt(np.pi) / 2
        speed += half * (erf(z) - erf(start))
        truth += half * width * (_integral_of_erf(z) - _integral_of_erf(start))
        truth -= half * erf(start) * t
    errors = noise * np.random.default_rng(seed).standard_normal(t.size)
    return Samples(t, truth + errors, truth, speed)


def _integral_of_erf(z: ArrayLike) -> np.ndarray:
    z = np.asarray(z, dtype=float)
    return z * erf(z) + np.exp(-(z**2)) / np.sqrt(np.pi)

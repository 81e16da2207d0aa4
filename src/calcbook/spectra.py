"""Amplitude spectra of series that are cut out of something longer: leakage and windows.

References
----------
Harris (1978), "On the use of windows for harmonic analysis with the discrete Fourier transform",
doi:10.1109/PROC.1978.10837.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]


def _cosines(*weights: float) -> Callable[[int], Array]:
    def window(n: int) -> Array:
        turn = 2 * np.pi * np.arange(n) / n
        return sum((w * np.cos(k * turn) for k, w in enumerate(weights)), np.zeros(n))

    return window


FINER = 4  # how many times finer a spectrum is drawn than the transform

WINDOWS = {
    "none": _cosines(1.0),
    "Hann": _cosines(0.5, -0.5),
    "Blackman": _cosines(0.42, -0.5, 0.08),
}
WEEKLY, WEAK = 7.0, 4.4  # periods in days
WEEKLY_SIZE, WEAK_SIZE = 100.0, 2.0  # amplitudes in thousands of visits


def visits(days: int, noise: float = 2.0, seed: int = 0) -> Array:
    """Return daily visits of a site in thousands, shape (days,): a strong week, and a weak wave."""
    t = np.arange(days)
    waves = WEEKLY_SIZE * np.cos(2 * np.pi * t / WEEKLY + 0.3)
    waves += WEAK_SIZE * np.cos(2 * np.pi * t / WEAK + 1.0)
    return 500 + waves + noise * np.random.default_rng(seed).normal(size=days)


def amplitudes(u: ArrayLike, window: str = "none") -> tuple[Array, Array]:
    """Return frequencies in cycles per sample and the amplitude that a window shows at each.

    Parameters
    ----------
    u : array_like, shape (n,)
        The mean is subtracted first.
    window : {"none", "Hann", "Blackman"}

    Returns
    -------
    frequencies, amplitudes : ndarray, shape (m,)
        A wave with a whole number of periods shows its own amplitude, whatever the window. Between
        two multiples of 1/n, `FINER` - 1 more values are computed, by appending zeros.
    """
    u = np.asarray(u, dtype=float)
    if window not in WINDOWS:
        raise ValueError(f"`window` is {window!r}; choose one of {', '.join(WINDOWS)}.")
    if u.ndim != 1 or u.size < 4:
        raise ValueError(f"`u` must hold at least 4 samples in one dimension, got {u.shape}.")
    weights = WINDOWS[window](u.size)
    spectrum = np.fft.rfft(weights * (u - u.mean()), FINER * u.size)
    return np.arange(spectrum.size) / (FINER * u.size), 2 * np.abs(spectrum) / weights.sum()

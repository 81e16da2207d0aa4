"""Differentiation of periodic samples by their Fourier transform, with a cut-off.

The spectrum of a derivative is i omega times the spectrum; noise is spread evenly over all
frequencies, so what it adds to the derivative grows with omega.

References
----------
Trefethen (2000), *Spectral Methods in MATLAB*, SIAM, doi:10.1137/1.9780898719598.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
PERIOD = 2 * np.pi


def spectral_derivative(u: Array, period: float, cutoff: int | None = None) -> Array:
    """Differentiate evenly spaced samples of one period.

    Parameters
    ----------
    u : ndarray, shape (n,)
        Samples over one period, without the point that repeats the first.
    period : float
        Length of the period.
    cutoff : int, optional
        Waves of more periods than this are left out. All below n/2 are kept by default.

    Returns
    -------
    ndarray, shape (n,)
    """
    u = np.asarray(u, dtype=float)
    if u.ndim != 1 or u.size < 3:
        raise ValueError(f"`u` must hold at least 3 samples in one dimension, got {u.shape}.")
    most = (u.size - 1) // 2  # the wave at n/2 itself has no derivative among the samples
    cutoff = most if cutoff is None else cutoff
    if not 0 <= cutoff <= most:
        raise ValueError(f"`cutoff` must be from 0 to {most} for {u.size} samples, got {cutoff}.")
    periods = np.arange(u.size // 2 + 1)
    kept = np.where(periods <= cutoff, np.fft.rfft(u), 0)
    return np.fft.irfft(2j * np.pi * periods / period * kept, u.size)


def hill(t: Array) -> Array:
    """Return a smooth signal of period 2 pi whose waves fade away quickly."""
    return np.exp(np.sin(t)) * np.cos(2 * t)


def hill_slope(t: Array) -> Array:
    """Return the derivative of `hill`."""
    return np.exp(np.sin(t)) * (np.cos(t) * np.cos(2 * t) - 2 * np.sin(2 * t))


def samples(n: int = 256, noise: float = 0.05, seed: int = 0) -> tuple[Array, Array]:
    """Return moments of one period and noisy values of `hill` there, both of shape (n,)."""
    t = PERIOD * np.arange(n) / n
    return t, hill(t) + noise * np.random.default_rng(seed).normal(size=n)


def predicted_error(cutoff: int, n: int = 256, noise: float = 0.05) -> float:
    """Return the root mean square error to expect: waves left out, and noise let through.

    A wave of k periods carries noise of variance 2 sigma²/n, and the derivative k² times that.
    """
    t = PERIOD * np.arange(n) / n
    bias = spectral_derivative(hill(t), PERIOD, cutoff) - hill_slope(t)
    variance = 2 * noise**2 / n * float(np.sum(np.arange(cutoff + 1.0) ** 2))
    return float(np.sqrt(np.mean(bias**2) + variance))


def error(cutoff: int, n: int = 256, noise: float = 0.05, seed: int = 0) -> float:
    """Return the root mean square error of the spectral derivative of one set of samples."""
    t, u = samples(n, noise, seed)
    return float(np.sqrt(np.mean((spectral_derivative(u, PERIOD, cutoff) - hill_slope(t)) ** 2)))


def noise_floor(u: Array) -> float:
    """Estimate the noise of samples from the upper half of their spectrum, where no signal is."""
    u = np.asarray(u, dtype=float)
    high = np.abs(np.fft.rfft(u))[u.size // 4 : u.size // 2]
    return float(np.sqrt(np.mean(high**2) / u.size))


def chosen_cutoff(u: Array, stands_out: float = 3.0) -> int:
    """Choose the cut-off from the samples: the last wave before the first that is lost in noise.

    Parameters
    ----------
    u : ndarray, shape (n,)
    stands_out : float
        A wave counts as signal if it is so many times as large as noise makes it on average.
    """
    u = np.asarray(u, dtype=float)
    size = np.abs(np.fft.rfft(u)) / np.sqrt(u.size)
    drowned = (size < stands_out * noise_floor(u)).astype(int)
    pairs = drowned[1:-1] + drowned[2:]  # two in a row: one wave may be small by chance
    return int(np.argmax(pairs == 2))

"""Signals sampled with noise, with the truth beside them."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np


class Samples(NamedTuple):
    """Noisy samples of a signal in one variable. All arrays have shape (n,).

    Attributes
    ----------
    t : ndarray
        Sampling times, increasing.
    u : ndarray
        What was measured: truth plus Gaussian noise.
    truth : ndarray
        The signal itself.
    derivative : ndarray
        Its exact derivative.
    """

    t: np.ndarray
    u: np.ndarray
    truth: np.ndarray
    derivative: np.ndarray


def noisy_sine(n: int = 1000, noise: float = 0.1, seed: int = 0) -> Samples:
    """Sample one period of sin(t), evenly from 0 to 2π.

    Parameters
    ----------
    n : int
        Number of samples, at least 2.
    noise : float
        Standard deviation of the noise; the sine's amplitude is 1.
    seed : int
        Seed of the generator: the same seed gives the same samples.
    """
    _check(n, noise)
    t = np.linspace(0, 2 * np.pi, n)
    return _measured(t, np.sin(t), np.cos(t), noise, seed)


def noisy_decay(
    n: int = 100, noise: float = 0.05, rate: float = 1.0, seed: int = 0, end: float = 5.0
) -> Samples:
    """Sample exp(-rate t), evenly from 0 to ``end``.

    Parameters
    ----------
    n, noise, seed
        As for `noisy_sine`; the decay starts at 1.
    rate : float
        Decay rate, in 1 / units of t. The signal obeys du/dt = -rate u.
    end : float
        Last sampling time.
    """
    _check(n, noise)
    if end <= 0:
        raise ValueError(f"`end` must be positive, got {end}.")
    t = np.linspace(0, end, n)
    truth = np.exp(-rate * t)
    return _measured(t, truth, -rate * truth, noise, seed)


def _check(n: int, noise: float) -> None:
    if n < 2:
        raise ValueError(f"`n` must be at least 2 samples, got {n}.")
    if not noise >= 0:
        raise ValueError(f"`noise` is a standard deviation and can't be negative, got {noise}.")


def _measured(
    t: np.ndarray, truth: np.ndarray, derivative: np.ndarray, noise: float, seed: int
) -> Samples:
    errors = noise * np.random.default_rng(seed).standard_normal(t.size)
    return Samples(t, truth + errors, truth, derivative)

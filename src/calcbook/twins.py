"""Two sines that agree on every sample, unless the samples are many enough or unevenly spread.

Sampled at times k/r, sin(2π f t) and sin(2π g t) are equal in all samples if g - f is a multiple of
the rate r, for then their phases differ by whole turns; and opposite if g + f is one.

References
----------
Shannon (1949), "Communication in the presence of noise", doi:10.1109/JRPROC.1949.232969.
"""

from __future__ import annotations

import warnings

import numpy as np
from numpy.typing import ArrayLike, NDArray

from pydelt.interpolation import SplineInterpolator

Array = NDArray[np.float64]

TWINS = {"slow": 1.0, "fast": 9.0}  # Hz
SPAN = 2.0  # s
NOISE = 0.1  # standard deviation; the sines have amplitude 1
SPACING = ("even", "uneven")


def twin(name: str, t: ArrayLike) -> Array:
    """Return one of the two sines at times in s.

    Parameters
    ----------
    name : {"slow", "fast"}
    t : array_like
    """
    if name not in TWINS:
        raise ValueError(f"`name` is {name!r}; choose one of {', '.join(map(repr, TWINS))}.")
    return np.asarray(np.sin(2 * np.pi * TWINS[name] * np.asarray(t, dtype=float)))


def sample_times(rate: int, spacing: str = "even", seed: int = 0) -> Array:
    """Return the times of the samples in s, from 0 to `SPAN`.

    Parameters
    ----------
    rate : int
        Samples a second.
    spacing : {"even", "uneven"}
        Uneven: each time but the first and the last is moved, at random, by up to 0.4 of the
        distance between two.
    seed : int
    """
    if spacing not in SPACING:
        raise ValueError(f"`spacing` is {spacing!r}; choose {' or '.join(map(repr, SPACING))}.")
    times = np.arange(round(SPAN * rate) + 1) / rate
    if spacing == "uneven":
        inner = times[1:-1]
        inner += np.random.default_rng(seed).uniform(-0.4, 0.4, inner.size) / rate
    return np.asarray(times)


def largest_difference(times: ArrayLike) -> float:
    """Return by how much the two differ, at most, at these times."""
    return float(np.max(np.abs(twin("fast", times) - twin("slow", times))))


def measured(name: str, times: ArrayLike, seed: int = 0) -> Array:
    """Return samples of one of the two, with noise."""
    t = np.asarray(times, dtype=float)
    return twin(name, t) + NOISE * np.random.default_rng(seed).normal(size=t.shape)


def fit(times: Array, samples: Array) -> SplineInterpolator:
    """Return a smoothing spline through the samples, however few they are."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that they may be too few is what the page shows
        return SplineInterpolator(adaptive=False).fit(times, samples)

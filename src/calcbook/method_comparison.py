"""Ways to differentiate samples, run side by side on signals whose derivative is known."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.signal import savgol_filter

from pydelt.finite_difference import finite_difference
from pydelt.interpolation import (
    LlaInterpolator,
    LowessInterpolator,
    NeuralNetworkInterpolator,
    SplineInterpolator,
)

Array = NDArray[np.float64]
Method = Callable[[Array, Array], Array]


def _savgol(t: Array, u: Array) -> Array:
    return np.asarray(savgol_filter(u, 11, 3, deriv=1, delta=float(t[1] - t[0])))


def _network(t: Array, u: Array) -> Array:
    return NeuralNetworkInterpolator(hidden=(16,), members=1).fit(t, u).differentiate()(t)


# Each takes evenly spaced t and samples u, both (n,), and returns the derivative at t. None is told
# the noise; the filter's window and the differences' order are what one would type without looking.
METHODS: dict[str, Method] = {
    "central differences": lambda t, u: finite_difference(u, t),
    "5-point differences": lambda t, u: finite_difference(u, t, accuracy=4),
    "Savitzky-Golay, 11 points": _savgol,
    "LOWESS": lambda t, u: LowessInterpolator().fit(t, u).differentiate()(t),
    "LLA": lambda t, u: LlaInterpolator().fit(t, u).differentiate()(t),
    "network": _network,
    "spline": lambda t, u: SplineInterpolator().fit(t, u).differentiate()(t),
}


def two_waves(n: int) -> tuple[Array, Array, Array]:
    """Return t, a signal of two waves, and its derivative, at n points from 0 to 2π."""
    t = np.linspace(0, 2 * np.pi, n)
    return t, np.sin(t) + 0.5 * np.sin(3 * t), np.cos(t) + 1.5 * np.cos(3 * t)


def relative_error(estimate: ArrayLike, truth: ArrayLike) -> float:
    """Return the root mean square error as a share of the truth's own root mean square.

    Parameters
    ----------
    estimate, truth : array_like
        Of one shape.
    """
    estimate, truth = np.asarray(estimate, dtype=float), np.asarray(truth, dtype=float)
    return float(np.sqrt(np.mean((estimate - truth) ** 2) / np.mean(truth**2)))


def noisy(signal: ArrayLike, share: float, seed: int) -> Array:
    """Return a signal with white noise whose size is a share of the signal's standard deviation."""
    signal = np.asarray(signal, dtype=float)
    rng = np.random.default_rng(seed)
    return signal + share * signal.std() * rng.normal(size=signal.shape)


def errors_by_noise(
    n: int,
    shares: Sequence[float],
    *,
    seeds: int = 3,
    methods: Mapping[str, Method] | None = None,
) -> dict[str, Array]:
    """Return each method's median relative error of the derivative of `two_waves`.

    Parameters
    ----------
    n : int
        Number of samples.
    shares : sequence of float
        Noise, as shares of the signal's standard deviation.
    seeds : int
        How many data sets each method is tried on.
    methods : mapping of str to callable, optional
        `METHODS` by default.

    Returns
    -------
    dict of str to ndarray, shape (len(shares),)
    """
    t, signal, slope = two_waves(n)

    def error(method: Method, share: float) -> float:
        runs = range(seeds if share else 1)
        return float(
            np.median(
                [relative_error(method(t, noisy(signal, share, seed)), slope) for seed in runs]
            )
        )

    return {
        name: np.array([error(method, share) for share in shares])
        for name, method in (methods or METHODS).items()
    }


def seconds(call: Callable[[], Any], repeats: int = 3) -> float:
    """Return the least time of several calls, in seconds."""
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        call()
        times.append(time.perf_counter() - start)
    return min(times)

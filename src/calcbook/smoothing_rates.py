r"""How fast smoothing splines and local polynomials approach a truth as samples grow in number.

If the truth has m derivatives, no method can in general do better than the rates of Stone,
:math:`n^{-m/(2m+1)}` for the root mean square error of the value and
:math:`n^{-(m-1)/(2m+1)}` for that of the first derivative. The ends of the interval, a tenth on
either side, are left out: there every method has only half of its neighbors.

References
----------
Stone (1982), doi:10.1214/aos/1176345969.
"""

from __future__ import annotations

import functools

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.signal import savgol_filter

from pydelt.interpolation import SplineInterpolator

Array = NDArray[np.float64]
COUNTS = (100, 200, 400, 800, 1600, 3200)
PENALTY_ORDERS = (2, 3, 4)
LOCAL = "local polynomial"
_SHARES = np.geomspace(0.03, 0.25, 12)  # windows that are tried, as shares of all samples


def truth(t: ArrayLike) -> Array:
    """Return the function that is sampled: a wave that dies out over [0, 1]."""
    t = np.asarray(t, dtype=float)
    return np.asarray(np.sin(4 * np.pi * t) * np.exp(-t))


def true_slope(t: ArrayLike) -> Array:
    """Return its derivative."""
    t = np.asarray(t, dtype=float)
    wave = 4 * np.pi * np.cos(4 * np.pi * t) - np.sin(4 * np.pi * t)
    return np.asarray(np.exp(-t) * wave)


def expected_rate(m: int) -> Array:
    """Return Stone's exponents for value and derivative, shape (2,), both negative."""
    return -np.array([m, m - 1]) / (2 * m + 1)


@functools.cache
def spline_errors(m: int, noise: float, seeds: int = 20) -> Array:
    """Return the errors of value and derivative over `COUNTS`, shape (counts, 2).

    Parameters
    ----------
    m : int
        Order of the derivative that the spline's penalty is on.
    noise : float
        Standard deviation.
    seeds : int
        How many data sets the mean square is taken over.
    """
    return np.array([_spline(m, noise, n, seeds) for n in COUNTS])


@functools.cache
def local_errors(noise: float, seeds: int = 20) -> Array:
    """Return the same of a moving line (value) and a moving parabola (derivative).

    Each has the window that is best for the truth, which nobody would know: no choice of the
    window from the data can do better.
    """
    return np.array([_local(noise, n, seeds) for n in COUNTS])


def rate(errors: ArrayLike) -> Array:
    """Return the slope of log error over log n, of errors over `COUNTS` along the first axis."""
    return np.asarray(np.polyfit(np.log(COUNTS), np.log(np.asarray(errors)), 1)[0])


def samples(n: int, noise: float, seed: int) -> tuple[Array, Array]:
    """Return ``n`` moments on [0, 1] and noisy values there."""
    t = np.linspace(0, 1, n)
    return t, truth(t) + noise * np.random.default_rng(seed).normal(size=n)


def _inner(values: Array) -> Array:
    tenth = values.shape[-1] // 10
    return values[..., tenth:-tenth]


def _rms(errors: Array) -> float:
    return float(np.sqrt(np.mean(errors**2)))


def _spline(m: int, noise: float, n: int, seeds: int) -> Array:
    t = np.linspace(0, 1, n)
    inner = _inner(t)
    fits = [
        SplineInterpolator(penalty_order=m, adaptive=False).fit(*samples(n, noise, seed))
        for seed in range(seeds)
    ]
    value = _rms(np.array([fit(inner) - truth(inner) for fit in fits]))
    slope = _rms(np.array([fit.differentiate()(inner) - true_slope(inner) for fit in fits]))
    return np.array([value, slope])


def _local(noise: float, n: int, seeds: int) -> Array:
    t = np.linspace(0, 1, n)
    many = np.array([samples(n, noise, seed)[1] for seed in range(seeds)])
    windows = {int(share * n) // 2 * 2 + 1 for share in _SHARES} - {1, 3}
    value = [savgol_filter(many, w, 1) - truth(t) for w in windows]
    slope = [savgol_filter(many, w, 2, deriv=1, delta=t[1]) - true_slope(t) for w in windows]
    return np.array([min(_rms(_inner(each)) for each in part) for part in (value, slope)])

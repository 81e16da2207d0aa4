"""Samples with a trouble of a known kind, methods that meet it, and what their residuals tell."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.signal import savgol_filter

from calcbook.method_comparison import relative_error
from pydelt.finite_difference import finite_difference
from pydelt.interpolation import Interpolator, LowessInterpolator, SplineInterpolator

Array = NDArray[np.float64]
Function = Callable[[ArrayLike], Array]

END, COUNT, NOISE = 10.0, 150, 0.1
QUERY = np.linspace(0, END, 201)


class Troubled(NamedTuple):
    """Samples and the truth behind them.

    Attributes
    ----------
    t, u : ndarray, shape (n,)
        Positions between 0 and 10, ascending, and samples.
    signal, slope : callable
        The truth and its derivative, of any positions.
    """

    t: Array
    u: Array
    signal: Function
    slope: Function


class Recovered(NamedTuple):
    """What a method makes of samples.

    Attributes
    ----------
    fit : ndarray, shape (n,)
        At the samples. Differences believe every sample.
    curve, slope : ndarray, shape (201,)
        At `QUERY`; methods that know it at the samples alone are joined by straight lines.
    lower, upper : ndarray, shape (201,)
        The slope's 95% band, NaN for methods that have none.
    """

    fit: Array
    curve: Array
    slope: Array
    lower: Array
    upper: Array


class Reading(NamedTuple):
    """What residuals tell without knowing the truth; NaN where there are none.

    Attributes
    ----------
    size : float
        Robust standard deviation, 1.48 times the median of absolute values: what the fit takes
        for noise, to be held against what is known of the instrument.
    autocorrelation : float
        Of each residual with the next: near 0 when the fit left nothing but white noise.
    largest : float
        The largest residual in units of their size: 3 is common among 150 normal ones, 6 is not.
    """

    size: float
    autocorrelation: float
    largest: float


def _waves(t: ArrayLike) -> Array:
    return np.asarray(np.sin(t) + 0.4 * np.cos(2 * np.asarray(t)))


def _waves_slope(t: ArrayLike) -> Array:
    return np.asarray(np.cos(t) - 0.8 * np.sin(2 * np.asarray(t)))


def _kinked(t: ArrayLike) -> Array:
    return np.abs(np.asarray(t) - 0.5 * END) - 0.25 * END


def _kinked_slope(t: ArrayLike) -> Array:
    return np.sign(np.asarray(t) - 0.5 * END)


def _even() -> Array:
    return np.linspace(0, END, COUNT)


def _sampled(rng: np.random.Generator, t: Array) -> Troubled:
    noise = NOISE * rng.normal(size=t.size)
    return Troubled(t, _waves(t) + noise, _waves, _waves_slope)


def _no_trouble(rng: np.random.Generator) -> Troubled:
    return _sampled(rng, _even())


def _kink(rng: np.random.Generator) -> Troubled:
    t = _even()
    return Troubled(t, _kinked(t) + NOISE * rng.normal(size=t.size), _kinked, _kinked_slope)


def _outliers(rng: np.random.Generator) -> Troubled:
    clean = _sampled(rng, _even())
    struck = rng.choice(COUNT, COUNT // 12, replace=False)
    moved = clean.u.copy()
    moved[struck] += rng.choice([-1, 1], struck.size) * rng.uniform(1, 3, struck.size)
    return clean._replace(u=moved)


def _gap(rng: np.random.Generator) -> Troubled:
    t = _even()
    return _sampled(rng, t[(t < 0.45 * END) | (t > 0.65 * END)])


def _uneven(rng: np.random.Generator) -> Troubled:
    return _sampled(rng, END * np.sort(rng.uniform(size=COUNT) ** 2))


def _correlated(rng: np.random.Generator) -> Troubled:
    t, kept = _even(), 0.9
    noise = NOISE * rng.normal(size=COUNT)
    for i in range(1, COUNT):  # an autoregression of order 1 that keeps the standard deviation
        noise[i] = kept * noise[i - 1] + np.sqrt(1 - kept**2) * noise[i]
    return Troubled(t, _waves(t) + noise, _waves, _waves_slope)


TROUBLES: dict[str, Callable[[np.random.Generator], Troubled]] = {
    "none": _no_trouble,
    "kink": _kink,
    "outliers": _outliers,
    "gap": _gap,
    "uneven sampling": _uneven,
    "correlated noise": _correlated,
}


def troubled(trouble: str, seed: int = 0) -> Troubled:
    """Return samples with a trouble: one of `TROUBLES`, the same for the same seed."""
    if trouble not in TROUBLES:
        raise ValueError(f"`trouble` is {trouble!r}; choose one of {', '.join(TROUBLES)}.")
    return TROUBLES[trouble](np.random.default_rng(seed))


def _at_samples(t: Array, fit: Array, slope: Array) -> Recovered:
    none = np.full(QUERY.size, np.nan)
    return Recovered(fit, np.interp(QUERY, t, fit), np.interp(QUERY, t, slope), none, none)


def _differences(t: Array, u: Array) -> Recovered:
    return _at_samples(t, u, finite_difference(u, t))


def _savgol(t: Array, u: Array) -> Recovered:
    """Filter as if the samples were evenly spaced, which is what the filter takes for granted."""
    spacing = (t[-1] - t[0]) / (t.size - 1)
    return _at_samples(t, savgol_filter(u, 21, 3), savgol_filter(u, 21, 3, 1, spacing))


def _fitted(model: Interpolator) -> Callable[[Array, Array], Recovered]:
    def recover(t: Array, u: Array) -> Recovered:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # the figures look at what such a warning is about
            fit = model.fit(t, u)
            slope = fit.differentiate()
            return Recovered(fit(t), fit(QUERY), slope(QUERY), *slope.band(QUERY))

    return recover


METHODS: dict[str, Callable[[Array, Array], Recovered]] = {
    "differences": _differences,
    "Savitzky-Golay": _savgol,
    "LOWESS": _fitted(LowessInterpolator()),
    # One penalty of one order throughout: these signals are as busy here as there.
    "spline": _fitted(SplineInterpolator(penalty_order=4, adaptive=False)),
    "robust spline": _fitted(SplineInterpolator(penalty_order=4, adaptive=False, robust=True)),
}


def recover(samples: Troubled, method: str) -> Recovered:
    """Return what a method, one of `METHODS`, makes of samples."""
    if method not in METHODS:
        raise ValueError(f"`method` is {method!r}; choose one of {', '.join(METHODS)}.")
    return METHODS[method](samples.t, samples.u)


def error(trouble: str, method: str, seed: int = 0) -> float:
    """Return the derivative's root mean square error as a share of its root mean square."""
    samples = troubled(trouble, seed)
    return relative_error(recover(samples, method).slope, samples.slope(QUERY))


def held(trouble: str, method: str, seed: int = 0) -> float:
    """Return the share of positions at which the 95% band holds the truth; NaN without a band."""
    samples = troubled(trouble, seed)
    found, truth = recover(samples, method), samples.slope(QUERY)
    if np.isnan(found.lower).all():
        return np.nan
    return float(np.mean((found.lower <= truth) & (truth <= found.upper)))


def residual_reading(trouble: str, method: str, seed: int = 0) -> Reading:
    """Return what the residuals of a method on a trouble tell."""
    samples = troubled(trouble, seed)
    return read(samples.u - recover(samples, method).fit)


def read(residuals: ArrayLike) -> Reading:
    """Return what residuals tell, given in the order of their positions: shape (n,)."""
    residuals = np.asarray(residuals, dtype=float)
    if not np.any(residuals):
        return Reading(np.nan, np.nan, np.nan)
    size = float(1.4826 * np.median(np.abs(residuals)))
    neighbors = float(np.corrcoef(residuals[:-1], residuals[1:])[0, 1])
    return Reading(size, neighbors, float(np.max(np.abs(residuals))) / size)

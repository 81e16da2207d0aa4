"""The peers, called as their documentation proposes, behind one call: ``(x, y, grid) -> Curves``.

Where a package wants a number and offers no way to choose it, the value of its own documentation or
examples stands here. A peer that does not take the data says so by `UnsuitableError`.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable
from functools import wraps
from typing import Any

import numpy as np
from scipy import interpolate, signal

from .methods import Curves, Method, UnsuitableError
from .namesake import Namesake
from .signals import Array

Estimates = tuple[Array | None, ...]


def _quiet(method: Callable[[Array, Array, Array], Estimates]) -> Method:
    @wraps(method)
    def wrapped(x: Array, y: Array, grid: Array) -> Curves:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return Curves(method(x, y, grid))

    return wrapped


def _step(x: Array) -> float:
    """Distance of even samples."""
    steps = np.diff(x)
    if np.ptp(steps) > 1e-6 * steps.mean():
        raise UnsuitableError("needs an even step")
    return float(steps.mean())


def _at_most(x: Array, count: int) -> None:
    if x.size > count:
        raise UnsuitableError(f"takes too long beyond {count} samples")


def _to_grid(x: Array, grid: Array, *curves: Array | None) -> Estimates:
    """Bring what is given at the samples to the grid."""
    places, index = np.unique(x, return_index=True)
    return tuple(
        None if c is None else interpolate.CubicSpline(places, np.asarray(c)[index])(grid)
        for c in curves
    )


def _noise(x: Array, y: Array) -> float:
    """Robust standard deviation of the noise: how far samples are off their neighbors' chord."""
    left, right = np.diff(x)[:-1], np.diff(x)[1:]
    share = left / np.maximum(left + right, 1e-300)
    distance = y[1:-1] - (1 - share) * y[:-2] - share * y[2:]
    scaled = distance / np.sqrt(1 + share**2 + (1 - share) ** 2)
    return float(np.median(np.abs(scaled)) / 0.6745)


@_quiet
def scipy_gcv_spline(x: Array, y: Array, grid: Array) -> Estimates:
    """`make_smoothing_spline`; x scaled to [0, 100], for its search depends on the unit of x."""
    unit = np.ptp(x) / 100
    spline = interpolate.make_smoothing_spline(x / unit, y)
    return tuple(spline(grid / unit, nu=d) / unit**d for d in range(3))


def univariate_spline(smoothing: str) -> Method:
    """`UnivariateSpline` with its default ``s``, or with n times the noise's variance."""

    @_quiet
    def method(x: Array, y: Array, grid: Array) -> Estimates:
        s = None if smoothing == "default" else x.size * _noise(x, y) ** 2
        spline = interpolate.UnivariateSpline(x, y, k=4, s=s)
        return tuple(spline(grid, nu=d) for d in range(3))

    return method


@_quiet
def savgol(x: Array, y: Array, grid: Array) -> Estimates:
    """`savgol_filter`: cubic, over a twentieth of the samples."""
    step, window = _step(x), max(5, x.size // 20 | 1)
    return _to_grid(
        x, grid, *(signal.savgol_filter(y, window, 3, deriv=d, delta=step) for d in range(3))
    )


@_quiet
def rbf_interpolator(x: Array, y: Array, grid: Array) -> Estimates:
    """`RBFInterpolator`, thin plates, smoothing by five-fold cross-validation; then differences."""
    _at_most(x, 1000)
    fold = np.arange(x.size) % 5

    def missed(smoothing: float) -> float:
        total = 0.0
        for k in range(5):
            fit = interpolate.RBFInterpolator(
                x[fold != k, None], y[fold != k], smoothing=smoothing, kernel="cubic"
            )
            total += float(np.sum((fit(x[fold == k, None]) - y[fold == k]) ** 2))
        return total

    smoothing = min(np.geomspace(1e-9, 1e0, 10), key=missed)
    fit = interpolate.RBFInterpolator(x[:, None], y, smoothing=smoothing, kernel="cubic")
    return _differenced(lambda points: fit(points[:, None]), grid)


def _differenced(fit: Callable[[Array], Array], grid: Array) -> Estimates:
    """Values and central differences of a function."""
    h = 1e-4
    below, here, above = fit(grid - h), fit(grid), fit(grid + h)
    return here, (above - below) / (2 * h), (above - 2 * here + below) / h**2


@_quiet
def csaps_auto(x: Array, y: Array, grid: Array) -> Estimates:
    """Csaps with its automatic smoothing factor."""
    import csaps

    smooth = csaps.csaps(x, y, x).smooth
    spline = csaps.CubicSmoothingSpline(x, y, smooth=smooth)
    return tuple(spline(grid, nu=d) for d in range(3))


def lowess(span: float = 2 / 3) -> Method:
    """Statsmodels' lowess, robust as it is by default, then differences."""

    @_quiet
    def method(x: Array, y: Array, grid: Array) -> Estimates:
        from statsmodels.nonparametric.smoothers_lowess import lowess as smoother

        delta = 0.01 * np.ptp(x) if x.size > 2000 else 0.0
        fitted = smoother(y, x, frac=span, return_sorted=False, delta=delta)
        first = np.gradient(fitted, x)
        return _to_grid(x, grid, fitted, first, np.gradient(first, x))

    return method


def findiff_order(accuracy: int) -> Method:
    """Findiff with a given order of accuracy."""

    @_quiet
    def method(x: Array, y: Array, grid: Array) -> Estimates:
        import findiff

        first, second = (findiff.FinDiff(0, x, d, acc=accuracy)(y) for d in (1, 2))
        return _to_grid(x, grid, None, first, second)

    return method


@_quiet
def numpy_gradient(x: Array, y: Array, grid: Array) -> Estimates:
    """`numpy.gradient`, once and twice."""
    first = np.gradient(y, x, edge_order=2)
    return _to_grid(x, grid, None, first, np.gradient(first, x, edge_order=2))


@_quiet
def gaussian_process(x: Array, y: Array, grid: Array) -> Estimates:
    """scikit-learn's GPR, RBF + white noise by marginal likelihood; its mean is differentiated."""
    _at_most(x, 1000)
    from sklearn.gaussian_process import GaussianProcessRegressor
    from sklearn.gaussian_process.kernels import RBF, ConstantKernel, WhiteKernel

    kernel = ConstantKernel() * RBF(0.1, (1e-3, 1e2)) + WhiteKernel(0.01, (1e-10, 1e1))
    fit = GaussianProcessRegressor(kernel, normalize_y=True).fit(x[:, None], y)
    length = fit.kernel_.k1.k2.length_scale
    gap = (grid[:, None] - x) / length
    weights = fit.kernel_.k1.k1.constant_value * np.exp(-(gap**2) / 2) * fit.alpha_ * y.std()
    first, second = -(weights * gap).sum(axis=1), (weights * (gap**2 - 1)).sum(axis=1)
    return weights.sum(axis=1) + y.mean(), first / length, second / length**2


def pynumdiff_optimized(name: str, most: int) -> Method:
    """One of PyNumDiff's methods with its own search of the parameters.

    Its documentation asks for the highest frequency of interest, to be read off the power spectrum:
    the last one that stands ten times above the floor.
    """

    @_quiet
    def method(x: Array, y: Array, grid: Array) -> Estimates:
        step = _step(x)
        _at_most(x, most)
        import pynumdiff
        from pynumdiff.optimize import optimize

        power = np.abs(np.fft.rfft(signal.detrend(y) * np.hanning(y.size))) ** 2
        floor = np.median(power[power.size // 2 :])
        highest = np.flatnonzero(power > 10 * floor).max(initial=1)
        frequency = float(np.fft.rfftfreq(y.size, step)[max(highest, 1)])
        function = getattr(pynumdiff, name)
        parameters, _ = optimize(function, y, step, bandlimit=frequency, parallel=False)
        value, first = function(y, step, **parameters)
        return _to_grid(x, grid, value, first, None)

    return method


def derivative_package(kind: str, **options: Any) -> Method:
    """Package `derivative` with the parameters of its documentation."""

    @_quiet
    def method(x: Array, y: Array, grid: Array) -> Estimates:
        _at_most(x, 1000)
        from derivative import dxdt

        return _to_grid(x, grid, None, dxdt(y, x, kind=kind, **options), None)

    return method


def quick_peers() -> dict[str, Method]:
    """Return the peers within SciPy and csaps, which the tests use."""
    return {
        "scipy make_smoothing_spline": scipy_gcv_spline,
        "csaps": csaps_auto,
    }


def all_peers() -> dict[str, Method]:
    """Return the peers that are fast enough for every data set."""
    return quick_peers() | {
        "scipy UnivariateSpline, default s": univariate_spline("default"),
        "scipy UnivariateSpline, s = n sigma²": univariate_spline("noise"),
        "scipy savgol_filter": savgol,
        "statsmodels lowess": lowess(),
        "findiff, accuracy 4": findiff_order(4),
        "numpy.gradient": numpy_gradient,
        "derivative, spline": derivative_package("spline", s=1e-2),
        "pydelt 0.8.0, public": Namesake(smoothing=None),
        "pydelt 0.8.0, smoothing=0.1": Namesake(smoothing=0.1),
    }


def robust_peers() -> dict[str, Method]:
    """Return the peers that claim to withstand outliers."""
    return {"statsmodels lowess": lowess(), "statsmodels lowess, span 0.1": lowess(0.1)}


def slow_peers() -> dict[str, Method]:
    """Return the peers that take seconds to minutes for one data set."""
    return {
        "PyNumDiff splinediff, optimized": pynumdiff_optimized("splinediff", most=1000),
        "PyNumDiff rtsdiff, optimized": pynumdiff_optimized("rtsdiff", most=200),
        "scikit-learn GPR": gaussian_process,
        "scipy RBFInterpolator": rbf_interpolator,
        "derivative, trend filtered": derivative_package("trend_filtered", order=0, alpha=1e-2),
        "derivative, Kalman": derivative_package("kalman", alpha=1),
    }

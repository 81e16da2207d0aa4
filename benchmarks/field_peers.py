"""Peers for gradients from scattered samples: ``(X, y, points) -> gradients``."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from functools import wraps

import numpy as np
from scipy.interpolate import RBFInterpolator

from .methods import UnsuitableError
from .namesake import Namesake
from .signals import Array

GradientMethod = Callable[[Array, Array, Array], Array]


def _standardized(method: GradientMethod) -> GradientMethod:
    """Hand over centered inputs of unit spread, as these methods want them."""

    @wraps(method)
    def wrapped(X: Array, y: Array, points: Array) -> Array:
        center, spread = X.mean(axis=0), X.std(axis=0)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return method((X - center) / spread, y, (points - center) / spread) / spread

    return wrapped


def _differences(fit: Callable[[Array], Array], points: Array) -> Array:
    h = 1e-4
    steps = h * np.eye(points.shape[1])
    return np.column_stack([(fit(points + s) - fit(points - s)) / (2 * h) for s in steps])


@_standardized
def least_squares_plane(X: Array, y: Array, points: Array) -> Array:
    """Ordinary least squares."""
    design = np.column_stack([np.ones(len(X)), X])
    return np.tile(np.linalg.lstsq(design, y, rcond=None)[0][1:], (len(points), 1))


@_standardized
def gaussian_process(X: Array, y: Array, points: Array) -> Array:
    """scikit-learn's GPR: one length for each input, white noise, by marginal likelihood."""
    if len(X) > 1000:
        raise UnsuitableError("takes too long beyond 1000 samples")
    from sklearn.gaussian_process import GaussianProcessRegressor
    from sklearn.gaussian_process.kernels import RBF, ConstantKernel, WhiteKernel

    kernel = ConstantKernel(1.0, (1e-3, 1e5)) * RBF(np.ones(X.shape[1]), (1e-2, 1e4))
    kernel = kernel + WhiteKernel(0.01, (1e-8, 1e1))
    fit = GaussianProcessRegressor(kernel, normalize_y=True).fit(X, y)
    return _differences(fit.predict, points)


def rbf_interpolator(kernel: str) -> GradientMethod:
    """`RBFInterpolator`, smoothing by five-fold cross-validation."""

    @_standardized
    def method(X: Array, y: Array, points: Array) -> Array:
        if len(X) > 1000:
            raise UnsuitableError("takes too long beyond 1000 samples")
        fold = np.arange(len(X)) % 5

        def missed(smoothing: float) -> float:
            total = 0.0
            for k in range(5):
                fit = RBFInterpolator(
                    X[fold != k], y[fold != k], smoothing=smoothing, kernel=kernel
                )
                total += float(np.sum((fit(X[fold == k]) - y[fold == k]) ** 2))
            return total

        smoothing = min(np.geomspace(1e-4, 1e4, 9), key=missed)
        return _differences(RBFInterpolator(X, y, smoothing=smoothing, kernel=kernel), points)

    return method


def field_peers() -> dict[str, GradientMethod]:
    """Return all of them; the last is never the best, but stands for itself in the table."""
    return {
        "scikit-learn GPR": gaussian_process,
        "scipy RBFInterpolator, thin plate": rbf_interpolator("thin_plate_spline"),
        "scipy RBFInterpolator, cubic": rbf_interpolator("cubic"),
        "least-squares plane": least_squares_plane,
        "pydelt 0.8.0, smoothing=0.1": Namesake(0.1).gradient,
    }

"""Which engine a class of one variable stands for in several."""

from __future__ import annotations

from typing import Any

import numpy as np

from ._fields import Field, LocalField, NetworkField
from ._local_polynomial import monomials
from ._network import NetworkEnsemble
from ._smooth_field import SmoothField
from ._validation import FloatArray, check_smoothing
from .interpolation import (
    Interpolator,
    LlaInterpolator,
    LowessInterpolator,
    NeuralNetworkInterpolator,
    SplineInterpolator,
)

_KNOWN = SplineInterpolator, LowessInterpolator, LlaInterpolator, NeuralNetworkInterpolator
_DEPENDENT = 1e-8  # columns of X whose smallest singular value is below are linearly dependent


def settings_of(
    interpolator: type[Interpolator], smoothing: float | None, options: dict[str, Any]
) -> Interpolator:
    """Return the class with its arguments, unless it is none known here or they mean nothing."""
    if not (isinstance(interpolator, type) and issubclass(interpolator, _KNOWN)):
        names = ", ".join(each.__name__ for each in _KNOWN)
        raise TypeError(
            f"interpolator must be one of the classes {names}, got {interpolator!r}. "
            "Hand in the class itself, and its arguments as options."
        )
    foreign = set(options) - {"nan"} if issubclass(interpolator, SplineInterpolator) else set()
    if foreign:
        raise TypeError(
            f"{min(foreign)} has no meaning for {interpolator.__name__} in several variables. "
            "Leave it out; against outliers use LowessInterpolator."
        )
    return interpolator(smoothing=smoothing, **options)


def least_samples(settings: Interpolator, dimension: int) -> int:
    """Return how many samples a fit in so many variables needs."""
    return len(monomials(dimension, getattr(settings, "degree", 1))) + 1


def fitted_field(settings: Interpolator, X: FloatArray, y: FloatArray) -> Field:
    """Fit the engine that the class of `settings` stands for to X (n, d) and y (n, m)."""
    _check_independent(X)
    factor = check_smoothing(settings.smoothing)
    if isinstance(settings, (LowessInterpolator, LlaInterpolator)):
        return LocalField(X, y, settings._engine_for(len(np.unique(X, axis=0))))
    if isinstance(settings, NeuralNetworkInterpolator):
        network = NetworkEnsemble(settings.hidden, settings.members, factor, settings.seed)
        return NetworkField(X, y, network)
    return SmoothField(X, y, factor)


def _check_independent(X: FloatArray) -> None:
    """Raise when a column of `X` is a linear combination of others: no gradient is determined."""
    standardized = (X - X.mean(axis=0)) / X.std(axis=0)
    _, singular, directions = np.linalg.svd(standardized, full_matrices=False)
    if singular[-1] < _DEPENDENT * singular[0]:
        columns = np.flatnonzero(np.abs(directions[-1]) > 1e-6).tolist()
        raise ValueError(
            f"X has linearly dependent columns {columns}, so the samples do not determine the "
            "gradient. Leave one of them out."
        )

"""Checks of the points at which a fit is asked."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike

from ._arrays import FloatArray, as_real_array, check_finite
from ._warnings import ExtrapolationWarning, warn_caller


def check_query(points: ArrayLike, *, name: str = "points") -> FloatArray:
    """Check positions of one variable at which a fit is asked; any shape, finite."""
    array = as_real_array(name, points)
    check_finite(name, array, "Ask only at finite positions.")
    return array


def check_limits(a: ArrayLike, b: ArrayLike) -> tuple[FloatArray, FloatArray]:
    """Check the limits of integrals and broadcast them against each other."""
    lower, upper = check_query(a, name="a"), check_query(b, name="b")
    try:
        shape = np.broadcast_shapes(lower.shape, upper.shape)
    except ValueError as error:
        raise ValueError(
            f"a and b must broadcast, got shapes {lower.shape} and {upper.shape}. "
            "Give equal shapes, or a single limit on one side."
        ) from error
    return np.broadcast_to(lower, shape), np.broadcast_to(upper, shape)


def check_query_points(points: ArrayLike, dimension: int, *, name: str = "points") -> FloatArray:
    """Check query points of shape (q, d) for a fit in `dimension` = d variables."""
    array = as_real_array(name, points)
    if array.ndim == 1 and array.size == dimension:
        raise ValueError(
            f"{name} has shape {array.shape}; one point needs its own row: "
            f"use {name}.reshape(1, {dimension})."
        )
    if array.ndim != 2 or array.shape[1] != dimension:
        raise ValueError(
            f"{name} must have shape (q, {dimension}) like the data of fit, got {array.shape}."
        )
    check_finite(name, array, "Ask only at finite positions.")
    return array


def query_checker(
    low: FloatArray | float, high: FloatArray | float, beyond: str
) -> Callable[[ArrayLike], FloatArray]:
    """Return the ``check`` of an `Estimate`: validate a query and warn where it extrapolates.

    Parameters
    ----------
    low, high : float or ndarray, shape (d,)
        The range of the data; scalars for one variable, one entry a column for several.
    beyond : str
        What the method does outside, for the warning.
    """
    slack = 1e-9 * (np.asarray(high) - np.asarray(low))
    dimension = np.size(low) if np.ndim(low) else None

    def check(points: ArrayLike) -> FloatArray:
        array = check_query(points) if dimension is None else check_query_points(points, dimension)
        outside = (array < low - slack) | (array > high + slack)
        if dimension is not None:
            outside = outside.any(axis=-1)
        if np.any(outside):
            count = int(np.count_nonzero(outside))
            message = f"{count} of {outside.size} query points lie outside the data; {beyond}."
            warn_caller(message, ExtrapolationWarning)
        return array

    return check

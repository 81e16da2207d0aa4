"""Checks of everything a user hands in; every message names the argument and the mend.

All arrays leave this module as float64, so integers never truncate anywhere behind it.
"""

from __future__ import annotations

import sys
import warnings
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

FloatArray = NDArray[np.float64]
REAL = (int, float, np.integer, np.floating)


class ExtrapolationWarning(UserWarning):
    """A query lies outside the data, where only the method's assumptions speak."""


class UndersampledWarning(UserWarning):
    """The samples are too few per oscillation for the error band to be believed."""


class NotFittedError(ValueError, AttributeError):
    """A method was asked for a result before ``fit``."""


def warn_caller(message: str, category: type[Warning]) -> None:
    """Warn, pointing at the line outside this package that led here."""
    level, frame = 2, sys._getframe(1)
    while frame.f_back and frame.f_globals.get("__name__", "").split(".")[0] == "pydelt":
        level, frame = level + 1, frame.f_back
    warnings.warn(message, category, stacklevel=level)


def as_real_array(name: str, values: ArrayLike) -> FloatArray:
    """Turn `values` into a float64 array, or say why they are not real numbers.

    Masked entries become NaN, so that they meet the caller's ``nan`` option instead of vanishing.

    Raises
    ------
    TypeError
        For text, dates, complex numbers, and objects that are no numbers.
    ValueError
        For ragged nested lists.
    """
    if isinstance(values, np.ma.MaskedArray):
        values = np.ma.filled(values.astype(float), np.nan)
    try:
        array = np.asarray(values)
    except ValueError as error:
        raise ValueError(f"{name} is ragged: give every row the same length.") from error
    if array.dtype.kind in "US":
        raise TypeError(f"{name} holds text. Convert it first, e.g. {name}.astype(float).")
    if array.dtype.kind in "mM":
        raise TypeError(
            f"{name} holds dates. Convert them to numbers first, "
            f"e.g. ({name} - {name}[0]) / np.timedelta64(1, 's')."
        )
    if array.dtype.kind == "c":
        raise TypeError(f"{name} is complex. Fit {name}.real and {name}.imag separately.")
    try:
        return array.astype(np.float64)
    except (TypeError, ValueError) as error:
        raise TypeError(f"{name} must hold real numbers: {error}.") from error


def check_nan_option(nan: str) -> None:
    """Raise unless `nan` is ``'raise'`` or ``'drop'``."""
    if nan not in ("raise", "drop"):
        raise ValueError(f"nan must be 'raise' or 'drop', got {nan!r}.")


def check_finite(name: str, array: FloatArray, mend: str) -> None:
    """Raise when `array` has NaN or infinite entries; say how many, where, and the `mend`."""
    bad = ~np.isfinite(array)
    if not bad.any():
        return
    missing = int(np.isnan(array).sum())
    infinite = int(bad.sum()) - missing
    counts = [f"{missing} NaN"] * (missing > 0) + [f"{infinite} infinite"] * (infinite > 0)
    first = np.unravel_index(int(np.argmax(bad)), array.shape)
    where = int(first[0]) if len(first) == 1 else tuple(int(i) for i in first)
    place = f" (first at index {where})" if array.ndim else ""
    raise ValueError(f"{name} has {' and '.join(counts)}{place}. {mend}")


def _keep_finite(
    names: tuple[str, str], x: FloatArray, y: FloatArray, nan: str
) -> tuple[FloatArray, FloatArray]:
    """Apply the ``nan`` option to the rows of `x` and `y`."""
    check_nan_option(nan)
    if nan == "raise":
        mend = "Drop them with nan='drop', or fill them before fit."
        check_finite(names[0], x, mend)
        check_finite(names[1], y, mend)
        return x, y
    rows = np.isfinite(x.reshape(len(x), -1)).all(axis=1)
    rows &= np.isfinite(y.reshape(len(y), -1)).all(axis=1)
    return x[rows], y[rows]


def _check_targets(names: tuple[str, str], n: int, y: FloatArray) -> None:
    x_name, y_name = names
    if y.ndim not in (1, 2) or (y.ndim == 2 and y.shape[1] == 0):
        raise ValueError(
            f"{y_name} must have shape (n,) or (n, k) with k >= 1, got {y.shape}. "
            "Put the samples on the first axis, the outputs on the second."
        )
    if len(y) != n:
        hint = f" Did you mean {y_name}.T?" if y.ndim == 2 and y.shape[1] == n else ""
        raise ValueError(
            f"{x_name} and {y_name} must have the same length, got {n} and {len(y)}. "
            f"Give one value for every sample.{hint}"
        )


def check_samples(
    x: ArrayLike,
    y: ArrayLike,
    *,
    nan: str = "raise",
    minimum: int = 2,
    needed_by: str = "fit",
    names: tuple[str, str] = ("x", "y"),
) -> tuple[FloatArray, FloatArray]:
    """Check samples of one input variable and sort them.

    Parameters
    ----------
    x : array_like, shape (n,)
        Sample positions, in any order, duplicates allowed.
    y : array_like, shape (n,) or (n, k)
        Values, one column a series.
    nan : {'raise', 'drop'}
        What to do with rows that hold NaN or infinity.
    minimum : int
        The least number of distinct positions.
    needed_by : str
        Who needs that many; stands in the message.
    names : tuple of str
        What the caller calls x and y.

    Returns
    -------
    x : ndarray, shape (n,)
        Ascending.
    y : ndarray, shape (n,) or (n, k)
        In the order of `x`.
    """
    x, y = as_real_array(names[0], x), as_real_array(names[1], y)
    if x.ndim != 1:
        flat = x.size == max(x.shape, default=0)
        mend = f"Use {names[0]}.ravel()" if flat else "Use MultivariateDerivatives"
        raise ValueError(f"{names[0]} must be one-dimensional, got shape {x.shape}. {mend}.")
    _check_targets(names, len(x), y)
    x, y = _keep_finite(names, x, y, nan)
    if len(x) > 1 and np.any(x[1:] < x[:-1]):
        ascending = np.argsort(x, kind="stable")
        x, y = x[ascending], y[ascending]
    distinct = int(np.count_nonzero(np.diff(x))) + (len(x) > 0)
    if distinct < minimum:
        raise ValueError(
            f"{names[0]} has {distinct} distinct value{'s' * (distinct != 1)}, but {needed_by} "
            f"needs at least {minimum}. Add samples at other positions."
        )
    return x, y


def check_points(
    X: ArrayLike, y: ArrayLike, *, nan: str = "raise", minimum: int = 2, needed_by: str = "fit"
) -> tuple[FloatArray, FloatArray]:
    """Check samples of several input variables; the rows keep their order.

    Parameters
    ----------
    X : array_like, shape (n, d)
        One row a sample, one column an input variable. Every column must vary.
    y : array_like, shape (n,) or (n, m)
        Values, one column an output.
    nan, minimum, needed_by
        As in `check_samples`; `minimum` counts rows.

    Returns
    -------
    X : ndarray, shape (n, d)
    y : ndarray, shape (n,) or (n, m)
    """
    X, y = as_real_array("X", X), as_real_array("y", y)
    if X.ndim != 2 or X.shape[1] == 0:
        raise ValueError(
            f"X must have shape (n, d), one row a sample, got {X.shape}. "
            "For a single input variable use X.reshape(-1, 1)."
        )
    _check_targets(("X", "y"), len(X), y)
    X, y = _keep_finite(("X", "y"), X, y, nan)
    if len(X) < minimum:
        raise ValueError(
            f"X has {len(X)} row{'s' * (len(X) != 1)}, but {needed_by} needs at least {minimum}. "
            "Add samples."
        )
    constant = np.flatnonzero(X.max(axis=0) == X.min(axis=0))
    if constant.size:
        raise ValueError(
            f"X has the same value in every row of column {int(constant[0])}, so no derivative "
            "along it can be seen. Leave that column out."
        )
    return X, y


def check_query(points: ArrayLike, *, name: str = "points") -> FloatArray:
    """Check positions of one variable at which a fit is asked; any shape, finite."""
    array = as_real_array(name, points)
    check_finite(name, array, "Ask only at finite positions.")
    return array


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


def check_smoothing(smoothing: float | None, *, zero_means: str | None = None) -> float:
    """Return the multiplier of the automatic choice; ``None`` is 1.

    `zero_means` says what a method would do at 0 that it cannot; given, 0 is an error.
    """
    if smoothing is None:
        return 1.0
    if isinstance(smoothing, bool) or not isinstance(smoothing, REAL):
        raise TypeError(f"smoothing must be a number or None, got {smoothing!r}.")
    factor = float(smoothing)
    if not (np.isfinite(factor) and factor >= 0):
        raise ValueError(
            f"smoothing must be finite and >= 0, got {factor:g}. It multiplies the automatic "
            "choice: 1 keeps it, 10 is smoother."
        )
    if factor == 0 and zero_means is not None:
        raise ValueError(
            f"smoothing must be > 0 here: {zero_means}. Use 1 for the automatic choice."
        )
    return factor


def check_integer(
    name: str, value: Any, low: int, high: int | None = None, *, why: str = ""
) -> int:
    """Return `value` as int; raise unless it is a whole number in ``low..high``."""
    span = f"a whole number >= {low}" if high is None else f"a whole number from {low} to {high}"
    reason = f" ({why})" if why else ""
    if isinstance(value, (bool, np.bool_)) or not isinstance(value, (int, np.integer)):
        raise TypeError(f"{name} must be {span}{reason}, got {value!r}.")
    if value < low or (high is not None and value > high):
        raise ValueError(f"{name} must be {span}{reason}, got {value}.")
    return int(value)


def check_fraction(name: str, value: Any) -> float:
    """Return `value` as float; raise unless ``0 < value <= 1``."""
    if isinstance(value, bool) or not isinstance(value, REAL):
        raise TypeError(f"{name} must be a number above 0 and at most 1, got {value!r}.")
    if not 0 < value <= 1:
        raise ValueError(f"{name} must be above 0 and at most 1, got {float(value):g}.")
    return float(value)


def check_level(level: float) -> float:
    """Return the confidence level; raise unless ``0 < level < 1``."""
    if isinstance(level, bool) or not isinstance(level, REAL):
        raise TypeError(f"level must be a number between 0 and 1, got {level!r}.")
    if not 0 < level < 1:
        raise ValueError(f"level must lie between 0 and 1, got {level:g}; 95 % is level=0.95.")
    return float(level)


def check_flag(name: str, value: Any) -> bool:
    """Return `value` as bool; raise unless it is one."""
    if not isinstance(value, (bool, np.bool_)):
        raise TypeError(f"{name} must be True or False, got {value!r}.")
    return bool(value)


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

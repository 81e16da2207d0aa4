"""Checks of the samples handed to ``fit``."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from ._arrays import FloatArray, as_real_array, check_finite
from ._options import check_nan_option

_LARGEST = 1e150  # beyond it, and below its inverse, squares leave the range of float64


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
    _check_positions(names, x)
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
    _check_magnitude(names[0], x)
    _check_magnitude(names[1], y)
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
    _check_targets(("X", "y"), len(X), y, columns=X.shape[1])
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
    _check_magnitude("X", X)
    _check_magnitude("y", y)
    return X, y


def _check_positions(names: tuple[str, str], x: FloatArray) -> None:
    if x.ndim == 1:
        return
    if x.ndim and x.size == max(x.shape):
        mend = f"Use {names[0]}.ravel()"
    elif x.ndim:
        mend = (
            "Several input variables go to MultivariateDerivatives, several series into the "
            f"columns of {names[1]}"
        )
    else:
        mend = "Give one position for every sample"
    raise ValueError(f"{names[0]} must be one-dimensional, got shape {x.shape}. {mend}.")


def _check_targets(names: tuple[str, str], n: int, y: FloatArray, columns: int = 1) -> None:
    x_name, y_name = names
    if y.ndim not in (1, 2) or (y.ndim == 2 and y.shape[1] == 0):
        raise ValueError(
            f"{y_name} must have shape (n,) or (n, k) with k >= 1, got {y.shape}. "
            "Put the samples on the first axis, the outputs on the second."
        )
    if len(y) != n:
        hint = f" Did you mean {y_name}.T?" if y.ndim == 2 and y.shape[1] == n else ""
        hint = f" Did you mean {x_name}.T?" if columns == len(y) > 1 else hint
        raise ValueError(
            f"{x_name} and {y_name} must have the same length, got {n} and {len(y)}. "
            f"Give one value for every sample.{hint}"
        )


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


def _check_magnitude(name: str, array: FloatArray) -> None:
    """Raise where floating point could not hold the squares of the values or of their spread."""
    low, high = array.min(axis=0), array.max(axis=0)
    largest, spread = np.max(np.maximum(-low, high)), high / 2 - low / 2
    if largest > _LARGEST:
        raise ValueError(
            f"{name} reaches {largest:.0e}: too large to square. Choose a larger unit."
        )
    tiny = (spread > 0) & (spread < 1 / _LARGEST)
    if np.any(tiny):
        raise ValueError(
            f"{name} varies by only {2 * np.min(spread[tiny]):.0e}: too little to square. "
            "Choose a smaller unit."
        )

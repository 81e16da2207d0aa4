"""Finite differences of any order and accuracy, on any spacing.

For noise-free samples. Noise of size s becomes noise of about s / h in the first derivative, so
smaller steps make noisy differences worse: use `pydelt.interpolation` for data.

References
----------
Fornberg (1988), Mathematics of Computation 51, 699-706, doi:10.1090/S0025-5718-1988-0935077-0.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from ._validation import FloatArray, as_real_array, check_finite, check_integer

__all__ = ["finite_difference", "finite_difference_weights"]


def finite_difference_weights(
    nodes: ArrayLike, point: ArrayLike = 0.0, order: int = 1
) -> FloatArray:
    """Return the weights that turn values at `nodes` into a derivative at `point`.

    The weights are exact for polynomials of degree below the number of nodes.

    Parameters
    ----------
    nodes : array_like, shape (..., s)
        Distinct positions, s > order.
    point : array_like, shape (...)
        Where the derivative is wanted.
    order : int
        Order of the derivative; 0 interpolates.

    Returns
    -------
    ndarray, shape (..., s)

    Raises
    ------
    TypeError, ValueError
        For nodes that are no finite real numbers, repeat, or are too few for the order.

    Examples
    --------
    >>> print(finite_difference_weights([-1, 0, 1], order=2))
    [ 1. -2.  1.]
    """
    nodes, point = as_real_array("nodes", nodes), as_real_array("point", point)
    order = check_integer("order", order, 0)
    check_finite("nodes", nodes, "Give finite positions.")
    check_finite("point", point, "Give a finite position.")
    if nodes.ndim == 0 or nodes.shape[-1] <= order:
        count = nodes.shape[-1] if nodes.ndim else 1
        raise ValueError(
            f"nodes has {count} entries; a derivative of order {order} needs at least {order + 1}. "
            "Add nodes."
        )
    if np.any(np.diff(np.sort(nodes, axis=-1), axis=-1) == 0):
        raise ValueError("nodes has duplicate positions. Leave the duplicates out.")
    try:
        offset = nodes - point[..., None]
    except ValueError as error:
        raise ValueError(
            f"nodes and point do not go together, got shapes {nodes.shape} and {point.shape}. "
            f"Give a single point, or one for each row of nodes: shape {nodes.shape[:-1]}."
        ) from error
    size = nodes.shape[-1]
    # weights[..., j, m]: node j's part in the derivative of order m, built node by node
    weights = np.zeros((*offset.shape, order + 1))
    weights[..., 0, 0] = 1.0
    product = np.ones(offset.shape[:-1])
    for i in range(1, size):
        orders = np.arange(min(i, order) + 1)
        lower = weights[..., orders - 1] * orders  # index -1 meets the factor 0
        steps = offset[..., i, None] - offset[..., :i]
        new_product = np.prod(steps, axis=-1)
        grown = lower[..., i - 1, :] - offset[..., i - 1, None] * weights[..., i - 1, orders]
        weights[..., i, orders] = (product / new_product)[..., None] * grown
        older = offset[..., i, None, None] * weights[..., :i, orders] - lower[..., :i, :]
        weights[..., :i, orders] = older / steps[..., None]
        product = new_product
    return weights[..., order]


def finite_difference(
    y: ArrayLike, x: ArrayLike = 1.0, *, order: int = 1, accuracy: int = 2
) -> FloatArray:
    """Differentiate samples by finite differences along the first axis.

    Parameters
    ----------
    y : array_like, shape (n,) or (n, k)
        Samples.
    x : float or array_like, shape (n,)
        The spacing, or the positions: strictly ascending or descending, of any spacing.
    order : int
        Order of the derivative.
    accuracy : int
        Power of the spacing with which the error shrinks, at the ends too. Each derivative uses
        the nearest ``order + accuracy`` samples: on even spacing these are central differences.

    Returns
    -------
    ndarray, shape of y

    Raises
    ------
    TypeError, ValueError
        For samples that are no finite real numbers, positions that repeat or turn back, and too
        few samples for the order and accuracy.

    Examples
    --------
    >>> print(finite_difference([0.0, 1.0, 4.0, 9.0], 1.0))
    [0. 2. 4. 6.]
    """
    y = as_real_array("y", y)
    order, accuracy = check_integer("order", order, 1), check_integer("accuracy", accuracy, 1)
    if y.ndim not in (1, 2) or (y.ndim == 2 and y.shape[1] == 0):
        raise ValueError(
            f"y must have shape (n,) or (n, k) with k >= 1, got {y.shape}. "
            "Put the samples on the first axis."
        )
    check_finite("y", y, "Fill or drop them first; differences would spread them.")
    n, width = len(y), order + accuracy
    if n < width:
        raise ValueError(
            f"y has {n} samples; order={order} with accuracy={accuracy} needs at least {width}. "
            "Add samples, or ask for less."
        )
    positions = _positions(x, y)
    start = np.clip(np.arange(n) - (width - 1) // 2, 0, n - width)
    stencil = start[:, None] + np.arange(width)
    weights = finite_difference_weights(positions[stencil], positions, order)
    return np.einsum("ns,ns...->n...", weights, y[stencil])


def _positions(x: ArrayLike, y: FloatArray) -> FloatArray:
    """Return the positions of the samples `y`, from themselves or their spacing."""
    n, x = len(y), as_real_array("x", x)
    check_finite("x", x, "Give finite positions.")
    if x.ndim == 0:
        if x == 0:
            raise ValueError("x, the spacing, is 0. Give the distance between samples.")
        return x * np.arange(n)
    if x.shape != (n,):
        raise ValueError(f"x must be the spacing or have shape ({n},) like y, got {x.shape}.")
    steps = np.diff(x)
    if not _one_way(steps):
        if np.any(steps > 0) and np.any(steps < 0) and y.ndim == 1 and _one_way(np.diff(y)):
            raise ValueError(
                "x turns back while y only rises or falls: the arguments look swapped. "
                "Call it with (y, x); if they are right, sort both by x."
            )
        raise ValueError(
            "x repeats or turns back. Sort x and y by x and merge duplicates, "
            "or use SplineInterpolator, which needs neither."
        )
    return x


def _one_way(steps: FloatArray) -> bool:
    return bool(np.all(steps > 0) or np.all(steps < 0))

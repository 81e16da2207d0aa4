r"""How far an input may move until an output has moved by more than a tolerance.

For a tolerance ε it is the largest δ with :math:`|f(x) - f(a)| \le ε` for all
:math:`|x - a| \le δ`, up to the resolution of a grid of distances. That a δ above zero exists for
every ε is what makes f continuous at a.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]
Function = Callable[[Array], Array]

FINEST = 1e-5  # share of the reach; what breaks nearer breaks, for all a grid can tell, at once

# Distances from the point as shares of the reach: finely spaced near it, where small ones count.
_NEAR = np.geomspace(1e-7, 1e-3, 200, endpoint=False)
_SHARES = np.concatenate([_NEAR, np.linspace(1e-3, 1, 4000)])


def safe_radius(f: Function, a: float, tolerance: float, reach: float = 1.0) -> float:
    """Return the largest safe radius of a function of one variable.

    Parameters
    ----------
    f : callable
        Takes and returns arrays of shape (n,).
    a : float
        The input that is meant.
    tolerance : float
        By how much the output may move, above 0.
    reach : float
        The radius is looked for up to here.

    Returns
    -------
    float
        0 where the output moves too far at once, ``reach`` where it never does.
    """
    _check(tolerance, reach)
    r = reach * _SHARES
    center = f(np.array([a], dtype=float))[0]
    moved = np.maximum(np.abs(f(a + r) - center), np.abs(f(a - r) - center))
    return _until(r, moved, tolerance)


def safe_radius_around(
    f: Function, point: ArrayLike, tolerance: float, reach: float = 1.0, directions: int = 360
) -> tuple[float, Array]:
    """Return the largest safe radius in the plane, and the direction that breaks it first.

    Parameters
    ----------
    f : callable
        Takes points of shape (n, 2), returns values of shape (n,).
    point : array_like, shape (2,)
    tolerance, reach : float
        As for `safe_radius`.
    directions : int
        How many directions are tried.

    Returns
    -------
    radius : float
    direction : ndarray, shape (2,)
        Of length 1.
    """
    _check(tolerance, reach)
    center = np.asarray(point, dtype=float)
    angle = 2 * np.pi * np.arange(directions) / directions
    rays = np.column_stack([np.cos(angle), np.sin(angle)])
    r = reach * np.linspace(2.5e-3, 1, 400)
    points = center + r[:, None, None] * rays
    moved = np.abs(f(points.reshape(-1, 2)).reshape(r.size, -1) - f(center[None])[0])
    farthest = moved.max(axis=1)
    radius = _until(r, farthest, tolerance)
    first = int(np.argmax(farthest > tolerance)) if farthest.max() > tolerance else -1
    return radius, rays[int(np.argmax(moved[first]))]


def _check(tolerance: float, reach: float) -> None:
    if not tolerance > 0:
        raise ValueError(f"`tolerance` must be above 0, got {tolerance}.")
    if not reach > 0:
        raise ValueError(f"`reach` must be above 0, got {reach}.")


def _until(r: Array, moved: Array, tolerance: float) -> float:
    """Return the last radius before the first one at which the output moved too far.

    It is 0 if that one is among the nearest.
    """
    broken = moved > tolerance
    if not broken.any():
        return float(r[-1])
    first = int(np.argmax(broken))
    return float(r[first - 1]) if first and r[first] > FINEST * r[-1] else 0.0

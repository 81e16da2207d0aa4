"""Gradient descent in one variable on losses whose curvature stays, falls or grows outward.

All three have their minimum at 0 and the curvature 1 there, so near it the largest stable learning
rate is 2 for each of them.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
LIMIT = 2.0  # 2 over the curvature at the minimum
_LOST = 1e6  # beyond this a run has diverged, and is stopped


class Loss(NamedTuple):
    """A loss of one parameter with its slope, both of arrays."""

    value: Callable[[Array], Array]
    slope: Callable[[Array], Array]


LOSSES = {
    "x²/2, the same curvature": Loss(lambda x: x**2 / 2, lambda x: x),
    "log cosh x, flatter outward": Loss(
        lambda x: np.logaddexp(x, -x) - np.log(2), lambda x: np.tanh(x)
    ),
    "x²/2 + x⁴/4, steeper outward": Loss(lambda x: x**2 / 2 + x**4 / 4, lambda x: x + x**3),
}
SAME, FLATTER, STEEPER = LOSSES


def descend(name: str, rate: float, start: float, steps: int = 40) -> Array:
    """Return the iterates, shape (steps + 1,).

    Parameters
    ----------
    name : str
        One of `LOSSES`.
    rate : float
        Learning rate.
    start : float
    steps : int
        Once an iterate is lost beyond a million, those after it are NaN.
    """
    slope = LOSSES[name].slope
    x = np.full(steps + 1, np.nan)
    x[0] = start
    for step in range(steps):
        if abs(x[step]) > _LOST:
            break
        x[step + 1] = x[step] - rate * slope(x[step])
    return x

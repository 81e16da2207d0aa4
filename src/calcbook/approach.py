"""Functions near a point where they have a limit, two one-sided ones, an infinite one, or none."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from calcbook.data.turbine import CUT_OUT, power_curve

Array = NDArray[np.float64]


class Approach(NamedTuple):
    """A function to be watched as its argument approaches a point.

    Attributes
    ----------
    value : callable
        The function, of arrays that do not hold the point itself.
    point : float
        What the argument approaches.
    heights : (float, float)
        The part of the vertical axis that is shown.
    left, right : float
        The one-sided limits, ±inf or NaN where there is none.
    envelope : callable or None
        Half the width of bounds around 0 that squeeze the function.
    axes : (str, str)
        Titles of the axes.
    """

    value: Callable[[Array], Array]
    point: float
    heights: tuple[float, float]
    left: float
    right: float
    envelope: Callable[[Array], Array] | None = None
    axes: tuple[str, str] = ("x", "f(x)")


APPROACHES = {
    "(1 − cos x)/x²": Approach(
        # 2 sin²(x/2) in place of 1 - cos x: it keeps its digits near zero
        lambda x: 2 * np.sin(x / 2) ** 2 / x**2,
        0.0,
        (0.3, 0.6),
        0.5,
        0.5,
    ),
    "x sin(1/x)": Approach(lambda x: x * np.sin(1 / x), 0.0, (-1.1, 1.1), 0.0, 0.0, np.abs),
    "|x|/x": Approach(lambda x: np.abs(x) / x, 0.0, (-1.6, 1.6), -1.0, 1.0),
    "turbine at 25 m/s": Approach(
        power_curve,
        CUT_OUT,
        (-0.4, 2.6),
        2.0,
        0.0,
        axes=("wind speed (m/s)", "power (MW)"),
    ),
    "1/x": Approach(lambda x: 1 / x, 0.0, (-30, 30), -np.inf, np.inf),
    "1/x²": Approach(lambda x: 1 / x**2, 0.0, (-5, 60), np.inf, np.inf),
    "sin(1/x)": Approach(lambda x: np.sin(1 / x), 0.0, (-1.6, 1.6), np.nan, np.nan),
}

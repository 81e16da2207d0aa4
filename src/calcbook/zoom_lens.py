"""What is seen through a lens: functions, and samples of a sensor, around one point."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from calcbook.data.turbine import CUT_OUT, RATED, power_curve

Array = NDArray[np.float64]

ZOOMS = (1, 3, 10, 30, 100, 1000)
STEP = 1 / 32  # of the sensor's scale: it reports multiples of this
RATE = 50  # its samples a second


class View(NamedTuple):
    """Something to look at through the lens.

    Attributes
    ----------
    value : callable
        The function, of arrays of shape (n,).
    point : float
        The center of the lens.
    half : (float, float)
        Half the width and half the height of the frame with no zoom.
    axes : (str, str)
        Titles of the axes.
    sampled : bool
        Whether the function is known at the sensor's times only.
    """

    value: Callable[[Array], Array]
    point: float
    half: tuple[float, float]
    axes: tuple[str, str] = ("x", "f(x)")
    sampled: bool = False


def reading(t: Array) -> Array:
    """Return what the sensor reports: a slow swing, rounded to the nearest multiple of `STEP`."""
    return np.asarray(STEP * np.round(np.sin(t) / STEP))


def wiggles(x: Array) -> Array:
    """Return a sum of ever finer sines, which looks rougher with every zoom (Weierstrass)."""
    k = np.arange(14)[:, None]
    return np.asarray(np.sum(0.5**k * np.cos(np.pi * 3.0**k * x), axis=0))


_WIND = ("wind speed (m/s)", "power (MW)")
VIEWS = {
    "sigmoid": View(expit, 1.0, (6.0, 0.75)),
    "ReLU": View(lambda x: np.maximum(x, 0), 0.0, (2.0, 1.5)),
    "|x|": View(np.abs, 0.0, (2.0, 1.5)),
    "turbine at full power": View(power_curve, RATED, (4.0, 1.5), _WIND),
    "turbine at its shutdown": View(power_curve, CUT_OUT, (4.0, 2.5), _WIND),
    "infinitely fine wiggles": View(wiggles, 0.28, (0.7, 2.2)),
    "a sensor’s samples": View(reading, 0.6, (2.5, 1.1), ("time (s)", "reading (V)"), sampled=True),
}


def window(view: View, zoom: float, n: int = 241) -> tuple[Array, Array]:
    """Return what stands in the frame: a fine grid, or the samples there, with their values.

    Parameters
    ----------
    view : View
    zoom : float
        How many times the frame is magnified, in both directions.
    n : int
        Size of the grid.

    Returns
    -------
    x, y : ndarray
    """
    half = view.half[0] / zoom
    if not view.sampled:
        x = np.linspace(view.point - half, view.point + half, n)
        return x, view.value(x)
    first, last = np.ceil((view.point - half) * RATE), np.floor((view.point + half) * RATE)
    t = np.arange(first, last + 1) / RATE
    return t, view.value(t)


def bend(view: View, zoom: float) -> float:
    """Return how far the curve strays from its chord, as a share of the frame's height.

    NaN for samples, which leave no curve to judge.
    """
    if view.sampled:
        return float("nan")
    x, y = window(view, zoom)
    chord = y[0] + (y[-1] - y[0]) * (x - x[0]) / (x[-1] - x[0])
    return float(np.max(np.abs(y - chord)) * zoom / (2 * view.half[1]))

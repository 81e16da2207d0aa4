"""Drawing for the choice of a method: errors over noise, and what goes wrong in practice."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import plotly.graph_objects as go
from numpy.typing import ArrayLike

from calcbook import style
from calcbook.charts.lines import curves, stack
from calcbook.method_comparison import METHODS, noisy, two_waves

COLORS = {
    "central differences": style.GRAY,
    "5-point differences": style.PURPLE,
    "Savitzky-Golay, 11 points": style.GOLD,
    "LOWESS": style.GREEN,
    "LLA": style.VERMILION,
    "network": style.INK,
    "spline": style.BLUE,
}
DASHES = {"5-point differences": "dash", "LLA": "dash", "network": "dot"}
SHOWN = ("5-point differences", "spline")
ERROR_RANGE = (1e-5, 20)


def errors_over_noise(
    errors: Mapping[str, ArrayLike], shares: Sequence[float], share: float, n: int
) -> go.Figure:
    """Draw two derivatives of one noisy signal, and below the errors of all methods over noise.

    Parameters
    ----------
    errors : mapping of str to array_like, shape (len(shares),)
        Relative errors of the methods.
    shares : sequence of float
        Noise levels, as shares of the signal; evenly placed on the axis, so 0 has a place too.
    share : float
        The noise level to mark and to draw the derivatives for; one of `shares`.
    n : int
        Number of samples.
    """
    t, signal, slope = two_waves(n)
    u = noisy(signal, share, seed=0)
    x = t[:: max(1, -(-n // 250))]
    lines = {name: (x, np.interp(x, t, METHODS[name](t, u))) for name in SHOWN}
    top = curves(
        {"truth": (t[:: max(1, n // 150)], slope[:: max(1, n // 150)]), **lines},
        x="time t",
        y="slope",
        y_range=(-4.5, 4.5),
        colors=COLORS,
        dashes={"truth": "dash"},
    )
    place = np.arange(len(shares))
    bottom = curves(
        {name: (place, np.maximum(error, ERROR_RANGE[0])) for name, error in errors.items()},
        x="noise, as a share of the signal",
        y="relative error",
        y_type="log",
        y_range=ERROR_RANGE,
        vlines=[list(shares).index(share)],
        hlines={"answer 0": 1},
        colors=COLORS,
        dashes=DASHES,
    )
    bottom.update_xaxes(tickvals=place, ticktext=[f"{100 * s:g}%" for s in shares])
    return stack([top, bottom], heights=[1, 1.7], gap=0.2, shared_x=False)

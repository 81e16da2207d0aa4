"""Drawing for convolution: a series and its smoothed self, and what the kernel does to a wave."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go

from calcbook import style
from calcbook.charts.lines import curves, stack
from calcbook.filters import kernel, response

_WEEK = 1 / 7
_DAYS = np.arange(-40, 106)
_SERIES = np.cos(2 * np.pi * _WEEK * _DAYS) + 0.15 * np.random.default_rng(0).normal(
    size=_DAYS.size
)


def smoothed(name: str, width: int) -> go.Figure:
    """Draw a weekly wave before and after smoothing, and the kernel's factor for every wave.

    Parameters
    ----------
    name : str
        One of `calcbook.filters.KERNELS`.
    width : int
        Odd number of days.
    """
    weights = kernel(name, width)
    smooth = np.convolve(_SERIES, weights, "same")
    shown = (_DAYS >= 0) & (_DAYS <= 42)
    above = curves(
        {"smoothed": (_DAYS[shown], np.round(smooth[shown], 3))},
        points={"data": (_DAYS[shown], np.round(_SERIES[shown], 3))},
        x="day",
        y="visits (centered)",
        x_range=(-0.5, 42.5),
        y_range=(-1.6, 1.6),
        colors={"smoothed": style.VERMILION},
        marker_size=6,
    )
    frequency = np.linspace(0, 0.5, 151)
    factor = float(response(weights, [_WEEK])[0])
    below = curves(
        {"factor": (frequency, np.round(response(weights, frequency), 4))},
        points={"weekly wave": ([_WEEK], [factor])},
        x="waves a day",
        y="factor",
        x_range=(0, 0.5),
        y_range=(-0.35, 1.08),
        hlines=[0],
        colors={"factor": style.BLUE, "weekly wave": style.VERMILION},
        marker_size=10,
    )
    return stack([above, below], heights=[1.2, 1], shared_x=False, gap=0.22)

"""Drawing for troubled data: a fit, its derivative against the truth, and its residuals."""

from __future__ import annotations

from typing import Any

import numpy as np
import plotly.graph_objects as go

from calcbook import style
from calcbook.charts._base import say
from calcbook.charts.lines import curves, stack
from calcbook.method_comparison import relative_error
from calcbook.troubled_data import END, QUERY, Reading, read, recover, troubled

FIT, SLOPE, LEFT = style.BLUE, style.VERMILION, style.GREEN


def trouble(trouble: str, method: str, seed: int = 0) -> go.Figure:
    """Draw samples with a method's fit, below its slope with the truth, below that its residuals.

    Parameters
    ----------
    trouble : str
        One of `calcbook.troubled_data.TROUBLES`.
    method : str
        One of `calcbook.troubled_data.METHODS`.
    seed : int
    """
    samples = troubled(trouble, seed)
    found, truth = recover(samples, method), samples.slope(QUERY)
    residuals = samples.u - found.fit
    reading = read(residuals)
    shared: dict[str, Any] = {"x": "time t", "x_range": (0, END), "dashes": {"truth": "dash"}}
    top = curves(
        {"fit": (QUERY, found.curve)},
        points={"data": (samples.t, samples.u)},
        y="signal u",
        y_range=(-4.2, 4.2),
        colors={"fit": FIT},
        marker_size=4,
        **shared,
    )
    thin = slice(None, None, 2)
    middle = curves(
        {"truth": (QUERY, truth), "slope": (QUERY, found.slope)},
        bands={"95% band": (QUERY[thin], found.lower[thin], found.upper[thin])},
        y="slope du/dt",
        y_range=(-3.5, 3.5),
        colors={"slope": SLOPE, "95% band": SLOPE},
        **shared,
    )
    bottom = curves(
        points={"residuals": (samples.t, residuals)},
        y="residuals",
        y_range=(-0.6, 0.6),
        hlines=[0],
        colors={"residuals": LEFT},
        marker_size=4,
        **shared,
    )
    off = f"off by {100 * relative_error(found.slope, truth):.0f}%"
    if np.isfinite(found.lower).any():
        holds = np.mean((found.lower <= truth) & (truth <= found.upper))
        off += f"; the band holds at {100 * holds:.0f}%"
    say(middle, off, SLOPE)
    say(bottom, _spelled(reading), LEFT)
    figure = stack([top, middle, bottom], heights=[1, 1.2, 0.8], gap=0.1)
    return figure.update_layout(showlegend=False)


def _spelled(reading: Reading) -> str:
    if np.isnan(reading.size):
        return "no residuals: every sample is believed"
    neighbors = f"{reading.autocorrelation:.2f}".replace("-", "−")
    return f"size {reading.size:.2f}, autocorr. {neighbors}, largest {reading.largest:.0f}×"

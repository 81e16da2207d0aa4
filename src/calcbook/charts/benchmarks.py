"""Drawing for the benchmarks: how far methods stay from the best that tuning could reach."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go

from calcbook import style
from calcbook.benchmark_results import lines
from calcbook.charts._base import mark
from calcbook.charts.lines import curves

COLORS = {
    "pydelt": style.BLUE,
    "PyNumDiff splinediff, optimized": style.GREEN,
    "scikit-learn GPR": style.PURPLE,
    "scipy UnivariateSpline, s = n sigma²": style.GOLD,
    "scipy make_smoothing_spline": style.VERMILION,
    "scipy savgol_filter": style.GRAY,
    "numpy.gradient": style.INK,
}
DASHES = {"scipy savgol_filter": "dash", "numpy.gradient": "dot"}


def signals() -> list[str]:
    """Return the names of all measured signals, in their order."""
    return list(dict.fromkeys(line["signal"] for line in lines("figure", method="pydelt")))


def error_over_samples(signal: str, noise: float) -> go.Figure:
    """Draw the error of f' over the oracle's against the number of samples, by method.

    Parameters
    ----------
    signal : str
        One of `signals`.
    noise : float
        As a share of the signal's standard deviation: 0.01, 0.05 or 0.1.
    """
    measured = {}
    for name in COLORS:
        found = lines("figure", method=name, signal=signal, noise=noise)
        ratios = {line["n"]: line["f′"] for line in found}
        sizes = sorted(ratios)
        measured[name] = (np.array(sizes, float), np.array([ratios[n] for n in sizes], float))
    figure = curves(
        points=measured,
        lines=measured,
        x="number of samples",
        y="error of f′ / the best possible",
        x_type="log",
        y_type="log",
        x_range=(80, 13000),
        y_range=(0.6, 2e4),
        colors=COLORS,
        dashes=DASHES,
        marker_size=7,
    )
    mark(figure, [1.0], "h")
    return figure

"""Optimizers at work: paths over a loss landscape, and losses against what they cost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import plotly.graph_objects as go
from numpy.typing import ArrayLike, NDArray

from calcbook.charts.fields import contours
from calcbook.charts.lines import curves, stack
from calcbook.data import Samples
from calcbook.landscapes import Landscape
from calcbook.optimizers import Trace

MOST_POINTS = 120
GRID_POINTS = 45


def descent(
    landscape: Landscape,
    paths: Mapping[str, ArrayLike],
    *,
    minimum: Sequence[float] | None = None,
    labels: tuple[str, str] = ("x", "y"),
    arrows: Mapping[str, Sequence[float]] | None = None,
    equal: bool = False,
) -> go.Figure:
    """Draw paths over a landscape whose levels are evenly spaced in the logarithm of the loss.

    Parameters
    ----------
    landscape : Landscape
    paths : mapping of str to array_like, shape (k, 2)
        The points an optimizer stood at. A path is cut where it first leaves the picture, and
        thinned to about 120 points.
    minimum : (float, float), optional
        Marked with a point.
    labels : (str, str)
        Titles of the axes.
    arrows : mapping of str to (x, y, u, v)
        Arrows from (x, y) by (u, v), in data units.
    equal : bool
        One unit is equally long on both axes.

    Returns
    -------
    plotly.graph_objects.Figure
    """
    x, y, z = landscape.grid(GRID_POINTS)
    excess = np.maximum(z - landscape.lowest, 4e-3 * (np.max(z) - landscape.lowest))
    excess = 10 ** np.round(np.log10(excess), 2)  # fewer digits, a third of the figure's weight
    return contours(
        x,
        y,
        excess,
        z_type="log",
        levels=20,
        paths={name: _inside(np.asarray(path), landscape.window) for name, path in paths.items()},
        points={} if minimum is None else {"minimum": ([minimum[0]], [minimum[1]])},
        arrows={name: [[value] for value in arrow] for name, arrow in (arrows or {}).items()},
        labels=labels,
        equal=equal,
        x_range=landscape.window[:2],
        y_range=landscape.window[2:],
    )


def race(
    landscape: Landscape,
    traces: Mapping[str, Trace],
    *,
    budget: int,
    y_range: tuple[float, float] = (1e-12, 1e3),
) -> go.Figure:
    """Draw how far above its minimum each optimizer stood, against what it had paid.

    Parameters
    ----------
    landscape : Landscape
        The loss without noise, by which all are judged.
    traces : mapping of str to Trace
    budget : int
        End of the axis.
    y_range : (float, float)
        Gaps below it are drawn on its lower rim, so that a finished run stays in sight.

    Returns
    -------
    plotly.graph_objects.Figure
    """
    lines = {}
    for name, trace in traces.items():
        kept = _thinned(len(trace.spent))
        gap = landscape.loss(trace.path[kept]) - landscape.lowest
        lines[name] = (trace.spent[kept], np.clip(gap, y_range[0], None))
    return curves(
        lines,
        x="gradients paid for",
        y="loss above the minimum",
        y_type="log",
        x_range=(0, budget),
        y_range=y_range,
    )


def fit_and_path(landscape: Landscape, path: ArrayLike, sample: Samples) -> go.Figure:
    """Draw a fitted decay over its samples, and below the path of its parameters.

    Parameters
    ----------
    landscape : Landscape
        The loss of ``A exp(-k t)`` on the samples, with parameters ``(A, k)``.
    path : array_like, shape (k, 2)
        Parameters after each step; the curve is that of the last ones.
    sample : Samples

    Returns
    -------
    plotly.graph_objects.Figure
    """
    path = np.asarray(path)
    amplitude, rate = path[-1]
    fit = curves(
        {
            "truth": (sample.t, sample.truth),
            "model": (sample.t, amplitude * np.exp(-rate * sample.t)),
        },
        points={"data": (sample.t, sample.u)},
        x="t",
        y="u",
        x_range=(0, float(sample.t[-1])),
        y_range=(-0.2, 1.6),
    )
    way = descent(landscape, {"parameters": path}, labels=("amplitude A", "decay rate k"))
    return stack([fit, way], heights=[2, 3], shared_x=False, gap=0.16)


def _inside(path: NDArray, window: tuple[float, float, float, float]) -> tuple[NDArray, NDArray]:
    """Cut a path one point after it leaves the window, and thin it."""
    low, high = np.array(window[::2]), np.array(window[1::2])
    outside = np.flatnonzero(np.any((path < low) | (path > high), axis=1))
    if outside.size:
        path = path[: outside[0] + 1]
    path = path[_thinned(len(path))]
    return path[:, 0], path[:, 1]


def _thinned(length: int) -> NDArray:
    """Indices of at most MOST_POINTS points, the first half of them without gaps."""
    if length <= MOST_POINTS:
        return np.arange(length)
    half = MOST_POINTS // 2
    tail = np.linspace(half, length - 1, MOST_POINTS - half).round().astype(int)
    return np.concatenate([np.arange(half), tail])

"""Drawing for the critical points of random functions: how many are saddles, and how high."""

from __future__ import annotations

import functools

import numpy as np
import plotly.graph_objects as go

from calcbook import style
from calcbook.charts._base import say
from calcbook.charts.lines import curves, stack
from calcbook.random_waves import RandomWaves, critical_points

DIMENSIONS = (1, 2, 3, 4, 6, 8)
FUNCTIONS, WAVES, STARTS = 20, 60, 60


@functools.cache
def found(d: int) -> tuple[np.ndarray, np.ndarray]:
    """Return heights and numbers of negative eigenvalues of points on 20 functions, each (n,)."""
    heights, negative = [], []
    for seed in range(FUNCTIONS):
        f = RandomWaves.drawn(d, seed, waves=WAVES)
        points = critical_points(f, starts=STARTS)
        heights.append(f.value(points))
        negative.append(np.sum(np.linalg.eigvalsh(f.hessian(points)) < 0, axis=-1))
    return np.concatenate(heights), np.concatenate(negative)


def share(d: int) -> float:
    """Return the share of saddles among all points found on the 20 functions."""
    _, negative = found(d)
    return float(np.mean((negative > 0) & (negative < d)))


def heights_and_shares(d: int) -> go.Figure:
    """Draw critical points by height and downward directions, and the share of saddles over d.

    Parameters
    ----------
    d : int
        Number of variables, one of `DIMENSIONS`.
    """
    heights, negative = found(d)
    kept = slice(0, 250)
    heights, negative = heights[kept], negative[kept]
    mixed = (negative > 0) & (negative < d)
    jitter = np.random.default_rng(0).uniform(-0.02, 0.02, heights.size)
    down = negative / d + jitter
    top = curves(
        points={
            "saddles": (heights[mixed], down[mixed]),
            "minima and maxima": (heights[~mixed], down[~mixed]),
        },
        x="height f at the critical point",
        y="downward ÷ all",
        x_range=(-4, 4),
        y_range=(-0.08, 1.08),
        colors={"saddles": style.VERMILION, "minima and maxima": style.BLUE},
    )
    shares = [share(each) for each in DIMENSIONS]
    bottom = curves(
        {
            "measured": (DIMENSIONS, shares),
            "coins": (DIMENSIONS, [1 - 2.0 ** (1 - each) for each in DIMENSIONS]),
        },
        points={"here": ([d], [share(d)])},
        x="number of variables",
        y="share of saddles",
        x_range=(0.7, 8.3),
        y_range=(-0.08, 1.08),
        colors={"measured": style.VERMILION, "coins": style.GRAY, "here": style.VERMILION},
        dashes={"coins": "dash"},
        marker_size=9,
    )
    say(top, f"{np.sum(mixed)} of {mixed.size} drawn are saddles", lift=22)
    figure = stack([top, bottom], heights=[1.3, 1], shared_x=False, gap=0.22)
    for trace in figure.data:
        trace.showlegend = trace.name not in ("here",)
    return figure.update_layout(margin_t=52)

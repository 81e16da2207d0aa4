"""Drawing for the final projects: luck among trainings, a boundary, descents, forecasts, maps."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import plotly.graph_objects as go
from numpy.typing import ArrayLike

from calcbook import style
from calcbook.charts.fields import contours, heat
from calcbook.charts.lines import curves, stack


def winner(true: ArrayLike, measured: ArrayLike) -> go.Figure:
    """Draw measured against true losses of many trainings, the least measured one apart."""
    x, y = np.asarray(true, dtype=float), np.asarray(measured, dtype=float)
    best = [int(np.argmin(y))]
    ends = np.array([0.2, 2.0])
    figure = curves(
        {"no luck": (ends, ends)},
        points={"trainings": (x, y), "winner": (x[best], y[best])},
        colors={"no luck": style.INK, "trainings": style.BLUE, "winner": style.VERMILION},
        x="true loss",
        y="measured loss",
        x_range=(0.25, 1.5),
        y_range=(-0.5, 1.8),
    )
    figure.update_traces(marker_size=12, selector={"name": "winner"})
    return figure


def boundary(
    axes: tuple[ArrayLike, ArrayLike], probability: ArrayLike, X: ArrayLike, y: ArrayLike
) -> go.Figure:
    """Draw the probability of class 1 on a grid, and samples of both classes over it."""
    inputs, labels = np.asarray(X, dtype=float), np.asarray(y)
    return contours(
        *axes,
        probability,
        points={f"class {k}": tuple(inputs[labels == k].T) for k in (0, 1)},
        z_range=(0, 1),
        z_label="p",
        diverging=True,
        labels=("x₁", "x₂"),
        colors={"class 0": style.BLUE, "class 1": style.GOLD},
    )


def settings(
    axes: tuple[ArrayLike, ArrayLike],
    loss: ArrayLike,
    walk: ArrayLike,
    marks: Mapping[str, Sequence],
) -> go.Figure:
    """Draw an estimated loss over two settings, a walk on it, and named points."""
    path = np.asarray(walk, dtype=float)
    return contours(
        *axes,
        loss,
        paths={"descent": tuple(path.T)},
        points={name: ([place[0]], [place[1]]) for name, place in marks.items()},
        z_range=(0.2, 1.4),
        z_label="loss",
        labels=("log₁₀ learning rate", "log₁₀ weight decay"),
    )


def forecasts(t: ArrayLike, truth: ArrayLike, forecast: ArrayLike) -> go.Figure:
    """Draw both states of a forecast (n, 2) above each other, over the true motion."""
    true, made = np.asarray(truth, dtype=float), np.asarray(forecast, dtype=float)
    return stack(
        [
            curves(
                {"truth": (t, true[:, i]), "forecast": (t, made[:, i])},
                x="time (s)" if i else "",
                y=name,
                y_range=(-4.5, 4.5),
            )
            for i, name in enumerate(("x", "y"))
        ]
    )


def certain_map(axis: ArrayLike, slope: ArrayLike, open_sign: ArrayLike) -> go.Figure:
    """Draw a sensitivity over two inputs, with marked holes where its sign is open.

    Parameters
    ----------
    axis : array_like, shape (n,)
    slope, open_sign : array_like, shape (n * n,)
        Row by row, the first input varying fastest.
    """
    places, unknown = np.asarray(axis, dtype=float), np.asarray(open_sign, dtype=bool)
    x, y = (part.ravel() for part in np.meshgrid(places, places))
    figure = heat(
        places,
        places,
        np.where(unknown, np.nan, slope).reshape(len(places), -1),
        points={"sign open": (x[unknown], y[unknown])},
        colors={"sign open": style.GRAY},
        z_range=(-2.2, 2.2),
        z_label="slope",
        diverging=True,
        labels=("x₁", "x₂"),
    )
    figure.update_traces(
        marker={"size": 5, "symbol": "x-thin-open"}, selector={"name": "sign open"}
    )
    return figure

"""Drawing for epsilon and delta: the tolerance of an output and the safe radius of an input."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import plotly.graph_objects as go
from numpy.typing import NDArray
from scipy.special import expit

from calcbook import moons, style
from calcbook.charts._base import say
from calcbook.charts.fields import contours
from calcbook.charts.lines import curves
from calcbook.safe_radius import safe_radius, safe_radius_around

Array = NDArray[np.float64]

TOLERANCE, RADIUS = style.VERMILION, style.BLUE
POINTS = {
    "deep in the upper moon": (0.0, 1.0),
    "near the border": (0.4, 0.45),
    "between the tips": (0.95, 0.3),
    "far from all data": (2.3, 1.2),
}
REACH = 1.0


def _sine(x: Array) -> Array:
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(np.where(x == 0, 0, np.sin(1 / np.where(x == 0, 1, x))))


MODELS: dict[str, Callable[[Array], Array]] = {
    "sigmoid": expit,
    "steep sigmoid": lambda x: expit(12 * x),
    "threshold": lambda x: np.where(x < 0, 0.0, 1.0),
    "x sin(1/x)": lambda x: x * _sine(x),
    "sin(1/x)": _sine,
}


def contract(model: str, tolerance: float) -> go.Figure:
    """Draw a function around 0, the tolerance of its output, and the largest safe radius.

    Parameters
    ----------
    model : str
        One of `MODELS`.
    tolerance : float
        ε, by how much the output may move.
    """
    f = MODELS[model]
    near = np.geomspace(1e-3, REACH, 120)
    x = np.concatenate([-near[::-1], [0.0], near])
    center = float(f(np.zeros(1))[0])
    radius = safe_radius(f, 0.0, tolerance, REACH)
    ends = np.array([-REACH, REACH])
    figure = curves(
        {"f": (x, f(x))},
        points={"a": ([0.0], [center])},
        bands={
            "ε": (ends, np.full(2, center - tolerance), np.full(2, center + tolerance)),
            "δ": ([-radius, radius], [-1.3, -1.3], [1.5, 1.5]),
        },
        x="input x (the point is a = 0)",
        y="output f(x)",
        x_range=(-REACH, REACH),
        y_range=(-1.3, 1.5),
        colors={"f": style.INK, "a": style.INK, "ε": TOLERANCE, "δ": RADIUS},
        marker_size=8,
    )
    found = f"{radius:.3g}" if radius < REACH else f"{REACH:g} or more"
    say(figure, f"the output may move by ε = {tolerance:g}", TOLERANCE, lift=18)
    say(figure, f"safe radius δ = {found}" if radius else "no δ above 0 is safe", RADIUS)
    return figure.update_layout(showlegend=False, margin_t=46)


def around(point: str, tolerance: float) -> go.Figure:
    """Draw a classifier's probability over the plane, with the safe disk around a point.

    Parameters
    ----------
    point : str
        One of `POINTS`.
    tolerance : float
        By how much the probability may move.
    """
    center = np.array(POINTS[point])
    radius, direction = safe_radius_around(moons.probability, center, tolerance)
    x, y = np.linspace(-1.6, 3.4, 76), np.linspace(-1.2, 2.0, 50)
    plane = np.stack(np.meshgrid(x, y), axis=-1).reshape(-1, 2)
    p = moons.probability(plane).reshape(y.size, x.size)
    angle = np.linspace(0, 2 * np.pi, 73)
    X, label = moons.moons()
    figure = contours(
        x,
        y,
        p,
        levels=10,
        z_range=(0, 1),
        labels=("x₁", "x₂"),
        equal=True,
    )
    for moon, symbol in enumerate(("circle-open", "diamond")):
        inside = X[label == moon]
        marker = {"color": style.INK, "size": 4, "symbol": symbol, "opacity": 0.5}
        figure.add_scatter(
            x=inside[:, 0], y=inside[:, 1], mode="markers", name=f"moon {moon}", marker=marker
        )
    figure.add_scatter(
        x=center[0] + radius * np.cos(angle),
        y=center[1] + radius * np.sin(angle),
        mode="lines",
        name="safe disk",
        line={"color": TOLERANCE, "width": 3},
    )
    worst = center + radius * direction
    figure.add_scatter(
        x=[center[0], worst[0]],
        y=[center[1], worst[1]],
        mode="lines+markers",
        name="worst direction",
        line={"color": TOLERANCE, "width": 2},
        marker={"color": TOLERANCE, "size": [8, 6]},
    )
    here = float(moons.probability(center)[0])
    found = f"{radius:.2f}" if radius < REACH else f"{REACH:g} or more"
    say(figure, f"p = {here:.2f} ± {tolerance:g}: safe radius {found}", TOLERANCE)
    return figure.update_layout(showlegend=False, margin_t=28)

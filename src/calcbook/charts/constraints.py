"""Drawing for constraints and convexity: a walk along a circle, and chords over a graph."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import plotly.graph_objects as go

from calcbook import style
from calcbook.charts._base import say
from calcbook.charts.fields import contours
from calcbook.charts.lines import curves
from calcbook.charts.rule_pictures import signed

# f(x, y) = 2 x + y is to be largest on the circle x² + y² = 1.
SLOPE = np.array([2.0, 1.0])


def place_at(angle: float) -> tuple[float, float]:
    """Return the place on the circle at an angle in degrees."""
    return np.cos(np.radians(angle)), np.sin(np.radians(angle))


def on_circle(angle: int) -> go.Figure:
    """Draw the gradients of f and of the constraint at a place of the circle.

    Parameters
    ----------
    angle : int
        Of the place, in degrees.
    """
    turns = np.linspace(0, 2 * np.pi, 73)
    place = np.array(place_at(angle))
    along = np.array([-place[1], place[0]])
    axis = np.linspace(-1.8, 2.2, 9)
    x, y = np.meshgrid(axis, axis)
    figure = contours(
        axis, axis, SLOPE[0] * x + SLOPE[1] * y, levels=16, equal=True,
        arrows={
            "gradient of f": [*place, *(SLOPE / 2.5)],
            "gradient of g": [*place, *(place / 2)],
        },
        colors={"gradient of f": style.VERMILION, "gradient of g": style.GREEN},
    )  # fmt: skip
    figure.add_scatter(
        x=np.cos(turns), y=np.sin(turns), mode="lines", name="g = 1",
        line={"color": style.INK, "width": 2},
    )  # fmt: skip
    slope = SLOPE @ along
    say(figure, f"f = {signed(SLOPE @ place)}, slope along the circle {signed(slope)}", lift=22)
    return figure.update_layout(margin_t=52)


FUNCTIONS: dict[str, Callable[[Any], Any]] = {
    "x²": lambda x: x**2,
    "softplus": lambda x: np.logaddexp(0, 2 * x),
    "|x|": np.abs,
    "two wells": lambda x: (x**2 - 1.4) ** 2 / 2,
}


def chord(function: str, start: float, end: float) -> go.Figure:
    """Draw a function with one chord and the tangent in the chord's left end.

    Parameters
    ----------
    function : str
        One of `FUNCTIONS`.
    start, end : float
        Ends of the chord.
    """
    f = FUNCTIONS[function]
    x = np.linspace(-2, 2, 121)
    ends = np.array([start, end])
    slope = (f(start + 1e-6) - f(start - 1e-6)) / 2e-6
    inside = np.linspace(start, end, 101)
    straight = np.interp(inside, ends, f(ends))
    above = float(np.max(f(inside) - straight))
    figure = curves(
        {"f": (x, f(x)), "chord": (ends, f(ends)), "tangent": (x, f(start) + slope * (x - start))},
        x="x",
        y="f",
        x_range=(-2, 2),
        y_range=(-1.5, 4.5),
        dashes={"tangent": "dot"},
        colors={"f": style.INK, "chord": style.VERMILION, "tangent": style.BLUE},
    )
    words = "never above its chord" if above < 1e-9 else f"up to {above:.2f} above its chord"
    say(figure, f"here f is {words}", lift=22)
    return figure.update_layout(margin_t=52)

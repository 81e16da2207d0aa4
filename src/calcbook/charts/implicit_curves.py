"""Drawing for implicit functions: a point on a curve, the slope by formula and as measured."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import plotly.graph_objects as go

from calcbook import style
from calcbook.charts._base import say
from calcbook.charts.lines import curves, stack
from calcbook.charts.rule_pictures import signed

FORMULA, MEASURED = style.VERMILION, style.BLUE
PLACES = tuple(range(0, 360, 15))  # degrees around the curve
APART = 3.0  # degrees from the point to its neighbors
STEEPEST = 5.0


@dataclass(frozen=True)
class Curve:
    """A closed curve ``F(x, y) = 0``.

    Attributes
    ----------
    equation : str
        In words.
    at : callable
        From degrees around the curve to x and y.
    F : callable
        Of x and y; zero on the curve.
    partials : callable
        From x and y to the derivatives of F over x and over y.
    """

    equation: str
    at: Callable[[Any], tuple[Any, Any]]
    F: Callable[[Any, Any], Any]
    partials: Callable[[Any, Any], tuple[Any, Any]]


def _on_ellipse(degrees: Any) -> tuple[Any, Any]:
    angle = np.radians(degrees)
    return np.sqrt(3) * np.cos(angle) + np.sin(angle), np.sqrt(3) * np.cos(angle) - np.sin(angle)


def _on_eight(degrees: Any) -> tuple[Any, Any]:
    angle = np.radians(degrees)
    return 2 * np.sin(angle), 2 * np.sin(angle) * np.cos(angle)


CURVES = {
    "ellipse": Curve(
        "x² − xy + y² − 3 = 0",
        at=_on_ellipse,
        F=lambda x, y: x**2 - x * y + y**2 - 3,
        partials=lambda x, y: (2 * x - y, 2 * y - x),
    ),
    "figure eight": Curve(
        "x⁴/4 − x² + y² = 0",
        at=_on_eight,
        F=lambda x, y: x**4 / 4 - x**2 + y**2,
        partials=lambda x, y: (x**3 - 2 * x, 2 * y),
    ),
}


def by_formula(curve: Curve, degrees: Any) -> Any:
    """Return the slope by the formula, NaN where the derivative of F over y is zero."""
    over_x, over_y = curve.partials(*curve.at(np.asarray(degrees, dtype=float)))
    known = np.abs(over_y) > 1e-9
    return np.where(known, -over_x / np.where(known, over_y, 1), np.nan)


def measured(curve: Curve, degrees: Any) -> Any:
    """Return rise over run between two neighbors on the curve, NaN where there is no run."""
    degrees = np.asarray(degrees, dtype=float)
    (x0, y0), (x1, y1) = (curve.at(degrees + side * APART) for side in (-1, 1))
    runs = np.abs(x1 - x0) > 1e-9
    return np.where(runs, (y1 - y0) / np.where(runs, x1 - x0, 1), np.nan)


def on_curve(curve: str, place: float) -> go.Figure:
    """Draw a point on a curve with its tangent by the formula, and all slopes around the curve.

    Parameters
    ----------
    curve : str
        One of `CURVES`.
    place : float
        Degrees around the curve.
    """
    chosen = CURVES[curve]
    figure = stack(
        [_point(chosen, place), _slopes(chosen, place)],
        heights=[1.7, 1],
        gap=0.15,
        shared_x=False,
    )
    return figure.update_layout(showlegend=False, margin_t=66)


def _point(chosen: Curve, place: float) -> go.Figure:
    x, y = chosen.at(place)
    over_x, over_y = chosen.partials(x, y)
    size = np.hypot(over_x, over_y)
    # Along the tangent F doesn't change, so it stands at right angles to both derivatives' arrow.
    along = np.array([over_y, -over_x]) / size if size > 1e-9 else np.full(2, np.nan)
    ends = np.array([-1.3, 1.3])
    neighbors = chosen.at(np.array([place - APART, place + APART]))
    figure = curves(
        {
            "curve": chosen.at(np.linspace(0, 360, 181)),
            "tangent": (x + along[0] * ends, y + along[1] * ends),
        },
        points={"neighbors": neighbors, "point": ([x], [y])},
        x="x",
        y="y",
        x_range=(-3.1, 3.1),
        y_range=(-2.4, 2.4),
        colors={
            "curve": style.INK,
            "tangent": FORMULA,
            "neighbors": MEASURED,
            "point": FORMULA,
        },
        marker_size=9,
    )
    figure.update_layout(
        yaxis={"scaleanchor": "x", "constrain": "domain"}, xaxis={"constrain": "domain"}
    )
    say(figure, f"{chosen.equation}", lift=36)
    say(figure, _told(over_x, over_y), FORMULA, lift=18)
    rise = float(measured(chosen, place))
    said = f"measured slope {signed(rise)}" if np.isfinite(rise) else "measured: rise without run"
    return say(figure, said, MEASURED)


def _told(over_x: float, over_y: float) -> str:
    shown = f"∂F/∂x = {signed(over_x)}, ∂F/∂y = {signed(over_y)}"
    if abs(over_y) > 1e-9:
        return f"{shown}: slope {signed(-over_x / over_y)}"
    return f"{shown}: " + ("vertical" if abs(over_x) > 1e-9 else "0/0")


def _slopes(chosen: Curve, place: float) -> go.Figure:
    fine = np.arange(0.0, 361)
    line, dots = by_formula(chosen, fine), measured(chosen, PLACES)
    outside = np.abs(line) > STEEPEST
    figure = curves(
        {
            "by formula": (fine, np.where(outside, np.nan, line)),
            "place": ([place, place], [-STEEPEST, STEEPEST]),
        },
        points={
            "measured": (PLACES, np.where(np.abs(dots) > STEEPEST, np.nan, dots)),
            "here": ([place], [by_formula(chosen, place)]),
        },
        x="place (degrees around the curve)",
        y="slope",
        x_range=(-8, 368),
        y_range=(-STEEPEST, STEEPEST),
        hlines=[0],
        colors={
            "by formula": FORMULA,
            "place": style.AXIS,
            "measured": MEASURED,
            "here": FORMULA,
        },
        dashes={"place": "dot"},
        marker_size=6,
    )
    figure.update_xaxes(tickvals=[0, 90, 180, 270, 360])
    return figure

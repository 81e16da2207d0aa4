"""Drawing for curves through points: Runge's waves, least bending, and a race of four methods."""

from __future__ import annotations

from typing import Any

import numpy as np
import plotly.graph_objects as go
from scipy.interpolate import CubicSpline

from calcbook import interpolation_race as race_of
from calcbook import style
from calcbook.charts._base import say
from calcbook.charts.lines import curves, stack

THROUGH = race_of.METHODS[:3]
COLORS = dict(
    zip(
        race_of.METHODS,
        (style.VERMILION, style.BLUE, style.GREEN, style.PURPLE),
        strict=True,
    )
)
DASHES = {race_of.EVEN: "dot", race_of.SPLINE: "dash", race_of.NETWORK: "dashdot"}
QUANTITIES = ("value", "derivative")
_TICKS = {
    "tickvals": [1e-15, 1e-10, 1e-5, 1, 1e5, 1e10],
    "ticktext": ["10⁻¹⁵", "10⁻¹⁰", "10⁻⁵", "1", "10⁵", "10¹⁰"],
}
# Points through which the least bending curve goes.
KNOTS = np.array([0.0, 1.0, 2.2, 3.0, 4.1, 5.0])
HEIGHTS = np.array([0.2, 1.1, 0.4, 0.9, 1.3, 0.3])


def through(method: str, n: int, noise: float) -> go.Figure:
    """Draw a curve through values of Runge's function, and below its derivative.

    Parameters
    ----------
    method : str
        One of `THROUGH`.
    n : int
        Number of values.
    noise : float
        Standard deviation of an error in each.
    """
    target = race_of.TARGETS[race_of.RUNGE]
    nodes = race_of.chebyshev_nodes(n) if method == race_of.CHEBYSHEV else race_of.even_nodes(n)
    values = target.value(nodes) + noise * np.random.default_rng(0).normal(size=n)
    x = np.sort(np.append(np.linspace(-1, 1, 101), nodes))
    if method == race_of.SPLINE:
        spline = CubicSpline(nodes, values)
        curve, slope = spline(x), spline(x, 1)
    else:
        polynomial = race_of.PolynomialThrough(nodes, values)
        curve, slope = polynomial(x), polynomial.derivative()(x)
    colors = {"curve": COLORS[method], "values": style.INK}
    shared: dict[str, Any] = {"x": "x", "x_range": (-1.02, 1.02), "colors": colors}
    panels = []
    for part, true, y, (low, high) in (
        (curve, target.value(x), "value", (-0.7, 1.7)),
        (slope, target.slope(x), "derivative", (-12, 12)),
    ):
        room = high - low
        shown = np.where((part < low - room) | (part > high + room), np.nan, part)
        points = {"values": (nodes, values)} if y == "value" else None
        panel = curves(
            {"truth": (x, true), "curve": (x, shown)},
            points=points,
            y=y,
            y_range=(low, high),
            dashes={"truth": "dash"},
            **shared,
        )
        error = float(f"{np.max(np.abs(part - true)):.2g}")
        words = f"{error:,.0f}" if error >= 10 else f"{error:g}"
        say(panel, f"largest error {words}", COLORS[method], inside=True)
        # Below the middle no curve passes.
        panels.append(panel.update_annotations(x=0.5, xanchor="center", y=0.02, yanchor="bottom"))
    return stack(panels, gap=0.06)


def _bending(curve: CubicSpline | race_of.PolynomialThrough, at: np.ndarray) -> np.ndarray:
    """Return the second derivative."""
    if isinstance(curve, CubicSpline):
        return np.asarray(curve(at, 2))
    return curve.derivative().derivative()(at)


def bending(share: float) -> go.Figure:
    """Draw a curve through six points, its second derivative, and how much it bends in all.

    Parameters
    ----------
    share : float
        0 is the natural spline, 1 the polynomial through the points, and other shares mix them:
        every mixture goes through all the points.
    """
    spline = CubicSpline(KNOTS, HEIGHTS, bc_type="natural")
    polynomial = race_of.PolynomialThrough(KNOTS, HEIGHTS)
    x = np.linspace(KNOTS[0], KNOTS[-1], 151)
    curve = (1 - share) * spline(x) + share * polynomial(x)
    bent, other = _bending(spline, x), _bending(polynomial, x)
    total = [np.trapezoid(((1 - s) * bent + s * other) ** 2, x) for s in (share, 0.0)]
    colors = {"curve": style.BLUE, "second derivative": style.GREEN, "points": style.INK}
    shared: dict[str, Any] = {"x": "x", "x_range": (-0.1, 5.1), "colors": colors}
    top = curves(
        {"curve": (x, curve)},
        points={"points": (KNOTS, HEIGHTS)},
        y="u",
        y_range=(-0.9, 2.3),
        marker_size=9,
        **shared,
    )
    bottom = curves(
        {"second derivative": (x, (1 - share) * bent + share * other)},
        y="u″",
        y_range=(-14, 14),
        hlines=[0],
        **shared,
    )
    say(top, f"bending in all: {total[0]:.1f}", style.BLUE, inside=True)
    say(bottom, f"least possible: {total[1]:.1f}", style.GREEN, inside=True)
    return stack([top, bottom], gap=0.06)


def race(target: str, quantity: str) -> go.Figure:
    """Draw the errors of four methods over the number of values, on two kinds of axes.

    On the upper ones, both logarithmic, a power is a straight line; on the lower ones an
    exponential is.

    Parameters
    ----------
    target : str
        One of `calcbook.interpolation_race.TARGETS`.
    quantity : str
        "value" or "derivative".
    """
    column = QUANTITIES.index(quantity)
    lines = {
        method: (race_of.NODES, np.maximum(race_of.race(target, method)[:, column], 1e-15))
        for method in race_of.METHODS
    }
    panels = [
        curves(
            lines,
            points=lines,
            x=f"number of values n{words}",
            y=f"error of the {quantity}",
            x_type=kind,
            y_type="log",
            x_range=limits,
            y_range=(3e-16, 1e12),
            colors=COLORS,
            dashes=DASHES,
            marker_size=6,
        ).update_yaxes(**_TICKS)
        for kind, words, limits in (
            ("log", ", logarithmic", (4.5, 72)),
            ("linear", ", even", (0, 68)),
        )
    ]
    ticks = [5, 9, 17, 33, 65]
    panels[0].update_xaxes(tickvals=ticks, ticktext=[str(tick) for tick in ticks])
    return stack(panels, shared_x=False, gap=0.2)

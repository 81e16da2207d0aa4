"""Drawing for one point of a landscape: a direction, two steps, kinds of critical points."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import plotly.graph_objects as go

from calcbook import style
from calcbook.charts._base import say
from calcbook.charts.fields import contours
from calcbook.charts.lines import curves, stack
from calcbook.charts.optimization import descent
from calcbook.charts.rule_pictures import signed
from calcbook.landscapes import Landscape

TANGENT = 0.5  # length of each half of a drawn tangent

# Each is zero at the origin, with a gradient of zero there.
CRITICAL: dict[str, tuple[Callable[[np.ndarray, np.ndarray], np.ndarray], str]] = {
    "bowl": (lambda x, y: x**2 + 0.5 * y**2, "2, 1"),
    "peak": (lambda x, y: -(x**2) - 0.5 * y**2, "−2, −1"),
    "saddle": (lambda x, y: x**2 - y**2, "2, −2"),
    "valley": (lambda x, y: x**2 + 0 * y, "2, 0"),
    "monkey saddle": (lambda x, y: x**3 - 3 * x * y**2, "0, 0"),
    "flat bowl": (lambda x, y: x**4 + y**4, "0, 0"),
}


def hill(points: np.ndarray) -> np.ndarray:
    """Return the height x² + xy/2 + y²/2 at points (..., 2)."""
    x, y = points[..., 0], points[..., 1]
    return x**2 + x * y / 2 + y**2 / 2


def hill_gradient(point: np.ndarray) -> np.ndarray:
    """Return the gradient of `hill` at one point (2,), shape (2,)."""
    x, y = point
    return np.array([2 * x + y / 2, x / 2 + y])


def tip(x: float, angle: int) -> tuple[float, float]:
    """Return where the direction from the point (x, 1) ends, one unit away."""
    return x + np.cos(np.radians(angle)), 1 + np.sin(np.radians(angle))


def direction(x: float, angle: int) -> go.Figure:
    """Draw a direction at the point (x, 1) over level sets, and the slope over all directions.

    Parameters
    ----------
    x : float
    angle : int
        Of the direction against the x axis, in degrees.
    """
    point = np.array([x, 1.0])
    slope = hill_gradient(point)
    way = np.array([np.cos(np.radians(angle)), np.sin(np.radians(angle))])
    axis = np.linspace(-2, 3, 26)
    length = np.linalg.norm(slope)
    map_ = contours(
        axis,
        axis,
        hill(np.stack(np.meshgrid(axis, axis), axis=-1)).round(3),
        points={"point": ([x], [1.0])},
        arrows={"gradient": [x, 1.0, *(slope / 3)], "direction": [x, 1.0, *way]},
        levels=14,
        equal=True,
        colors={"point": style.INK, "gradient": style.VERMILION, "direction": style.GREEN},
    )
    turns = np.arange(0, 361, 5)
    rates = slope[0] * np.cos(np.radians(turns)) + slope[1] * np.sin(np.radians(turns))
    bottom = curves(
        {"slope": (turns, rates)},
        points={"here": ([angle], [slope @ way])},
        x="direction (degrees)",
        y="slope",
        x_range=(0, 360),
        y_range=(-5, 5),
        hlines=[0],
        colors={"slope": style.GREEN, "here": style.GREEN},
        marker_size=9,
    )
    bottom.update_xaxes(tickvals=[0, 90, 180, 270, 360])
    say(bottom, f"slope {signed(slope @ way)}, gradient's length {length:.2f}")
    figure = stack([map_, bottom], heights=[2, 1], shared_x=False, gap=0.2)
    figure.update_layout(yaxis_scaleanchor="x")
    for trace in figure.data:
        trace.showlegend = trace.name in ("gradient", "direction")
    return figure


def two_steps(landscape: Landscape, x: float, y: float, rate: float) -> go.Figure:
    """Draw a gradient step, a Newton step, the level set's tangent and the Hessian's ellipse.

    Parameters
    ----------
    landscape : Landscape
    x, y : float
    rate : float
        Learning rate of the gradient step, above 0.
    """
    point = np.array([x, y])
    slope, bend = landscape.gradient(point), landscape.hessian(point)
    newton = -np.linalg.solve(bend, slope)
    values, axes = np.linalg.eigh(bend)
    turns = np.linspace(0, 2 * np.pi, 33)
    # The set where the quadratic part alone is worth 1/2; an ellipse only if both bend upward.
    radii = 1 / np.sqrt(np.abs(values))
    ring = (point + (radii * np.stack([np.cos(turns), np.sin(turns)], axis=1)) @ axes.T).round(3)
    if values[0] <= 0:
        ring = np.full_like(ring, np.nan)
    steepness = np.linalg.norm(slope)
    along = np.array([-slope[1], slope[0]]) / steepness if steepness else np.full(2, np.nan)
    tangent = (point + TANGENT * np.outer([-1, 1], along)).round(3)
    figure = descent(
        landscape,
        {"gradient step": [point, point - rate * slope], "Newton step": [point, point + newton]},
        minimum=(1, 1),
        equal=True,
    )
    figure.add_scatter(
        x=tangent[:, 0], y=tangent[:, 1], mode="lines", name="level tangent", showlegend=False,
        line={"color": style.INK, "width": 1.5},
    )  # fmt: skip
    figure.add_scatter(
        x=ring[:, 0], y=ring[:, 1], mode="lines", name="Hessian ellipse",
        line={"color": style.INK, "width": 1.5, "dash": "dot"},
    )  # fmt: skip
    figure.add_scatter(
        x=[x], y=[y], mode="markers", name="point", showlegend=False,
        marker={"color": style.INK, "size": 9},
    )  # fmt: skip
    after = [float(landscape.loss(point + step)) for step in (-rate * slope, newton)]
    say(figure, f"eigenvalues {signed(values[0], 1)}, {signed(values[1], 1)}", lift=60)
    say(
        figure,
        f"loss {landscape.loss(point):.2f} → gradient {after[0]:.2f}, Newton {after[1]:.2f}",
        lift=42,  # above two rows of the legend, for the plot is narrow
    )
    return figure.update_layout(margin_t=92)


def critical(kind: str, angle: int) -> go.Figure:
    """Draw a function near its critical point, and its profile along one direction.

    Parameters
    ----------
    kind : str
        One of `CRITICAL`.
    angle : int
        Of the profile against the x axis, in degrees.
    """
    if kind not in CRITICAL:
        raise ValueError(f"kind is {kind!r}; choose one of {tuple(CRITICAL)}.")
    f, eigenvalues = CRITICAL[kind]
    axis = np.linspace(-1, 1, 21).round(2)
    x, y = np.meshgrid(axis, axis)
    way = np.array([np.cos(np.radians(angle)), np.sin(np.radians(angle))])
    along = np.linspace(-1, 1, 41)
    map_ = contours(
        axis, axis, f(x, y).round(4), levels=14, diverging=True, equal=True, z_range=(-2, 2),
        paths={"cut": (along[::40] * way[0], along[::40] * way[1])},
        colors={"cut": style.INK},
    )  # fmt: skip
    profile = curves(
        {"f": (along.round(3), f(along * way[0], along * way[1]).round(3))},
        points={"critical point": ([0.0], [0.0])},
        x="distance along the cut",
        y="f",
        x_range=(-1, 1),
        y_range=(-1.2, 1.2),
        hlines=[0],
        colors={"f": style.INK, "critical point": style.VERMILION},
        marker_size=9,
    )
    say(profile, f"Hessian's eigenvalues: {eigenvalues}")
    figure = stack([map_, profile], heights=[2, 1], shared_x=False, gap=0.2)
    figure.update_layout(yaxis_scaleanchor="x")
    return figure.update_layout(showlegend=False)

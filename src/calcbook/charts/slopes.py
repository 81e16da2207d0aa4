"""Drawing for slopes: secant and tangent, a walking point, activation functions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
import plotly.graph_objects as go
from numpy.typing import ArrayLike

from calcbook import style
from calcbook.activations import ACTIVATIONS, Activation, soft_relu
from calcbook.charts._base import say
from calcbook.charts.lines import curves, stack

POINTS = 120
VALUE, SLOPE, CURVATURE = style.BLUE, style.VERMILION, style.GREEN
ENDS = (-5.0, 5.0)  # of the activations' axis


class Curve(NamedTuple):
    """A smooth curve with its derivatives, and the words for its axes.

    Attributes
    ----------
    value, slope, curvature : callable
        The function and its first and second derivative, of arrays.
    span : (float, float)
        Where it is drawn.
    inputs, outputs : (str, str, str)
        Name, symbol and unit of each axis, such as ``("time", "t", "s")``.
    rates : (str, str)
        What slope and curvature are called.
    """

    value: Callable[[ArrayLike], Any]
    slope: Callable[[ArrayLike], Any]
    curvature: Callable[[ArrayLike], Any]
    span: tuple[float, float]
    inputs: tuple[str, str, str]
    outputs: tuple[str, str, str]
    rates: tuple[str, str]


def _share(t: ArrayLike) -> Any:
    return np.asarray(t, dtype=float) / 60


# A tram from one stop to the next: 400 m in 60 s, at rest with no acceleration at both ends.
RIDE = Curve(
    lambda t: 400 * _share(t) ** 3 * (10 - 15 * _share(t) + 6 * _share(t) ** 2),
    lambda t: 200 * _share(t) ** 2 * (1 - _share(t)) ** 2,
    lambda t: 20 / 3 * _share(t) * (1 - _share(t)) * (1 - 2 * _share(t)),
    (0, 60),
    ("time", "t", "s"),
    ("distance", "s", "m"),
    ("speed", "acceleration"),
)


def _signed(value: float, digits: int) -> str:
    """Return a number with a true minus sign, and no sign on a zero."""
    text = f"{abs(value):.{digits}f}"
    return "−" + text if value < 0 and float(text) else text


def _grid(curve: Curve) -> tuple[Any, tuple[float, float]]:
    x = np.linspace(*curve.span, POINTS)
    y = curve.value(x)
    room = 0.12 * float(np.ptp(y))
    return x, (float(np.min(y)) - room, float(np.max(y)) + 1.6 * room)


def second_point(curve: Curve, x: float, h: float) -> tuple[float, float]:
    """Return the second point of a secant: at ``x + h``, or at the curve's end before that."""
    other = float(np.clip(x + h, *curve.span))
    if other == x:  # at an end, looking outward: look inward
        other = float(np.clip(x - h, *curve.span))
    return other, float(curve.value(other))


def secant(curve: Curve, x: float, h: float) -> go.Figure:
    """Draw the secant through the points at ``x`` and ``x + h``, and the tangent at ``x``.

    Parameters
    ----------
    curve : Curve
    x : float
        Where the slope is asked for.
    h : float
        How far the second point stands, to the left where negative. An ``x + h`` beyond the
        curve's ends is moved to the end.
    """
    if h == 0:
        raise ValueError("`h` is 0: two points are needed for a secant; give a small h.")
    grid, heights = _grid(curve)
    slope, here = float(curve.slope(x)), float(curve.value(x))
    other, there = second_point(curve, x, h)
    run, rise = other - x, there - here
    steep = rise / run
    (name, symbol, unit), (_, _, measured) = curve.inputs, curve.outputs
    ends = np.asarray(curve.span)
    figure = curves(
        {
            "curve": (grid, curve.value(grid)),
            "tangent": (ends, here + slope * (ends - x)),
            "secant": (ends, here + steep * (ends - x)),
        },
        points={"two points": ([x, other], [here, here + rise])},
        x=f"{name} {symbol} ({unit})",
        y=f"{curve.outputs[0]} {curve.outputs[1]} ({measured})",
        x_range=curve.span,
        y_range=heights,
        colors={"curve": VALUE, "tangent": SLOPE, "secant": style.GRAY, "two points": style.INK},
        dashes={"secant": "dash"},
        marker_size=9,
    )
    change = f"{_signed(rise, 2 if abs(rise) < 10 else 0)} {measured} in {run:g} {unit}"
    per = f"{measured}/{unit}"
    say(
        figure,
        f"secant: {change.replace('-', '−')} = {_signed(steep, 2)} {per}",
        style.GRAY,
        lift=18,
    )
    say(figure, f"tangent: {_signed(slope, 2)} {per}", SLOPE)
    return figure.update_layout(showlegend=False, margin_t=46)


def walking_point(curve: Curve, x: float) -> go.Figure:
    """Draw a point on a curve with its tangent, and below slope and curvature as far as it walked.

    Parameters
    ----------
    curve : Curve
    x : float
        Where the point is.
    """
    grid, heights = _grid(curve)
    walked = np.append(grid[grid < x], x)
    half = 0.1 * (curve.span[1] - curve.span[0])
    here, slope, bend = (float(part(x)) for part in (curve.value, curve.slope, curve.curvature))
    (name, symbol, unit), (measured, letter, measure) = curve.inputs, curve.outputs
    units = (measure, f"{measure}/{unit}", f"{measure}/{unit}²")
    lean = np.array([x - half, x + half])
    shared: dict[str, Any] = {
        "x": f"{name} {symbol} ({unit})",
        "x_range": curve.span,
        "vlines": [x],
        "marker_size": 9,
    }
    top = curves(
        {
            measured: (grid, curve.value(grid)),
            "tangent": (lean, here + slope * (lean - x)),
        },
        points={"point": ([x], [here])},
        y=f"{letter} ({units[0]})",
        y_range=heights,
        colors={measured: VALUE, "tangent": SLOPE, "point": style.INK},
        **shared,
    )
    panels = [say(top, f"{measured} {_signed(here, 0)} {units[0]}", VALUE)]
    parts = ((curve.slope, slope, SLOPE, "′"), (curve.curvature, bend, CURVATURE, "″"))
    for (part, value, color, prime), rate, unit_of in zip(
        parts, curve.rates, units[1:], strict=True
    ):
        limit = 1.25 * float(np.max(np.abs(part(grid))))
        panel = curves(
            {rate: (walked, part(walked))},
            points={"point": ([x], [value])},
            y=f"{letter}{prime} ({unit_of})",
            y_range=(-limit if np.min(part(grid)) < 0 else -0.15 * limit, limit),
            hlines=[0],
            colors={rate: color, "point": style.INK},
            **shared,
        )
        panels.append(say(panel, f"{rate} {_signed(value, 2)} {unit_of}", color))
    return stack(panels, heights=[1.3, 1, 1], gap=0.09).update_layout(showlegend=False, margin_t=28)


def _around(kink: float | None, most: int = 90) -> Any:
    """Return a grid for the activations, with a kink in the middle of a gap of width zero."""
    x = np.linspace(*ENDS, most)
    if kink is None:
        return x
    return np.sort(np.concatenate([x, [kink - 1e-9, kink, kink + 1e-9]]))


def activation(name: str, x: float) -> go.Figure:
    """Draw an activation function, its slope and its curvature above each other.

    Parameters
    ----------
    name : str
        One of `calcbook.activations.ACTIVATIONS`.
    x : float
        Where the three are read off. Where there is no derivative, the words say so.
    """
    chosen = ACTIVATIONS[name]
    grid = _around(chosen.kink)
    parts = (
        (chosen.value, "f(x)", (-1.4, 5.2), VALUE),
        (chosen.slope, "f′(x)", (-0.25, 1.25), SLOPE),
        (chosen.curvature, "f″(x)", (-1, 1), CURVATURE),
    )
    panels = []
    for part, symbol, limits, color in parts:
        value = float(part(x))
        panel = curves(
            {symbol: (grid, part(grid))},
            points={"point": ([x], [value])},
            x="input x",
            y=symbol,
            x_range=ENDS,
            y_range=limits,
            hlines=[0],
            vlines=[x],
            colors={symbol: color, "point": style.INK},
            marker_size=9,
        )
        reading = "does not exist" if np.isnan(value) else f"= {_signed(value, 3)}"
        panels.append(say(panel, f"{symbol} {reading}", color))
    return stack(panels, heights=[1.3, 1, 1], gap=0.09).update_layout(showlegend=False, margin_t=28)


def stand_in(sharpness: float) -> go.Figure:
    """Draw the ReLU with its smooth stand-in, and below their slopes.

    Parameters
    ----------
    sharpness : float
        b in softplus(b x) / b, above 0.
    """
    shown: dict[str, Activation] = {
        "ReLU": ACTIVATIONS["ReLU"],
        "softplus(βx)/β": soft_relu(sharpness),
    }
    grid = {
        "ReLU": _around(0.0),
        "softplus(βx)/β": np.unique(np.r_[np.linspace(-2, 2, 80), np.linspace(-0.3, 0.3, 40)]),
    }
    colors = {"ReLU": style.INK, "softplus(βx)/β": VALUE}
    shared: dict[str, Any] = {"x": "input x", "x_range": (-2, 2), "colors": colors}
    shared["dashes"] = {"ReLU": "dash"}
    top = curves(
        {name: (grid[name], each.value(grid[name])) for name, each in shown.items()},
        y="f(x)",
        y_range=(-0.2, 2.1),
        **shared,
    )
    bottom = curves(
        {name: (grid[name], each.slope(grid[name])) for name, each in shown.items()},
        y="f′(x)",
        y_range=(-0.15, 1.45),
        **shared,
    )
    gap = float(soft_relu(sharpness).value(0))
    say(top, f"largest distance {gap:.3f}", VALUE, inside=True)
    say(bottom, f"largest curvature {sharpness / 4:g}", VALUE, inside=True)
    return stack([top, bottom], heights=[1.2, 1], gap=0.08)

"""Drawing for the rules: a growing rectangle, stretched intervals, exponentials, inverses."""

from __future__ import annotations

from typing import Any

import numpy as np
import plotly.graph_objects as go
from scipy.special import expit, logit

from calcbook import style
from calcbook.charts._base import say
from calcbook.charts.lines import curves, stack

STEPS = (1.0, 0.5, 0.2, 0.1, 0.05, 0.02)


def price(t: Any) -> Any:
    """Return a price in €/kg after t weeks."""
    return 2 + 0.8 * t


def sales(t: Any) -> Any:
    """Return sales in kg/day after t weeks."""
    return 3 + 0.5 * t**2


def growing_rectangle(t: float, h: float) -> go.Figure:
    """Draw price times sales as a rectangle that has grown for ``h`` weeks, and its corner's share.

    Parameters
    ----------
    t : float
        Moment in weeks.
    h : float
        How much later the rectangle is looked at again, above 0.
    """
    f, g = price(t), sales(t)
    df, dg = price(t + h) - f, sales(t + h) - g
    parts = {"Δp · q": df * g, "p · Δq": f * dg, "Δp · Δq": df * dg}
    top = curves(
        bands={
            "p · q": ([0, f], [0, 0], [g, g]),
            "Δp · q": ([f, f + df], [0, 0], [g, g]),
            "p · Δq": ([0, f], [g, g], [g + dg, g + dg]),
            "Δp · Δq": ([f, f + df], [g, g], [g + dg, g + dg]),
        },
        x="price p (€/kg)",
        y="sales q (kg/day)",
        x_range=(0, 4.6),
        y_range=(0, 8),
        colors={
            "p · q": style.GRAY,
            "Δp · q": style.BLUE,
            "p · Δq": style.GREEN,
            "Δp · Δq": style.VERMILION,
        },
    )
    steps = np.array(STEPS)
    rise_p, rise_q = price(t + steps) - f, sales(t + steps) - g
    share = rise_p * rise_q / (rise_p * g + f * rise_q + rise_p * rise_q)
    here = parts["Δp · Δq"] / sum(parts.values())
    bottom = curves(
        {"corner": (steps, 100 * share)},
        points={"here": ([h], [100 * here])},
        x="step h (weeks)",
        y="corner (% of growth)",
        x_type="log",
        y_type="log",
        x_range=(0.015, 1.3),
        y_range=(0.1, 40),
        colors={"corner": style.VERMILION, "here": style.INK},
        marker_size=9,
    )
    bottom.update_yaxes(tickvals=[0.1, 1, 10], ticktext=["0.1", "1", "10"])
    bottom.update_xaxes(tickvals=list(STEPS), ticktext=[f"{step:g}" for step in STEPS])
    words = " + ".join(f"{part / h:.2f}" for part in parts.values())
    say(bottom, f"÷ h: {words} €/day/week", style.INK)
    figure = stack([top, bottom], heights=[1.5, 1], shared_x=False, gap=0.23)
    for trace in figure.data:
        trace.showlegend = trace.name in parts or trace.name == "p · q"
    return figure


def inner(x: Any) -> Any:
    """Return u, the inner function of `stretching`."""
    return 0.5 * np.square(x)


def outer(u: Any) -> Any:
    """Return y, the outer function of `stretching`."""
    return 2.5 + 1.5 * np.sin(u)


def stretching(x: float, width: float) -> go.Figure:
    """Draw a small interval of x, what ``u = x²/2`` makes of it, and what y makes of that.

    Parameters
    ----------
    x : float
        Middle of the interval.
    width : float
        Length of the interval.
    """
    ends = np.array([x - width / 2, x + width / 2])
    fine = np.linspace(x - width / 2, x + width / 2, 9)
    rails = [(fine, 2.0), (inner(fine), 1.0), (outer(inner(fine)), 0.0)]
    gap = np.full(fine.size, np.nan)
    strings: dict[str, Any] = {}
    for name, (start, high), (end, low) in zip(
        ("u of x", "y of u"), rails, rails[1:], strict=False
    ):
        height = np.full(fine.size, 1.0)
        strings[name] = (
            np.column_stack([start, end, gap]).ravel(),
            np.column_stack([high * height, low * height, gap]).ravel(),
        )
    colors = dict(zip(("x", "u", "y"), (style.BLUE, style.GREEN, style.VERMILION), strict=True))
    intervals = {
        name: (places[[0, -1]], [height, height])
        for name, (places, height) in zip(colors, rails, strict=True)
    }
    figure = curves(
        strings | intervals,
        points={f"first {name}": ([places[0]], [height]) for name, (places, height) in
                zip(colors, rails, strict=True)},
        x="x, u = x²/2, y = 2.5 + 1.5 sin u",
        y="step of the chain",
        x_range=(0, 4.6),
        y_range=(-0.35, 2.75),
        colors=dict.fromkeys(strings, style.AXIS) | colors
        | {f"first {name}": color for name, color in colors.items()},
        marker_size=9,
    )  # fmt: skip
    figure.update_yaxes(tickvals=[2, 1, 0], ticktext=list(colors), showgrid=False)
    for trace in figure.data:
        if trace.mode == "lines":
            trace.line.width = 1 if trace.name in strings else 6
    du, dy = inner(ends)[1] - inner(ends)[0], np.diff(outer(inner(ends)))[0]
    slopes = x, 1.5 * np.cos(inner(x))
    say(
        figure,
        f"stretched: u {signed(du / width)}, y {signed(dy / du)}, both {signed(dy / width)}",
        lift=18,
    )
    said = f"derivatives: {signed(slopes[0])} · {signed(slopes[1])} = "
    say(figure, said + signed(slopes[0] * slopes[1]), style.GRAY)
    return figure.update_layout(showlegend=False, margin_t=46)


def exponential(base: float) -> go.Figure:
    """Draw an exponential function with its derivative, and below their quotient.

    Parameters
    ----------
    base : float
        Above 0.
    """
    x = np.linspace(-2, 2, 100)
    value, rate = base**x, np.log(base)
    top = curves(
        {"aˣ": (x, value), "its derivative": (x, rate * value)},
        x="x",
        y="value, slope",
        x_range=(-2, 2),
        y_range=(-3, 9),
        hlines=[0],
        dashes={"its derivative": "dash"},
        colors={"aˣ": style.BLUE, "its derivative": style.VERMILION},
    )
    bottom = curves(
        {"derivative ÷ value": (x, np.full(x.size, rate))},
        x="x",
        y="slope ÷ value",
        x_range=(-2, 2),
        y_range=(-1, 1.6),
        hlines=[0, 1],
        colors={"derivative ÷ value": style.GREEN},
    )
    say(bottom, f"slope ÷ value = {signed(rate, 3)} everywhere", style.GREEN)
    figure = stack([top, bottom], heights=[1.8, 1], gap=0.13)
    for trace in figure.data:
        trace.showlegend = trace.name != "derivative ÷ value"
    return figure


def read_backward(z: float, error: float) -> go.Figure:
    """Draw the sigmoid with a tangent, and how an error of its output comes back to the input.

    Parameters
    ----------
    z : float
        The input.
    error : float
        Of the output, to either side, above 0.
    """
    grid, p = np.linspace(-5, 5, 120), float(expit(z))
    slope = p * (1 - p)
    lean = np.array([max(-5.0, z - 0.35 / slope), min(5.0, z + 0.35 / slope)])
    top = curves(
        {"sigmoid": (grid, expit(grid)), "tangent": (lean, p + slope * (lean - z))},
        points={"point": ([z], [p])},
        bands={
            "output": ([-5, z], [p - error] * 2, [p + error] * 2),
            "input": ([z - error / slope, z + error / slope], [0, 0], [p, p]),
        },
        x="score z",
        y="probability p",
        x_range=(-5, 5),
        y_range=(-0.05, 1.05),
        dashes={"tangent": "dash"},
        colors={
            "sigmoid": style.INK,
            "tangent": style.GRAY,
            "point": style.INK,
            "output": style.BLUE,
            "input": style.VERMILION,
        },
        marker_size=9,
    )
    inside = np.linspace(-5, 5, 101)
    q = expit(inside)
    kept = (q - error > 0) & (q + error < 1)
    exact = np.full(inside.size, np.nan)
    exact[kept] = (logit(q[kept] + error) - logit(q[kept] - error)) / 2
    bottom = curves(
        {"exact": (inside, exact), "error ÷ slope": (inside, error / (q * (1 - q)))},
        points={"here": ([z], [error / slope])},
        x="score z",
        y="error of z",
        y_type="log",
        x_range=(-5, 5),
        y_range=(0.02, 10),
        dashes={"error ÷ slope": "dot"},
        colors={"exact": style.INK, "error ÷ slope": style.VERMILION, "here": style.VERMILION},
        marker_size=9,
    )
    bottom.update_yaxes(tickvals=[0.1, 1, 10], ticktext=["0.1", "1", "10"])
    say(bottom, f"dz/dp = 1/{slope:.3f} = {1 / slope:.1f}", style.VERMILION)
    say(top, f"p = {p:.3f} ± {error:g},  z = {signed(z, 1)} ± {error / slope:.2f}")
    figure = stack([top, bottom], heights=[1.4, 1], gap=0.13)
    return figure.update_layout(showlegend=False, margin_t=28)


def signed(value: float, digits: int = 2) -> str:
    """Return a number with a true minus sign, and no sign on a zero."""
    text = f"{abs(value):.{digits}f}"
    return "−" + text if value < 0 and float(text) else text

"""Drawing for Taylor polynomials: their error and its bound, where they converge, from data."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go

from calcbook import style, taylor, taylor_from_data
from calcbook.charts._base import say
from calcbook.charts.lines import curves, stack

SPAN = (-4.0, 4.0)
SMALLEST = 1e-12  # errors below are drawn here
HIGHEST_ORDER = 40
VALUE, POLYNOMIAL, BOUND = style.INK, style.VERMILION, style.BLUE
ORDER_COLORS = (style.GRAY, style.BLUE, style.VERMILION, style.GREEN)
_HEIGHTS = {"eˣ": (-3, 22), "sin x": (-2.2, 2.2), "sigmoid": (-0.5, 1.5), "1/(1 + x²)": (-0.8, 2)}
_ERROR_TICKS = {
    "tickvals": [1e-12, 1e-8, 1e-4, 1, 1e4],
    "ticktext": ["10⁻¹²", "10⁻⁸", "10⁻⁴", "1", "10⁴"],
}


def order(name: str, center: float, order: int) -> go.Figure:
    """Draw a function with its Taylor polynomial, and below the error with Lagrange's bound.

    Parameters
    ----------
    name : str
        One of `calcbook.taylor.FUNCTIONS`.
    center : float
    order : int
    """
    f = taylor.FUNCTIONS[name]
    x = np.linspace(*SPAN, 65)
    truth, estimate = f.value(x), taylor.polynomial(f, center, order)(x)
    low, high = _HEIGHTS[name]
    room = high - low
    shown = np.where((estimate < low - room) | (estimate > high + room), np.nan, estimate)
    top = curves(
        {"function": (x, truth), "Taylor polynomial": (x, shown)},
        points={"center": ([center], f.value(np.array([center])))},
        x="x",
        y="f(x)",
        x_range=SPAN,
        y_range=(low, high),
        colors={"function": VALUE, "Taylor polynomial": POLYNOMIAL, "center": POLYNOMIAL},
        marker_size=10,
    )
    bottom = curves(
        {
            "true error": (x, np.maximum(np.abs(truth - estimate), SMALLEST)),
            "Lagrange's bound": (
                x,
                np.maximum(taylor.lagrange_bound(f, center, order, x), SMALLEST),
            ),
        },
        x="x",
        y="error",
        y_type="log",
        x_range=SPAN,
        y_range=(SMALLEST / 2, 1e5),
        colors={"true error": POLYNOMIAL, "Lagrange's bound": BOUND},
        dashes={"Lagrange's bound": "dash"},
    )
    bottom.update_yaxes(**_ERROR_TICKS)
    return stack([top, bottom], heights=[1.2, 1], gap=0.06)


def _circle(center: float, radius: float) -> tuple[np.ndarray, np.ndarray]:
    angle = np.linspace(0, 2 * np.pi, 73)
    return center + radius * np.cos(angle), radius * np.sin(angle)


def convergence(name: str, center: float, share: float) -> go.Figure:
    """Draw the disk where a series converges with its poles, and the error against the order.

    Parameters
    ----------
    name : str
        "sigmoid" or "1/(1 + x²)", the two with a finite radius.
    center : float
    share : float
        Where the error is taken: to the right of the center, at this share of the radius.
    """
    f = taylor.FUNCTIONS[name]
    radius = f.radius(center)
    height = np.pi if name == "sigmoid" else 1.0
    at = center + share * radius
    top = curves(
        {"disk of convergence": _circle(center, radius)},
        points={
            "center": ([center], [0]),
            "poles": ([0, 0], [height, -height]),
            "x asked for": ([at], [0]),
        },
        x="real part",
        y="imaginary part",
        x_range=(-6.5, 8.5),
        y_range=(-4.4, 5.8),  # room for a line of text above the largest disk
        hlines=[0],
        colors={
            "disk of convergence": BOUND,
            "center": BOUND,
            "poles": style.INK,
            "x asked for": POLYNOMIAL,
        },
        marker_size=9,
    )
    say(top, f"radius {radius:.2f}, x at {share:g} of it", BOUND, inside=True)
    orders = np.arange(HIGHEST_ORDER + 1)
    terms = (
        np.array([float(f.coefficient(center, k)) for k in range(orders.size)])
        * (at - center) ** orders
    )
    errors = np.abs(float(f.value(at)) - np.cumsum(terms))
    rate = share**orders
    anchor = float(np.median(np.log(np.maximum(errors[5:], 1e-300) / rate[5:])))
    bottom = curves(
        {
            "error at x": (orders, np.maximum(errors, SMALLEST)),
            "share of the radius, to the power order": (orders, np.exp(anchor) * rate),
        },
        x="order n",
        y="error",
        y_type="log",
        x_range=(0, HIGHEST_ORDER),
        y_range=(SMALLEST / 2, 1e5),
        colors={
            "error at x": POLYNOMIAL,
            "share of the radius, to the power order": style.GRAY,
        },
        dashes={"share of the radius, to the power order": "dash"},
    )
    bottom.update_yaxes(**_ERROR_TICKS)
    figure = stack([top, bottom], heights=[1.5, 1], shared_x=False, gap=0.16)
    # A disk is to look like one.
    return figure.update_layout(
        xaxis={"constrain": "domain"}, yaxis={"scaleanchor": "x", "constrain": "domain"}
    )


def forecast(noise: float, order: int) -> go.Figure:
    """Draw a forecast from noisy samples, and below its error over 20 data sets for all orders.

    Parameters
    ----------
    noise : float
        Standard deviation of the samples.
    order : int
        Of the Taylor polynomial about the last sample.
    """
    end, ahead = taylor_from_data.END, taylor_from_data.HORIZONS
    samples = taylor_from_data.series(noise)
    derivatives, _ = taylor_from_data.estimated_derivatives(samples, end)
    t = np.linspace(3, end + 2, 100)
    future = np.linspace(0, 2, 41)
    seen = samples.t >= 3
    top = curves(
        {
            "truth": (t, np.sin(t)),
            "forecast": (
                end + future,
                taylor_from_data.forecast(derivatives, order, future),
            ),
        },
        points={"data": (samples.t[seen], samples.u[seen])},
        x="t",
        y="u",
        x_range=(3, end + 2),
        y_range=(-1.6, 2.2),
        vlines={"last sample": end},
        colors={"forecast": style.PURPLE},
    )
    errors = taylor_from_data.forecast_errors(noise)
    names = [f"order {each}" for each in taylor_from_data.ORDERS]
    bottom = curves(
        {name: (ahead, row) for name, row in zip(names, errors, strict=True)},
        x="how far ahead of the last sample",
        y="error over 20 data sets",
        y_type="log",
        x_range=(0, 2),
        y_range=(1e-3, 5),
        colors=dict(zip(names, ORDER_COLORS, strict=True)),
        dashes={"order 0": "dot", "order 1": "dash", "order 3": "dashdot"},
    )
    bottom.update_yaxes(tickvals=[1e-3, 1e-2, 0.1, 1], ticktext=["0.001", "0.01", "0.1", "1"])
    return stack([top, bottom], heights=[1, 1.1], shared_x=False, gap=0.2)

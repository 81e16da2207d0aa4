"""Drawing for stocks and options: paths, quotes, and the Greeks above each other."""

from __future__ import annotations

from typing import Any

import numpy as np
import plotly.graph_objects as go
from numpy.typing import ArrayLike

from calcbook import style
from calcbook.charts.lines import curves, stack

PRICE = "stock price S ($)"


def quoted_delta(S: ArrayLike, quoted: ArrayLike, truth: ArrayLike, delta: Any) -> go.Figure:
    """Draw quotes above the Delta from their differences and from a fit.

    Parameters
    ----------
    S, quoted, truth : array_like, shape (n,)
        Stock prices, quotes and true Delta.
    delta : callable with ``band``
        The fitted derivative of the quotes.
    """
    S, quoted = np.asarray(S, dtype=float), np.asarray(quoted, dtype=float)
    top = curves(points={"quotes": (S, quoted)}, y="price ($)", marker_size=3)
    bottom = curves(
        {
            "differences": (S, np.gradient(quoted, S)),
            "truth": (S, truth),
            "spline": (S, delta(S)),
        },
        bands={"spline band": (S, *delta.band(S))},
        colors={"spline": style.BLUE, "differences": style.VERMILION},
        x=PRICE,
        y="Delta",
        y_range=(-0.4, 1.4),
    )
    bottom.update_traces(showlegend=False, selector={"fill": "toself"})
    return stack([top, bottom], heights=[1, 2])


def paths(years: ArrayLike, prices: ArrayLike, shown: int = 5) -> go.Figure:
    """Draw some paths of a stock with the average and the median of all of them.

    Parameters
    ----------
    years : array_like, shape (times,)
    prices : array_like, shape (paths, times)
    shown : int
        How many single paths to draw.
    """
    prices = np.asarray(prices)
    lines = {f"path {i + 1}": (years, prices[i]) for i in range(shown)}
    faint = dict.fromkeys(lines, style.AXIS)
    lines["average"] = (years, prices.mean(axis=0))
    lines["median"] = (years, np.median(prices, axis=0))
    figure = curves(
        lines,
        colors=faint | {"average": style.BLUE, "median": style.VERMILION},
        x="time (years)",
        y="stock price ($)",
        y_type="log",
        y_range=(10, 1000),
    )
    figure.update_traces(showlegend=False, line={"width": 1}, selector={"line.color": style.AXIS})
    return figure


def delta_and_gamma(S: ArrayLike, delta: ArrayLike, gamma: ArrayLike) -> go.Figure:
    """Draw Delta above Gamma."""
    top = curves({"Delta": (S, delta)}, y="Delta", y_range=(0, 1))
    bottom = curves(
        {"Gamma": (S, gamma)},
        colors={"Gamma": style.VERMILION},
        x=PRICE,
        y="Gamma (per $)",
        y_range=(0, 0.6),
    )
    return stack([top, bottom])


def gamma_with_band(S: ArrayLike, truth: ArrayLike, gamma: Any, level: float) -> go.Figure:
    """Draw a fitted Gamma, a callable with ``band``, beside the true one."""
    return curves(
        {"truth": (S, truth), "spline": (S, gamma(S))},
        bands={"spline band": (S, *gamma.band(S, level=level))},
        x=PRICE,
        y="Gamma (per $)",
        y_range=(-0.03, 0.07),
    )


def kink(S: ArrayLike, delta: ArrayLike, gamma: ArrayLike) -> go.Figure:
    """Draw the Delta of a fitted payoff with strike 100 over the true step, and its Gamma."""
    peak = float(np.max(gamma))
    top = curves(
        {
            "truth": (np.array([80, 100, 100, 120]), np.array([0, 0, 1, 1])),
            "Delta of the spline": (S, delta),
        },
        y="Delta",
        x_range=(90, 110),
        y_range=(-0.2, 1.2),
    )
    bottom = curves(
        {"its Gamma": (S, gamma)},
        colors={"its Gamma": style.VERMILION},
        hlines={f"highest: {peak:.2f}": peak},
        x=PRICE,
        y="Gamma (per $)",
        x_range=(90, 110),
    )
    return stack([top, bottom])

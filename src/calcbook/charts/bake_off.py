"""Drawing for derivatives from data: one method at work, the contest, bias against variance."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import plotly.graph_objects as go
from numpy.typing import ArrayLike

from calcbook import style
from calcbook.bias_variance import Samples, Trade, smoothers
from calcbook.charts._base import UNLABELED, say
from calcbook.charts.lines import curves, stack
from calcbook.charts.method_choice import COLORS
from calcbook.data import noisy_decay
from calcbook.derivative_contest import METHODS
from calcbook.method_comparison import relative_error

VALUE, SLOPE = style.BLUE, style.VERMILION


def estimate(method: str, noise: float, seed: int = 0) -> go.Figure:
    """Draw samples of a noisy ``exp(-t)``, and below one method's derivative against the truth.

    Parameters
    ----------
    method : str
        One of `calcbook.derivative_contest.METHODS`.
    noise : float
        Standard deviation of the noise.
    seed : int
    """
    samples = noisy_decay(noise=noise, seed=seed)
    derivative = METHODS[method](samples.t, samples.u)
    error = relative_error(derivative, samples.derivative)
    shared: dict[str, Any] = {"x": "time t", "x_range": (0, 5), "dashes": {"truth": "dash"}}
    top = curves(
        {"truth": (samples.t, samples.truth)},
        points={"data": (samples.t, samples.u)},
        y="signal u",
        y_range=(-0.35, 1.35),
        marker_size=4,
        **shared,
    )
    bottom = curves(
        {"truth": (samples.t, samples.derivative), "derivative": (samples.t, derivative)},
        y="slope du/dt",
        y_range=(-3, 2),
        colors={"derivative": SLOPE},
        **shared,
    )
    say(bottom, f"off by {100 * error:.0f}% of the slope’s size", SLOPE)
    figure = stack([top, bottom], heights=[1, 1.3], gap=0.13)
    return figure.update_layout(showlegend=False)


def scores(errors: Mapping[str, ArrayLike]) -> go.Figure:
    """Draw the errors of all methods, a dot for each data set and a bar at the median.

    Parameters
    ----------
    errors : mapping of str to array_like, shape (seeds,)
        As `calcbook.derivative_contest.errors` returns them.
    """
    rows = {name: -float(place) for place, name in enumerate(errors)}
    values = {name: np.asarray(each, dtype=float) for name, each in errors.items()}
    medians = {name: float(np.median(each)) for name, each in values.items()}
    figure = curves(
        {
            f"{name}, median": ([medians[name]] * 2, [row - 0.35, row + 0.35])
            for name, row in rows.items()
        },
        points={
            name: (values[name], np.full(values[name].size, row)) for name, row in rows.items()
        },
        x="error / size of the derivative",
        x_type="log",
        x_range=(0.02, 6),
        y_range=(-len(rows) + 0.4, 0.75),
        vlines=[1],
        colors=COLORS | {f"{name}, median": COLORS[name] for name in rows},
        marker_size=6,
    )
    figure.update_xaxes(tickvals=[0.03, 0.1, 0.3, 1, 3], ticktext=["0.03", "0.1", "0.3", "1", "3"])
    names = [name.replace(", 11 points", "") for name in rows]
    figure.update_yaxes(tickvals=list(rows.values()), ticktext=names, showgrid=False)
    say(figure, "dashed: answering 0")
    return figure.update_layout(showlegend=False, margin_t=28)


def smoothing(samples: Samples, trade: Trade, window: int) -> go.Figure:
    """Draw a local line's fit and slope at one window, and below what every window costs.

    Parameters
    ----------
    samples : Samples
    trade : Trade
        Of these samples.
    window : int
        One of the trade's windows.
    """
    value, slope = smoothers(samples.t, window)
    shared: dict[str, Any] = {
        "x": "time t",
        "x_range": (float(samples.t[0]), float(samples.t[-1])),
        "dashes": {"truth": "dash"},
    }
    top = curves(
        {"truth": (samples.t, samples.truth), "local lines": (samples.t, value @ samples.u)},
        points={"data": (samples.t, samples.u)},
        y="value u",
        y_range=(-0.4, 1.4),
        colors={"local lines": VALUE},
        marker_size=3,
        **shared,
    )
    middle = curves(
        {"truth": (samples.t, samples.derivative), "their slopes": (samples.t, slope @ samples.u)},
        y="slope du/dt",
        y_range=(-1.4, 1.4),
        colors={"their slopes": SLOPE},
        **shared,
    )
    figure = stack([top, middle, _costs(trade, window)], shared_x=False)
    figure.update_layout(xaxis={"matches": "x2", **UNLABELED})
    for axis, domain in (("yaxis", (0.79, 1)), ("yaxis2", (0.54, 0.75)), ("yaxis3", (0, 0.4))):
        figure.update_layout({axis: {"domain": domain}})  # closer above, room for words below
    return figure.update_layout(showlegend=False, margin_t=14)


def _costs(trade: Trade, window: int) -> go.Figure:
    lines, colors, dashes, best = {}, {}, {}, {}
    for which, color in (("value", VALUE), ("derivative", SLOPE)):
        errors = getattr(trade, which)
        parts = {"bias²": errors.bias2, "variance": errors.variance, "total": errors.total}
        for (part, error), dash in zip(parts.items(), ("dot", "dash", "solid"), strict=True):
            name = f"{part} of the {which}"
            lines[name], colors[name], dashes[name] = (trade.windows, error), color, dash
        least = float(np.min(errors.total))
        best[f"best for the {which}"] = ([trade.best(which)], [least])
        colors[f"best for the {which}"] = color
    figure = curves(
        lines,
        points=best,
        x="window (samples)",
        y="mean square error / size²",
        x_type="log",
        y_type="log",
        x_range=(2.8, 105),
        y_range=(1e-5, 30),
        vlines=[window],
        colors=colors,
        dashes=dashes,
        marker_size=12,
    ).update_traces(marker_symbol="diamond", selector={"mode": "markers"})
    figure.update_xaxes(
        tickvals=[3, 5, 10, 20, 50, 100], ticktext=["3", "5", "10", "20", "50", "100"]
    )
    powers = {"tickvals": [1e-4, 1e-2, 1], "ticktext": ["10⁻⁴", "10⁻²", "1"]}
    figure.update_yaxes(**powers)
    here = list(trade.windows).index(window)
    value, slope = (np.sqrt(each.total[here]) for each in (trade.value, trade.derivative))
    words = f"value off by {100 * value:.0f}%, slope off by {100 * slope:.0f}%"
    return say(figure, words)

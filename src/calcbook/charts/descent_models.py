"""Drawing for gradient descent seen through Taylor: predicted decrease, stability, sharpness."""

from __future__ import annotations

import functools

import numpy as np
import plotly.graph_objects as go

from calcbook import descent, sharpness, style
from calcbook.charts._base import say
from calcbook.charts.lines import curves, stack
from calcbook.softmax_network import SoftmaxNetwork

RATES = 10.0 ** np.linspace(-1.5, 1.5, 73)
RATE_TICKS = {"tickvals": [0.1, 1, 10], "ticktext": ["0.1", "1", "10"]}


@functools.cache
def trained(steps: int) -> SoftmaxNetwork:
    """Return the moons' network after steps of gradient descent with the learning rate 1."""
    return sharpness.descended(sharpness.untrained(), 1.0, steps)


def decrease(steps: int) -> go.Figure:
    """Draw how much one more step changes the loss, predicted and actual, over the learning rate.

    The unit is |g|² over twice the size of the curvature along the gradient g: where that is
    positive, what order 2 promises at its best. So steep and flat places fill the same axes.

    Parameters
    ----------
    steps : int
        How long the network has been trained.
    """
    network = trained(steps)
    found = sharpness.changes(network, RATES)
    g = sharpness.gradient(network)
    bend = float(g @ sharpness.hessian(network) @ g / (g @ g))
    unit = float(g @ g) / (2 * abs(bend))
    lines = {
        name: (RATES, np.clip(change / unit, -9, 9))
        for name, change in (
            ("order 1", found.first),
            ("order 2", found.second),
            ("actual", found.actual),
        )
    }
    figure = curves(
        lines,
        x="learning rate",
        y="change of the loss, in units",
        x_type="log",
        x_range=(RATES[0], RATES[-1]),
        y_range=(-2.2, 2.2),
        vlines={"2/λ": 2 / sharpness.sharpness(network)},
        hlines=[0],
        colors={"order 1": style.VERMILION, "order 2": style.GREEN, "actual": style.BLUE},
        dashes={"order 1": "dash", "order 2": "dashdot"},
    )
    figure.update_annotations(xanchor="right", xshift=-3)  # curves rise to the right of 2/λ
    say(figure, f"loss {sharpness.loss(network):.3f}", inside=True)
    return figure.update_xaxes(**RATE_TICKS)


def stability(loss: str, factor: float, start: float) -> go.Figure:
    """Draw a loss with the path of descent on it, and below the distance from the minimum.

    Parameters
    ----------
    loss : str
        One of `calcbook.descent.LOSSES`.
    factor : float
        Learning rate as a multiple of 2 over the curvature at the minimum.
    start : float
    """
    path = descent.descend(loss, factor * descent.LIMIT, start)
    value = descent.LOSSES[loss].value
    x = np.linspace(-4, 4, 121)
    lost = np.append(False, np.abs(path[:-1]) > 4)  # the step that leaves the picture is drawn
    seen = np.clip(np.where(lost, np.nan, path), -20, 20)
    top = curves(
        {"loss": (x, value(x)), "path": (seen, value(seen))},
        points={"path": (seen, value(seen))},
        x="parameter x",
        y="loss",
        x_range=(-4, 4),
        y_range=(-0.4, 8),
        colors={"loss": style.INK, "path": style.VERMILION},
        marker_size=6,
    )
    bottom = curves(
        {"distance": (np.arange(path.size), np.clip(np.abs(path), 1e-8, 1e7))},
        x="step",
        y="distance from the minimum",
        y_type="log",
        x_range=(0, path.size - 1),
        y_range=(1e-6, 1e6),
        colors={"distance": style.VERMILION},
    )
    bottom.update_yaxes(tickvals=[1e-6, 1e-3, 1, 1e3], ticktext=["10⁻⁶", "10⁻³", "1", "10³"])
    figure = stack([top, bottom], shared_x=False, gap=0.24)
    return figure.update_layout(showlegend=False)


def edge(rate: float) -> go.Figure:
    """Draw the loss of a training run, and below its sharpness as a share of the limit.

    Parameters
    ----------
    rate : float
        Learning rate.
    """
    (seen,) = sharpness.histories(rate, seeds=1)
    top = curves(
        {"loss": (seen.steps, seen.losses)},
        x="step",
        y="loss",
        x_range=(0, 2000),
        y_range=(0, 0.75),
        colors={"loss": style.BLUE},
    )
    bottom = curves(
        {"sharpness": (seen.steps, seen.sharpness * rate / 2)},
        x="step",
        y="sharpness λ, over 2/rate",
        x_range=(0, 2000),
        y_range=(0, 2.6),
        hlines={"limit of a quadratic": 1},
        colors={"sharpness": style.VERMILION},
    )
    return stack([top, bottom], gap=0.06).update_layout(showlegend=False)

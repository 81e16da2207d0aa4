"""Drawing for what approximates a function: rates under noise, and networks of ReLUs."""

from __future__ import annotations

import functools
from typing import Any

import numpy as np
import plotly.graph_objects as go

from calcbook import relu_networks, smoothing_rates, style
from calcbook.charts._base import say
from calcbook.charts.lines import curves, stack

QUANTITIES = ("value", "derivative")
MAKERS = ("written down", "trained, best of 20", "trained, median of 20")
_COLORS = (style.VERMILION, style.BLUE, style.GREEN, style.GRAY)


def rates(quantity: str, noise: float) -> go.Figure:
    """Draw errors of smoothing splines and local polynomials over the number of samples.

    Parameters
    ----------
    quantity : str
        "value" or "derivative".
    noise : float
        Standard deviation of the samples' noise.
    """
    column = QUANTITIES.index(quantity)
    errors = {
        f"spline, penalty on derivative {m}": smoothing_rates.spline_errors(m, noise)[:, column]
        for m in smoothing_rates.PENALTY_ORDERS
    }
    local = "moving line" if quantity == "value" else "moving parabola"
    errors["local, best window"] = smoothing_rates.local_errors(noise)[:, column]
    lines = {name: (smoothing_rates.COUNTS, each) for name, each in errors.items()}
    figure = curves(
        lines,
        points=lines,
        x="number of samples n",
        y=f"error of the {quantity}",
        x_type="log",
        y_type="log",
        x_range=(85, 3800),
        y_range=(0.002, 3),
        colors=dict(zip(lines, _COLORS, strict=True)),
        dashes=dict(zip(lines, ("dash", "solid", "dashdot", "dot"), strict=True)),
        marker_size=6,
    )
    counts = list(smoothing_rates.COUNTS)
    figure.update_xaxes(tickvals=counts, ticktext=[str(n) for n in counts])
    figure.update_yaxes(tickvals=[0.01, 0.1, 1], ticktext=["0.01", "0.1", "1"])
    return say(figure, f"local: a {local}", style.GRAY, inside=True)


def wave(x: np.ndarray) -> np.ndarray:
    """Return the function that the networks are to approximate."""
    return np.asarray(np.sin(2 * np.pi * x))


def wave_slope(x: np.ndarray) -> np.ndarray:
    """Return its derivative."""
    return np.asarray(2 * np.pi * np.cos(2 * np.pi * x))


stack_of_trained = functools.cache(lambda hidden: relu_networks.trained(wave, hidden))


def _chosen(maker: str, hidden: int) -> relu_networks.ReluNetwork:
    if maker == MAKERS[0]:
        return relu_networks.written_down(wave, hidden)
    networks = stack_of_trained(hidden)
    fine = np.linspace(0, 1, 1001)
    order = np.argsort(np.abs(networks(fine) - wave(fine)).max(axis=1))
    place = order[0] if maker == MAKERS[1] else order[len(order) // 2]
    parts = (networks.w, networks.b, networks.v, networks.c)
    return relu_networks.ReluNetwork(*(np.asarray(part[place]) for part in parts))


def universal(maker: str, hidden: int) -> go.Figure:
    """Draw a network of ReLUs beside the function it is to approximate, and below the slopes.

    Parameters
    ----------
    maker : str
        One of `MAKERS`.
    hidden : int
        Number of neurons.
    """
    network = _chosen(maker, hidden)
    x = np.linspace(-0.5, 1.5, 200)  # even, so that no corner is hit
    inside = (x > 0) & (x < 1)
    colors = {"network": style.VERMILION}
    shared: dict[str, Any] = {"x": "x", "x_range": (-0.5, 1.5), "colors": colors, "vlines": [0, 1]}
    panels = []
    for part, true, y, limits in (
        (network(x), wave(x), "value", (-2.5, 2.5)),
        (network.slope(x), wave_slope(x), "derivative", (-14, 14)),
    ):
        panel = curves(
            {"truth": (x, true), "network": (x, np.clip(part, *(3 * np.array(limits))))},
            y=y,
            y_range=limits,
            dashes={"truth": "dash"},
            **shared,
        )
        error = float(np.max(np.abs(part - true)[inside]))
        say(panel, f"largest error {error:.2g}", style.VERMILION, inside=True)
        # Between the ends of the interval, where it was taken.
        panels.append(panel.update_annotations(x=0.5, xanchor="center", y=0.02, yanchor="bottom"))
    return stack(panels, gap=0.06)

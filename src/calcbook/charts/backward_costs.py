"""Drawing for what the way back costs, and for what arrives at its end."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go

from calcbook import style
from calcbook.charts._base import say
from calcbook.charts.fields import heat
from calcbook.charts.lines import curves
from calcbook.depth_map import depth_map
from calcbook.mode_cost import MODES, jacobian

INPUTS = (1, 3, 10, 30, 100, 300, 1000)
COLORS = {"forward": style.BLUE, "reverse": style.VERMILION}
_FEWEST, _MOST = 1e-12, 1e12


def cost(outputs: int, width: int) -> go.Figure:
    """Draw the multiplications for a Jacobian over the number of inputs, for both modes.

    Parameters
    ----------
    outputs : int
        Number of outputs.
    width : int
        Units in each of the two hidden layers.
    """
    lines = {}
    for mode in MODES:
        counted = [jacobian([n, width, width, outputs], mode) for n in INPUTS]
        lines[mode] = (INPUTS, [each.multiplications / each.function for each in counted])
    figure = curves(
        lines,
        x="number of inputs",
        y="cost (evaluations of f)",
        x_type="log",
        y_type="log",
        x_range=(0.8, 1300),
        y_range=(0.5, 2000),
        vlines={"as many as outputs": outputs},
        dashes={"reverse": "dash"},
        colors=COLORS,
    )
    figure.update_xaxes(tickvals=[1, 10, 100, 1000], ticktext=["1", "10", "100", "1000"])
    figure.update_yaxes(tickvals=[1, 10, 100, 1000], ticktext=["1", "10", "100", "1000"])
    return figure


def arriving(activation: str, design: str) -> go.Figure:
    """Draw the size of the gradient at the input as a map over depth and scale of the weights.

    Parameters
    ----------
    activation, design : str
        As for `calcbook.depth_map.depth_map`.
    """
    found = depth_map(activation, design)
    with np.errstate(divide="ignore"):  # a gradient of exactly zero
        decades = np.log10(np.clip(found.sizes, _FEWEST, _MOST))
    figure = heat(
        [str(depth) for depth in found.depths],
        [f"{scale:g}" for scale in found.scales],
        np.round(decades, 2),
        labels=("layers", "scale of the weights"),
        z_label="powers of ten",
        z_range=(-12, 12),
        diverging=True,
    )
    level = float(np.mean(np.abs(decades) <= 1))
    return say(figure, f"within a factor of 10: {level:.0%} of the map").update_layout(margin_t=28)

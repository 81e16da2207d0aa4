"""Drawing for the complex step: its error beside those of finite differences."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go

from calcbook import style
from calcbook.charts.lines import curves
from calcbook.complex_step import errors

_STEPS = np.logspace(-20, -1, 96)
_LEAST = 1e-17  # where an error of exactly 0 is drawn
_POWERS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def against_step(name: str) -> go.Figure:
    """Draw the relative errors of three derivatives against the step, on log axes.

    Parameters
    ----------
    name : str
        One of `calcbook.complex_step.SMOOTH`.
    """
    found = errors(name, _STEPS)
    rules = ("complex step", "forward", "central")
    colors = {"forward": style.GRAY, "central": style.BLUE, "complex step": style.VERMILION}
    figure = curves(
        {rule: (_STEPS, np.clip(found[rule], _LEAST, 3)) for rule in rules},
        x="step h",
        y="relative error",
        x_type="log",
        y_type="log",
        x_range=(1e-20, 0.1),
        y_range=(5e-18, 10),
        colors=colors,
        dashes={"forward": "dash"},
        hlines={"one rounding": float(np.finfo(float).eps) / 2},
    )
    figure.data[0].line.width = 5  # below the others, which run along it for large steps
    figure.layout.annotations[0].yanchor = "top"  # no curve comes there
    ticks = [(10.0**k, f"10{str(k).translate(_POWERS)}") for k in range(-20, 0, 5)]
    figure.update_xaxes(tickvals=[at for at, _ in ticks], ticktext=[text for _, text in ticks])
    return figure.update_yaxes(
        tickvals=[at for at, _ in ticks[1:]] + [1.0],
        ticktext=[text for _, text in ticks[1:]] + ["1"],
    )

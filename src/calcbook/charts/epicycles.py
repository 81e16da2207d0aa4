"""Drawing for Fourier series: a closed curve redrawn by arrows that turn."""

from __future__ import annotations

import functools

import numpy as np
import plotly.graph_objects as go

from calcbook import style
from calcbook.charts._base import say
from calcbook.charts.plane import plane
from calcbook.epicycles import joints, outline, redrawn

_N = 120  # points of a curve that is drawn


@functools.cache
def _curves(shape: str, k: int) -> tuple[np.ndarray, np.ndarray, float]:
    z = outline(shape)
    off = float(np.abs(redrawn(z, k) - z).max())
    return np.append(z[::8], z[:1]), redrawn(z, k, _N), off


def pen(shape: str, k: int, phase: float) -> go.Figure:
    """Draw a curve, what ``k`` arrows have drawn of it up to now, and the arrows.

    Parameters
    ----------
    shape : {"star", "leaf"}
    k : int
        How many arrows, the slowest first.
    phase : float
        Share of the round, from 0 to 1.
    """
    truth, drawn, off = _curves(shape, k)
    upto = round(phase * _N)
    figure = plane(
        {
            "truth": truth,
            "drawn so far": np.append(drawn, drawn[:1])[: upto + 1],
            "arrows": joints(outline(shape), k, phase),
        },
        x_range=(-1.8, 1.8),
        y_range=(-1.5, 1.5),
        colors={"truth": style.GRAY, "drawn so far": style.BLUE, "arrows": style.VERMILION},
        dashes={"truth": "dot"},
        labels=("x", "y"),
    )
    figure.data[2].mode = "lines+markers"
    figure.data[2].marker = {"color": style.VERMILION, "size": 5}
    said = f"off by {off:.3f} at most" if off >= 0.0005 else "off by less than 0.001"
    say(figure, f"{k} arrow{'s' * (k > 1)}: {said}")
    return figure.update_layout(margin_t=50, legend_y=1.06)

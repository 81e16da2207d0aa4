"""Drawing for the lens: a curve or samples, and the same around one point, magnified."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go

from calcbook import style
from calcbook.charts._base import say
from calcbook.charts.lines import curves, stack
from calcbook.zoom_lens import VIEWS, View, bend, window

SEEN = style.VERMILION


def lens(name: str, zoom: float) -> go.Figure:
    """Draw a view with a frame in it, and below what the frame holds, magnified.

    Parameters
    ----------
    name : str
        One of `calcbook.zoom_lens.VIEWS`.
    zoom : float
        How many times the frame is magnified.
    """
    view = VIEWS[name]
    whole, part = _panel(view, 1), _panel(view, zoom)
    center = float(view.value(np.array([view.point]))[0])
    half = np.array(view.half) / zoom
    corners = (np.array([-1, 1, 1, -1, -1]), np.array([-1, -1, 1, 1, -1]))
    whole.add_scatter(
        x=view.point + half[0] * corners[0],
        y=center + half[1] * corners[1],
        mode="lines",
        name="frame",
        line={"color": SEEN, "width": 2},
    )
    whole.add_scatter(
        x=[view.point], y=[center], mode="markers", marker={"color": SEEN, "size": 7}, name="point"
    )
    say(part, f"{zoom:g} times: {_seen(view, zoom)}", SEEN)
    figure = stack([whole, part], gap=0.18, shared_x=False)
    return figure.update_layout(showlegend=False, margin_t=12)


def _panel(view: View, zoom: float) -> go.Figure:
    x, y = window(view, zoom)
    center = float(view.value(np.array([view.point]))[0])
    half = np.array(view.half) / zoom
    series = {"seen": (x, y)}
    return curves(
        {} if view.sampled else series,
        points=series if view.sampled else {},
        x=view.axes[0],
        y=view.axes[1],
        x_range=(view.point - half[0], view.point + half[0]),
        y_range=(center - half[1], center + half[1]),
        colors={"seen": style.INK},
        marker_size=5,
    )


def _seen(view: View, zoom: float) -> str:
    if view.sampled:
        x, y = window(view, zoom)
        return f"{_counted(x.size, 'sample')} on {_counted(np.unique(y).size, 'level')}"
    return f"off its chord by {100 * bend(view, zoom):.1f}%"


def _counted(n: int, what: str) -> str:
    return f"{n} {what}" if n == 1 else f"{n} {what}s"

"""Drawing for improper integrals: the area of a tail, and whether it settles."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go

from calcbook import style
from calcbook.charts._base import say
from calcbook.charts.lines import curves, stack

POWERS = (0.9, 1.0, 1.1, 1.5, 2.0, 3.0)
LIMITS = (2, 5, 10, 30, 100, 300, 1000, 3000, 10_000)
AREA, LEVEL = style.GREEN, style.BLUE
_TICKS = {1: "1", 10: "10", 100: "10²", 1000: "10³", 10_000: "10⁴"}


def tail_area(p: float, b: float) -> float:
    """Return the area below ``1/x**p`` from 1 to ``b``, by the antiderivative."""
    return float(np.log(b)) if p == 1 else float((b ** (1 - p) - 1) / (1 - p))


def total(p: float) -> float:
    """Return what the area tends to."""
    return 1 / (p - 1) if p > 1 else np.inf


def tail(p: float, b: float) -> go.Figure:
    """Draw what each stretch of a tail adds to its area, and the area up to a limit.

    Parameters
    ----------
    p : float
        The power of x that 1 is divided by.
    b : float
        Upper limit, above 1.
    """
    x, filled = np.geomspace(1, LIMITS[-1], 100), np.geomspace(1, b, 60)
    top = curves(
        {"x f(x)": (x, x ** (1 - p))},
        bands={"area": (filled, 0 * filled, filled ** (1 - p))},
        x="x (log axis)",
        y="x · f(x)",
        x_type="log",
        x_range=(1, LIMITS[-1] * 1.3),
        y_range=(0, 2.6),
        colors={"x f(x)": style.VERMILION, "area": AREA},
    )
    level = total(p) if np.isfinite(total(p)) else np.nan
    bottom = curves(
        {
            "area up to b": (x, [tail_area(p, each) for each in x]),
            "limit": ([1, LIMITS[-1] * 1.3], [level, level]),
        },
        points={"here": ([b], [tail_area(p, b)])},
        x="upper limit b (log axis)",
        y="area from 1 to b",
        x_type="log",
        x_range=(1, LIMITS[-1] * 1.3),
        y_range=(0, 1.2 * level if np.isfinite(level) else 16),
        colors={"area up to b": AREA, "limit": LEVEL, "here": AREA},
        dashes={"limit": "dash"},
        marker_size=9,
    )
    for figure in (top, bottom):
        figure.update_xaxes(tickvals=list(_TICKS), ticktext=list(_TICKS.values()))
    say(top, f"f(x) = 1/x<sup>{p:g}</sup>, filled up to b = {b:,}".replace(",", " "))
    say(bottom, _told(p, b), LEVEL)
    figure = stack([top, bottom], heights=[1, 1.2], gap=0.22, shared_x=False)
    return figure.update_layout(showlegend=False, margin_t=28)


def _told(p: float, b: float) -> str:
    area = tail_area(p, b)
    if not np.isfinite(total(p)):
        return f"area {area:.2f}; it passes every level"
    return f"area {area:.2f} of {total(p):.2f}; missing {total(p) - area:.2g}"

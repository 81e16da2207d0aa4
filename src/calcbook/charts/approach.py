"""Drawing for limits: a function near a point, and its values as the point is approached."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go

from calcbook import style
from calcbook.approach import APPROACHES, Approach
from calcbook.charts._base import say
from calcbook.charts.lines import curves, stack

LEFT, RIGHT = style.BLUE, style.VERMILION
DISTANCES = (1.0, 0.3, 0.1, 0.03, 0.01, 0.003, 0.001)
_FINEST = 3e-4
_TICKS = (1, 0.1, 0.01, 0.001)


def approach(name: str, h: float) -> go.Figure:
    """Draw a function with the points at distance h, and below all values down to that distance.

    Parameters
    ----------
    name : str
        One of `calcbook.approach.APPROACHES`.
    h : float
        Distance to the point, between 0.001 and 1.
    """
    chosen = APPROACHES[name]
    left, right = _values(chosen, -np.array([h])), _values(chosen, np.array([h]))
    top = _near(chosen, h, left, right)
    say(top, f"from the right, f = {_told(right[0])}", RIGHT, lift=18)
    say(top, f"from the left, f = {_told(left[0])}", LEFT)
    walked = np.geomspace(h, 1, max(2, round(110 * -np.log10(h) / 3)))[::-1]
    bottom = curves(
        {
            "from the left": (walked, _values(chosen, -walked)),
            "from the right": (walked, _values(chosen, walked)),
        },
        points={"left": ([h], left), "right": ([h], right)},
        x="distance h to the point",
        y=f"{chosen.axes[1]}",
        x_type="log",
        x_range=(1.3, _FINEST),
        y_range=chosen.heights,
        colors={"from the left": LEFT, "from the right": RIGHT, "left": LEFT, "right": RIGHT},
        dashes={"from the left": "dash"},
        marker_size=9,
    )
    bottom.update_xaxes(tickvals=_TICKS, ticktext=[f"{tick:g}" for tick in _TICKS])
    figure = stack([top, bottom], heights=[1.1, 1], gap=0.2, shared_x=False)
    return figure.update_layout(showlegend=False, margin_t=46)


def _near(chosen: Approach, h: float, left: np.ndarray, right: np.ndarray) -> go.Figure:
    away = np.geomspace(1e-3, 1.2, 110)
    grid = np.concatenate([-away[::-1], [0.0], away])
    value = np.concatenate(
        [_values(chosen, -away[::-1]), [np.nan], _values(chosen, away)]
    )  # the gap: at the point itself nothing is said
    envelope = chosen.envelope(grid) if chosen.envelope else np.full(grid.size, np.nan)
    x = chosen.point + grid
    return curves(
        {"f": (x, value), "above": (x, envelope), "below": (x, -envelope)},
        points={
            "left": ([chosen.point - h], left),
            "right": ([chosen.point + h], right),
        },
        x=chosen.axes[0],
        y=chosen.axes[1],
        x_range=(chosen.point - 1.2, chosen.point + 1.2),
        y_range=chosen.heights,
        colors={
            "f": style.INK,
            "above": style.GREEN,
            "below": style.GREEN,
            "left": LEFT,
            "right": RIGHT,
        },
        dashes={"above": "dash", "below": "dash"},
        marker_size=9,
    )


def _values(chosen: Approach, steps: np.ndarray) -> np.ndarray:
    return np.asarray(chosen.value(chosen.point + steps), dtype=float)


def _told(value: float) -> str:
    text = f"{value:,.5f}" if abs(value) < 10 else f"{value:,.0f}"
    return text.replace("-", "−").replace(",", " ")

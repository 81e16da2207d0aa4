"""Drawing for complex derivatives: what maps of the plane do to a grid and to a small square."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go

from calcbook import style
from calcbook.charts._base import say
from calcbook.charts.plane import joined, plane
from calcbook.conformal import MAPS, grid_lines, jacobian, riemann_gap, square

PLACES = {"left": 0.5 + 0.2j, "middle": 0.9 - 0.2j, "right": 1.3 + 0.2j}
_VERTICAL, _HORIZONTAL = grid_lines(points=31)


def image(name: str, place: str, side: float) -> go.Figure:
    """Draw the image of a grid and of a small square, and the square that a slope predicts.

    Parameters
    ----------
    name : str
        One of `calcbook.conformal.MAPS`.
    place : {"left", "middle", "right"}
        Of the square.
    side : float
        Length of its side.
    """
    value, center = MAPS[name].value, PLACES[place]
    j = jacobian(value, center)
    slope = complex(j[0, 0], j[1, 0])  # the derivative along the real axis
    small = square(center, side)
    grid = joined([value(line) for line in (*_VERTICAL, *_HORIZONTAL)])
    figure = plane(
        {
            "image of the grid": grid,
            "image of the square": value(small),
            "turned and scaled by the slope": value(np.array(center)) + slope * (small - center),
        },
        x_range=(-0.8, 4.8),
        y_range=(-2.8, 2.8),
        colors={
            "image of the grid": style.AXIS,
            "image of the square": style.VERMILION,
            "turned and scaled by the slope": style.BLUE,
        },
        dashes={"turned and scaled by the slope": "dot"},
    )
    figure.data[0].line.width = 1
    say(figure, f"away from turning and scaling: {riemann_gap(j):.2f}")
    return figure.update_layout(margin_t=66, legend_y=1.07)

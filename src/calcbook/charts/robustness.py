"""Drawing for sensitivities: a moved image, gradients at a point, losses along directions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import plotly.graph_objects as go
from numpy.typing import ArrayLike

from calcbook import style
from calcbook.charts.bars import bars
from calcbook.charts.fields import heat
from calcbook.charts.lines import curves


def digit(pixels: ArrayLike, answer: str) -> go.Figure:
    """Draw 64 pixels as an image of 8 rows, first row on top, with a sentence below."""
    image = np.asarray(pixels, dtype=float).reshape(8, 8)[::-1]
    place = np.arange(8)
    figure = heat(place, place, image, z_range=(-0.2, 1.2), labels=(answer, ""), equal=True)
    figure.update_xaxes(showticklabels=False, ticks="", showline=False)
    figure.update_yaxes(showticklabels=False, ticks="", showline=False)
    return figure


def sensitivities(
    names: Sequence[str], here: ArrayLike, error: ArrayLike, typical: ArrayLike
) -> go.Figure:
    """Draw partial derivatives at a point, with error bars, beside their typical size."""
    return bars(
        names,
        {"at this point": here, "typical size over the data": typical},
        errors={"at this point": error},
        x="input",
        y="∂y/∂x",
        y_range=(-3.5, 3.5),
    )


def losses_along(
    steps: ArrayLike, losses: Mapping[str, ArrayLike], measure: str, top: float
) -> go.Figure:
    """Draw mean losses against the size of a step; random directions share one faint color.

    Parameters
    ----------
    steps : array_like, shape (n,)
    losses : mapping of str to array_like, shape (n,)
        Names that begin with "random" are drawn in gray.
    measure : str
        How the size is measured, with its unit; the title of the axis.
    top : float
        Upper end of the loss axis.
    """
    return curves(
        {name: (steps, values) for name, values in losses.items()},
        colors={name: style.AXIS for name in losses if name.startswith("random")},
        dashes={"random sign": "dash"},
        x=f"size of the step: {measure}",
        y="mean loss",
        y_range=(0, top),
    )

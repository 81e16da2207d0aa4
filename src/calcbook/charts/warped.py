"""Drawing for a cloud under a map of the plane: small squares, and the density of the points."""

from __future__ import annotations

import itertools

import numpy as np
import plotly.graph_objects as go

from calcbook import style
from calcbook.charts._base import say
from calcbook.charts.lines import curves
from calcbook.warped_cloud import jacobian, warp

CORNERS = np.array([[-1, -1], [1, -1], [1, 1], [-1, 1], [-1, -1]]) / 2


def cloud(strength: float, x: float, size: float) -> go.Figure:
    """Draw a warped uniform cloud with a warped small square and the Jacobian's parallelogram.

    Parameters
    ----------
    strength : float
        Of `calcbook.warped_cloud.warp`.
    x : float
        First coordinate of the square's middle, before the map.
    size : float
        Edge of the square, above 0.
    """
    points = np.random.default_rng(0).uniform(-1, 1, (150, 2))
    middle = np.array([[x, 0.5]])
    edges = np.concatenate([np.linspace(a, b, 9) for a, b in itertools.pairwise(CORNERS)])
    image = warp(middle + size * edges, strength)
    matrix = jacobian(middle, strength)[0]
    linear = warp(middle, strength) + size * CORNERS @ matrix.T
    moved = warp(points, strength).round(3)
    figure = curves(
        {
            "image of a square": (image[:, 0].round(4), image[:, 1].round(4)),
            "its Jacobian's": (linear[:, 0], linear[:, 1]),
        },
        points={"cloud": (moved[:, 0], moved[:, 1])},
        x="first output",
        y="second output",
        x_range=(-2.1, 2.1),
        y_range=(-2.4, 2.4),
        colors={
            "cloud": style.GRAY,
            "image of a square": style.BLUE,
            "its Jacobian's": style.VERMILION,
        },
        dashes={"its Jacobian's": "dash"},
        marker_size=4,
    )
    figure.update_yaxes(scaleanchor="x", constrain="domain")
    figure.update_xaxes(constrain="domain")
    ratio = area(image) / size**2
    stretch = abs(np.linalg.det(matrix))
    say(figure, f"area × {ratio:.3f}, |det J| = {stretch:.3f}", lift=40)
    say(figure, f"density × {1 / stretch:.3f}", lift=22)
    return figure.update_layout(margin_t=70)


def area(ring: np.ndarray) -> float:
    """Return the area inside a closed ring of points, shape (n, 2), by the shoelace formula."""
    x, y = ring.T
    return float(abs(np.sum(x[:-1] * y[1:] - x[1:] * y[:-1])) / 2)

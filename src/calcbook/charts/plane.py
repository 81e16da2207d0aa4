"""The plane of complex numbers: paths, points and arrows, one unit equally long both ways."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import plotly.graph_objects as go
from numpy.typing import ArrayLike, NDArray

from calcbook.charts.lines import curves

Complex = NDArray[np.complex128]


def plane(
    paths: Mapping[str, ArrayLike],
    *,
    points: Mapping[str, ArrayLike] | None = None,
    x_range: tuple[float, float],
    y_range: tuple[float, float],
    colors: Mapping[str, str] | None = None,
    dashes: Mapping[str, str] | None = None,
    labels: tuple[str, str] = ("real part", "imaginary part"),
    marker_size: float = 8,
) -> go.Figure:
    """Draw complex paths and points.

    Parameters
    ----------
    paths, points : mapping of str to complex array_like, shape (n,)
        NaN leaves a gap in a path.
    x_range, y_range : (low, high)
        Of the real and of the imaginary part.
    colors, dashes : mapping of name to color or plotly dash, optional
    labels : (str, str)
    marker_size : float
        In pixels.
    """
    figure = curves(
        {name: _parts(z) for name, z in paths.items()},
        points={name: _parts(z) for name, z in (points or {}).items()},
        x=labels[0],
        y=labels[1],
        x_range=x_range,
        y_range=y_range,
        colors=colors,
        dashes=dashes,
        marker_size=marker_size,
    )
    figure.update_xaxes(constrain="domain")
    return figure.update_yaxes(scaleanchor="x", constrain="domain")


def arrow(figure: go.Figure, name: str, head: complex, color: str, *, tail: complex = 0) -> None:
    """Add an arrow from ``tail`` to ``head`` to a figure of the plane."""
    x, y = _parts(np.array([tail, head]))
    figure.add_scatter(
        x=x,
        y=y,
        mode="lines+markers",
        name=name,
        line={"color": color, "width": 2.5},
        marker={
            "color": color,
            "symbol": "arrow",
            "angleref": "previous",
            "size": [0, 13],
            "line": {"width": 0},
            "opacity": 1,
        },
    )


def unit_circle(points: int = 73) -> Complex:
    """Return a closed unit circle."""
    return np.exp(2j * np.pi * np.linspace(0, 1, points))


def joined(pieces: list[Complex]) -> Complex:
    """Return several paths as one, with a gap after each."""
    return np.concatenate([np.append(piece, complex(np.nan, np.nan)) for piece in pieces])


def _parts(z: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    z = np.round(np.asarray(z, dtype=complex), 4)
    return z.real, z.imag

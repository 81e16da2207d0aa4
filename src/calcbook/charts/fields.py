"""Functions of two variables: contour maps and heat maps, with paths, points and arrows on top."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go
from numpy.typing import ArrayLike

from calcbook import style
from calcbook.charts._base import Range, array, color_of, empty, pair, set_axis

Overlay = Mapping[str, Sequence[ArrayLike]] | None


def contours(
    x: ArrayLike,
    y: ArrayLike,
    z: ArrayLike,
    *,
    paths: Overlay = None,
    points: Overlay = None,
    arrows: Overlay = None,
    labels: tuple[str, str] = ("x", "y"),
    z_label: str = "",
    levels: int = 12,
    z_type: str = "linear",
    z_range: Range = None,
    diverging: bool = False,
    equal: bool = False,
    x_range: Range = None,
    y_range: Range = None,
    colors: Mapping[str, str] | None = None,
    title: str = "",
) -> go.Figure:
    """Draw a filled contour map of ``z`` with paths, points and arrows over it.

    Parameters
    ----------
    x, y : array_like, shapes (n,) and (m,)
        Grid coordinates.
    z : array_like, shape (m, n)
        Values, ``z[i, j]`` at ``(x[j], y[i])``.
    paths : mapping of str to (x, y)
        Lines with a marker at every vertex, such as the steps of an optimizer.
    points : mapping of str to (x, y)
    arrows : mapping of str to (x, y, u, v)
        Arrows from ``(x, y)`` to ``(x + u, y + v)``, in data units.
    labels : (str, str)
        Titles of the axes.
    z_label : str
        Title of the color bar.
    levels : int
        About how many contour intervals.
    z_type : {"linear", "log"}
        With "log" the levels are evenly spaced in the decimal logarithm.
    z_range : (low, high), optional
        Values at the ends of the color scale, in the units of ``z``.
    diverging : bool
        A scale that is neutral at zero, for signed values.
    equal : bool
        One unit is equally long on both axes.
    x_range, y_range : (low, high), optional
    colors : mapping of name to color, optional
    title : str

    Returns
    -------
    plotly.graph_objects.Figure
    """
    xs, ys, zs = _grid(x, y, z)
    shown, low, high, bar = _scaled(zs, z_type, z_range, diverging, z_label)
    step = _nice((high - low) / levels)
    # Widened by a hair: a level that falls on the rim of the range would vanish by rounding.
    first, last = np.ceil(low / step + 1e-9) * step, np.floor(high / step - 1e-9) * step
    if z_type == "linear":
        bar["dtick"] = 2 * step
    figure = empty(title)
    figure.add_contour(
        x=xs,
        y=ys,
        z=shown,
        zmin=low,
        zmax=high,
        contours={"start": float(first), "end": float(last), "size": step},
        line={"width": 0.5, "color": style.AXIS},
        colorscale=style.colorscale(style.DIVERGING if diverging else style.SEQUENTIAL),
        colorbar=bar,
        showscale=bool(z_label),
        hoverinfo="x+y+z",
    )
    _overlay(figure, paths, points, arrows, colors)
    _axes(figure, labels, _span(xs, x_range), _span(ys, y_range), equal)
    return figure


def heat(
    x: ArrayLike,
    y: ArrayLike,
    z: ArrayLike,
    *,
    paths: Overlay = None,
    points: Overlay = None,
    labels: tuple[str, str] = ("x", "y"),
    z_label: str = "",
    z_type: str = "linear",
    z_range: Range = None,
    diverging: bool = False,
    equal: bool = False,
    colors: Mapping[str, str] | None = None,
    title: str = "",
) -> go.Figure:
    """Draw ``z`` as a map of colored cells.

    Parameters
    ----------
    x, y : array_like, shapes (n,) and (m,)
        Cell centers, or names of categories.
    z : array_like, shape (m, n)
        Values, ``z[i, j]`` at ``(x[j], y[i])``; NaN leaves a hole.
    paths, points, labels, z_label, z_type, z_range, diverging, equal, colors, title
        As for `contours`.

    Returns
    -------
    plotly.graph_objects.Figure
    """
    xs, ys, zs = _grid(x, y, z)
    shown, low, high, bar = _scaled(zs, z_type, z_range, diverging, z_label)
    figure = empty(title)
    figure.add_heatmap(
        x=xs,
        y=ys,
        z=shown,
        zmin=low,
        zmax=high,
        colorscale=style.colorscale(style.DIVERGING if diverging else style.SEQUENTIAL),
        colorbar=bar,
        showscale=bool(z_label),
        hoverinfo="x+y+z",
    )
    _overlay(figure, paths, points, None, colors)
    _axes(figure, labels, None, None, equal, _kind(xs), _kind(ys))
    return figure


def _grid(x: ArrayLike, y: ArrayLike, z: ArrayLike) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    xs, ys, zs = array(x, "x"), array(y, "y"), np.asarray(z, dtype=float)
    if zs.shape != (ys.size, xs.size):
        raise ValueError(
            f"z has shape {zs.shape}; with {xs.size} values of x and {ys.size} of y it must be "
            f"({ys.size}, {xs.size}): one row for each y."
        )
    if not np.isfinite(zs).any():
        raise ValueError("z holds no finite value.")
    return xs, ys, zs


def _scaled(
    z: np.ndarray, kind: str, limits: Range, diverging: bool, label: str
) -> tuple[np.ndarray, float, float, dict[str, Any]]:
    """Return what is drawn (z or its logarithm), the ends of its color scale, and the color bar."""
    heading = {"text": label, "side": "right", "font": {"size": 13}}
    bar: dict[str, Any] = {"title": heading, "thickness": 12, "outlinewidth": 0}
    bar |= {"x": 1, "xpad": 14, "ypad": 0, "len": 1, "tickfont": {"size": 12}}
    if kind == "log":
        if diverging:
            raise ValueError("`z_type` 'log' has no zero, so it cannot be `diverging`.")
        if np.nanmin(z) <= 0:
            raise ValueError("z must be positive for `z_type` 'log'; add a small constant.")
        z = np.log10(z)
        limits = None if limits is None else (np.log10(limits[0]), np.log10(limits[1]))
    finite = z[np.isfinite(z)]
    low, high = (finite.min(), finite.max()) if limits is None else limits
    if diverging and limits is None:
        high = max(abs(low), abs(high))
        low = -high
    if not high > low:
        low, high = low - 0.5, high + 0.5
    if kind == "log":
        first, last = int(np.ceil(low)), int(np.floor(high))
        decades = range(first, last + 1, max(1, (last - first) // 6))
        bar |= {"tickvals": list(decades), "ticktext": [f"10<sup>{k}</sup>" for k in decades]}
    return z, float(low), float(high), bar


def _nice(step: float) -> float:
    """Return the next number of the form 1, 2, 5 times a power of ten that is at least ``step``."""
    power = 10.0 ** np.floor(np.log10(step))
    return float(next(m for m in (1, 2, 5, 10) if m * power >= step * (1 - 1e-9)) * power)


def _overlay(
    figure: go.Figure,
    paths: Overlay,
    points: Overlay,
    arrows: Overlay,
    colors: Mapping[str, str] | None,
) -> None:
    # Blue is the map's own color: what lies over it starts with the next ones.
    used = [style.BLUE]
    for name, series in (paths or {}).items():
        xs, ys = pair(series[0], series[1], name)
        color = color_of(name, colors, used)
        line, marker = {"color": color, "width": 2}, {"color": color, "size": 4}
        figure.add_scatter(x=xs, y=ys, mode="lines+markers", name=name, line=line, marker=marker)
    for name, series in (points or {}).items():
        xs, ys = pair(series[0], series[1], name)
        edge = {"color": style.PAGE_BACKGROUND["light"], "width": 1}
        marker = {"color": color_of(name, colors, used), "size": 9, "line": edge}
        figure.add_scatter(x=xs, y=ys, mode="markers", name=name, marker=marker)
    for name, series in (arrows or {}).items():
        _add_arrows(figure, name, series, color_of(name, colors, used))


def _add_arrows(figure: go.Figure, name: str, series: Sequence[ArrayLike], color: str) -> None:
    """Arrows as one trace: segments parted by gaps, the head a marker that looks back."""
    if len(series) != 4:
        raise ValueError(f"Arrows {name!r} must be (x, y, u, v), got {len(series)} arrays.")
    tail_x, tail_y = pair(np.atleast_1d(series[0]), np.atleast_1d(series[1]), name)
    along_x, along_y = pair(np.atleast_1d(series[2]), np.atleast_1d(series[3]), name)
    pair(tail_x, along_x, name)
    gap = np.full(tail_x.size, np.nan)
    figure.add_scatter(
        x=np.column_stack([tail_x, tail_x + along_x, gap]).ravel(),
        y=np.column_stack([tail_y, tail_y + along_y, gap]).ravel(),
        mode="lines+markers",
        name=name,
        line={"color": color, "width": 2},
        marker={
            "color": color,
            "symbol": "arrow",
            "angleref": "previous",
            "size": [0, 11, 0] * tail_x.size,
            "line": {"width": 0},
            "opacity": 1,
        },
    )


def _kind(values: np.ndarray) -> str:
    return "linear" if np.issubdtype(values.dtype, np.number) else "category"


def _span(values: np.ndarray, limits: Range) -> Range:
    return (float(values.min()), float(values.max())) if limits is None else limits


def _axes(
    figure: go.Figure,
    labels: tuple[str, str],
    x_range: Range,
    y_range: Range,
    equal: bool,
    x_kind: str = "linear",
    y_kind: str = "linear",
) -> None:
    set_axis(figure, "x", labels[0], x_kind, x_range)
    set_axis(figure, "y", labels[1], y_kind, y_range)
    figure.update_layout(xaxis={"showgrid": False}, yaxis={"showgrid": False})
    if equal:
        figure.update_layout(yaxis={"scaleanchor": "x", "constrain": "domain"})
        figure.update_layout(xaxis={"constrain": "domain"})

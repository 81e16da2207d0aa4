"""Curves over one axis with points and uncertainty bands, and charts above each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go
from numpy.typing import ArrayLike

from calcbook import style
from calcbook.charts._base import Marks, Range, color_of, empty, mark, pair, set_axis


def curves(
    lines: Mapping[str, Sequence[ArrayLike]] | None = None,
    *,
    points: Mapping[str, Sequence[ArrayLike]] | None = None,
    bands: Mapping[str, Sequence[ArrayLike]] | None = None,
    x: str = "",
    y: str = "",
    x_type: str = "linear",
    y_type: str = "linear",
    x_range: Range = None,
    y_range: Range = None,
    vlines: Marks = None,
    hlines: Marks = None,
    colors: Mapping[str, str] | None = None,
    dashes: Mapping[str, str] | None = None,
    title: str = "",
    marker_size: float = 5,
) -> go.Figure:
    """Draw named curves, points and bands over one pair of axes.

    Parameters
    ----------
    lines : mapping of str to (x, y)
        Curves; a NaN leaves a gap. The names "truth" and "data" have fixed colors.
    points : mapping of str to (x, y) or (x, y, error)
        Markers; ``error`` is the half-length of a vertical error bar, shape like ``y``.
    bands : mapping of str to (x, lower, upper)
        Shaded regions. A band takes the color of the line named before its " band" or of the
        first line that is neither truth nor data, unless ``colors`` says otherwise.
    x, y : str
        Axis titles with units, plain Unicode.
    x_type, y_type : {"linear", "log"}
    x_range, y_range : (low, high), optional
        In data units, also on a log axis. Left out: fitted to what is drawn.
    vlines, hlines : sequence of float, or mapping of label to float, optional
        Dashed lines across the plot.
    colors, dashes : mapping of name to color or plotly dash ("dash", "dot", ...), optional
    title : str
        Usually left out: a figure's caption says more.
    marker_size : float
        Diameter of the points in pixels.

    Returns
    -------
    plotly.graph_objects.Figure
        Bands first, then points, then lines, whatever the values: frames can be compared.
    """
    lines, points, bands = lines or {}, points or {}, bands or {}
    used: list[str] = []
    line_colors = {name: color_of(name, colors, used) for name in lines}
    point_colors = {
        name: line_colors[name] if name in line_colors else color_of(name, colors, used)
        for name in points
    }
    figure = empty(title)
    for name, band in bands.items():
        color = (colors or {}).get(name) or _band_color(name, line_colors)
        _add_band(figure, name, band, color)
    for name, series in points.items():
        _add_points(figure, name, series, point_colors[name], marker_size, name in lines)
    for name, series in lines.items():
        xs, ys = pair(series[0], series[1], name)
        line = {"color": line_colors[name], "width": 2, "dash": (dashes or {}).get(name, "solid")}
        figure.add_scatter(x=xs, y=ys, mode="lines", name=name, line=line)
    set_axis(figure, "x", x, x_type, x_range)
    set_axis(figure, "y", y, y_type, y_range)
    mark(figure, vlines, "v")
    mark(figure, hlines, "h")
    return figure


def _band_color(name: str, line_colors: Mapping[str, str]) -> str:
    owner = name.removesuffix(" band")
    if owner in line_colors:
        return line_colors[owner]
    own = [color for line, color in line_colors.items() if line not in style.ROLES]
    return own[0] if own else style.BLUE


def _add_band(figure: go.Figure, name: str, band: Sequence[ArrayLike], color: str) -> None:
    if len(band) != 3:
        raise ValueError(f"Band {name!r} must be (x, lower, upper), got {len(band)} arrays.")
    xs, lower = pair(band[0], band[1], name)
    xs, upper = pair(band[0], band[2], name)
    known = np.isfinite(lower) & np.isfinite(upper)
    xs, lower, upper = xs[known], lower[known], upper[known]
    figure.add_scatter(
        x=np.concatenate([xs, xs[::-1]]),
        y=np.concatenate([upper, lower[::-1]]),
        mode="lines",
        name=name,
        line={"width": 0, "color": color},
        fill="toself",
        fillcolor=style.translucent(color),
        hoverinfo="skip",
    )


def _add_points(
    figure: go.Figure,
    name: str,
    series: Sequence[ArrayLike],
    color: str,
    size: float,
    named_by_line: bool,
) -> None:
    xs, ys = pair(series[0], series[1], name)
    options: dict[str, Any] = {}
    if len(series) > 2:
        error, _ = pair(series[2], ys, name)
        options["error_y"] = {"type": "data", "array": error, "color": color, "thickness": 1.2}
        options["error_y"]["width"] = 0
    figure.add_scatter(
        x=xs,
        y=ys,
        mode="markers",
        name=name,
        marker={"color": color, "size": size},
        showlegend=not named_by_line,
        **options,
    )


def stack(
    figures: Sequence[go.Figure],
    *,
    heights: Sequence[float] | None = None,
    shared_x: bool = True,
    gap: float = 0.12,
) -> go.Figure:
    """Put charts above each other, first on top.

    Parameters
    ----------
    figures : sequence of Figure
        Charts with one pair of axes each.
    heights : sequence of float, optional
        Relative heights; equal by default.
    shared_x : bool
        One horizontal axis for all: it is labeled at the bottom only.
    gap : float
        Space between two charts as a share of the height.

    Returns
    -------
    plotly.graph_objects.Figure
        A curve that appears in several charts under one name has one entry in the legend.
    """
    figures = list(figures)
    if not figures:
        raise ValueError("`figures` is empty; give at least one figure.")
    shares = np.ones(len(figures)) if heights is None else np.asarray(heights, dtype=float)
    if shares.shape != (len(figures),) or np.any(shares <= 0):
        raise ValueError("`heights` must hold one positive number for each figure.")
    if gap * (len(figures) - 1) >= 1:
        raise ValueError(f"`gap` {gap} leaves no room for {len(figures)} figures.")
    shares = shares / shares.sum() * (1 - gap * (len(figures) - 1))
    result = empty()
    shown: set[str] = set()
    top = 1.0
    for index, (figure, share) in enumerate(zip(figures, shares, strict=True)):
        suffix = "" if index == 0 else str(index + 1)
        bottom = max(0.0, top - float(share))
        for trace in figure.data:
            entry = trace.to_plotly_json() | {"xaxis": f"x{suffix}", "yaxis": f"y{suffix}"}
            entry["legendgroup"] = entry.get("name", f"trace {index}")
            if entry.get("name") in shown:
                entry["showlegend"] = False
            if entry.get("showlegend") is not False:  # markers may leave their entry to the line
                shown.add(entry.get("name"))
            result.add_trace(entry)
        layout = figure.layout.to_plotly_json()
        x_axis = layout.get("xaxis", {}) | {"anchor": f"y{suffix}"}
        if shared_x and index < len(figures) - 1:
            last = "" if len(figures) == 1 else str(len(figures))
            x_axis |= {"matches": f"x{last}", "showticklabels": False, "ticks": ""}
            x_axis.pop("title", None)
        y_axis = layout.get("yaxis", {}) | {"anchor": f"x{suffix}", "domain": [bottom, top]}
        result.update_layout({f"xaxis{suffix}": x_axis, f"yaxis{suffix}": y_axis})
        for kind in ("shapes", "annotations"):
            moved = [_moved(item, suffix) for item in layout.get(kind, ())]
            result.update_layout({kind: [*getattr(result.layout, kind), *moved]})
        top = bottom - gap
    return result


def _moved(item: dict[str, Any], suffix: str) -> dict[str, Any]:
    """Return a shape or annotation whose references name the axes with ``suffix``."""
    moved = dict(item)
    for key in ("xref", "yref", "axref", "ayref"):
        if key in moved and moved[key] not in ("paper", "pixel"):
            moved[key] = moved[key][0] + suffix + moved[key][1:]
    return moved

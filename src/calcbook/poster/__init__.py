"""The poster of a figure: its start state as a small SVG, shown until plotly draws, and in print.

It is drawn from the same explicit data and layout that plotly.js gets, with the same ranges, ticks
and colors, so that a reader hardly sees one replaced by the other.
"""

from __future__ import annotations

from typing import Any

from calcbook._ranges import axis_key
from calcbook.poster._axes import Axis, equal_ratio
from calcbook.poster._bars import bars
from calcbook.poster._fields import color_bar, contour, heatmap
from calcbook.poster._frame import axes_around, legend, notes, title
from calcbook.poster._margins import LEGEND, color_bar_trace, has_legend, legend_rows, margins
from calcbook.poster._marks import scatter
from calcbook.poster._space import space
from calcbook.poster._svg import paint, percent

__all__ = ["margins", "poster"]


def poster(
    data: list[dict[str, Any]], layout: dict[str, Any], *, height: int
) -> tuple[str, dict[str, str]]:
    """Draw a figure.

    Parameters
    ----------
    data, layout : list of dict, dict
        Traces and layout as plain values, with explicit ranges, colors and margins.
    height : int
        Height of the whole figure in pixels.

    Returns
    -------
    svg : str
        As wide as its page; texts keep their size. Colors are CSS variables named after
        the light color, ``var(--c0072b2,#0072b2)``.
    twins : dict of str to str
        Dark twins of colors that the poster mixes itself.

    Raises
    ------
    ValueError
        If the figure holds something the poster cannot draw.
    """
    margin = layout["margin"]
    inner = height - margin["t"] - margin["b"]
    if "scene" in layout or any("3d" in t["type"] or t["type"] == "surface" for t in data):
        content, twins = space(data, layout, inner)
    else:
        content, twins = _plots(data, layout, height)
    bar = color_bar_trace(data)
    if bar is not None:
        drawn, more = color_bar(bar, inner)
        content, twins = content + drawn, twins | more
    content += legend(data, layout) + title(layout, margin)
    look = _look(data, layout, height)
    return f'<svg xmlns="http://www.w3.org/2000/svg" style="{look}">{content}</svg>', twins


def _look(data: list[dict[str, Any]], layout: dict[str, Any], height: int) -> str:
    """Return the root's style: the plot's box, and how a phone's page changes it.

    There plotly's legend stands below the plot. A page that is so narrow sets ``--height``,
    ``--below`` and ``--legend`` to the values that are given here under ``--narrow-...``.
    """
    margin, font = layout["margin"], layout["font"]
    top, below = margin["t"], margin["b"]
    narrow = ""
    if has_legend(data, layout):
        lower = below + 14 + 20 * legend_rows(data)
        narrow = f"--narrow-height:{height - top - lower}px;--narrow-below:{lower}px;"
        narrow += f"--narrow-legend:{height - top - LEGEND}px;"
    sides, inner = margin["l"] + margin["r"], height - top - below
    if ratio := equal_ratio(layout):
        # As large as fits and in the middle: the box is fixed by its edges and its proportions.
        box = (
            f"position:absolute;inset:{top}px {margin['r']}px {below}px {margin['l']}px;"
            f"margin:auto;width:min(100% - {sides}px,{inner * ratio:.0f}px);height:auto;"
            f"aspect-ratio:{ratio:.4g}"
        )
    else:
        box = (
            f"{narrow}height:var(--height,{inner}px);width:calc(100% - {sides}px);"
            f"margin:{top}px {margin['r']}px var(--below,{below}px) {margin['l']}px"
        )
    words = f"font-family:inherit;font-size:{font['size']}px;fill:{paint(font['color'])}"
    return f"display:block;overflow:visible;{box};{words}"


def _plots(
    data: list[dict[str, Any]], layout: dict[str, Any], height: int
) -> tuple[str, dict[str, str]]:
    """Return every pair of axes with its traces."""
    pairs: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for trace in data:
        key = (axis_key(trace.get("xaxis", "x")), axis_key(trace.get("yaxis", "y")))
        pairs.setdefault(key, []).append(trace)
    content = ""
    twins: dict[str, str] = {}
    for (x_key, y_key), traces in pairs.items():
        x_axis, y_axis = Axis(x_key, layout, data, height), Axis(y_key, layout, data, height)
        behind, around = axes_around(x_axis, y_axis)
        drawn, more = _traces(traces, x_axis, y_axis, layout)
        low, high = notes(x_axis, y_axis, layout)
        x, y = x_axis.domain, y_axis.domain
        box = f'x="{percent(x[0])}" y="{percent(1 - y[1])}"'
        box += f' width="{percent(x[1] - x[0])}" height="{percent(y[1] - y[0])}"'
        content += f'<svg {box} overflow="visible">{behind}'
        content += f'<svg width="100%" height="100%">{low}{drawn}</svg>{around}{high}</svg>'
        twins |= more
    return content, twins


def _traces(
    traces: list[dict[str, Any]], x_axis: Axis, y_axis: Axis, layout: dict[str, Any]
) -> tuple[str, dict[str, str]]:
    """Return the traces in plotly's order: fields, bars, then lines and markers."""
    shown = [trace for trace in traces if trace.get("visible", True) is True]
    content = ""
    twins: dict[str, str] = {}
    before = None
    for trace in shown:
        if trace["type"] in ("heatmap", "contour"):
            draw = heatmap if trace["type"] == "heatmap" else contour
            drawn, more = draw(trace, x_axis, y_axis)
            content, twins = content + drawn, twins | more
    standing = [trace for trace in shown if trace["type"] == "bar"]
    if standing:
        content += bars(standing, (x_axis, y_axis), layout)
    for trace in shown:
        if trace["type"] == "scatter":
            drawn, more = scatter(trace, x_axis, y_axis, before)
            content, twins, before = content + drawn, twins | more, trace
    return content, twins

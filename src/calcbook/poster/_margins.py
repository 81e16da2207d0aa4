"""Room around the plot: estimated once and written into the layout, so that plotly agrees."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import Any

from calcbook.poster._axes import Axis
from calcbook.poster._svg import width_of

COLOR_BAR = 92
LEGEND = 43
TITLE = 30
PHONE = 280  # width of the plot on a phone
LARGE = 8  # what the larger labels of a log axis add below


def margins(data: list[dict[str, Any]], layout: dict[str, Any], height: int) -> dict[str, float]:
    """Return the margins in pixels: at least the layout's, and enough for what stands outside."""
    result = dict(layout["margin"])
    axes = [Axis(key, layout, data, height) for key in layout if key[1:5] == "axis"]
    for axis in axes:
        if axis.options.get("visible", True) is False:
            continue
        if axis.horizontal:
            rotated = axis.labeled and axis.domain[0] == 0 and label_angle(axis)
            room = (0.5 * axis.label_width + 14 if rotated else 28) + (24 if axis.title else 0)
            room += LARGE if axis.log else 0
            result["b"] = max(result["b"], round(room))
            result["r"] = max(result["r"], round(_overhang(axis)))
        else:
            if axis.log and any(tick.place > 0.97 for tick in axis.ticks):
                result["t"] = max(result["t"], 22)
            result["l"] = max(result["l"], round(title_distance(axis) + (20 if axis.title else 6)))
    if has_legend(data, layout):
        result["t"] = max(result["t"], LEGEND)
    if layout.get("title", {}).get("text"):
        result["t"] += TITLE
    if color_bar_trace(data) is not None:
        result["r"] = max(result["r"], COLOR_BAR)
    return result


def _overhang(axis: Axis) -> float:
    """Return how far the last label of a horizontal axis stands out to the right, in pixels.

    plotly leaves out a label that does not fit into the figure.
    """
    marks = axis.ticks if axis.labeled and not axis.categories else []
    ends = [0.5 * width_of(t.label, t.size) - (1 - t.place) * axis.length for t in marks]
    return max(ends, default=0.0) + 6


def title_distance(axis: Axis) -> float:
    """Return how far the title of a vertical axis stands from the plot, in pixels."""
    return 8 + axis.label_width + (8 if axis.title else 0)


def label_angle(axis: Axis) -> int:
    """Return 30 where the labels of a horizontal axis would touch if written straight, else 0."""
    if "tickangle" in axis.options:
        return int(axis.options["tickangle"])
    marks = axis.ticks
    if not axis.categories or len(marks) < 2:
        return 0
    room = axis.length * abs(marks[1].place - marks[0].place) - 6
    half = [0.5 * width_of(tick.label, tick.size) for tick in marks]
    return 30 if any(a + b > room for a, b in pairwise(half)) else 0


def has_legend(data: list[dict[str, Any]], layout: dict[str, Any]) -> bool:
    """Return whether plotly shows a legend: asked for, or two named traces that may appear."""
    if "showlegend" in layout:
        return bool(layout["showlegend"])
    if any(trace.get("showlegend") is True for trace in data):
        return True
    return len(legend_traces(data)) > 1


def legend_traces(data: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the traces with an entry in the legend."""
    return [
        trace
        for trace in data
        if trace["type"] in ("scatter", "bar", "scatter3d") and trace.get("showlegend", True)
    ]


def legend_rows(data: list[dict[str, Any]]) -> int:
    """Return how many rows plotly's legend takes on a phone: one, or columns of equal width."""
    widths = [47 + width_of(str(trace.get("name", ""))) for trace in legend_traces(data)]
    if sum(widths) <= PHONE:
        return 1
    return math.ceil(len(widths) / max(1, int(PHONE / max(widths))))


def color_bar_trace(data: list[dict[str, Any]]) -> dict[str, Any] | None:
    """Return the first trace whose colors are explained by a bar, or None."""
    for trace in data:
        if trace["type"] in ("heatmap", "contour", "surface") and trace.get("showscale", True):
            return trace
    return None

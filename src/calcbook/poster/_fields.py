"""Heat maps, contour maps and color bars as SVG."""

from __future__ import annotations

import math
from itertools import pairwise
from typing import Any

import numpy as np
from contourpy import FillType, contour_generator

from calcbook.poster._axes import Axis
from calcbook.poster._scales import LEVELS, Scale
from calcbook.poster._svg import (
    UNITS,
    fill,
    percent,
    polyline,
    rectangles,
    stretched,
    stroke,
    text,
)
from calcbook.poster._ticks import ticks

MOST_CELLS = 60  # along a side; finer maps are thinned


def heatmap(trace: dict[str, Any], x_axis: Axis, y_axis: Axis) -> tuple[str, dict[str, str]]:
    """Return a heat map, one path for each color, and the dark twins of its colors."""
    x, y, z = _grid(trace, x_axis, y_axis)
    keep_x, keep_y = (np.arange(0, n, math.ceil(n / MOST_CELLS)) for n in (x.size, y.size))
    x, y, z = x[keep_x], y[keep_y], z[np.ix_(keep_y, keep_x)]
    left, bottom = x_axis.share(_edges(x)), y_axis.share(_edges(y))
    scale = Scale(trace["colorscale"], trace.get("zmin"), trace.get("zmax"), z)
    boxes: dict[int, list[tuple[float, float, float, float]]] = {}
    for i in range(y.size):
        level = [scale.level(v) if np.isfinite(v) else -1 for v in z[i]]
        start = 0
        for j in range(1, x.size + 1):
            if j == x.size or level[j] != level[start]:
                box = (left[start], bottom[i], left[j], bottom[i + 1])
                boxes.setdefault(level[start], []).append(box)
                start = j
    drawn = "".join(
        fill(rectangles(found), scale.at((level + 0.5) / LEVELS))
        for level, found in sorted(boxes.items())
        if level >= 0
    )
    # Without crisp edges hairlines of the page show between the cells.
    return f'<g shape-rendering="crispEdges">{stretched(drawn)}</g>', scale.twins


def contour(trace: dict[str, Any], x_axis: Axis, y_axis: Axis) -> tuple[str, dict[str, str]]:
    """Return a contour map: filled bands, or lines alone, and the dark twins of its colors."""
    x, y, z = _grid(trace, x_axis, y_axis)
    options = trace.get("contours", {})
    levels = _levels(trace)
    generator = contour_generator(x, y, z, fill_type=FillType.OuterCode)
    scale = Scale(trace["colorscale"], trace.get("zmin"), trace.get("zmax"), z)
    line = trace.get("line", {})
    coloring = options.get("coloring", "fill")
    if coloring not in ("fill", "none", "lines"):
        raise ValueError(f"contours.coloring {coloring!r} is not drawn by the poster; use 'fill'.")
    drawn = ""
    polygons: Any
    if coloring == "fill":
        bounds = [-np.inf, *levels, np.inf]
        for index, (low, high) in enumerate(pairwise(bounds)):
            # As plotly does: the outermost bands get the ends of the scale.
            color = scale.at(index / max(levels.size, 1))
            polygons = zip(*generator.filled(low, high), strict=True)
            for polygon, codes in polygons:
                drawn += fill(_rings(polygon, codes, x_axis, y_axis), color)
    if options.get("showlines", True):
        for index, level in enumerate(levels):
            color = line.get("color") or "#444444"
            if coloring == "lines":
                color = scale.at(index / max(levels.size - 1, 1))
            rings: Any = generator.lines(level)
            path = "".join(
                polyline(x_axis.share(curve[:, 0]), y_axis.share(curve[:, 1])) for curve in rings
            )
            drawn += stroke(path, color, line.get("width", 0.5), line.get("dash", "solid"))
    return stretched(drawn), scale.twins


def _levels(trace: dict[str, Any]) -> np.ndarray:
    options = trace.get("contours", {})
    if not {"start", "end", "size"} <= options.keys():
        raise ValueError("a contour trace needs `contours` with start, end and size.")
    step = options["size"]
    return np.arange(options["start"], options["end"] + 0.01 * step, step)


def _rings(polygon: Any, codes: Any, x_axis: Axis, y_axis: Axis) -> str:
    starts = [*np.flatnonzero(codes == 1), len(polygon)]
    return "".join(
        polyline(x_axis.share(ring[:, 0]), y_axis.share(ring[:, 1]), close=True)
        for a, b in pairwise(starts)
        for ring in [polygon[a:b]]
    )


def color_bar(trace: dict[str, Any], height: float) -> tuple[str, dict[str, str]]:
    """Return the bar of a trace's colorscale, beside the plot area, and its colors' dark twins."""
    bar = trace.get("colorbar", {})
    values = trace["z"] if "z" in trace else trace["marker"]["color"]
    scale = Scale(trace["colorscale"], trace.get("zmin"), trace.get("zmax"), values)
    span = scale.high - scale.low
    if trace["type"] == "contour":
        levels = _levels(trace)
        cuts = np.concatenate([[scale.low], levels, [scale.high]])
        shares = np.clip((cuts - scale.low) / span, 0, 1)
        tones = np.arange(levels.size + 1) / max(levels.size, 1)
    else:
        shares, tones = np.arange(LEVELS + 1) / LEVELS, (np.arange(LEVELS) + 0.5) / LEVELS
    painted = "".join(
        fill(rectangles([(0.0, low, 1.0, high)]), scale.at(tone))
        for (low, high), tone in zip(pairwise(shares), tones, strict=True)
    )
    axis = {**bar, "range": [scale.low, scale.high]}
    marks = [(tick, (tick.place - scale.low) / span) for tick in ticks(axis, height, False)]
    words = "".join(
        text(tick.label, "18", percent(1 - share), size=12, shift="4.5")
        for tick, share in marks
        if -1e-6 <= share <= 1 + 1e-6
    )
    box = f'viewBox="0 0 {UNITS} {UNITS}" preserveAspectRatio="none" width="12" height="100%"'
    drawn = (
        f'<svg x="100%" overflow="visible"><svg x="14" overflow="visible">'
        f'<svg {box} shape-rendering="crispEdges">{painted}</svg>{words}</svg></svg>'
    )
    return drawn, scale.twins


def _grid(
    trace: dict[str, Any], x_axis: Axis, y_axis: Axis
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    z = np.array([[np.nan if v is None else v for v in row] for row in trace["z"]], dtype=float)
    return x_axis.units(trace["x"]), y_axis.units(trace["y"]), z


def _edges(centers: np.ndarray) -> np.ndarray:
    if centers.size == 1:
        return np.array([centers[0] - 0.5, centers[0] + 0.5])
    middle = 0.5 * (centers[1:] + centers[:-1])
    first, last = 2 * centers[0] - middle[0], 2 * centers[-1] - middle[-1]
    return np.concatenate([[first], middle, [last]])

"""Bar traces as SVG."""

from __future__ import annotations

from typing import Any

import numpy as np

from calcbook.poster._axes import Axis
from calcbook.poster._marks import error_bars
from calcbook.poster._svg import fill, rectangles, stretched


def bars(traces: list[dict[str, Any]], axes: tuple[Axis, Axis], layout: dict[str, Any]) -> str:
    """Return all bar traces of one pair of axes; they share the room of their groups."""
    drawn = ""
    floors: dict[tuple[float, bool], float] = {}
    mode = layout.get("barmode", "group")
    for index, trace in enumerate(traces):
        upright = trace.get("orientation", "v") == "v"
        along, value_axis = axes if upright else axes[::-1]
        centers = along.units(trace["x" if upright else "y"])
        lengths = np.array(
            [np.nan if v is None else v for v in trace["y" if upright else "x"]], dtype=float
        )
        spots = np.unique(centers)
        unit = float(np.min(np.diff(spots))) if spots.size > 1 else 1.0
        room = unit * (1 - layout.get("bargap", 0.2))
        shared = len(traces) if mode == "group" else 1
        width = trace.get("width") or room / shared
        offset = (index - (len(traces) - 1) / 2) * width if mode == "group" else 0.0
        boxes = []
        colors = trace["marker"]["color"]
        for center, length in zip(centers, lengths, strict=True):
            key = (float(center), bool(length >= 0))
            base = floors.get(key, 0.0) if mode in ("stack", "relative") else 0.0
            floors[key] = base + (length if np.isfinite(length) else 0.0)
            ends = along.share(np.array([-0.5, 0.5]) * width + center + offset)
            heights = value_axis.shares([base, base + length])
            low = -1.0 if value_axis.log and not base > 0 else float(heights[0])
            boxes.append((*sorted(map(float, ends)), *sorted((low, float(heights[1])))))
        for color in dict.fromkeys(colors) if isinstance(colors, list) else [colors]:
            same = [
                (a, c, b, d) if upright else (c, a, d, b)
                for i, (a, b, c, d) in enumerate(boxes)
                if np.isfinite(a + b + c + d)
                and (colors[i] if isinstance(colors, list) else colors) == color
            ]
            drawn += fill(rectangles(same), color, trace.get("opacity", 1))
        drawn += _bar_errors(trace, axes, centers + offset, along)
    return stretched(drawn)


def _bar_errors(
    trace: dict[str, Any], axes: tuple[Axis, Axis], places: np.ndarray, along: Axis
) -> str:
    letter = "y" if along is axes[0] else "x"
    bar = trace.get(f"error_{letter}")
    if not bar or bar.get("array") is None:
        return ""
    other = "x" if letter == "y" else "y"
    spot = {other: places.tolist(), letter: trace[letter], f"error_{letter}": bar}
    spot["marker"] = {"color": "#444444"}
    plain_axes = tuple(
        _Placed(axis) if axis is along and axis.categories else axis for axis in axes
    )
    return error_bars(spot, *plain_axes)


class _Placed(Axis):
    """An axis of categories on which positions between them may be used as they are."""

    def __init__(self, axis: Axis) -> None:
        self.__dict__.update(axis.__dict__)
        self.categories = []

"""Scatter traces as SVG: lines, fills, error bars, markers and texts."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from calcbook.poster._axes import Axis
from calcbook.poster._scales import Scale
from calcbook.poster._svg import (
    at,
    dots,
    fill,
    paint,
    percent,
    polyline,
    stretched,
    stroke,
    text,
)

_ANCHORS = {"left": "end", "center": "middle", "right": "start"}
_SHIFTS = {"top": -9.0, "middle": 4.5, "bottom": 17.0}


def scatter(
    trace: dict[str, Any], x_axis: Axis, y_axis: Axis, before: dict[str, Any] | None
) -> tuple[str, dict[str, str]]:
    """Return a scatter trace, and the dark twins of the colors it adds.

    ``before`` is the scatter trace drawn before on the same axes: ``fill: tonexty`` reaches to it.
    """
    x, y = x_axis.shares(trace["x"]), y_axis.shares(trace["y"])
    mode = trace.get("mode", "lines+markers" if len(x) < 20 else "lines")
    line, marker = trace.get("line", {}), trace.get("marker", {})
    opacity = trace.get("opacity", 1)
    lines = _fill(trace, x, y, x_axis, y_axis, before)
    lines += error_bars(trace, x_axis, y_axis)
    if "lines" in mode:
        bent = _bent(x, y, line.get("shape", "linear"))
        width, dash = line.get("width", 2), line.get("dash", "solid")
        lines += stroke(polyline(*bent), line["color"], width, dash, opacity)
    loose = ""
    twins: dict[str, str] = {}
    if "markers" in mode:
        spots, loose, twins = _markers(marker, x, y, opacity * marker.get("opacity", 1))
        lines += spots
    if "text" in mode:
        loose += _texts(trace, x, y)
    return stretched(lines) + loose, twins


def _fill(
    trace: dict[str, Any],
    x: np.ndarray,
    y: np.ndarray,
    x_axis: Axis,
    y_axis: Axis,
    before: dict[str, Any] | None,
) -> str:
    kind = trace.get("fill", "none")
    if kind == "none":
        return ""
    if kind == "toself":
        outline = polyline(x, y, close=True)
    elif kind == "tozeroy":
        known = np.isfinite(x) & np.isfinite(y)
        ground = np.zeros(1) if y_axis.log else y_axis.share(np.zeros(1))
        ends = x[known][[0, -1]] if known.any() else x[:0]
        outline = polyline(
            np.concatenate([ends[:1], x[known], ends[1:]]),
            np.concatenate([ground[: ends[:1].size], y[known], ground[: ends[1:].size]]),
            close=True,
        )
    elif kind == "tonexty" and before is not None:
        back_x, back_y = x_axis.shares(before["x"])[::-1], y_axis.shares(before["y"])[::-1]
        x, y = np.concatenate([x, back_x]), np.concatenate([y, back_y])
        known = np.isfinite(x) & np.isfinite(y)
        outline = polyline(x[known], y[known], close=True)
    else:
        raise ValueError(f"fill {kind!r} is not drawn by the poster; use 'toself' or 'tozeroy'.")
    color = trace.get("fillcolor")
    return fill(outline, color or trace["line"]["color"], 1 if color else 0.5)


def error_bars(trace: dict[str, Any], x_axis: Axis, y_axis: Axis) -> str:
    """Return the error bars of a trace."""
    drawn = ""
    for letter, axis in (("x", x_axis), ("y", y_axis)):
        bar = trace.get(f"error_{letter}")
        if not bar or bar.get("array") is None:
            continue
        center = np.array([np.nan if v is None else v for v in trace[letter]], dtype=float)
        half = np.array([np.nan if v is None else v for v in bar["array"]], dtype=float)
        ends = [axis.shares(center - half), axis.shares(center + half)]
        other = (y_axis if letter == "x" else x_axis).shares(trace["y" if letter == "x" else "x"])
        gap = np.full(center.size, np.nan)
        along = np.column_stack([*ends, gap]).ravel()
        across = np.column_stack([other, other, gap]).ravel()
        path = polyline(along, across) if letter == "x" else polyline(across, along)
        color = bar.get("color") or trace["marker"]["color"]
        drawn += stroke(path, color, bar.get("thickness", 2))
    return drawn


def _bent(x: np.ndarray, y: np.ndarray, shape: str) -> tuple[np.ndarray, np.ndarray]:
    if shape == "hv":
        return np.repeat(x, 2)[1:], np.repeat(y, 2)[:-1]
    if shape == "vh":
        return np.repeat(x, 2)[:-1], np.repeat(y, 2)[1:]
    if shape in ("linear", "spline"):
        return x, y
    raise ValueError(f"line shape {shape!r} is not drawn by the poster; use 'hv' or 'linear'.")


def _markers(
    marker: dict[str, Any], x: np.ndarray, y: np.ndarray, opacity: float
) -> tuple[str, str, dict[str, str]]:
    """Return what belongs into the stretched drawing, what stands free, and new dark twins."""
    symbol, size, color = marker.get("symbol", "circle"), marker.get("size", 6), marker["color"]
    edge = marker.get("line", {})
    if symbol == "circle" and not isinstance(size, list) and isinstance(color, str):
        spots = "".join(
            polyline(x[i : i + 1], y[i : i + 1])
            for i in range(x.size)
            if -0.02 <= x[i] <= 1.02 and -0.02 <= y[i] <= 1.02
        )
        rim = edge.get("width", 0)
        below = dots(spots, edge.get("color", color), size + rim, opacity) if rim else ""
        return below + dots(spots, color, size - rim, opacity), "", {}
    twins: dict[str, str] = {}
    if isinstance(color, list) and not any(isinstance(item, str) for item in color):
        scale = Scale(marker["colorscale"], marker.get("cmin"), marker.get("cmax"), color)
        color, twins = [scale.color(v) for v in color], scale.twins
    free = ""
    for i in range(x.size):
        own_size = size[i] if isinstance(size, list) else size
        inside = -0.02 <= x[i] <= 1.02 and -0.02 <= y[i] <= 1.02
        if not inside or not own_size:
            continue
        mark = glyph(
            symbol[i] if isinstance(symbol, list) else symbol,
            own_size,
            color[i] if isinstance(color, list) else color,
            edge,
            _heading(x, y, i) if marker.get("angleref") == "previous" else 0.0,
        )
        free += at(x[i], 1 - y[i], mark)
    return "", f'<g opacity="{opacity:g}">{free}</g>' if opacity < 1 else free, twins


def _heading(x: np.ndarray, y: np.ndarray, i: int) -> float:
    """Return the clockwise angle from straight up, in degrees, of the step that ends at ``i``."""
    if i == 0 or not np.isfinite(x[i - 1] + y[i - 1]):
        return 0.0
    return math.degrees(math.atan2(1.6 * (x[i] - x[i - 1]), y[i] - y[i - 1]))


def glyph(symbol: str, size: float, color: str, edge: dict[str, Any], angle: float = 0) -> str:
    """Return one marker around the origin, in pixels, turned clockwise by ``angle`` degrees."""
    r = size / 2
    shapes = {
        "circle": f"M{-r:g} 0a{r:g} {r:g} 0 1 0 {size:g} 0a{r:g} {r:g} 0 1 0 {-size:g} 0z",
        "square": f"M{-r:g} {-r:g}h{size:g}v{size:g}h{-size:g}z",
        "diamond": f"M0 {-1.3 * r:g}l{1.3 * r:g} {1.3 * r:g}l{-1.3 * r:g} {1.3 * r:g}"
        f"l{-1.3 * r:g} {-1.3 * r:g}z",
        "triangle-up": f"M0 {-r:g}L{r:g} {0.7 * r:g}H{-r:g}z",
        "arrow": f"M0 0L{0.8 * r:g} {1.6 * r:g}H{-0.8 * r:g}z",
        "star": "".join(
            f"{'L' if k else 'M'}{(q := 1.4 * r if k % 2 == 0 else 0.55 * r) * math.sin(a):.2f} "
            f"{-q * math.cos(a):.2f}"
            for k in range(10)
            for a in [k * math.pi / 5]
        )
        + "z",
        "x": f"M{-0.8 * r:g} {-0.8 * r:g}L{0.8 * r:g} {0.8 * r:g}"
        f"M{0.8 * r:g} {-0.8 * r:g}L{-0.8 * r:g} {0.8 * r:g}",
        "cross": f"M{-r:g} 0H{r:g}M0 {-r:g}V{r:g}",
    }
    base = symbol.removesuffix("-open").removesuffix("-thin")
    if base not in shapes:
        raise ValueError(
            f"marker symbol {symbol!r} is not drawn by the poster; use one of {', '.join(shapes)}."
        )
    turn = f' transform="rotate({angle:.3g})"' if angle else ""
    if base in ("x", "cross") or symbol.endswith("-open"):
        style = f"fill:none;stroke:{paint(color)};stroke-width:{edge.get('width') or 2:g}"
    else:
        style = f"fill:{paint(color)}"
        if edge.get("width"):
            rim = paint(edge.get("color", color))
            style += f";stroke:{rim};stroke-width:{edge['width']:g}"
    return f'<path style="{style}" d="{shapes[base]}"{turn}/>'


def _texts(trace: dict[str, Any], x: np.ndarray, y: np.ndarray) -> str:
    words = trace.get("text", "")
    font = trace.get("textfont", {})
    place = trace.get("textposition", "middle center")
    result = ""
    for i in range(x.size):
        if np.isfinite(x[i] + y[i]):
            vertical, side = (place[i] if isinstance(place, list) else place).split()
            result += text(
                str(words[i] if isinstance(words, list) else words),
                percent(x[i]),
                percent(1 - y[i]),
                anchor=_ANCHORS[side],
                size=font.get("size"),
                color=font.get("color"),
                shift=f"{_SHIFTS[vertical]:g}",
            )
    return result

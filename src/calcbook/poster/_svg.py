"""The few SVG elements a poster is made of.

A poster follows the width of its page without scaling its text: the root has no viewBox and places
what it holds by percentages, while curves live in a nested `stretched` drawing of `UNITS` by
`UNITS` whose strokes keep their width in pixels.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape

import numpy as np

UNITS = 2000
_HEX = re.compile(r"#(?:[0-9a-f]{8}|[0-9a-f]{6})")
_TAG = re.compile(r"(<[^>]*>)")
_DASHES = {
    "dot": (1, 1),
    "dash": (3, 3),
    "longdash": (5, 5),
    "dashdot": (3, 1, 1, 1),
    "longdashdot": (5, 1, 1, 1),
}


def paint(color: str) -> str:
    """Return ``color`` as CSS: a hexadecimal color as a variable that a dark page may set."""
    color = color.lower()
    return f"var(--c{color[1:]},{color})" if _HEX.fullmatch(color) else color


def percent(fraction: float) -> str:
    """Return a share of the width or height, to a hundredth of a percent."""
    return f"{100 * fraction:.4g}%" if abs(fraction) >= 1e-4 else "0"


def stretched(content: str, *, clip: bool = True) -> str:
    """Return a drawing of `UNITS` by `UNITS` that fills its parent, whatever the proportions."""
    shown = "" if clip else ' overflow="visible"'
    box = f'viewBox="0 0 {UNITS} {UNITS}" preserveAspectRatio="none"'
    return f'<svg {box} width="100%" height="100%"{shown}>{content}</svg>' if content else ""


def at(x: float, y: float, content: str) -> str:
    """Return ``content``, drawn in pixels, with its origin at shares ``x`` and ``y``."""
    return f'<svg x="{percent(x)}" y="{percent(y)}" overflow="visible">{content}</svg>'


def stroke(path: str, color: str, width: float, dash: str = "solid", opacity: float = 1) -> str:
    """Return a stroked path whose width is in pixels also where the drawing is stretched."""
    if not path or width == 0:
        return ""
    style = f"fill:none;stroke:{paint(color)};stroke-width:{width:g};stroke-linejoin:round"
    if dash in _DASHES:
        unit = max(width, 3)
        style += ";stroke-dasharray:" + ",".join(f"{part * unit:g}" for part in _DASHES[dash])
    if opacity < 1:
        style += f";opacity:{opacity:g}"
    return f'<path vector-effect="non-scaling-stroke" style="{style}" d="{path}"/>'


def dots(path: str, color: str, size: float, opacity: float = 1) -> str:
    """Return round dots at the points of a path: lines of no length with round ends."""
    return stroke(path, color, size, opacity=opacity).replace(
        "stroke-linejoin:round", "stroke-linecap:round"
    )


def fill(path: str, color: str, opacity: float = 1) -> str:
    """Return a filled path."""
    if not path:
        return ""
    more = f";opacity:{opacity:g}" if opacity < 1 else ""
    return f'<path style="fill:{paint(color)}{more}" d="{path}"/>'


def polyline(x: np.ndarray, y: np.ndarray, *, close: bool = False) -> str:
    """Return path data through shares ``x``, ``y`` of the drawing; NaN parts the line."""
    pieces = []
    known = np.isfinite(x) & np.isfinite(y)
    breaks = np.flatnonzero(np.diff(known.astype(int))) + 1
    for index in np.split(np.arange(x.size), breaks):
        if index.size and known[index[0]]:
            pieces.append(_piece(x[index], y[index]) + ("z" if close else ""))
    return "".join(pieces)


def _piece(x: np.ndarray, y: np.ndarray) -> str:
    points = np.round(np.clip(np.column_stack([x, 1 - y]), -4, 5) * UNITS).astype(int)
    points = simplified(points)
    steps = np.diff(points, axis=0)
    steps = steps[np.any(steps != 0, axis=1)]
    start = f"M{points[0, 0]} {points[0, 1]}"
    if not steps.size:
        return start + "h0"
    return start + "l" + " ".join(f"{dx} {dy}" for dx, dy in steps).replace(" -", "-")


def simplified(points: np.ndarray, tolerance: float = 1.2) -> np.ndarray:
    """Drop points of a line that lie within ``tolerance`` of what the others draw.

    The algorithm of Ramer, Douglas and Peucker: keep the point farthest from the chord, and look at
    both halves again.
    """
    keep = np.zeros(len(points), dtype=bool)
    keep[[0, -1]] = True
    todo = [(0, len(points) - 1)]
    while todo:
        first, last = todo.pop()
        if last - first < 2:
            continue
        chord = points[last] - points[first]
        away = points[first + 1 : last] - points[first]
        # From the chord itself, not from its line: a curve may run back over its own track.
        along = np.clip(away @ chord / max(chord @ chord, 1), 0, 1)
        distance = np.hypot(*(away - along[:, None] * chord).T)
        farthest = int(np.argmax(distance))
        if distance[farthest] > tolerance:
            middle = first + 1 + farthest
            keep[middle] = True
            todo += [(first, middle), (middle, last)]
    return points[keep]


def rectangles(boxes: Iterable[tuple[float, float, float, float]]) -> str:
    """Return path data of boxes given by shares (left, bottom, right, top)."""
    data = ""
    for left, bottom, right, top in boxes:
        x0, x1 = round(left * UNITS), round(right * UNITS)
        y0, y1 = round((1 - top) * UNITS), round((1 - bottom) * UNITS)
        data += f"M{x0} {y0}h{x1 - x0}v{y1 - y0}h{x0 - x1}z"
    return data


def text(
    content: str,
    x: str,
    y: str,
    *,
    anchor: str = "start",
    size: float | None = None,
    color: str | None = None,
    shift: str = "",
) -> str:
    """Return a text; plotly's tags ``<br> <b> <i> <sup> <sub>`` are understood."""
    style = "" if color is None else f"fill:{paint(color)}"
    attributes = f' x="{x}" y="{y}"'
    attributes += "" if anchor == "start" else f' text-anchor="{anchor}"'
    attributes += "" if size is None else f' font-size="{size:g}"'
    attributes += f' dy="{shift}"' if shift else ""
    attributes += f' style="{style}"' if style else ""
    return f"<text{attributes}>{_rich(content, x)}</text>"


def _rich(content: str, x: str) -> str:
    result, rise = "", ""
    for part in _TAG.split(content):
        tag = part.lower().strip("</>") if _TAG.fullmatch(part) else None
        closing = part.startswith("</")
        if tag is None:
            if part:
                moved = f' dy="{rise}"' if rise else ""
                result += f"<tspan{moved}>{escape(part)}</tspan>" if moved else escape(part)
                rise = ""
        elif tag == "br":
            result += f'<tspan x="{x}" dy="1.3em">\N{ZERO WIDTH SPACE}</tspan>'
        elif tag in ("sup", "sub"):
            up = "-0.45em" if tag == "sup" else "0.25em"
            back = "0.34em" if tag == "sup" else "-0.19em"
            result += "</tspan>" if closing else f'<tspan dy="{up}" font-size="75%">'
            rise = back if closing else ""
        elif tag in ("b", "i"):
            look = 'font-weight="bold"' if tag == "b" else 'font-style="italic"'
            result += "</tspan>" if closing else f"<tspan {look}>"
    return result


def width_of(content: str, size: float = 13) -> float:
    """Estimate the width of a text in pixels; the longest line counts."""
    lines = re.split(r"<br\s*/?>", content)
    return max(len(_TAG.sub("", line)) for line in lines) * 0.56 * size

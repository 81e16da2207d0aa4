"""What stands around the data: axes, grid, legend, title, lines across and annotations."""

from __future__ import annotations

import math
from html import escape
from typing import Any

import numpy as np

from calcbook.poster._axes import FONT_SIZE, Axis
from calcbook.poster._margins import (
    LARGE,
    LEGEND,
    PHONE,
    has_legend,
    label_angle,
    legend_traces,
    title_distance,
)
from calcbook.poster._marks import glyph
from calcbook.poster._svg import UNITS, at, paint, percent, stretched, stroke, text, width_of

_ANCHORS = {"left": "start", "center": "middle", "right": "end"}
_SHIFTS = {"top": "1em", "middle": "0.35em", "bottom": "-0.3em"}


def axes_around(x_axis: Axis, y_axis: Axis) -> tuple[str, str]:
    """Return the grid, which stands behind the data, and lines, ticks and titles of two axes."""
    grid, outside = "", ""
    for axis in (x_axis, y_axis):
        if axis.options.get("visible", True) is False:
            continue
        marks = axis.ticks
        if axis.options.get("showgrid", True):
            path = "".join(_across(axis, tick.place) for tick in marks)
            grid += stroke(path, axis.options["gridcolor"], 1)
        zero = float(axis.share(0.0))
        if axis.options.get("zeroline") and not axis.log and 0 < zero < 1:
            grid += stroke(_across(axis, zero), axis.options["linecolor"], 1)
        outside += _horizontal(axis) if axis.horizontal else _vertical(axis)
    return stretched(grid), outside


def _across(axis: Axis, share: float) -> str:
    place = round((share if axis.horizontal else 1 - share) * UNITS)
    return f"M{place} 0v{UNITS}" if axis.horizontal else f"M0 {place}h{UNITS}"


def _horizontal(axis: Axis) -> str:
    line = f'style="stroke:{paint(axis.options["linecolor"])}"'
    drawn = f'<line x2="100%" {line}/>' if axis.options.get("showline") else ""
    angle = label_angle(axis)
    if axis.labeled:
        crowded = sum(width_of(t.label, t.size) + 8 for t in axis.ticks) > PHONE
        for index, (share, label, size) in enumerate(axis.ticks):
            drawn += f'<line x1="{percent(share)}" x2="{percent(share)}" y2="4" {line}/>'
            if angle:
                turned = text(label, "0", "0", shift="0.35em", size=size)
                turned = f'<g transform="translate(0 12) rotate({angle})">{turned}</g>'
                drawn += at(share, 0, turned)
            else:
                word = text(label, percent(share), "18", anchor="middle", size=size)
                # Hidden by the page's style where it is as narrow as a phone.
                drawn += f'<g class="wide-only">{word}</g>' if crowded and index % 2 else word
    drop = 37.0 + (0.5 * LARGE if axis.log else 0)
    if angle:
        drop += 0.5 * axis.label_width - 8
    drawn += text(axis.title, "50%", f"{drop:g}", anchor="middle") if axis.title else ""
    return f'<svg y="100%" overflow="visible">{drawn}</svg>'


def _vertical(axis: Axis) -> str:
    line = f'style="stroke:{paint(axis.options["linecolor"])}"'
    drawn = f'<line y2="100%" {line}/>' if axis.options.get("showline") else ""
    if axis.labeled:
        for share, label, size in axis.ticks:
            place = percent(1 - share)
            drawn += f'<line x1="-4" y1="{place}" y2="{place}" {line}/>'
            drawn += text(label, "-7", place, anchor="end", shift="0.35em", size=size)
    if axis.title:
        turned = f'<g transform="rotate(-90)">{text(axis.title, "0", "0", anchor="middle")}</g>'
        left = f"{-title_distance(axis):.0f}"
        drawn += f'<svg x="{left}" y="50%" overflow="visible">{turned}</svg>'
    return drawn


def legend(data: list[dict[str, Any]], layout: dict[str, Any]) -> str:
    """Return the legend above the plot. HTML wraps it where the page is narrow; SVG could not."""
    if not has_legend(data, layout):
        return ""
    entries = ""
    for trace in legend_traces(data):
        name = escape(str(trace.get("name", "")))
        entries += (
            '<span style="display:inline-flex;align-items:center;white-space:nowrap">'
            f'<svg width="30" height="12" style="margin-right:5px">{_sample(trace)}</svg>'
            f"<span>{name}</span></span>"
        )
    # The last row is the lowest, above the plot or, on a phone, below it.
    look = "display:flex;flex-wrap:wrap;align-content:flex-end;gap:0 12px"
    look += f";height:{LEGEND - 5}px;line-height:17px"
    color = paint(layout["font"]["color"])
    return (
        f'<foreignObject style="transform:translateY(var(--legend,{-LEGEND}px))" width="100%" '
        f'height="{LEGEND}" overflow="visible">'
        f'<div xmlns="http://www.w3.org/1999/xhtml" style="{look};color:{color}">{entries}</div>'
        "</foreignObject>"
    )


def _sample(trace: dict[str, Any]) -> str:
    """Return a line, a patch or a dot as the trace has it."""
    line, marker = trace.get("line", {}), trace.get("marker", {})
    mode = trace.get("mode", "lines")
    if trace["type"] == "bar" or trace.get("fill", "none") != "none":
        color = marker.get("color") if trace["type"] == "bar" else trace.get("fillcolor")
        color = color[0] if isinstance(color, list) else color or line["color"]
        bar = trace["type"] == "bar"
        box = 'x="9" width="12" height="12"' if bar else 'y="2" width="30" height="8"'
        return f'<rect {box} style="fill:{paint(color)}"/>'
    drawn = ""
    if "lines" in mode:
        width = line.get("width", 2)
        drawn += stroke("M0 6h30", line["color"], width, line.get("dash", "solid"))
    size, symbol = marker.get("size", 6), marker.get("symbol", "circle")
    if "markers" in mode and isinstance(marker.get("color"), str) and symbol != "arrow":
        size = max(size) if isinstance(size, list) else size
        symbol = symbol[0] if isinstance(symbol, list) else symbol
        mark = glyph(symbol, size, marker["color"], marker.get("line", {}))
        drawn += f'<g transform="translate(15 6)">{mark}</g>'
    return drawn


def title(layout: dict[str, Any], margin: dict[str, float]) -> str:
    """Return the figure's title, centered over the whole figure."""
    words = layout.get("title", {}).get("text")
    if not words:
        return ""
    return text(words, "50%", f"{20 - margin['t']:g}", anchor="middle", size=14)


def notes(x_axis: Axis, y_axis: Axis, layout: dict[str, Any]) -> tuple[str, str]:
    """Return shapes below the data, and shapes and annotations above them, of two axes."""
    below, above = "", ""
    for shape in layout.get("shapes", ()):
        if _belongs(shape, x_axis, y_axis):
            drawn = stretched(_shape(shape, x_axis, y_axis))
            if shape.get("layer") == "below":
                below += drawn
            else:
                above += f'<svg width="100%" height="100%">{drawn}</svg>'
    for note in layout.get("annotations", ()):
        if _belongs(note, x_axis, y_axis):
            above += _annotation(note, x_axis, y_axis)
    return below, above


def _belongs(item: dict[str, Any], x_axis: Axis, y_axis: Axis) -> bool:
    """Return whether these axes draw the item; one that refers to the paper goes to the first."""
    names = [item.get("xref", "x").split()[0], item.get("yref", "y").split()[0]]
    own = [x_axis.key.replace("axis", ""), y_axis.key.replace("axis", "")]
    return all(n == o or (n == "paper" and len(o) == 1) for n, o in zip(names, own, strict=True))


def _place(value: Any, reference: str, axis: Axis, decades: bool = False) -> float:
    """Return a share of the axis; ``decades`` where a log axis is already counted in decades."""
    if reference.endswith("domain"):
        return float(value)
    if reference == "paper":
        low, high = axis.domain
        return (float(value) - low) / (high - low)
    return float(axis.share(value) if decades and axis.log else axis.shares([value])[0])


def _shape(shape: dict[str, Any], x_axis: Axis, y_axis: Axis) -> str:
    x = [_place(shape[k], shape.get("xref", "x"), x_axis) for k in ("x0", "x1")]
    y = [_place(shape[k], shape.get("yref", "y"), y_axis) for k in ("y0", "y1")]
    (x0, x1), (y0, y1) = np.round(np.array(x) * UNITS), np.round((1 - np.array(y)) * UNITS)
    line, opacity = shape.get("line", {}), shape.get("opacity", 1)
    if shape["type"] == "line":
        path = f"M{x0:.0f} {y0:.0f}L{x1:.0f} {y1:.0f}"
    elif shape["type"] == "rect":
        path = f"M{x0:.0f} {y0:.0f}H{x1:.0f}V{y1:.0f}H{x0:.0f}z"
    elif shape["type"] == "circle":
        a, b = abs(x1 - x0) / 2, abs(y1 - y0) / 2
        half = f"a{a:g} {b:g} 0 1 0"
        path = f"M{min(x0, x1):.0f} {(y0 + y1) / 2:.0f}{half} {2 * a:g} 0{half} {-2 * a:g} 0z"
    else:
        raise ValueError(f"shape {shape['type']!r} is not drawn by the poster; use a trace.")
    inside = shape.get("fillcolor") if shape["type"] != "line" else None
    back = f'<path style="fill:{paint(inside)};opacity:{opacity:g}" d="{path}"/>' if inside else ""
    color = line.get("color", "#444444")
    return back + stroke(path, color, line.get("width", 2), line.get("dash", "solid"), opacity)


def _annotation(note: dict[str, Any], x_axis: Axis, y_axis: Axis) -> str:
    x = _place(note["x"], note.get("xref", "x"), x_axis, decades=True)
    y = _place(note["y"], note.get("yref", "y"), y_axis, decades=True)
    tied = [(x, note.get("xref", "x"), x_axis), (y, note.get("yref", "y"), y_axis)]
    if any(not 0 <= s <= 1 for s, ref, axis in tied if ref == axis.key.replace("axis", "")):
        return ""  # as plotly does with a note to a place out of range
    font = note.get("font", {})
    arrow = note.get("showarrow", True)
    dx, dy = (note.get("ax", -10), note.get("ay", -30)) if arrow else (0, 0)
    dx, dy = dx + note.get("xshift", 0), dy - note.get("yshift", 0)  # shifts count upward
    side = note.get("xanchor", "center" if arrow else "auto")
    rise = note.get("yanchor", "bottom" if arrow and dy < 0 else "middle")
    if side == "auto":
        side = "center"
    angle = note.get("textangle", 0)
    words = text(
        note.get("text", ""),
        "0" if angle else f"{dx:g}",
        "0" if angle else f"{dy:g}",
        anchor=_ANCHORS[side],
        size=font.get("size"),
        color=font.get("color"),
        shift=_SHIFTS.get(rise, "0.35em"),
    )
    if angle:
        words = f'<g transform="translate({dx:g} {dy:g}) rotate({angle:g})">{words}</g>'
    if arrow:
        color = note.get("arrowcolor") or font.get("color") or "#444444"
        width = note.get("arrowwidth", 1)
        heading = math.degrees(math.atan2(-dx, dy))
        head = glyph("arrow", 7 * width, color, {}, heading)
        # The line ends where the words begin.
        half = 0.5 * width_of(note.get("text", ""), font.get("size", FONT_SIZE)) + 2
        clear = max(0.0, 1 - min(half / max(abs(dx), 1e-9), 9 / max(abs(dy), 1e-9)))
        words = stroke(f"M{dx * clear:g} {dy * clear:g}L0 0", color, width) + head + words
    return at(x, 1 - y, words)

"""A plotly figure as two plain dictionaries, with the book's style written out.

plotly.js and the poster then read the same explicit values: no template, no color cycle, and no
automatic range is left for either to interpret.
"""

from __future__ import annotations

from typing import Any

import plotly.graph_objects as go

from calcbook import style
from calcbook._plain import plain
from calcbook._ranges import axis_key

State = tuple[list[dict[str, Any]], dict[str, Any]]

THREE_D = frozenset({"scatter3d", "surface"})
DRAWABLE = frozenset({"bar", "contour", "heatmap", "scatter"}) | THREE_D

BAR_TITLE = 78  # pixels from the plot to the title of its color bar


class FigureError(ValueError):
    """A figure that cannot be shown as asked; the message says why and what to change."""


_NOTE = {"arrowcolor": style.INK, "arrowhead": 2, "arrowwidth": 1.2}


def state(figure: Any, where: str) -> State:
    """Return traces and layout of ``figure``; ``where`` names the drawing in error messages."""
    if not isinstance(figure, go.Figure):
        raise FigureError(
            f"{where} returned {type(figure).__name__}; it must return a plotly go.Figure."
        )
    if not figure.data:
        raise FigureError(f"{where} returned a figure with no traces; add at least one.")
    data = [plain(trace.to_plotly_json()) for trace in figure.data]
    for index, trace in enumerate(data):
        if trace["type"] not in DRAWABLE:
            raise FigureError(
                f"{where}: trace {index} is of type {trace['type']!r}; "
                f"a figure of the book may hold {', '.join(sorted(DRAWABLE))}."
            )
        _complete(trace)
        _color(trace, style.COLORWAY[index % len(style.COLORWAY)])
    layout = plain(figure.layout.to_plotly_json())
    notes = [*layout.get("annotations", ()), *map(_bar_title, data)]
    layout["annotations"] = [{**_NOTE, **note} for note in notes if note]
    return data, _layout(layout, data)


def _layout(own: dict[str, Any], data: list[dict[str, Any]]) -> dict[str, Any]:
    own.pop("template", None)
    own.pop("width", None)
    own.pop("height", None)
    defaults = {k: v for k, v in style.TEMPLATE["layout"].items() if k not in ("xaxis", "yaxis")}
    layout = _merged(defaults, own)
    keys = {key for key in layout if key.startswith(("xaxis", "yaxis"))}
    if not any(trace["type"] in THREE_D for trace in data):
        for trace in data:
            keys |= {axis_key(trace.get(f"{letter}axis", letter)) for letter in "xy"}
    if not keys:
        layout["font"] = layout["font"] | {"family": "sans-serif"}  # WebGL inherits no font
    for key in sorted(keys):
        axis = _merged(style.TEMPLATE["layout"][key[:5]], layout.get(key, {}))
        if axis.get("type") == "log":
            axis.setdefault("tickfont", {"size": 12})  # plotly enlarges powers of ten by a quarter
        layout[key] = axis
    return layout


def _merged(base: dict[str, Any], own: dict[str, Any]) -> dict[str, Any]:
    result = dict(base)
    for key, value in own.items():
        nested = isinstance(value, dict) and isinstance(result.get(key), dict)
        result[key] = _merged(result[key], value) if nested else value
    return result


def _bar_title(trace: dict[str, Any]) -> dict[str, Any] | None:
    """Take the title off a color bar and return it as a note: plotly lays it over the labels."""
    words = trace.get("colorbar", {}).get("title", {}).get("text")
    if not words or not trace.get("showscale", True):
        return None
    trace["colorbar"] = {k: v for k, v in trace["colorbar"].items() if k != "title"}
    place = {"x": 1, "xref": "paper", "xanchor": "center", "xshift": BAR_TITLE}
    place |= {"y": 0.5, "yref": "paper", "yanchor": "middle"}
    return {**place, "text": words, "textangle": -90, "showarrow": False, "font": {"size": 13}}


def _complete(trace: dict[str, Any]) -> None:
    """Write out the coordinates that plotly counts for itself."""
    if trace["type"] in ("contour", "heatmap", "surface"):
        trace.setdefault("x", list(range(len(trace["z"][0]))))
        trace.setdefault("y", list(range(len(trace["z"]))))
    elif trace["type"] == "scatter":
        trace.setdefault("x", list(range(len(trace["y"]))))


def _color(trace: dict[str, Any], color: str) -> None:
    """Write out the color plotly would take from the cycle, so that it too has a dark twin."""
    if trace["type"] in ("contour", "heatmap", "surface"):
        trace.setdefault("colorscale", style.colorscale(style.SEQUENTIAL))
        return
    line, marker = trace.get("line", {}), trace.get("marker", {})
    color = line.get("color") or marker.get("color") or color
    if trace["type"] != "bar":
        trace["line"] = {"color": color, **line}
    if trace["type"] == "bar" or "markers" in trace.get("mode", "lines+markers"):
        trace["marker"] = {"color": color, **marker}

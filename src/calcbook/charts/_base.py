"""What every chart of the book shares: an empty figure in the book's style, axes, and marks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go
from numpy.typing import ArrayLike

from calcbook import style

Range = tuple[float, float] | None
Marks = Mapping[str, float] | Sequence[float] | None

# For an axis that shares its ticks with the one below it.
UNLABELED: dict[str, Any] = {"showticklabels": False, "ticks": "", "title": None}


def empty(title: str = "") -> go.Figure:
    """Return a figure with no traces in the book's style."""
    figure = go.Figure(layout={"template": style.TEMPLATE})
    if title:
        figure.update_layout(title={"text": title}, margin={"t": 40})
    return figure


def array(values: ArrayLike, name: str) -> np.ndarray:
    """Return ``values`` as a one-dimensional array, or say which argument is not."""
    result = np.asarray(values)
    if result.ndim != 1:
        raise ValueError(f"{name} must be one-dimensional, got shape {result.shape}.")
    return result


def pair(x: ArrayLike, y: ArrayLike, name: str) -> tuple[np.ndarray, np.ndarray]:
    """Return ``x`` and ``y`` as one-dimensional arrays of equal length."""
    x, y = array(x, f"x of {name!r}"), array(y, f"y of {name!r}")
    if x.size != y.size:
        raise ValueError(f"{name!r}: x has {x.size} values and y has {y.size}; make them equal.")
    return x, y


def set_axis(
    figure: go.Figure, which: str, title: str, kind: str = "linear", limits: Range = None
) -> None:
    """Label one axis, set its type, and its range in data units (also on a log axis)."""
    axis: dict[str, Any] = {"title": {"text": title}, "type": kind}
    if limits is not None:
        low, high = (float(v) for v in limits)
        if kind == "log":
            if min(low, high) <= 0:
                raise ValueError(f"{which}_range {limits} must be positive on a log axis.")
            low, high = float(np.log10(low)), float(np.log10(high))
        axis["range"] = [low, high]
    figure.update_layout({f"{which}axis": axis})


def mark(figure: go.Figure, marks: Marks, direction: str) -> None:
    """Draw dashed lines across the plot: ``direction`` "v" at x positions, "h" at y positions.

    ``marks`` is a sequence of positions, or a mapping from label to position.
    """
    if marks is None:
        return
    labeled = marks.items() if isinstance(marks, Mapping) else (("", value) for value in marks)
    line = {"color": style.AXIS, "width": 1.5, "dash": "dash"}
    log = figure.layout["xaxis" if direction == "v" else "yaxis"].type == "log"
    for label, value in labeled:
        along = np.log10(value) if log else value  # annotations on log axes count in decades
        if direction == "v":
            ends: dict[str, Any] = {"x0": value, "x1": value, "y0": 0, "y1": 1}
            ends |= {"xref": "x", "yref": "y domain"}
            place: dict[str, Any] = {"x": along, "y": 1, "xref": "x", "yref": "y domain"}
            place |= {"yanchor": "top", "xanchor": "left", "xshift": 3}
            if _is_far_right(figure, along):
                place |= {"xanchor": "right", "xshift": -3}
        else:
            ends = {"x0": 0, "x1": 1, "y0": value, "y1": value}
            ends |= {"xref": "x domain", "yref": "y"}
            place = {"x": 1, "y": along, "xref": "x domain", "xanchor": "right"}
            place |= {"yref": "y", "yanchor": "bottom"}
        figure.add_shape(type="line", line=line, **ends)
        if label:
            figure.add_annotation(text=label, showarrow=False, font={"size": 12}, **place)


def _is_far_right(figure: go.Figure, along: float) -> bool:
    """Tell whether words to the right of a position would soon leave the plot."""
    limits = figure.layout.xaxis.range
    return limits is not None and along > limits[0] + 0.8 * (limits[1] - limits[0])


def say(
    figure: go.Figure,
    text: str,
    color: str = style.INK,
    *,
    inside: bool = False,
    lift: float = 0,
) -> go.Figure:
    """Write what is read off a chart above its left end, or ``inside`` its upper left corner.

    A second line stands ``lift`` pixels above the first.
    """
    place = {"x": 0.015, "y": 0.98} if inside else {"x": 0, "y": 1.01}
    figure.add_annotation(
        text=text,
        showarrow=False,
        xref="x domain",
        yref="y domain",
        xanchor="left",
        yanchor="top" if inside else "bottom",
        yshift=lift,
        font={"size": 13, "color": color},
        **place,
    )
    return figure


def color_of(name: str, colors: Mapping[str, str] | None, used: list[str]) -> str:
    """Return the color of a series: the caller's choice, its role's, or the next free one."""
    if colors and name in colors:
        return colors[name]
    if name in style.ROLES:
        return style.ROLES[name]
    taken = set(used) | set((colors or {}).values())
    free = [color for color in style.COLORWAY if color not in taken]
    color = free[0] if free else style.COLORWAY[len(used) % len(style.COLORWAY)]
    used.append(color)
    return color

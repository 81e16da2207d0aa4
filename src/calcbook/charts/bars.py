"""Bars for a few named numbers side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import plotly.graph_objects as go
from numpy.typing import ArrayLike

from calcbook import style
from calcbook.charts._base import Marks, Range, array, color_of, empty, mark, set_axis


def bars(
    labels: Sequence[str],
    series: Mapping[str, ArrayLike],
    *,
    errors: Mapping[str, ArrayLike] | None = None,
    x: str = "",
    y: str = "",
    y_type: str = "linear",
    y_range: Range = None,
    horizontal: bool = False,
    stacked: bool = False,
    hlines: Marks = None,
    colors: Mapping[str, str] | None = None,
    title: str = "",
) -> go.Figure:
    """Draw one group of bars for each label, one color for each series.

    Parameters
    ----------
    labels : sequence of str, length n
        Names of the groups.
    series : mapping of str to array_like, shape (n,)
        Heights of the bars. With one series the legend is left out.
    errors : mapping of str to array_like, shape (n,), optional
        Half-lengths of error bars for the series of that name.
    x, y : str
        Titles of the axis of groups and of the axis of heights.
    y_type : {"linear", "log"}
    y_range : (low, high), optional
        Range of the heights, in data units.
    horizontal : bool
        Bars grow to the right, the first label on top: for long labels.
    stacked : bool
        The series of a group stand on top of each other.
    hlines : sequence of float, or mapping of label to float, optional
        Dashed lines at these heights.
    colors : mapping of name to color, optional
    title : str

    Returns
    -------
    plotly.graph_objects.Figure
    """
    labels = [str(label) for label in labels]
    mark_of_error = {"thickness": 1.5, "color": style.INK, "width": 0}
    figure = empty(title)
    used: list[str] = []
    for name, heights in series.items():
        heights = array(heights, f"heights of {name!r}")
        if heights.size != len(labels):
            raise ValueError(f"{name!r} has {heights.size} heights for {len(labels)} labels.")
        options: dict[str, Any] = {}
        if errors and name in errors:
            error = {"type": "data", "array": array(errors[name], f"errors of {name!r}")}
            options["error_x" if horizontal else "error_y"] = error | mark_of_error
        figure.add_bar(
            x=heights if horizontal else labels,
            y=labels if horizontal else heights,
            orientation="h" if horizontal else "v",
            name=name,
            marker={"color": color_of(name, colors, used)},
            **options,
        )
    groups, values = ("y", "x") if horizontal else ("x", "y")
    set_axis(figure, groups, x, "category")
    set_axis(figure, values, y, y_type, y_range)
    if horizontal:
        figure.update_layout(yaxis={"autorange": "reversed"})
        if y_type == "log":
            figure.update_xaxes(dtick=1)  # beside the names, a phone has room for powers alone
    figure.update_layout(
        {f"{groups}axis": {"showgrid": False}},
        barmode="stack" if stacked else "group",
        bargap=0.3,
        showlegend=len(series) > 1,
    )
    mark(figure, hlines, "v" if horizontal else "h")
    return figure

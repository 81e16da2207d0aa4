"""Drawing for settings that move together: jobs in a log, and errors of estimated gradients."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import plotly.graph_objects as go

from calcbook import style
from calcbook.charts._base import say
from calcbook.charts.lines import curves, stack
from calcbook.charts.rule_pictures import signed
from calcbook.gradient_contest import FIELD, bout
from calcbook.job_logs import MEMORY_EFFECT, ROWS_EFFECT, joint_slopes, logged_jobs, lone_slopes

WAYS = ("memory alone", "both together")


def jobs(correlation: float, way: str) -> go.Figure:
    """Draw run times against memory with one fitted slope, and the two settings below.

    Parameters
    ----------
    correlation : float
        Of memory and rows, in [0, 1).
    way : str
        One of `WAYS`: a slope of run time against memory alone, or at a fixed number of rows.
    """
    if way not in WAYS:
        raise ValueError(f"way is {way!r}; choose one of {WAYS}.")
    logged = logged_jobs(correlation)
    memory, rows = logged.settings.T
    slope = (lone_slopes if way == WAYS[0] else joint_slopes)(logged)[0]
    center = memory.mean(), logged.minutes.mean()
    ends = np.array([13.5, 18.5])
    truth = center[1] + MEMORY_EFFECT * (ends - center[0])
    top = curves(
        {
            "truth": (ends, truth),
            "estimate": (ends, center[1] + slope * (ends - center[0])),
        },
        points={"data": (memory, logged.minutes)},
        y="run time (min)",
        x_range=(13, 19),
        y_range=(17, 43),
        dashes={"truth": "dash"},
        colors={"estimate": style.VERMILION},
    )
    say(top, f"one more GB: {signed(slope)} min (truth {signed(MEMORY_EFFECT, 0)})", lift=22)
    bottom = curves(
        points={"data": (memory, rows)},
        x="memory (GB)",
        y="rows (millions)",
        x_range=(13, 19),
        y_range=(7, 13.4),
    )
    return stack([top, bottom], heights=[1.4, 1], gap=0.08).update_layout(margin_t=52)


def lone_slope(correlation: float) -> float:
    """Return what the slope against memory alone tends to: the effect, plus one by way of rows."""
    return MEMORY_EFFECT + ROWS_EFFECT * correlation


def gradient_errors(
    errors: Mapping[str, np.ndarray], dimensions: Sequence[int], shown: str
) -> go.Figure:
    """Draw the relative errors of ways to a gradient over the dimension.

    Parameters
    ----------
    errors : mapping from way to array of shape (dimensions, seeds)
    dimensions : sequence of int
    shown : str
        The way in color with its single data sets; the others are gray medians.
    """
    if shown not in errors:
        raise ValueError(f"shown is {shown!r}; choose one of {tuple(errors)}.")
    seeds = errors[shown].shape[1]
    spread = np.linspace(-0.12, 0.12, seeds)
    places = np.add.outer(np.array(dimensions, float), spread).ravel()
    dashes = dict(zip(errors, ("dash", "dot", "dashdot"), strict=True)) | {shown: "solid"}
    return (
        curves(
            {way: (dimensions, np.median(found, axis=1)) for way, found in errors.items()},
            points={"data sets": (places, errors[shown].ravel())},
            x="number of variables",
            y="error ÷ size of gradient",
            y_type="log",
            x_range=(1.7, 5.3),
            y_range=(0.01, 3),
            hlines={"as wrong as zero": 1.0},
            colors={way: style.VERMILION if way == shown else style.GRAY for way in errors}
            | {"data sets": style.VERMILION},
            dashes=dashes,
        )
        .update_annotations(yanchor="top")  # below its line, where no curve runs
        .update_xaxes(tickvals=list(dimensions))
        .update_yaxes(tickvals=[0.01, 0.1, 1], ticktext=["0.01", "0.1", "1"])
    )


def estimates(way: str, seed: int) -> go.Figure:
    """Draw estimated against true entries of gradients in two variables, in one data set.

    Parameters
    ----------
    way : str
        One of `calcbook.gradient_contest.WAYS`; the joint field is drawn with its bands of 95%.
    seed : int
        Of the data set.
    """
    result = bout(2, seed)
    found, half = result.found[way], (result.upper - result.lower) / 2
    points = {}
    for j, name in enumerate(("∂f/∂x₁", "∂f/∂x₂")):
        series = result.truth[:, j], found[:, j], half[:, j]
        points[name] = tuple(part.round(4) for part in series[: 3 if way == FIELD else 2])
    ends = np.array([-0.5, 1.5])
    figure = curves(
        {"truth": (ends, ends)},
        points=points,
        x="true entry",
        y="estimated entry",
        x_range=(-0.5, 1.5),
        y_range=(-0.6, 1.6),
        dashes={"truth": "dash"},
        colors=dict(zip(points, (style.VERMILION, style.BLUE), strict=True)),
        marker_size=7,
    )
    if way == FIELD:
        say(figure, f"bands hold {result.held().sum()} of {half.size} entries", inside=True)
    return figure

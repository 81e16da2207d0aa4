"""Drawing for diffusion: heat on a grid of cells, and a signal on a small graph."""

from __future__ import annotations

import functools

import numpy as np
import plotly.graph_objects as go

from calcbook import style
from calcbook.charts._base import empty, say, set_axis
from calcbook.charts.fields import heat
from calcbook.charts.rule_pictures import signed
from calcbook.heat_flow import diffused, graph_laplacian, grid_laplacian

CELLS = 16
TIMES = (0, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100)

# Two groups of friends, joined by one edge, and where to draw them.
EDGES = ((0, 1), (0, 2), (1, 2), (1, 3), (2, 3), (3, 4), (4, 5), (4, 6), (5, 6), (5, 7), (6, 7))
PLACES = np.array(
    [[0, 1], [1, 1.8], [1, 0.2], [2, 1], [3.4, 1], [4.4, 1.8], [4.4, 0.2], [5.4, 1]], float
)
# Where the words of each node stand, from its place, so that no edge runs through them.
WORDS = 0.34 * np.array(
    [[-1.3, -1], [0, 1], [0, -1], [1.3, 1], [-1.3, -1], [0, 1], [0, -1], [1.3, -1]]
)


def friends() -> np.ndarray:
    """Return the adjacency of the small graph, shape (8, 8)."""
    adjacency = np.zeros((len(PLACES), len(PLACES)))
    for i, j in EDGES:
        adjacency[i, j] = adjacency[j, i] = 1
    return adjacency


def first_heat(shape: str) -> np.ndarray:
    """Return a temperature on the grid: "spot", "edge" or "noise", shape (16, 16)."""
    start = np.zeros((CELLS, CELLS))
    if shape == "spot":
        start[4:7, 9:12] = 1
    elif shape == "edge":
        start[:, CELLS // 2 :] = 1
    elif shape == "noise":
        start = np.random.default_rng(0).uniform(size=start.shape)
    else:
        raise ValueError(f"shape is {shape!r}; choose 'spot', 'edge' or 'noise'.")
    return start


@functools.cache
def cooling(shape: str) -> np.ndarray:
    """Return the temperatures on the grid at all of `TIMES`, shape (10, 256)."""
    laplacian = grid_laplacian(CELLS, CELLS)
    return diffused(laplacian, first_heat(shape).ravel(), np.array(TIMES, float))


def heat_on_grid(shape: str, t: float) -> go.Figure:
    """Draw the temperature on an insulated grid after a time ``t``, one of `TIMES`."""
    if t not in TIMES:
        raise ValueError(f"t is {t!r}; choose one of {TIMES}.")
    u = cooling(shape)[TIMES.index(t)].round(3) + 0.0  # no zero with a sign
    cells = np.arange(CELLS)
    figure = heat(
        cells, cells, u.reshape(CELLS, CELLS), z_range=(0, 1), equal=True,
        labels=("column", "row"), z_label="temperature",
    )  # fmt: skip
    # Two short lines: on a narrow screen a long one would run into the color bar.
    say(figure, f"mean {u.mean():.3f}", lift=18)
    say(figure, f"from {u.min():.3f} to {u.max():.3f}")
    return figure.update_layout(margin_t=46)


def heat_on_graph(node: str, t: float) -> go.Figure:
    """Draw one unit of heat that starts at a node, after a time ``t``.

    Parameters
    ----------
    node : str
        Number of the node.
    t : float
        Not negative.
    """
    start = np.zeros(len(PLACES))
    start[int(node)] = 1
    laplacian = graph_laplacian(friends())
    u = diffused(laplacian, start, np.array([t]))[0].round(6) + 0.0  # no zero with a sign
    figure = empty()
    gap = np.full(2, np.nan)
    segments = np.concatenate([np.stack([PLACES[i], PLACES[j], gap]) for i, j in EDGES])
    figure.add_scatter(
        x=segments[:, 0], y=segments[:, 1], mode="lines", name="edges",
        line={"color": style.AXIS, "width": 2}, hoverinfo="skip",
    )  # fmt: skip
    figure.add_scatter(
        x=PLACES[:, 0], y=PLACES[:, 1], mode="markers", name="nodes",
        text=[f"node {i}: {value:.3f}" for i, value in enumerate(u)], hoverinfo="text",
        marker={
            "size": 34, "color": u.round(4), "cmin": 0, "cmax": 0.5,
            "colorscale": style.colorscale(style.SEQUENTIAL),
            "line": {"color": style.INK, "width": 1.5},
        },
    )  # fmt: skip
    # The amounts stand beside the nodes, where they are read on any color.
    words = PLACES + WORDS
    figure.add_scatter(
        x=words[:, 0], y=words[:, 1], mode="text", name="heat",
        text=[f"<b>{i}</b>  {value:.2f}" for i, value in enumerate(u)], hoverinfo="skip",
        textfont={"size": 13, "color": style.INK},
    )  # fmt: skip
    set_axis(figure, "x", "", limits=(-1.1, 6.5))
    set_axis(figure, "y", "", limits=(-0.5, 2.3))
    for axis in (figure.update_xaxes, figure.update_yaxes):
        axis(showticklabels=False, showgrid=False, ticks="", zeroline=False, showline=False)
    rate = float(laplacian[int(node)] @ u)
    say(figure, f"Laplacian at node {node}: {signed(rate, 3)}", lift=18)
    say(figure, f"sum of all heat: {u.sum():.3f}")
    return figure.update_layout(showlegend=False, margin_t=46)

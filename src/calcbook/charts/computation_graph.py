"""Drawing for reverse mode: a graph of operations, and how one gradient comes about."""

from __future__ import annotations

from typing import Any

import numpy as np
import plotly.graph_objects as go

from calcbook import style, tape
from calcbook.charts._base import empty, set_axis
from calcbook.charts.rule_pictures import signed
from calcbook.tape import Node

# Where each node stands; the loss is at the top, and the formulas say how each is computed.
_PLACES = {
    "w": (-0.5, 0.0),
    "x": (1.0, 0.0),
    "b": (2.5, 0.0),
    "a": (0.25, 1.0),
    "z": (1.0, 2.0),
    "s": (1.75, 3.0),
    "p": (1.0, 4.0),
    "e": (1.0, 5.0),
    "L": (1.0, 6.0),
}
_FORMULAS = {"a": "a = w·x", "z": "z = a + b", "s": "s = σ(z)", "p": "p = z·s", "e": "e = p − 1"}
_FORMULAS |= {"L": "L = e²"}
INPUTS = ("w", "x", "b")
NODES = ("L", "e", "p", "s", "z", "a", "b", "w")  # in the order in which the gradients come


def loss_graph(w: float, x: float = 2.0, b: float = 0.5) -> dict[str, Node]:
    """Return the nodes of ``(silu(w x + b) - 1)²`` by name, with their gradients."""
    nodes = {"w": Node(w), "x": Node(x), "b": Node(b)}
    nodes["a"] = nodes["w"] * nodes["x"]
    nodes["z"] = nodes["a"] + nodes["b"]
    nodes["s"] = tape.sigmoid(nodes["z"])
    nodes["p"] = nodes["z"] * nodes["s"]
    nodes["e"] = nodes["p"] - 1
    nodes["L"] = nodes["e"] * nodes["e"]
    nodes["L"].backward()
    return nodes


def local_derivatives(nodes: dict[str, Node]) -> dict[tuple[str, str], float]:
    """Return the derivative of each node with respect to each it is computed from, by names."""
    name_of = {id(node): name for name, node in nodes.items()}
    found: dict[tuple[str, str], float] = {}
    for name, node in nodes.items():
        for parent, pullback in node.parents:
            if id(parent) in name_of:  # constants have no name
                edge = (name_of[id(parent)], name)
                found[edge] = found.get(edge, 0.0) + float(np.asarray(pullback(np.ones(()))))
    return found


def graph(node: str, w: float) -> go.Figure:
    """Draw the graph with its values, and the gradient of one node as it comes about.

    A click on a node chooses it, where the page has a menu of `NODES`.

    Parameters
    ----------
    node : str
        One of `NODES`. The gradients of it and of the nodes above it are known by then.
    w : float
        The weight.
    """
    nodes, figure = loss_graph(w), empty()
    local = local_derivatives(nodes)
    users = [edge for edge in local if edge[0] == node]
    known = NODES[: NODES.index(node) + 1]
    for name, edges, color, width in (
        ("computed from", list(local), style.AXIS, 1.5),
        ("summed here", users, style.VERMILION, 4),
    ):
        ends = [(*_PLACES[start], *_PLACES[end]) for start, end in edges] or [(np.nan,) * 4]
        lines = np.array([[(x0, y0), (x1, y1), (np.nan, np.nan)] for x0, y0, x1, y1 in ends])
        figure.add_scatter(
            x=lines[..., 0].ravel(),
            y=lines[..., 1].ravel(),
            mode="lines",
            name=name,
            line={"color": color, "width": width},
        )
    for name, shown, color in (
        ("gradient to come", [each for each in _PLACES if each not in known], style.AXIS),
        ("gradient known", [each for each in known if each != node], style.BLUE),
        ("chosen", [node], style.VERMILION),
    ):
        figure.add_scatter(
            x=[_PLACES[each][0] for each in shown],
            y=[_PLACES[each][1] for each in shown],
            mode="markers",
            name=name,
            marker={"size": 13, "color": color},
            customdata=shown,
            hovertext=[signed(nodes[each].value.item()) for each in shown],
            hoverinfo="none",
        )
    for name, (x, y) in _PLACES.items():
        # The sigmoid stands so far right that a phone has no room for its words in one line.
        equals = "<br>= " if name == "s" else " = "
        value = f"{_FORMULAS.get(name, name)}{equals}{signed(nodes[name].value.item())}"
        gradient = f"<br>∂L/∂{name} = {signed(nodes[name].grad.item())}" if name in known else ""
        color = style.VERMILION if name == node else style.BLUE if name in known else style.INK
        side = "center" if name in INPUTS else "right" if name == "a" else "left"
        # The words of the sigmoid make way for the slope along the chosen edge beside them.
        lift = {"z": 12, "s": -12}.get(node, 0) if name == "s" else 0
        _note(figure, x, y, value + gradient, color, side, lift)
    for edge in users:
        (x0, y0), (x1, y1) = _PLACES[edge[0]], _PLACES[edge[1]]
        words = f"× {signed(local[edge])}"
        side = "left" if "s" in edge else "right"  # to the left of those, another edge goes up
        _note(figure, (x0 + x1) / 2, (y0 + y1) / 2, words, style.VERMILION, side)
    figure.add_annotation(
        text=_sentence(node, nodes, local),
        showarrow=False,
        xref="x domain",
        yref="y domain",
        x=0,
        y=1.01,
        xanchor="left",
        yanchor="bottom",
        font={"size": 13, "color": style.VERMILION},
    )
    set_axis(figure, "x", "inputs below, the loss on top", limits=(-1.4, 3.4))
    set_axis(figure, "y", "", limits=(-0.95, 6.5))
    for axis in (figure.layout.xaxis, figure.layout.yaxis):
        axis.update(showgrid=False, showticklabels=False, ticks="", showline=False)
    return figure.update_layout(showlegend=False, margin={"t": 34, "l": 8})


def _note(
    figure: go.Figure, x: float, y: float, text: str, color: str, anchor: str, lift: float = 0
) -> None:
    figure.add_annotation(
        x=x,
        y=y,
        text=text,
        showarrow=False,
        xanchor=anchor,
        xshift={"left": 12, "right": -12, "center": 0}[anchor],
        yanchor="top" if anchor == "center" else "middle",
        yshift=-8 if anchor == "center" else lift,
        align=anchor,
        font={"size": 13, "color": color},
    )


def _sentence(node: str, nodes: dict[str, Node], local: dict[tuple[str, str], float]) -> str:
    users: list[Any] = [end for start, end in local if start == node]
    if not users:
        return "∂L/∂L = 1: here the way back begins"
    terms = [f"{signed(nodes[u].grad.item())} × {signed(local[node, u])}" for u in users]
    joined = " + ".join(f"({term})" if "−" in term and len(terms) > 1 else term for term in terms)
    return f"∂L/∂{node} = {joined} = {signed(nodes[node].grad.item())}"

"""Drawing for numerical integration: errors over cost, in one and many dimensions."""

from __future__ import annotations

import functools

import numpy as np
import plotly.graph_objects as go

from calcbook import style
from calcbook.charts.lines import curves
from calcbook.dimension_race import errors_of
from calcbook.quadrature_rules import RULES, composite, noisy_error

RULE_COLORS = dict(zip(RULES, (style.GRAY, style.BLUE, style.VERMILION, style.GREEN), strict=True))
RACE_COLORS = {
    "trapezoid": style.BLUE,
    "Simpson": style.VERMILION,
    "Monte Carlo": style.INK,
    "quasi-Monte Carlo": style.GREEN,
}
RACE_DASHES = {"trapezoid": "dot", "Simpson": "dash", "quasi-Monte Carlo": "dashdot"}
PIECES = 2 ** np.arange(0, 11)
SMALLEST = 1e-16
TICKS = {
    "tickvals": [1e-15, 1e-12, 1e-9, 1e-6, 1e-3, 1],
    "ticktext": ["10⁻¹⁵", "10⁻¹²", "10⁻⁹", "10⁻⁶", "10⁻³", "1"],
}
COUNT_TICKS = {
    "tickvals": [1, 10, 100, 1000, 10_000],
    "ticktext": ["1", "10", "100", "1000", "10 000"],
}


def orders(integrand: str, noise: float) -> go.Figure:
    """Draw the error of four rules over the number of values they take.

    Parameters
    ----------
    integrand : str
        One of `calcbook.quadrature_rules.INTEGRANDS`.
    noise : float
        Standard deviation of the noise in every value.
    """
    lines = {}
    for rule in RULES:
        counts = [composite(rule, int(pieces)).nodes.size for pieces in PIECES]
        errors = [noisy_error(rule, integrand, int(pieces), noise) for pieces in PIECES]
        lines[rule] = (counts, np.maximum(errors, SMALLEST))
    figure = curves(
        lines,
        points=lines,
        x="values of f",
        y="error of the integral",
        x_type="log",
        y_type="log",
        x_range=(0.9, 4000),
        y_range=(3e-17, 3),
        colors=RULE_COLORS,
        dashes={"left end": "dot", "trapezoid": "dash", "Simpson": "dashdot"},
    )
    return figure.update_xaxes(**COUNT_TICKS).update_yaxes(**TICKS)


_errors = functools.cache(errors_of)


def race(dimension: int) -> go.Figure:
    """Draw the errors of four ways to integrate over the cube, over the values they take.

    Parameters
    ----------
    dimension : int
    """
    lines = {
        rule: (counts, np.maximum(errors, SMALLEST))
        for rule, (counts, errors) in _errors(dimension).items()
    }
    figure = curves(
        lines,
        points=lines,
        x="values of f",
        y="error of the integral (true value 1)",
        x_type="log",
        y_type="log",
        x_range=(1.5, 25_000),
        y_range=(3e-11, 30),
        colors=RACE_COLORS,
        dashes=RACE_DASHES,
        marker_size=6,
    )
    return figure.update_xaxes(**COUNT_TICKS).update_yaxes(**TICKS)

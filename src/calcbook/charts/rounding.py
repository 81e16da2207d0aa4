"""Drawing for limits on a computer: how wrong two forms of one expression are."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go

from calcbook import style
from calcbook.charts._base import say
from calcbook.charts.lines import curves
from calcbook.rounding import EXPRESSIONS, PRECISIONS, relative_error

NAIVE, STABLE = style.VERMILION, style.BLUE
_LEAST, _MOST = 1e-18, 30.0  # an error of 0 is drawn at the lower end, an overflow at the upper
_POWERS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def errors(expression: str, precision: str, forms: str) -> go.Figure:
    """Draw the relative error of an expression's forms over their argument, on log axes.

    Parameters
    ----------
    expression : str
        One of `calcbook.rounding.EXPRESSIONS`.
    precision : {"float32", "float64"}
    forms : {"as written", "both"}
        Whether the stable form is drawn too.
    """
    if forms not in ("as written", "both"):
        raise ValueError(f"`forms` is {forms!r}; choose 'as written' or 'both'.")
    chosen = EXPRESSIONS[expression]
    h, naive = relative_error(expression, "naive", precision)
    _, stable = relative_error(expression, "stable", precision)
    shown = stable if forms == "both" else np.full(h.size, np.nan)
    half = float(np.finfo(PRECISIONS[precision]).eps) / 2
    low, high = chosen.arguments
    figure = curves(
        {"as written": (h, _clipped(naive)), "stable": (h, _clipped(shown))},
        x=chosen.argument,
        y="relative error",
        x_type="log",
        y_type="log",
        x_range=(10.0**low, 10.0**high),
        y_range=(_LEAST, 100),
        hlines={"one rounding": half, "no digit is right": 1.0},
        colors={"as written": NAIVE, "stable": STABLE},
    )
    powers = [-15, -10, -5, 0]
    figure.update_yaxes(tickvals=[10.0**k for k in powers], ticktext=[_power(k) for k in powers])
    step = 4 if high - low > 8 else 1
    ticks = range(int(low), int(high) + 1, step)
    figure.update_xaxes(tickvals=[10.0**k for k in ticks], ticktext=[_power(k) for k in ticks])
    say(figure, f"as written: {chosen.forms[0]}", NAIVE, lift=18)
    say(figure, f"stable: {chosen.forms[1]}" if forms == "both" else "stable: …", STABLE)
    return figure.update_layout(showlegend=False, margin_t=46)


def _clipped(error: np.ndarray) -> np.ndarray:
    return np.clip(error, _LEAST, _MOST)


def _power(k: int) -> str:
    return "1" if k == 0 else f"10{str(k).translate(_POWERS)}"

"""Drawing for the step of a difference quotient: errors of rounding, noise and truncation."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go

from calcbook import style
from calcbook.charts._base import say
from calcbook.charts.lines import curves
from calcbook.step_size import (
    ACCURACIES,
    RULES,
    STEPS,
    accuracy_error,
    measured_order,
    predicted_error,
    predicted_step,
    rms_error,
)

COLORS = {"forward": style.BLUE, "central": style.VERMILION}
_ACCURACY_COLORS = (style.BLUE, style.VERMILION, style.GREEN, style.PURPLE)
SHOWN = STEPS[::2]
ERRORS = (1e-13, 1e3)
TICKS = {
    "tickvals": [1e-12, 1e-9, 1e-6, 1e-3, 1],
    "ticktext": ["10⁻¹²", "10⁻⁹", "10⁻⁶", "10⁻³", "1"],
}
_SUPERSCRIPT = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def _short(value: float) -> str:
    """Return a number with two digits: 0.41, or 1.0×10⁻⁸ where that is too small to read."""
    if 1e-3 <= value < 1e3:
        return f"{value:.2g}"
    digits, power = f"{value:.1e}".split("e")
    return f"{digits}×10{str(int(power)).translate(_SUPERSCRIPT)}"


def _clipped(errors: np.ndarray) -> np.ndarray:
    """Leave out what stands above the frame, so that no line runs far outside it."""
    return np.where(errors > 10 * ERRORS[1], np.nan, errors)


def u_curve(noise: float) -> go.Figure:
    """Draw the error of both rules over the step as measured, by the formula, and at its best.

    Parameters
    ----------
    noise : float
        Standard deviation of the noise in every value of the sine; 0 leaves rounding alone.
    """
    measured, formula, best = {}, {}, {}
    for rule in RULES:
        measured[rule] = (SHOWN, _clipped(rms_error(rule, SHOWN, noise)))
        predicted = np.array([predicted_error(rule, noise, step) for step in SHOWN[::4]])
        formula[f"{rule}, formula"] = (SHOWN[::4], _clipped(predicted))
        best[f"{rule}, predicted best"] = (
            [predicted_step(rule, noise)],
            [predicted_error(rule, noise)],
        )
    figure = curves(
        measured | formula,
        points=best,
        x="step h",
        y="error of the derivative (RMS)",
        x_type="log",
        y_type="log",
        x_range=(1e-13, 3),
        y_range=ERRORS,
        colors={name: COLORS[name.split(",")[0]] for name in [*measured, *formula, *best]},
        dashes=dict.fromkeys(formula, "dot"),
        marker_size=12,
    ).update_traces(marker_symbol="diamond", selector={"mode": "markers"})
    figure.update_xaxes(**TICKS).update_yaxes(**TICKS)
    for rule, lift in zip(RULES, (18, 0), strict=True):
        step, error = predicted_step(rule, noise), predicted_error(rule, noise)
        words = f"{rule}: h* = {_short(step)}, error {_short(error)}"
        say(figure, words, COLORS[rule], lift=lift)
    return figure.update_layout(showlegend=False, margin_t=46)


def orders(noise: float) -> go.Figure:
    """Draw the error of rules of accuracy 1, 2, 4 and 6 over the step.

    The legend tells the slope of each line on log axes, measured without noise.

    Parameters
    ----------
    noise : float
        As for `u_curve`.
    """
    names = {each: f"order {each}: slope {measured_order(each):.2f}" for each in ACCURACIES}
    figure = curves(
        {names[each]: (SHOWN, _clipped(accuracy_error(each, SHOWN, noise))) for each in ACCURACIES},
        x="step h",
        y="error of the derivative (RMS)",
        x_type="log",
        y_type="log",
        x_range=(1e-7, 3),
        y_range=(1e-15, 10),
        colors=dict(zip(names.values(), _ACCURACY_COLORS, strict=True)),
        dashes={names[1]: "dot", names[2]: "dash", names[4]: "dashdot"},
    )
    return figure.update_xaxes(**TICKS).update_yaxes(**TICKS)

"""Drawing for softmax with a temperature."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go

from calcbook import style
from calcbook.charts._base import say
from calcbook.charts.bars import bars
from calcbook.charts.lines import curves, stack
from calcbook.temperature import SCORES, sensitivity, tempered

_ALL = np.geomspace(0.01, 100, 121)
_LEAST = 1e-12


def softmax_at(scores: str, temperature: float) -> go.Figure:
    """Draw the probabilities at a temperature, and below their sensitivity at every temperature.

    Parameters
    ----------
    scores : str
        One of `calcbook.temperature.SCORES`.
    temperature : float
        T, between 0.01 and 100.
    """
    z = SCORES[scores]
    names = [f"{value:g}".replace("-", "−") for value in z]
    names = [f"{name} again" if name in names[:i] else name for i, name in enumerate(names)]
    p = tempered(z, temperature)
    top = bars(names, {"probability": p}, x="score", y="probability", y_range=(0, 1))
    told = ", ".join(f"{each:.2f}" for each in p)
    say(top, f"T = {temperature:g}: {told}", style.BLUE)
    here = sensitivity(z, temperature)
    slopes = np.array([sensitivity(z, t) for t in _ALL])
    bottom = curves(
        {"sensitivity": (_ALL, np.where(slopes < _LEAST / 100, np.nan, slopes))},
        points={"here": ([temperature], [max(here, _LEAST)])},
        x="temperature T",
        y="sensitivity",
        x_type="log",
        y_type="log",
        x_range=(100, 0.01),
        y_range=(_LEAST, 100),
        colors={"sensitivity": style.VERMILION, "here": style.INK},
        marker_size=9,
    )
    bottom.update_yaxes(tickvals=[1e-10, 1e-5, 1], ticktext=["10⁻¹⁰", "10⁻⁵", "1"])
    bottom.update_xaxes(
        tickvals=[100, 10, 1, 0.1, 0.01], ticktext=["100", "10", "1", "0.1", "0.01"]
    )
    say(bottom, f"changes come through {_short(here)} times", style.VERMILION)
    figure = stack([top, bottom], gap=0.24, shared_x=False)
    return figure.update_layout(showlegend=False, margin_t=28)


def _short(value: float) -> str:
    if value >= 1e-3:
        return f"{value:.2g}"
    return "next to 0" if value < _LEAST else f"{value:.0e}".replace("e-0", "e-").replace("-", "−")

"""Drawing for spectral bias: what a network has learned of three waves after some steps."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go

from calcbook import style
from calcbook.charts._base import say
from calcbook.charts.bars import bars
from calcbook.charts.lines import curves, stack
from calcbook.spectral_bias import PERIODS, STEPS, train


def learned(inputs: str, step: int) -> go.Figure:
    """Draw a network's fit after some steps, and the share of each wave that it holds.

    Parameters
    ----------
    inputs : {"x", "Fourier features"}
    step : int
        One of `calcbook.spectral_bias.STEPS`.
    """
    if step not in STEPS:
        raise ValueError(f"`step` is {step}; choose one of {', '.join(map(str, STEPS))}.")
    run, place = train(inputs), STEPS.index(step)
    above = curves(
        {"network": (run.x, np.round(run.fits[place, 0], 3))},
        points={"data": (np.round(run.x, 4), np.round(run.target, 3))},
        x="x",
        y="u",
        x_range=(0, 1),
        y_range=(-3.4, 3.4),
        colors={"network": style.VERMILION},
    )
    say(above, f"after {step} steps")
    labels = [f"{k} period{'s' * (k > 1)}" for k in PERIODS]
    below = bars(
        labels,
        {"share learned": np.round(run.learned[place, 0], 3)},
        x="wave",
        y="share learned",
        y_range=(-0.6, 1.5),
        hlines=[1.0],
        colors={"share learned": style.BLUE},
    )
    figure = stack([above, below], heights=[1.4, 1], shared_x=False, gap=0.16)
    return figure.update_layout(margin_t=50, legend_y=1.06)

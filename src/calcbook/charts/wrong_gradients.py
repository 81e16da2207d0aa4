"""Drawing for four hand-written gradients: the fit as training goes, and the losses."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go

from calcbook import style
from calcbook.charts._base import say
from calcbook.charts.lines import curves, stack
from calcbook.hand_gradients import VERSIONS, curve, measurements, predict, train

_GRID = np.linspace(-3, 3, 100)


def training(version: str, step: int, seed: int = 0) -> go.Figure:
    """Draw what a version of the network predicts at a step of its training, and all losses.

    Parameters
    ----------
    version : str
        One of `calcbook.hand_gradients.VERSIONS`; it is drawn in color, the others in gray.
    step : int
        Where in the training; the losses are shown up to here.
    seed : int
        Of the samples and of the first parameters.
    """
    samples, runs = measurements(seed), {each: train(each, seed) for each in VERSIONS}
    chosen = runs[version]
    top = curves(
        {"truth": (_GRID, curve(_GRID)), "network": (_GRID, predict(chosen.thetas[step], _GRID))},
        points={"data": (samples.x, samples.y)},
        x="input x",
        y="output y",
        x_range=(-3, 3),
        y_range=(-4, 4),
        dashes={"truth": "dash"},
        colors={"network": style.VERMILION},
    )
    steps = np.unique(np.r_[np.arange(0, 60, 2), np.arange(60, len(chosen.losses), 10), step])
    shown = steps[steps <= step]
    losses = {f"version {each}": (shown, run.losses[shown]) for each, run in runs.items()}
    bottom = curves(
        losses,
        points={"here": ([step], [chosen.losses[step]])},
        x="training step",
        y="loss (mean squared error)",
        y_type="log",
        x_range=(0, len(chosen.losses) - 1),
        y_range=(0.02, 20),
        colors={
            name: style.VERMILION if name.endswith(version) else style.AXIS
            for name in [*losses, "here"]
        }
        | {"here": style.VERMILION},
        marker_size=9,
    )
    bottom.update_yaxes(tickvals=[0.1, 1, 10], ticktext=["0.1", "1", "10"])
    words = f"loss of version {version} at step {step}: {chosen.losses[step]:.3f}"
    say(bottom, words, style.VERMILION)
    figure = stack([top, bottom], shared_x=False, gap=0.2)
    for trace in figure.data:
        trace.showlegend = trace.name in ("truth", "network", "data")
    return figure

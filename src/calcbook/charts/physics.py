"""Drawing for laws and data: forecasts, slopes against values, errors of estimated rates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import plotly.graph_objects as go
from numpy.typing import ArrayLike

from calcbook import style
from calcbook.charts.bars import bars
from calcbook.charts.lines import curves

Series = tuple[ArrayLike, ArrayLike]


def forecast(readings: Series, truth: Series, network: Series) -> go.Figure:
    """Draw a network's curve over the readings it saw and the future it did not see.

    Parameters
    ----------
    readings, truth, network : (t, u)
        Times in hours and concentrations relative to the first; the last reading is marked.
    """
    return curves(
        {"truth": truth, "network": network},
        points={"data": readings},
        vlines={"last reading": float(np.max(readings[0]))},
        x="time after the dose (h)",
        y="concentration (1 at the dose)",
        y_range=(-0.3, 1.2),
    )


def losses(parts: Mapping[str, ArrayLike], noise_variance: float, every: int = 5) -> go.Figure:
    """Draw parts of a loss, one value a step, against a line at the variance of the noise."""
    shown = {name: (np.arange(len(p))[::every], p[::every]) for name, p in _arrays(parts).items()}
    last = max(float(step[-1]) for step, _ in shown.values())
    return curves(
        shown | {"noise variance": ([0.0, last], [noise_variance, noise_variance])},
        colors={"noise variance": style.INK},
        dashes={"noise variance": "dash"},
        y_type="log",
        y_range=(1e-6, 1),
        x="step",
        y="loss",
    )


def learned_rates(rates: ArrayLike, truth: float, every: int = 10) -> go.Figure:
    """Draw learned rates (steps, runs) against the step: each run thin, their mean on top."""
    runs = np.asarray(rates, dtype=float)[::every]
    step = every * np.arange(len(runs))
    gaps = np.vstack([runs, np.full(runs.shape[1], np.nan)])  # one trace, broken between runs
    together = np.tile(np.append(step, np.nan), runs.shape[1])
    figure = curves(
        {
            "each repetition": (together, gaps.T.ravel()),
            "mean": (step, runs.mean(axis=1)),
            "truth": (step[[0, -1]], [truth, truth]),
        },
        colors={"each repetition": style.AXIS, "mean": style.BLUE},
        dashes={"truth": "dash"},
        x="step",
        y="learned k (per hour)",
        y_range=(-0.3, 3.2),
    )
    figure.update_traces(line_width=0.8, selector={"name": "each repetition"})
    return figure


def energies(t: ArrayLike, relative: Mapping[str, ArrayLike]) -> go.Figure:
    """Draw the true energy along forecasts, relative to that at their start."""
    return curves(
        {name: (t, values) for name, values in relative.items()},
        hlines=[1.0],
        x="time (s)",
        y="energy (1 at the start)",
        y_range=(0.3, 1.7),
    )


def error_by_weight(
    weights: Sequence[float], errors: Mapping[str, ArrayLike], without: float
) -> go.Figure:
    """Draw median errors against the weight of a law, the middle half of the runs shaded.

    Parameters
    ----------
    weights : sequence of float, length w
        Positive weights.
    errors : mapping of str to array_like, shape (w, runs)
    without : float
        Error with no law, drawn as a line.
    """
    quarters = [0.25, 0.5, 0.75]
    quartiles = {name: np.quantile(e, quarters, axis=1) for name, e in _arrays(errors).items()}
    figure = curves(
        {name: (weights, q[1]) for name, q in quartiles.items()},
        bands={f"{name} band": (weights, q[0], q[2]) for name, q in quartiles.items()},
        hlines={"beyond, no law": without},
        x_type="log",
        y_type="log",
        y_range=(3e-4, 0.3),
        x="weight λ of the law",
        y="error (RMS)",
    )
    figure.update_traces(showlegend=False, selector={"fill": "toself"})
    return figure


def rivals(errors: Mapping[str, Mapping[str, float]]) -> go.Figure:
    """Draw errors of named methods as horizontal bars; NaN leaves a bar out."""
    names = list(next(iter(errors.values())))
    return bars(
        names,
        {part: [error[name] for name in names] for part, error in errors.items()},
        y="error (RMS)",
        y_type="log",
        y_range=(3e-4, 0.3),
        horizontal=True,
    )


def slope_check(
    t: ArrayLike, truth: ArrayLike, network: ArrayLike, band: tuple[ArrayLike, ArrayLike]
) -> go.Figure:
    """Draw a network's slope against the band of the slope that was estimated from data."""
    name = "95% band from data"
    return curves(
        {"truth": (t, truth), "network": (t, network)},
        bands={name: (t, *band)},
        colors={name: style.GREEN},
        x="time after the dose (h)",
        y="du/dt (per hour)",
        y_range=(-1.3, 0.2),
    )


def slope_against_value(u: ArrayLike, du: ArrayLike) -> go.Figure:
    """Draw estimated slopes against estimated values over the line of the law du/dt = -u."""
    ends = np.array([-0.2, 1.2])
    return curves(
        {"truth: du/dt = −u": (ends, -ends)},
        points={"estimated from data": (u, du)},
        colors={"truth: du/dt = −u": style.INK, "estimated from data": style.BLUE},
        x="value u",
        y="slope du/dt (per second)",
        x_range=(-0.2, 1.2),
        y_range=(-2, 1),
    )


def estimated_rates(groups: Mapping[str, ArrayLike], truth: float) -> go.Figure:
    """Draw groups of estimates side by side, sorted within each, and a line at the truth."""
    points = {}
    for place, (name, values) in enumerate(_arrays(groups).items()):
        points[name] = (place + np.linspace(-0.3, 0.3, len(values)), np.sort(values))
    figure = curves(
        points=points,
        hlines={"truth": truth},
        x_range=(-0.5, len(points) - 0.2),  # room for the line's name
        x="records, sorted within each group",
        y="estimated k (per second)",
    )
    figure.update_xaxes(showticklabels=False, ticks="", showgrid=False)
    return figure


def _arrays(series: Mapping[str, ArrayLike]) -> dict[str, np.ndarray]:
    return {name: np.asarray(values, dtype=float) for name, values in series.items()}

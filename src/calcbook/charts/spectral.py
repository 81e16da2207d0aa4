"""Drawing for spectral differentiation: the derivative, its spectrum, and the error's U-curve."""

from __future__ import annotations

import functools

import numpy as np
import plotly.graph_objects as go

from calcbook import style
from calcbook.charts._base import say
from calcbook.charts.lines import curves, stack
from calcbook.spectral import PERIOD, error, hill, hill_slope, samples, spectral_derivative

CUTOFFS = (1, 2, 3, 4, 5, 6, 8, 12, 20, 40, 80, 127)
_PERIODS = (0.9, 150)  # of the waves shown: room for marks at the ends
_DOTTED = {"truth": "dot"}  # over what it is compared with, and hides none of it


@functools.cache
def _mean_errors(noise: float) -> np.ndarray:
    """Return the root mean square errors over 20 seeds at each of `CUTOFFS`."""
    one = [[error(cutoff, noise=noise, seed=seed) for cutoff in CUTOFFS] for seed in range(20)]
    return np.sqrt(np.mean(np.square(one), axis=0))


def cut(cutoff: int, noise: float) -> go.Figure:
    """Draw a spectral derivative with a cut-off.

    Parameters
    ----------
    cutoff : int
        Waves of more periods are left out; one of `CUTOFFS`.
    noise : float
        Standard deviation of the samples' noise.
    """
    if cutoff not in CUTOFFS:
        raise ValueError(f"`cutoff` is {cutoff}; choose one of {', '.join(map(str, CUTOFFS))}.")
    panels = [_derivative(cutoff, noise), _spectrum(cutoff, noise), _error(cutoff, noise)]
    figure = stack(panels, heights=[1.3, 1, 1], shared_x=False, gap=0.13)
    ticks = {"tickvals": [1, 2, 5, 10, 20, 50, 100]}
    figure.update_layout(xaxis2=ticks, xaxis3=ticks)
    figure.update_yaxes(nticks=5, exponentformat="power")
    return figure.update_layout(margin_t=50, legend_y=1.04)


def _derivative(cutoff: int, noise: float) -> go.Figure:
    t, u = samples(noise=noise)
    found = spectral_derivative(u, PERIOD, cutoff)
    figure = curves(
        {
            "estimate": (t, np.round(np.clip(found, -9, 9), 3)),
            "truth": (t[::2], np.round(hill_slope(t[::2]), 3)),
        },
        x="t",
        y="derivative",
        x_range=(0, PERIOD),
        y_range=(-9, 9),
        colors={"estimate": style.VERMILION},
        dashes=_DOTTED,
    )
    return say(figure, f"keeps {cutoff} of 127 waves")


def _spectrum(cutoff: int, noise: float) -> go.Figure:
    t, u = samples(noise=noise)
    waves = np.arange(1, 128)
    sizes = {
        name: 2 * np.abs(np.fft.rfft(values))[1:128] / t.size * waves
        for name, values in {"samples": u, "truth": hill(t)}.items()
    }
    return curves(
        {name: (waves, np.maximum(np.round(size, 6), 1e-5)) for name, size in sizes.items()},
        x="periods of the wave",
        y="size × ω",
        x_type="log",
        y_type="log",
        x_range=_PERIODS,
        y_range=(1e-5, 20),
        vlines=[cutoff + 0.5],
        colors={"samples": style.BLUE},
        dashes=_DOTTED,
    )


def _error(cutoff: int, noise: float) -> go.Figure:
    errors = _mean_errors(noise)
    figure = curves(
        {"error": (CUTOFFS, errors)},
        points={"here": ([cutoff], [errors[CUTOFFS.index(cutoff)]])},
        x="cut-off (periods)",
        y="mean error",
        x_type="log",
        y_type="log",
        x_range=_PERIODS,
        y_range=(1e-4, 30),
        colors={"error": style.GREEN, "here": style.VERMILION},
        marker_size=10,
    )
    return figure.update_traces(showlegend=False)

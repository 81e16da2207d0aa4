"""Drawing for spectra: how a strong wave leaks over a weak one, and what a window does."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go

from calcbook import style
from calcbook.charts._base import say
from calcbook.charts.lines import curves
from calcbook.spectra import FINER, WEAK, WEAK_SIZE, WEEKLY, WEEKLY_SIZE, amplitudes, visits


def leakage(days: int, window: str) -> go.Figure:
    """Draw the amplitude spectrum of a series of daily visits.

    Parameters
    ----------
    days : int
        Length of the series.
    window : str
        One of `calcbook.spectra.WINDOWS`.
    """
    frequency, amplitude = amplitudes(visits(days), window)
    own = slice(None, None, FINER)
    known = frequency[own].round(5), np.maximum(amplitude[own].round(4), 1e-2)
    if frequency.size > 300:  # keep of neighbors the larger: peaks stay
        parts = -(-frequency.size // 300)
        n = frequency.size // parts * parts
        groups = amplitude[:n].reshape(-1, parts)
        best = groups.argmax(1) + parts * np.arange(len(groups))
        frequency, amplitude = frequency[best], amplitude[best]
    figure = curves(
        {"spectrum": (np.round(frequency, 5), np.maximum(np.round(amplitude, 4), 1e-2))},
        points={"waves that are there": ([1 / WEEKLY, 1 / WEAK], [WEEKLY_SIZE, WEAK_SIZE])},
        x="frequency (waves a day)",
        y="amplitude (thousand visits)",
        y_type="log",
        x_range=(0, 0.5),
        y_range=(0.03, 300),
        vlines={"week": 1 / WEEKLY, "weak wave": 1 / WEAK},
        colors={"spectrum": style.BLUE, "waves that are there": style.VERMILION},
        marker_size=9,
    )
    figure.add_scatter(
        x=known[0], y=known[1], mode="markers", name="the transform’s own",
        marker={"color": style.BLUE, "size": 4},
    )  # fmt: skip
    figure.update_yaxes(tickvals=[0.1, 1, 10, 100], ticktext=["0.1", "1", "10", "100"])
    say(figure, f"{days} days are {days / WEEKLY:.3g} weeks", lift=22)
    return figure.update_layout(margin_t=50)

"""Drawing for two functions that samples may or may not tell apart."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go

from calcbook import style, twins
from calcbook.charts._base import say
from calcbook.charts.lines import curves, stack

SLOW, FAST, FIT = style.BLUE, style.VERMILION, style.GREEN


def sampled(rate: int, spacing: str, truth: str) -> go.Figure:
    """Draw both functions with samples of one of them, and below the spline through the samples.

    Parameters
    ----------
    rate : int
        Samples a second.
    spacing : {"even", "uneven"}
    truth : {"slow", "fast"}
        Which of the two was sampled.
    """
    times = twins.sample_times(rate, spacing)
    samples = twins.measured(truth, times)
    fitted = twins.fit(times, samples)
    t = np.linspace(0, twins.SPAN, 241)
    sparse = t[::2]
    lower, upper = np.clip(fitted.band(sparse), -9, 9)
    both = {name: (t, twins.twin(name, t)) for name in twins.TWINS}
    top = curves(
        both,
        points={"data": (times, samples)},
        x="time (s)",
        y="signal u",
        x_range=(0, twins.SPAN),
        y_range=(-1.6, 1.6),
        colors={"slow": SLOW, "fast": FAST},
        dashes={"fast": "dot"},
        marker_size=7,
    )
    apart = twins.largest_difference(times)
    say(top, f"they differ by {apart:.2f} at the samples")
    bottom = curves(
        {"fit": (t, fitted(t))},
        points={"data": (times, samples)},
        bands={"95% band": (sparse, lower, upper)},
        x="time (s)",
        y="fit",
        x_range=(0, twins.SPAN),
        y_range=(-1.6, 1.6),
        colors={"fit": FIT, "95% band": FIT},
        marker_size=7,
    )
    off = float(np.sqrt(np.mean((fitted(t) - twins.twin(truth, t)) ** 2)))
    say(bottom, f"off from the truth by {off:.2f} (RMS)", FIT)
    return stack([top, bottom], gap=0.12).update_layout(showlegend=False, margin_t=28)

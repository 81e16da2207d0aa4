"""Drawing for sampling: a daily wave read too seldom, and the slow wave that appears."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go

from calcbook import style
from calcbook.charts._base import say
from calcbook.charts.lines import curves, stack
from calcbook.data.load import DAYS, PERIOD, daily_wave, server_load
from calcbook.sampling import folded, read_every

LOOKS = ("60 days", "8 days, with all hours")
_LOAD = server_load()
_LIMITS = (230, 570)


def readings(hours: int, look: str) -> go.Figure:
    """Draw the readings of a load, alone or with what happened between them.

    Parameters
    ----------
    hours : int
        Between two readings.
    look : str
        One of `LOOKS`.
    """
    if look not in LOOKS:
        raise ValueError(f"`look` is {look!r}; choose one of {', '.join(LOOKS)}.")
    near = look == LOOKS[1]
    read = read_every(_LOAD, hours)
    t = np.linspace(0, 192, 289) if near else np.full(289, np.nan)
    # Readings closer than these would be a solid block, and too heavy for a page.
    step = max(1, read.t.size // 240)
    days, load = read.t[::step] / 24, read.u[::step]
    figure = curves(
        {"hour by hour": (t / 24, np.round(daily_wave(t), 1)), "log": (days, np.round(load, 1))},
        points={"log": (days, np.round(load, 1))},
        x="day",
        y="requests per second",
        x_range=(0, 8) if near else (0, DAYS),
        y_range=_LIMITS,
        colors={"hour by hour": style.GRAY, "log": style.BLUE},
        marker_size=6,
    )
    figure.data[0].showlegend = True
    return figure.update_traces(selector={"mode": "lines", "name": "log"}, showlegend=False)


def fold(hours: int, keep: str) -> go.Figure:
    """Draw readings of the load and the frequency as which a daily wave appears in them.

    Parameters
    ----------
    hours : int
        Between two readings.
    keep : {"one value", "mean of all"}
        What a reading keeps of the hours since the last one.
    """
    read = read_every(_LOAD, hours, keep)
    above = curves(
        {"readings": (read.t / 24, np.round(read.u, 1))},
        points={"readings": (read.t / 24, np.round(read.u, 1))},
        x="day",
        y="requests/s",
        x_range=(0, DAYS),
        y_range=_LIMITS,
        colors={"readings": style.BLUE},
        marker_size=4,
    )
    rate = 24 / hours  # readings a day
    corners = np.arange(0, 4.4 + rate / 2, rate / 2)  # of a zigzag, which is straight between
    appears = float(folded(24 / PERIOD, rate))
    below = curves(
        {"appears as": (np.round(corners, 4), np.round(folded(corners, rate), 4))},
        points={"daily wave": ([24 / PERIOD], [appears])},
        x="true waves a day",
        y="apparent, a day",
        x_range=(0, 4.4),
        y_range=(-0.08, 2.6),  # room for the label above the zigzag
        colors={"appears as": style.GRAY, "daily wave": style.VERMILION},
        vlines={"half the rate": rate / 2},
        marker_size=10,
    )
    say(above, f"the daily wave seems {_named(appears)}", style.VERMILION)
    figure = stack([above, below], heights=[1.3, 1], shared_x=False, gap=0.2)
    return figure.update_layout(showlegend=False, margin_t=30)


def _named(frequency: float) -> str:
    """Return words for a wave of so many periods a day."""
    if frequency < 1e-9:
        return "level"
    days = f"{1 / frequency:.3g}"
    return "itself" if days == "1" else f"one of {days} days"

"""Drawing for models far outside of their data."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import plotly.graph_objects as go

from calcbook import style
from calcbook.charts._base import say
from calcbook.charts.lines import curves
from calcbook.data.turbine import CUT_OUT, WindRecords, power_curve
from calcbook.storm_models import MODELS, Model

COLORS = dict(zip(MODELS, (style.VERMILION, style.BLUE, style.GREEN, style.PURPLE), strict=True))
DASHES = dict(zip(MODELS, ("solid", "dash", "dashdot", "dot"), strict=True))


def outside(
    models: Mapping[str, Model], records: WindRecords, reach: float, turbine: str
) -> go.Figure:
    """Draw records of a turbine and what four models make of them, up to a wind speed.

    Parameters
    ----------
    models : mapping of str to callable
        The fitted `calcbook.storm_models.MODELS`.
    records : WindRecords
    reach : float
        Highest speed shown, in m/s.
    turbine : {"hidden", "shown"}
        Whether the true curve is drawn.
    """
    if turbine not in ("hidden", "shown"):
        raise ValueError(f"`turbine` is {turbine!r}; choose 'hidden' or 'shown'.")
    speed = np.unique(np.append(np.linspace(0, reach, 150), [CUT_OUT, CUT_OUT + 1e-6]))
    speed = speed[speed <= reach]
    truth = power_curve(speed) if turbine == "shown" else np.full(speed.size, np.nan)
    top = 2.6 if reach < 13 else 8.4
    thin = slice(None, None, 2)
    figure = curves(
        {"truth": (speed, truth)}
        | {name: (speed, _within(models[name](speed), top)) for name in MODELS},
        points={"data": (records.speed[thin], records.power[thin])},
        x="wind speed (m/s)",
        y="power (MW)",
        x_range=(0, reach),
        y_range=(-0.12 * top, top),
        colors=COLORS,
        dashes=DASHES,
        marker_size=3,
    )
    told = ", ".join(f"{float(models[name](reach)):.1f}" for name in MODELS)
    return say(figure, f"at {reach:g} m/s: {told} MW", inside=True)


def _within(power: np.ndarray, top: float) -> np.ndarray:
    """Leave out what stands far above the frame."""
    return np.where(np.abs(power) > 1.5 * top, np.nan, power)

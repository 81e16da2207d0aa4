"""Numbers as colors: a plotly colorscale in a few levels, each with its dark twin."""

from __future__ import annotations

from typing import Any

import numpy as np

from calcbook import style

LEVELS = 32


class Scale:
    """A colorscale cut into `LEVELS` steps.

    Parameters
    ----------
    stops : list of (position, color)
        Positions from 0 to 1, colors ``#rrggbb``.
    low, high : float or None
        Values at the ends; None takes them from ``values``.
    values : array_like
        Numbers to be shown; None and NaN are allowed.
    """

    def __init__(
        self, stops: list[list[Any]], low: float | None, high: float | None, values: Any
    ) -> None:
        finite = np.array([np.nan if v is None else v for v in np.ravel(values)], dtype=float)
        finite = finite[np.isfinite(finite)]
        self.low = float(finite.min()) if low is None else low
        self.high = float(finite.max()) if high is None else high
        self.stops = [float(position) for position, _ in stops]
        self.colors = [color.lower() for _, color in stops]
        self.twins: dict[str, str] = {}

    def level(self, value: float) -> int:
        """Return the number of the step that holds ``value``."""
        span = (self.high - self.low) or 1.0
        return int(np.clip((value - self.low) / span * LEVELS, 0, LEVELS - 1))

    def color(self, value: float) -> str:
        """Return the light color of the step that holds ``value``, and note its twin."""
        return self.at((self.level(value) + 0.5) / LEVELS)

    def at(self, position: float) -> str:
        """Return the light color at ``position`` from 0 to 1, and note its twin."""
        light = _mixed(self.colors, self.stops, position)
        if all(color in style.LIGHT_TO_DARK for color in self.colors):
            dark = [style.LIGHT_TO_DARK[color] for color in self.colors]
            self.twins[light] = _mixed(dark, self.stops, position)
        return light


def _mixed(colors: list[str], stops: list[float], position: float) -> str:
    channels = np.array([[int(c[i : i + 2], 16) for i in (1, 3, 5)] for c in colors])
    mixed = [np.interp(position, stops, channels[:, i]) for i in range(3)]
    return "#" + "".join(f"{round(v):02x}" for v in mixed)

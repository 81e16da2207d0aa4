"""Drawing for a track: what differences of its positions claim, and what a fit to them says."""

from __future__ import annotations

from typing import Any

import numpy as np
import plotly.graph_objects as go

from calcbook import style
from calcbook.charts._base import UNLABELED, say
from calcbook.charts.lines import curves, stack
from calcbook.data import Track
from calcbook.track_motion import STANDARD_GRAVITY, Motion, differences, distance, fit

POSITION, SPEED, ACCELERATION = style.BLUE, style.VERMILION, style.GREEN
QUERIES = 160
LONGEST = 3  # seconds that a line bridges
WINDOWS = {"whole ride": (0.0, np.inf), "second minute": (60.0, 120.0)}
_ORDERS = (
    ("distance ridden (m)", (0.0, 2500.0), POSITION),
    ("speed (m/s)", (0.0, 16.0), SPEED),
    ("acceleration (g)", (-1.0, 1.0), ACCELERATION),
)


def differenced(track: Track, times: int, apart: float, motion: Motion | None = None) -> go.Figure:
    """Draw a track's distance, its speed, or its acceleration in g, by differences of positions.

    Parameters
    ----------
    track : Track
    times : {0, 1, 2}
        How often differences were taken.
    apart : float
        Seconds between two positions that are compared.
    motion : Motion, optional
        A fit, to be drawn over the differences of order 1 and 2.
    """
    title, limits, color = _ORDERS[times]
    unit = STANDARD_GRAVITY if times == 2 else 1.0
    if times:
        when, value = differences(track, times, apart)
    else:
        when, value = track.time, distance(track)
    value = value / unit
    lines: dict[str, Any] = {"by differences": _broken(when, value)}
    if motion is not None:
        t = np.linspace(track.time[0], track.time[-1], QUERIES)
        fitted = (np.full_like(t, np.nan), motion.speed(t), motion.acceleration(t) / unit)[times]
        lines["fit"] = (t, fitted)
    figure = curves(
        lines,
        points={"positions": (when, value)},
        x="time (s)",
        y=title,
        x_range=(0, float(track.time[-1])),
        y_range=limits,
        hlines=[0] if times == 2 else None,
        colors={"by differences": style.GRAY, "positions": style.GRAY, "fit": color},
        marker_size=4,
    )
    figure.data[1].line.width = 1
    words = (
        f"{value[-1]:.0f} m in {track.time[-1]:.0f} s",
        f"between {3.6 * value.min():.0f} and {3.6 * value.max():.0f} km/h",
        f"up to {np.abs(value).max():.2f} g, typically {np.sqrt(np.mean(value**2)):.2f} g",
    )[times]
    return say(figure, words, color).update_layout(showlegend=False, margin_t=28)


def _broken(when: np.ndarray, value: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the same with a gap wherever more than `LONGEST` seconds are missing."""
    missing = np.flatnonzero(np.diff(when) > LONGEST) + 1
    return np.insert(when, missing, np.nan), np.insert(value, missing, np.nan)


class Ride:
    """A track with its fits, each made when it is first drawn. Call it to draw one.

    Parameters
    ----------
    track : Track
    """

    def __init__(self, track: Track) -> None:
        self.track = track
        self._fits: dict[tuple[str, float], Motion] = {}
        self._raw = [differences(track, times) for times in (1, 2)]

    def motion(self, method: str, smoothing: float) -> Motion:
        """Return the fit of a method; ``smoothing`` multiplies its automatic amount."""
        key = (method, smoothing)
        if key not in self._fits:
            self._fits[key] = fit(self.track, method, smoothing)
        return self._fits[key]

    def __call__(self, method: str, smoothing: float, window: str) -> go.Figure:
        """Draw the path, and below it speed and acceleration with bands over the differences.

        Parameters
        ----------
        method : str
            One of `calcbook.track_motion.METHODS`.
        smoothing : float
        window : str
            One of `WINDOWS`.
        """
        motion = self.motion(method, smoothing)
        start, end = np.minimum(WINDOWS[window], self.track.time[-1])
        t = np.linspace(start, end, QUERIES)
        rare = t[::2]
        speed, acceleration = motion.speed(t), motion.acceleration(t)
        low, high = motion.acceleration_band(rare)
        shared: dict[str, Any] = {"x": "time (s)", "x_range": (start, end), "marker_size": 3}
        middle = curves(
            {"speed": (t, speed)},
            points={"speed by differences": self._within(0, start, end)},
            bands={"95% band of the speed": (rare, *motion.speed_band(rare))},
            y="speed (m/s)",
            y_range=(0, 16),
            colors={"speed": SPEED, "speed by differences": style.GRAY},
            **shared,
        )
        bottom = curves(
            {"acceleration": (t, acceleration)},
            points={"acceleration by differences": self._within(1, start, end)},
            bands={"95% band of the acceleration": (rare, low, high)},
            y="acceleration (m/s²)",
            y_range=(-4, 4),
            hlines=[0],
            colors={"acceleration": ACCELERATION, "acceleration by differences": style.GRAY},
            **shared,
        )
        say(middle, f"speed {3.6 * speed.min():.0f} to {3.6 * speed.max():.0f} km/h", SPEED)
        words = f"up to {np.abs(acceleration).max() / STANDARD_GRAVITY:.2f} g"
        say(
            bottom,
            f"{words}, band ± {np.median(high - low) / 2 / STANDARD_GRAVITY:.2f} g",
            ACCELERATION,
        )
        top = self._path(motion, t, start, end)
        figure = stack([top, middle, bottom], shared_x=False)
        figure.update_layout(xaxis2={"matches": "x3", **UNLABELED})
        for axis, domain in (("yaxis", (0.75, 1)), ("yaxis2", (0.35, 0.59)), ("yaxis3", (0, 0.28))):
            figure.update_layout({axis: {"domain": domain}})  # room for the labels of the path
        return figure.update_layout(showlegend=False, margin_t=28)

    def _path(self, motion: Motion, t: np.ndarray, start: float, end: float) -> go.Figure:
        kept = (start <= self.track.time) & (self.track.time <= end)
        east, north = self.track.east[kept], self.track.north[kept]
        x, y = motion.position(t).T
        figure = curves(
            {"path": (x, y)},
            points={"positions": (east, north)},
            x="east (m)",
            y="north (m)",
            x_range=_with_room(east),
            y_range=_with_room(north),
            colors={"path": POSITION, "positions": style.GRAY},
            marker_size=4,
        )
        return say(figure, f"noise about {motion.noise:.1f} m in each coordinate", POSITION)

    def _within(self, which: int, start: float, end: float) -> tuple[np.ndarray, np.ndarray]:
        when, value = self._raw[which]
        kept = (start <= when) & (when <= end)
        return when[kept], value[kept]


def _with_room(values: np.ndarray) -> tuple[float, float]:
    low, high = float(np.min(values)), float(np.max(values))
    room = 0.06 * (high - low)
    return low - room, high + room

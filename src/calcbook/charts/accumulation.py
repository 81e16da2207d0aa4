"""Drawing for what adds up: a lost robot, strips below a curve, area so far, round trips, drift."""

from __future__ import annotations

from typing import Any

import numpy as np
import plotly.graph_objects as go
from scipy.integrate import cumulative_trapezoid

from calcbook import style
from calcbook.accumulated_error import DURATION, twins
from calcbook.charts._base import say
from calcbook.charts.lines import curves, stack
from calcbook.charts.slopes import RIDE
from calcbook.data import noisy_sine
from calcbook.dead_reckoning import Drive, drive, missed_by
from pydelt.interpolation import SplineInterpolator

VALUE, RATE, TOTAL = style.BLUE, style.VERMILION, style.GREEN
POINTS = 150
SPEEDING_UP = (0.0, 30.0)  # seconds, from the stop to the highest speed
STRIP_RULES = ("left ends", "midpoints", "trapezoids")
TRIPS = ("differences, then sums", "fit, derivative, integral")


def lost_robot(noise: float, bias: float) -> go.Figure:
    """Draw the lap that a robot drove, and the one that its gyroscope makes of it.

    Parameters
    ----------
    noise, bias : float
        Of the rate of turn, in degrees per second.
    """
    true, reckoned = drive(), drive(noise, bias)

    def thin(path: Drive) -> tuple[np.ndarray, np.ndarray]:
        return path.east[::15], path.north[::15]

    figure = curves(
        {"driven": thin(true), "reckoned": thin(reckoned)},
        points={
            "dock": ([0.0], [0.0]),
            "reckoned end": (reckoned.east[-1:], reckoned.north[-1:]),
        },
        x="east (m)",
        y="north (m)",
        x_range=(-65, 65),
        y_range=(-35, 105),
        colors={
            "driven": style.INK,
            "reckoned": RATE,
            "dock": style.INK,
            "reckoned end": RATE,
        },
        dashes={"driven": "dash"},
        marker_size=10,
    )
    figure.update_layout(yaxis={"scaleanchor": "x", "constrain": "domain"})
    figure.update_layout(xaxis={"constrain": "domain"}, showlegend=False, margin_t=46)
    turn = np.degrees(reckoned.heading[-1] - true.heading[-1])
    say(figure, "dashed: the lap driven", style.INK, lift=18)
    words = f"reckoned end: {missed_by(reckoned):.0f} m and {_signed(turn)}° off"
    return say(figure, words, RATE)


def _signed(value: float, digits: int = 0) -> str:
    text = f"{abs(value):.{digits}f}"
    return "−" + text if value < 0 and float(text) else text


def strips(rule: str, pieces: int) -> go.Figure:
    """Draw the speed of a tram that gathers speed, the strips of a rule below it, and their sum.

    Parameters
    ----------
    rule : str
        One of `STRIP_RULES`.
    pieces : int
    """
    edges = np.linspace(*SPEEDING_UP, pieces + 1)
    left, right = edges[:-1], edges[1:]
    if rule == "trapezoids":
        heights = RIDE.slope(left), RIDE.slope(right)
    else:
        at = left if rule == "left ends" else (left + right) / 2
        heights = RIDE.slope(at), RIDE.slope(at)
    zero, gap = np.zeros(pieces), np.full(pieces, np.nan)
    outline_x = np.stack([left, left, right, right, left, gap], axis=1).ravel()
    outline_y = np.stack([zero, *heights, zero, zero, gap], axis=1).ravel()
    t = np.linspace(*SPEEDING_UP, POINTS)
    area = float(np.sum((heights[0] + heights[1]) / 2 * (right - left)))
    exact = float(np.diff(RIDE.value(np.array(SPEEDING_UP)))[0])
    figure = curves(
        {"strips": (outline_x, outline_y), "speed": (t, RIDE.slope(t))},
        x="time t (s)",
        y="speed v (m/s)",
        x_range=SPEEDING_UP,
        y_range=(0, 14),
        colors={"strips": TOTAL, "speed": RATE},
    )
    figure.data[0].update(fill="toself", fillcolor=style.translucent(TOTAL), line_width=1)
    figure.update_layout(showlegend=False, margin_t=46)
    say(figure, f"strips: {area:.2f} m in all", TOTAL, lift=18)
    return say(
        figure, f"true distance {exact:.0f} m, off by {_signed(area - exact, 2)} m", style.INK
    )


def hilly(x: Any) -> Any:
    """Return a rate that is positive and negative by turns."""
    x = np.asarray(x, dtype=float)
    return np.cos(x) + 0.5 * np.sin(2 * x)


def hilly_total(x: Any) -> Any:
    """Return its integral from 0 to x."""
    x = np.asarray(x, dtype=float)
    return np.sin(x) + 0.25 * (1 - np.cos(2 * x))


def area_so_far(upper: float, strip: float) -> go.Figure:
    """Draw the area below a curve up to a limit, the next strip, and below the running total.

    Parameters
    ----------
    upper : float
        The limit x.
    strip : float
        Width h of the next strip.
    """
    x, end = np.linspace(0, 7, POINTS), upper + strip
    so_far = np.linspace(0, upper, 80)
    edge = np.linspace(upper, end, 20)
    shared: dict[str, Any] = {"x": "x", "x_range": (0, 7), "vlines": [upper], "marker_size": 9}
    top = curves(
        {"f": (x, hilly(x))},
        points={"here": ([upper], [hilly(upper)])},
        bands={
            "area so far": (so_far, 0 * so_far, hilly(so_far)),
            "next strip": (edge, 0 * edge, hilly(edge)),
        },
        hlines=[0],
        y="f(x)",
        y_range=(-1.7, 1.7),
        colors={"f": RATE, "here": style.INK, "area so far": TOTAL, "next strip": VALUE},
        **shared,
    )
    ends = np.array([upper, end])
    bottom = curves(
        {"F": (x, hilly_total(x)), "secant": (ends, hilly_total(ends))},
        points={"total": (ends, hilly_total(ends))},
        hlines=[0],
        y="F(x)",
        y_range=(-1.7, 1.7),
        colors={"F": TOTAL, "secant": VALUE, "total": style.INK},
        **shared,
    )
    mean = float(hilly_total(end) - hilly_total(upper)) / strip
    say(top, f"f(x) = {_signed(float(hilly(upper)), 3)}", RATE)
    say(bottom, f"next strip / its width = {_signed(mean, 3)}", VALUE)
    figure = stack([top, bottom], heights=[1, 1], gap=0.12)
    return figure.update_layout(showlegend=False, margin_t=28)


def round_trip(way: str, start: float, noise: float = 0.1) -> go.Figure:
    """Draw samples, a derivative of them, and what comes back when that is integrated.

    Parameters
    ----------
    way : str
        One of `TRIPS`.
    start : float
        The constant that the integration begins with.
    noise : float
    """
    samples = noisy_sine(n=120, noise=noise, seed=1)
    if way == TRIPS[0]:
        when = (samples.t[1:] + samples.t[:-1]) / 2
        rate = np.diff(samples.u) / np.diff(samples.t)
        back = np.concatenate([[0.0], np.cumsum(rate * np.diff(samples.t))])
    else:
        fit = SplineInterpolator().fit(samples.t, samples.u)
        when = samples.t
        rate = fit.differentiate()(when)
        back = cumulative_trapezoid(rate, when, initial=0)
    shared: dict[str, Any] = {"x": "time t", "x_range": (0, 2 * np.pi), "dashes": {"truth": "dash"}}
    top = curves(
        {"truth": (samples.t, samples.derivative), "derivative": (when, rate)},
        y="derivative",
        y_range=(-6, 6),
        colors={"derivative": RATE},
        **shared,
    )
    bottom = curves(
        {"truth": (samples.t, samples.truth), "integrated back": (samples.t, start + back)},
        points={"data": (samples.t, samples.u)},
        y="signal u",
        y_range=(-2.6, 2.6),
        colors={"integrated back": TOTAL},
        marker_size=4,
        **shared,
    )
    true_rate = np.interp(when, samples.t, samples.derivative)
    off = _rms(rate - true_rate) / _rms(samples.derivative)
    say(top, f"off by {100 * off:.0f}% of the derivative’s size", RATE)
    shift = start + back - samples.u
    say(bottom, f"misses the samples by {_rms(shift):.3f}", TOTAL)
    figure = stack([top, bottom], heights=[1, 1.2], gap=0.12)
    return figure.update_layout(showlegend=False, margin_t=28)


def _rms(values: Any) -> float:
    return float(np.sqrt(np.mean(np.square(values))))


def drifts(noise: float, bias: float) -> go.Figure:
    """Draw how the error of integrated rates grows, and that of differences of positions.

    Parameters
    ----------
    noise, bias : float
        As for `calcbook.accumulated_error.twins`.
    """
    both = twins(noise, bias)
    time = both.time[::4]
    gap = np.array([np.nan])
    runs = both.drift[:, ::4][:6]
    x = np.concatenate([np.concatenate([time[::2], gap]) for _ in runs])
    y = np.concatenate([np.concatenate([run[::2], gap]) for run in runs])
    spread = noise * np.sqrt(0.5 * time)
    top = curves(
        {"six runs": (x, y), "bias × t": (time, bias * time)},
        bands={"noise": (time, bias * time - 2 * spread, bias * time + 2 * spread)},
        x="time t (s)",
        y="position off by (m)",
        x_range=(0, DURATION),
        y_range=(-50, 50),
        colors={"six runs": style.GRAY, "bias × t": TOTAL, "noise": TOTAL},
        dashes={"bias × t": "dash"},
    )
    bottom = curves(
        {"√2 × noise / h": (both.apart, np.sqrt(2) * noise / both.apart)},
        points={"differences": (both.apart, np.mean(both.shake, axis=0))},
        x="positions h apart (s)",
        y="speed off by (m/s)",
        x_type="log",
        x_range=(0.4, 130),
        y_range=(0, 6),
        colors={"√2 × noise / h": RATE, "differences": style.GRAY},
        marker_size=7,
    )
    bottom.update_xaxes(tickvals=[0.5, 1, 5, 20, 100], ticktext=["0.5", "1", "5", "20", "100"])
    last = float(spread[-1])
    say(top, f"after {DURATION:.0f} s: bias {bias * DURATION:.0f} m, noise ± {last:.0f} m", TOTAL)
    shortest = float(np.mean(both.shake, axis=0)[0])
    say(bottom, f"neighbors: speed off by {shortest:.1f} m/s", RATE)
    figure = stack([top, bottom], heights=[1.3, 1], shared_x=False, gap=0.25)
    return figure.update_layout(showlegend=False, margin_t=28)

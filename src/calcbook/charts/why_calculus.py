"""Drawing for the opening chapter: a log under a marker, differences, a sine, and failing runs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import plotly.graph_objects as go
from numpy.typing import ArrayLike

from calcbook import style
from calcbook.charts._base import say
from calcbook.charts.lines import curves, stack
from calcbook.data import FailingRun, Samples, TrainingLog
from pydelt.interpolation import SplineInterpolator

MOST_POINTS = 250
SHADE_POINTS = 60
PER = 100  # slopes are told per hundred steps: one step changes too little to be read
SUPERSCRIPT = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
LOSS, SLOPE, TOTAL = style.BLUE, style.VERMILION, style.GREEN


def _thin(size: int, most: int = MOST_POINTS) -> slice:
    """Return every k-th index, so that at most ``most`` are left."""
    return slice(None, None, -(-size // most))


class MarkedLog:
    """A training log under a marker: the loss, how fast it changes, how much has added up.

    Call it with a step to draw the three panels with the marker there.

    Parameters
    ----------
    log : TrainingLog
    fits : sequence of SplineInterpolator
        One fit for each stretch of constant learning rate, in order.

    Raises
    ------
    ValueError
        If the log has another number of stretches.
    """

    def __init__(self, log: TrainingLog, fits: Sequence[SplineInterpolator]) -> None:
        changes = np.flatnonzero(np.diff(log.learning_rate)) + 1
        stretches = np.split(log.step, changes)
        if len(fits) != len(stretches):
            raise ValueError(
                f"`fits` holds {len(fits)} fits, but the learning rate of `log` is constant over "
                f"{len(stretches)} stretches; give one fit for each."
            )
        self.log = log
        self._fits, self._starts = list(fits), np.array([steps[0] for steps in stretches])
        self._before = np.zeros(len(fits))  # what had added up when each stretch began
        gap = [np.nan]
        columns: list[list[ArrayLike]] = [[] for _ in range(6)]
        for i, (steps, fit) in enumerate(zip(stretches, fits, strict=True)):
            share = max(40, round(MOST_POINTS * 0.8 * steps.size / log.step.size))
            x = np.linspace(steps[0], steps[-1], share)
            rate = fit.differentiate()
            added = self._before[i] + np.asarray(fit.integrate(steps[0], x).value)
            if i + 1 < len(fits):  # the last step of a stretch lasts until the next begins
                self._before[i + 1] = added[-1] + fit(steps[-1:])[0]
            bounds = [PER * bound for bound in rate.band(x)]
            for column, part in zip(
                columns, (x, fit(x), PER * rate(x), *bounds, added), strict=True
            ):
                column += [part, gap]
        self._x, self._loss, self._slope, self._low, self._high, self._added = (
            np.concatenate(column[:-1]) for column in columns
        )

    def read(self, step: int) -> tuple[float, float, float, float]:
        """Return loss, slope and its half band per 100 steps, and the loss added up, at a step."""
        i = int(np.searchsorted(self._starts, step, side="right")) - 1
        fit, rate, at = self._fits[i], self._fits[i].differentiate(), np.array([float(step)])
        lower, upper = rate.band(at)
        added = self._before[i] + fit.integrate(self._starts[i], step).value
        half = PER * float(upper[0] - lower[0]) / 2
        return float(fit(at)[0]), PER * float(rate(at)[0]), half, float(added)

    def __call__(self, step: int) -> go.Figure:
        """Draw the three panels with the marker at ``step``."""
        loss, slope, half, added = self.read(step)
        last = float(self.log.step[-1])
        shared: dict[str, Any] = {"vlines": [step], "x_range": (0, last), "x": "training step"}
        top = curves(
            {
                "smoothed loss": (self._x, self._loss),
                "slope at the marker": self._tangent(step, loss, slope),
            },
            points={"loss of one step": self._dots(), "marker": ([step], [loss])},
            bands={"area so far": self._shade(step)},
            y="loss (nats)",
            y_range=(0, 3),
            colors={
                "smoothed loss": LOSS,
                "slope at the marker": SLOPE,
                "loss of one step": style.GRAY,
                "marker": style.INK,
                "area so far": TOTAL,
            },
            marker_size=4,
            **shared,
        )
        middle = curves(
            {"slope": (self._x, self._slope)},
            points={"marker": ([step], [slope])},
            bands=self._slope_bands(),
            hlines=[0],
            y="slope (per 100 steps)",
            y_range=(-1.5, 1.5),
            colors={"slope": SLOPE, "marker": style.INK, "95% band": SLOPE},
            **shared,
        )
        bottom = curves(
            {"loss added up": (self._x, self._added)},
            points={"marker": ([step], [added])},
            y="loss added up",
            y_range=(0, 1.15 * float(np.nanmax(self._added))),
            colors={"loss added up": TOTAL, "marker": style.INK},
            **shared,
        )
        sign = "+" if slope > 0 else "−"
        say(top, f"loss {loss:.2f}", LOSS)
        say(middle, f"slope {sign}{abs(slope):.2f} ± {half:.2f} per 100 steps", SLOPE)
        say(bottom, f"{added:.0f} added up so far", TOTAL)
        figure = stack([top, middle, bottom], heights=[1.3, 1, 0.9], gap=0.075)
        return figure.update_layout(showlegend=False, margin_t=28)

    def _dots(self) -> tuple[np.ndarray, np.ndarray]:
        thin = _thin(self.log.step.size)
        return self.log.step[thin], self.log.loss[thin]

    def _tangent(self, step: int, loss: float, slope: float) -> tuple[np.ndarray, np.ndarray]:
        x = step + np.array([-150.0, 150.0])
        return x, loss + slope / PER * (x - step)

    def _shade(self, step: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        known = np.isfinite(self._x)
        edges = np.concatenate([self._starts[1:] - 1, self._starts[1:]])  # keep the jumps upright
        x = np.union1d(np.linspace(0, max(step, 1), SHADE_POINTS), edges[edges < step])
        return x, np.zeros_like(x), np.interp(x, self._x[known], self._loss[known])

    def _slope_bands(self) -> dict[str, tuple[np.ndarray, np.ndarray, np.ndarray]]:
        return {"95% band": (self._x, self._low, self._high)}


def differences(
    step: ArrayLike, loss: ArrayLike, fit: SplineInterpolator, distance: int
) -> go.Figure:
    """Draw the slope from losses that stand ``distance`` steps apart, over the fit's derivative.

    Parameters
    ----------
    step, loss : array_like, shape (n,)
        Consecutive steps of one stretch of the log.
    fit : SplineInterpolator
        Fitted to them.
    distance : int
        How many steps apart two subtracted losses stand, less than n.
    """
    step, loss = np.asarray(step), np.asarray(loss)
    if not 1 <= distance < step.size:
        raise ValueError(f"`distance` must lie between 1 and {step.size - 1}, got {distance}.")
    ratio = PER * (loss[distance:] - loss[:-distance]) / distance
    middle = step[:-distance] + distance / 2
    rising = float(np.mean(ratio > 0))
    x = np.linspace(step[0], step[-1], 120)
    rate = fit.differentiate()
    lower, upper = rate.band(x)
    thin = _thin(ratio.size)
    figure = curves(
        {"derivative of the fit": (x, PER * rate(x))},
        points={"differences": (middle[thin], ratio[thin])},
        bands={"95% band": (x, PER * lower, PER * upper)},
        x="training step",
        y="slope (per 100 steps)",
        x_range=(float(step[0]), float(step[-1])),
        y_range=(-3, 2),
        hlines=[0],
        colors={"derivative of the fit": SLOPE, "differences": style.GRAY},
        marker_size=4,
    )
    figure.update_layout(showlegend=False, margin_t=28)
    return say(figure, f"{rising:.0%} of the differences say “rising”", style.INK)


def sine(samples: Samples, fit: SplineInterpolator) -> go.Figure:
    """Draw noisy samples with the fit, and below the derivative with truth and band.

    Parameters
    ----------
    samples : Samples
        With the truth beside them.
    fit : SplineInterpolator
        Fitted to the samples.
    """
    t = np.linspace(samples.t[0], samples.t[-1], 150)
    rate, thin = fit.differentiate(), _thin(samples.t.size)
    lower, upper = rate.band(samples.t)
    held = np.mean((lower <= samples.derivative) & (samples.derivative <= upper))
    colors = {"fit": LOSS, "derivative of the fit": SLOPE, "95% band": SLOPE, "fit band": LOSS}
    top = curves(
        {
            "truth": (samples.t[thin], samples.truth[thin]),
            "fit": (t, fit(t)),
        },
        points={"data": (samples.t[thin], samples.u[thin])},
        y="signal u",
        y_range=(-2.5, 2.5),
        colors=colors,
        dashes={"truth": "dash"},
        marker_size=3,
    )
    bottom = curves(
        {
            "truth": (samples.t[thin], samples.derivative[thin]),
            "derivative of the fit": (t, rate(t)),
        },
        bands={"95% band": (t, *rate.band(t))},
        x="time t",
        y="slope du/dt",
        y_range=(-2.5, 2.5),
        colors=colors,
        dashes={"truth": "dash"},
    )
    say(bottom, f"the band holds at {held:.0%} of the points", SLOPE)
    return stack([top, bottom], gap=0.09)


def failing_run(run: FailingRun) -> go.Figure:
    """Draw a run's loss, and below the norm of its first layer's gradient, on log axes."""
    parts = (("loss", run.loss, LOSS), ("gradient norm", run.gradient_norm, SLOPE))
    panels = []
    for name, values, color in parts:
        low, high = _decades(values)
        panel = curves(
            {name: (run.step, values)},
            x="training step",
            y=name,
            y_type="log",
            y_range=(low, high),
            colors={name: color},
        )
        panels.append(panel.update_yaxes(**_powers_of_ten(low, high)))
    return stack(panels, gap=0.08).update_layout(showlegend=False)


def _decades(values: np.ndarray) -> tuple[float, float]:
    """Return a range for a log axis: the data with a margin, and no less than two decades."""
    logs = np.log10(values[np.isfinite(values) & (values > 0)])
    low, high = float(logs.min()), float(logs.max())
    margin = max(0.1 * (high - low), 1 - (high - low) / 2)
    return float(10 ** (low - margin)), float(10 ** (high + margin))


def _powers_of_ten(low: float, high: float) -> dict[str, list[Any]]:
    """Return ticks for a log axis at whole powers of ten, about five of them at the most."""
    first, last = int(np.ceil(np.log10(low))), int(np.floor(np.log10(high)))
    powers = range(first, last + 1, max(1, round((last - first) / 5)))
    names = [f"10{str(power).translate(SUPERSCRIPT)}" for power in powers]
    return {"tickvals": [10.0**power for power in powers], "ticktext": names}

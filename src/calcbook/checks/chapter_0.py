"""The exercises of chapter 0, Why calculus?"""

from __future__ import annotations

import numpy as np

from calcbook.checks.exercise import Exercise, Mistake
from calcbook.checks.kinds import Function, Number
from calcbook.checks.tolerance import percent, within
from calcbook.data.vendored import training_log
from pydelt.interpolation import SplineInterpolator

# 0.1: two readings of a smoothed loss.
_STEPS, _LOSSES = np.array([250.0, 310.0]), np.array([1.27, 1.06])
_SLOPE = np.diff(_LOSSES)[0] / np.diff(_STEPS)[0]

# 0.2: noise of a single loss, and how many steps apart two of them are subtracted.
_NOISE, _APART = 0.06, 4

# 0.3: the stretch of the log after the learning rate was put back.
_LAST = 1400


def _first(step: np.ndarray, holds: np.ndarray) -> float:
    """Return the first step at which something holds."""
    return float(step[np.argmax(holds)])


def _first_unsure_step(start: int = _LAST, bound: str = "upper") -> float:
    """Return the first step from which on the band, or its middle, no longer lies below zero."""
    log = training_log()
    slope = SplineInterpolator().fit(log.step[start:], log.loss[start:]).differentiate()
    step = log.step[_LAST:]
    _, upper = slope.band(step, level=0.95)
    return _first(step, {"upper": upper, "middle": slope(step)}[bound] >= 0)


def _slopes(step: np.ndarray, loss: np.ndarray) -> np.ndarray:
    """Return the slope at every record, per step."""
    return np.gradient(loss, step)


def _uneven_logs() -> list[tuple[np.ndarray, np.ndarray]]:
    """Return two hidden logs, recorded ever more rarely."""
    steps = [np.array([0, 1, 3, 7, 15, 31, 63]), np.cumsum(np.arange(10, 130, 10))]
    return [(step.astype(float), 2.3 * np.exp(-step / 40) + 0.2) for step in steps]


EXERCISES = {
    "0.1": Exercise(
        Number(percent(1)),
        right=lambda: 100 * _SLOPE,
        hint="Rise over run is the change per step; a hundred steps change a hundred times that.",
        then="The minus sign is the news: the loss falls.",
        mistakes=[
            Mistake(
                "per step",
                "That is the change per step. How much is it per 100 steps?",
                made=lambda: _SLOPE,
            ),
            Mistake(
                "change alone",
                "That is how far the loss fell between the two readings, which are not 100 steps "
                "apart.",
                made=lambda: np.diff(_LOSSES)[0],
            ),
        ],
        wrong=[(lambda: -100 * _SLOPE, "wrong sign")],
    ),
    "0.2": Exercise(
        Number(percent(1)),
        right=lambda: np.sqrt(2) * _NOISE / _APART,
        hint="Variances of independent errors add, and dividing by h divides the standard "
        "deviation by h.",
        then="Four times the distance, a quarter of the noise; what bends in between is the price.",
        mistakes=[
            Mistake(
                "one error",
                "A difference carries two errors, not one.",
                made=lambda: _NOISE / _APART,
            ),
            Mistake(
                "errors added",
                "Independent errors do not add up in full: their variances do.",
                made=lambda: 2 * _NOISE / _APART,
            ),
            Mistake(
                "distance forgotten",
                "That is the noise of the difference itself. The slope divides it by the distance.",
                made=lambda: np.sqrt(2) * _NOISE,
            ),
        ],
        wrong=[(lambda: 2 * (_NOISE / _APART) ** 2, "squared")],
    ),
    "0.3": Exercise(
        Number(within(10, "steps")),
        right=_first_unsure_step,
        hint="Fit the records from step 1400 on by themselves, take the band of the derivative, "
        "and look for the first step at which its upper end is not below zero.",
        then="Not sure that it falls is not the same as sure that it has stopped.",
        mistakes=[
            Mistake(
                "slope without its band",
                "There the slope itself changes its sign. Long before, its band has reached zero: "
                "which end of the band tells whether a fall is sure?",
                made=lambda: _first_unsure_step(bound="middle"),
            ),
            Mistake(
                "counted from the stretch's start",
                "That is an index into the last stretch. The log counts steps from its own start.",
                made=lambda: _first_unsure_step() - _LAST,
            ),
        ],
    ),
    "0.4": Exercise(
        Function(percent(0.1), cases=_uneven_logs),
        right=lambda: _slopes,
        hint="A slope is a rise over a run. Where is the run?",
        then="`np.gradient(loss, step)` takes uneven distances into account.",
        mistakes=[
            Mistake(
                "slope per record",
                "Your slope is per record, not per step: it looks steeper where records lie "
                "farther apart.",
                made=lambda: lambda step, loss: np.gradient(loss),
            ),
            Mistake(
                "one distance for all",
                "One distance is used for all records, and these lie ever farther apart.",
                made=lambda: lambda step, loss: np.gradient(loss, step[1] - step[0]),
            ),
            Mistake(
                "run over rise",
                "That is run over rise: the two arguments of `np.gradient` are exchanged.",
                made=lambda: lambda step, loss: np.gradient(step, loss),
            ),
        ],
    ),
}

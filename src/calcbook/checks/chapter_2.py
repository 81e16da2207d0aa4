"""The exercises of chapter 2, Derivatives."""

from __future__ import annotations

import functools
from typing import Any

import numpy as np
from scipy.signal import savgol_filter

from calcbook import suspects
from calcbook.checks.exercise import Exercise, Mistake
from calcbook.checks.kinds import Array, Choice, Function, Number, Order
from calcbook.checks.tolerance import percent, within
from calcbook.data.simulated import noisy_sine
from calcbook.data.tram import tram_ride
from pydelt.interpolation import SplineInterpolator

# 2.1: the tangent at 100 m² goes through these two points, in m² and in thousands of euros.
_AREA, _PRICE = np.array([80.0, 130.0]), np.array([250.0, 400.0])
_TANGENT = np.ptp(_PRICE) / np.ptp(_AREA)
_EXTRA_AREA = 3.0

# 2.2: weights of the model, and what loss and gradient cost together in reverse mode, in losses.
_WEIGHTS, _REVERSE = 119, 3

# 2.3: noise of the samples, and the size (root mean square) of a sine and all its derivatives.
_NOISE, _SIZE = 0.05, 1 / np.sqrt(2)

# 2.6: slopes on the left and on the right of 0 of what each function is built from, and the
# constant that goes with them: relu(x) + 2x; the larger of 4x and x; relu(3x) - relu(-3x).
_SIDES = {"left": np.array([2.0, 1.0, 3.0]), "right": np.array([3.0, 4.0, 3.0])}
_RELU_AT_KINK, _TIE = 0.0, 0.5

# 2.8: the moments in question, in s.
_MOMENTS = {"A": 12.0, "B": 20.0, "C": 25.0, "D": 46.0}

# 2.10: windows of the moving parabola, and the samples.
_WINDOWS = np.arange(11, 200, 6)


def _best_central_step(noise: float = _NOISE, factor: float = 3.0) -> float:
    """Return where noise² / (2 h²) + (h² f‴ / 6)² is least."""
    return (factor * noise / _SIZE) ** (1 / 3)


def _best_forward_step() -> float:
    """Return where 2 noise² / h² + (h f″ / 2)² is least."""
    return np.sqrt(np.sqrt(8) * _NOISE / _SIZE)


def _weights_at_end() -> np.ndarray:
    """Return the weights on f(x), f(x - h), f(x - 2h) that are right for 1, x and x²."""
    places = np.array([0.0, -1.0, -2.0])
    return np.linalg.solve(places ** np.arange(3)[:, None], [0.0, 1.0, 0.0])


def _order(h: np.ndarray, error: np.ndarray) -> float:
    return np.polyfit(np.log(h), np.log(error), 1)[0]


def _errors_of_known_order() -> list[tuple[np.ndarray, np.ndarray]]:
    h = 0.2 / 2.0 ** np.arange(6)
    return [(h, 0.3 * h), (h[::-1], 7.0 * h[::-1] ** 2), (h / 3, 0.04 * (h / 3) ** 4)]


def _autodiff_at_kinks(relu: float = _RELU_AT_KINK, tie: float = _TIE) -> np.ndarray:
    """Return what the chain rule makes of a slope of relu at 0 and of a share at a tie."""
    return np.array([relu + 2, tie * 4 + (1 - tie) * 1, 3 * relu - (-3) * relu])


def _braking(**settings: Any) -> dict[str, tuple[float, float]]:
    """Return the acceleration and the upper end of its band at each moment."""
    ride = tram_ride()
    acceleration = SplineInterpolator(**settings).fit(ride.t, ride.u).differentiate(order=2)
    upper = acceleration.band(list(_MOMENTS.values()), level=0.95)[1]
    values = acceleration(list(_MOMENTS.values()))
    return dict(zip(_MOMENTS, zip(values, upper, strict=True), strict=True))


def _surely_braking() -> set[str]:
    ends = _braking(penalty_order=3, adaptive=False)
    return {moment for moment, (_, upper) in ends.items() if upper < 0}


def _seemingly_braking() -> set[str]:
    values = _braking(penalty_order=3, adaptive=False)
    return {moment for moment, (value, _) in values.items() if value < 0}


def _exchanged(names: list[str], one: str, other: str) -> list[str]:
    swap = {one: other, other: one}
    return [swap.get(name, name) for name in names]


@functools.cache
def _errors_by_window() -> np.ndarray:
    """Return the mean error of value and derivative for each window, shape (windows, 2)."""
    many = [noisy_sine(n=400, noise=0.05, seed=seed) for seed in range(20)]
    spacing = float(many[0].t[1] - many[0].t[0])

    def rms(error: Any) -> float:
        return float(np.sqrt(np.mean(error**2)))

    def errors(window: int) -> list[float]:
        value = [savgol_filter(s.u, window, 2) - s.truth for s in many]
        slope = [savgol_filter(s.u, window, 2, 1, spacing) - s.derivative for s in many]
        return [float(np.mean([rms(e) for e in all_seeds])) for all_seeds in (value, slope)]

    return np.array([errors(int(window)) for window in _WINDOWS])


def _best_windows() -> np.ndarray:
    return _WINDOWS[_errors_by_window().argmin(axis=0)]


EXERCISES = {
    "2.1": Exercise(
        Number(percent(1)),
        right=lambda: _TANGENT * _EXTRA_AREA,
        hint="Slope of the tangent first: rise over run, with its units. Then times the change.",
        then="A sensitivity times a small change of the input: a linear model does nothing else.",
        mistakes=[
            Mistake(
                "slope alone",
                "That is the slope, the change for one square meter. Now for three of them.",
                made=lambda: _TANGENT,
            ),
            Mistake(
                "run over rise",
                "Run over rise: asked is what a square meter adds, not what a thousand euros buy.",
                made=lambda: _EXTRA_AREA / _TANGENT,
            ),
            Mistake(
                "price in place of change",
                "That is the new price. Asked is by how much it changes.",
                made=lambda: _PRICE[0] + _TANGENT * (100 + _EXTRA_AREA - _AREA[0]),
            ),
        ],
        wrong=[(lambda: -_TANGENT * _EXTRA_AREA, "wrong sign")],
    ),
    "2.2": Exercise(
        Number(percent(0.1)),
        right=lambda: (_WEIGHTS + 1) / _REVERSE,
        hint="Count the calls of the loss that forward differences need, and divide by the price "
        "of reverse mode.",
        then="And the factor grows with the number of weights: millions of them, millions.",
        mistakes=[
            Mistake(
                "unmoved loss forgotten",
                "One call more: each difference subtracts the loss at the unmoved weights, and "
                "that has to be computed too, once.",
                made=lambda: _WEIGHTS / _REVERSE,
            ),
            Mistake(
                "central",
                "That is the count for central differences, two calls for each weight.",
                made=lambda: 2 * _WEIGHTS / _REVERSE,
            ),
            Mistake(
                "calls alone",
                "That is how many calls the differences take. Reverse mode is not free either: "
                "how many times longer?",
                made=lambda: _WEIGHTS + 1,
            ),
            Mistake(
                "a loss for every difference",
                "The loss at the unmoved weights is the same for all differences: compute it once.",
                made=lambda: 2 * _WEIGHTS,
            ),
        ],
    ),
    "2.3": Exercise(
        Number(percent(15)),
        right=_best_central_step,
        hint="Write the mean square error of a central difference as noise plus bending, set its "
        "derivative with respect to h to zero, and solve for h.",
        then="The curve is flat around its minimum, so nobody needs h to three digits.",
        mistakes=[
            Mistake(
                "step of noise-free data",
                "That is a step for exact values. These samples carry noise, which is divided by "
                "h: look at the U-curve with its slider at 0.05.",
                when=lambda step: 0 < step < 1e-3,
            ),
            Mistake(
                "forward",
                "That is the best step of forward differences. Central ones err by h², not by h.",
                made=_best_forward_step,
            ),
            Mistake(
                "factor forgotten",
                "A factor got lost in the derivation: the third derivative is divided by 6, and "
                "the two errors of a central difference by 2h.",
                made=lambda: _best_central_step(factor=1.0),
            ),
            Mistake(
                "counted in samples",
                "That is a number of samples. Times their spacing, it is a step in t.",
                made=lambda: _best_central_step() / (2 * np.pi / 999),
            ),
        ],
        wrong=[(lambda: 1e-12, "step of noise-free data")],
    ),
    "2.4": Exercise(
        Array(percent(1, each=True), names=("at x", "at x - h", "at x - 2h")),
        right=_weights_at_end,
        hint="Write Taylor's formula for f(x - h) and f(x - 2h), and choose the weights so that f "
        "cancels, h f' gets the factor 1 and h² f'' cancels.",
        then="Second order, from samples on one side only: the price is more noise.",
        mistakes=[
            Mistake(
                "constant not canceled",
                "The weights must add up to 0: a constant has the derivative 0.",
                when=lambda weights: abs(weights.sum()) > 1e-6,
            ),
            Mistake(
                "over 2h",
                "These weights belong over 2h. Asked are those over h.",
                made=lambda: 2 * _weights_at_end(),
            ),
            Mistake(
                "first order",
                "That is the backward difference of two samples. With a third one the error's "
                "first term can be canceled too.",
                made=lambda: np.array([1.0, -1.0, 0.0]),
            ),
            Mistake(
                "central",
                "That is a central difference: it gives the derivative at x - h, not at the end.",
                made=lambda: np.array([0.5, 0.0, -0.5]),
            ),
        ],
        wrong=[
            (lambda: -_weights_at_end(), "wrong sign"),
            (lambda: _weights_at_end()[::-1], "reversed order"),
        ],
    ),
    "2.5": Exercise(
        Function(percent(1), cases=_errors_of_known_order),
        right=lambda: _order,
        hint="If error = C hᵖ, what is log(error) as a function of log(h)?",
        then="Any two points of a straight line give its slope; a fit to all is safer with noise.",
        mistakes=[
            Mistake(
                "no logarithm",
                "That is the slope of the error itself. On log axes a power becomes a line.",
                made=lambda: lambda h, error: np.polyfit(h, error, 1)[0],
            ),
            Mistake(
                "logarithm of one axis",
                "Only the error's logarithm is taken. The order is a slope on two log axes.",
                made=lambda: lambda h, error: np.polyfit(h, np.log(error), 1)[0],
            ),
            Mistake(
                "intercept",
                "That is the line's height, log C. `np.polyfit` returns the slope first.",
                made=lambda: lambda h, error: np.polyfit(np.log(h), np.log(error), 1)[1],
            ),
        ],
        wrong=[
            (lambda: lambda h, error: -_order(h, error), "wrong sign"),
            (lambda: lambda h, error: _order(error, h), "reciprocal"),
        ],
    ),
    "2.6": Exercise(
        Array(
            within(0.01),
            names=("relu(x) + 2x", "maximum(4x, x)", "relu(3x) - relu(-3x)"),
        ),
        right=_autodiff_at_kinks,
        hint="Autodiff takes the slope of each operation at its own input and multiplies along the "
        "chain. Look up what it takes for relu at 0, and for a tie of maximum.",
        then="Only the last has a derivative at 0, and that is the one autodiff gets wrong.",
        mistakes=[
            Mistake(
                "slopes on the right",
                "Those are the slopes on the right of 0. Autodiff knows no sides.",
                made=lambda: _SIDES["right"],
            ),
            Mistake(
                "slopes on the left",
                "Those are the slopes on the left of 0. Autodiff knows no sides.",
                made=lambda: _SIDES["left"],
            ),
            Mistake(
                "middle everywhere",
                "The middle of both sides: that is a maximum's convention at a tie, and not "
                "relu's.",
                made=lambda: (_SIDES["left"] + _SIDES["right"]) / 2,
            ),
            Mistake(
                "tie to the first",
                "At a tie `maximum` does not give everything to its first argument.",
                made=lambda: _autodiff_at_kinks(tie=1.0),
            ),
            Mistake(
                "true derivative",
                "For the last you give the true derivative. Autodiff does not know that the kinks "
                "cancel: it adds what each relu reports.",
                made=lambda: np.append(_autodiff_at_kinks()[:2], _SIDES["right"][2]),
            ),
        ],
    ),
    "2.7": Exercise(
        Order(suspects.FAULTS),
        right=suspects.faults,
        hint="Compare each with a central difference at a good step, entry by entry: which ratio, "
        "which place, how many digits?",
        then="A gradient check finds that something is wrong; the pattern says what.",
        mistakes=[
            Mistake(
                "sound one and tiny step exchanged",
                "Two of them agree to three digits or so. Which of the two agrees with central "
                "differences at a good step to eight?",
                made=lambda: _exchanged(suspects.faults(), "nothing", "step too small"),
            ),
            Mistake(
                "shift and degrees exchanged",
                "One of them holds the right numbers, each in the wrong place; in another each "
                "number is off by a factor of its own. Those two are exchanged.",
                made=lambda: _exchanged(
                    suspects.faults(), "index off by one", "degrees for radians"
                ),
            ),
            Mistake(
                "sound one and its negative exchanged",
                "Two differ in their sign only. Which one points uphill? Try a small step.",
                made=lambda: _exchanged(suspects.faults(), "nothing", "wrong sign"),
            ),
        ],
    ),
    "2.8": Exercise(
        Choice(tuple(_MOMENTS), several=True),
        right=_surely_braking,
        hint="The second derivative of the position is the acceleration. Braking is sure where "
        "even the upper end of its band lies below zero.",
        then="A negative estimate is no evidence of braking until the band says so too.",
        mistakes=[
            Mistake(
                "estimate without its band",
                "At one of these moments the estimate is negative, and the upper end of its band "
                "is not. With the settings that adapt to calm stretches the band of a second "
                "derivative is too narrow: use those of the exercise.",
                made=_seemingly_braking,
            ),
            Mistake(
                "speeding up",
                "At A the tram gathers speed: the estimate itself is positive there.",
                when=lambda chosen: "A" in chosen,
            ),
        ],
        wrong=[(lambda: ["D"], "incomplete"), (lambda: ["A", "B"], "speeding up")],
    ),
    "2.9": Exercise(
        Order(suspects.CHARACTERS),
        right=suspects.characters,
        hint="Look at the residuals: those of neighbors, and those at the outliers.",
        then="Residuals are all you have without the truth, and here they are enough.",
        mistakes=[
            Mistake(
                "smooth taken for honest",
                "The smoothest curve is not the honest one. Are the residuals of neighboring "
                "samples alike? Then a piece of the signal was left in them.",
                made=lambda: _exchanged(suspects.characters(), "honest", "irons the signal flat"),
            ),
            Mistake(
                "close taken for honest",
                "Close to every sample is not honest if some samples are wild. How much of each "
                "outlier's jump does the curve take part in?",
                made=lambda: _exchanged(suspects.characters(), "honest", "follows the outliers"),
            ),
        ],
    ),
    "2.10": Exercise(
        Array(percent(10, each=True), names=("for the value", "for the derivative")),
        right=_best_windows,
        hint="For every window, average the error over all twenty seeds, and take the window with "
        "the least, for the value and for the derivative apart.",
        then="One parabola, two answers: what is best depends on what you ask it for.",
        mistakes=[
            Mistake(
                "exchanged",
                "The two are exchanged: first the window for the value.",
                made=lambda: _best_windows()[::-1],
            ),
            Mistake(
                "error in place of window",
                "Those are the least errors. Asked are the windows at which they are reached.",
                made=lambda: _errors_by_window().min(axis=0),
            ),
            Mistake(
                "place in the list",
                "Those are places in the list of windows: look up the windows that stand there.",
                made=lambda: _errors_by_window().argmin(axis=0),
            ),
            Mistake(
                "one window for both",
                "The value's best window, twice. Measure the derivative's error by itself.",
                made=lambda: _best_windows()[[0, 0]],
            ),
        ],
    ),
}

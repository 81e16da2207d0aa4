"""The exercises of chapter 5, Approximation and Taylor series."""

from __future__ import annotations

import functools
import math
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.polynomial import Chebyshev
from scipy.interpolate import CubicSpline

from calcbook import interpolation_race, taylor_from_data, taylor_suspects
from calcbook.checks.exercise import Exercise, Mistake
from calcbook.checks.kinds import Array, Choice, Function, Number, Order
from calcbook.checks.tolerance import percent, within

# 5.1: the sigmoid's largest second derivative anywhere, and the tolerance.
_BEND, _TOLERANCE = 1 / (6 * np.sqrt(3)), 0.01

# 5.2: center of the series; the poles of softplus' are those of the sigmoid.
_CENTER = 2.0

# 5.5: inputs of the linear model.
_INPUTS = np.random.default_rng(5).normal(size=(50, 4)) * np.array([1.0, 2.0, 0.5, 3.0])

# 5.6: largest second derivative of the sine wave, and the tolerance.
_WAVE_BEND, _NEURON_TOLERANCE = (2 * np.pi) ** 2, 1e-3

# 5.8: degrees that are tried, and the samples.
_DEGREES = np.arange(2, 41, 2)
_PLACES = np.linspace(-1, 1, 100)

# 5.9: the moment, and what the derivatives are called.
_MOMENT = 1.57
_NAMES = ("value", "slope", "curvature", "third derivative")

# 5.11: how fast the wave goes whose slope is explained.
_FREQUENCY = 3.0


def _order_needed(x: float, tolerance: float) -> int:
    """Return the least order n with |x|^(n + 1) / (n + 1)! at most the tolerance."""
    order = 0
    while abs(x) ** (order + 1) / math.factorial(order + 1) > tolerance:
        order += 1
    return order


def _orders_asked() -> list[tuple[float, float]]:
    return [(0.5, 1e-3), (-1.0, 1e-6), (3.0, 1e-4), (6.0, 1e-8), (0.01, 0.1)]


def _change(g: np.ndarray, H: np.ndarray, step: np.ndarray) -> float:
    return float(g @ step + step @ H @ step / 2)


def _steps_asked() -> list[tuple[np.ndarray, np.ndarray, np.ndarray]]:
    rng = np.random.default_rng(54)
    cases = []
    for d in (2, 3, 5):
        A = rng.normal(size=(d, d))
        cases.append((rng.normal(size=d), A + A.T, rng.normal(size=d)))
    return cases


def _eigenvalues() -> np.ndarray:
    """Return the eigenvalues of the Hessian of the mean square error, rising."""
    return np.linalg.eigvalsh(2 * _INPUTS.T @ _INPUTS / len(_INPUTS))


def _bending(x: np.ndarray, u: np.ndarray, ends: Any = "natural") -> float:
    """Return the integral of the squared second derivative of a cubic spline."""
    bent = CubicSpline(x, u, bc_type=ends).derivative(2)
    left, right = bent(x[:-1]), bent(x[1:])
    return float(np.sum(np.diff(x) * (left**2 + left * right + right**2) / 3))


def _curves_asked() -> list[tuple[np.ndarray, np.ndarray]]:
    rng = np.random.default_rng(57)
    return [(np.cumsum(rng.uniform(0.3, 1.5, size=n)), rng.normal(size=n)) for n in (4, 6, 9)]


def _at_knots(x: np.ndarray, u: np.ndarray) -> float:
    return float(np.trapezoid(CubicSpline(x, u, bc_type="natural")(x, 2) ** 2, x))


def _total(x: np.ndarray, u: np.ndarray) -> float:
    fine = np.linspace(x[0], x[-1], 20_001)
    return float(np.trapezoid(np.abs(CubicSpline(x, u, bc_type="natural")(fine, 2)), fine))


@functools.cache
def _errors_by_degree() -> np.ndarray:
    """Return the mean error of value and derivative for each degree, shape (degrees, 2)."""
    target = interpolation_race.TARGETS[interpolation_race.RUNGE]
    truths = target.value(_PLACES), target.slope(_PLACES)
    many = [
        truths[0] + 0.05 * np.random.default_rng(seed).normal(size=_PLACES.size)
        for seed in range(20)
    ]

    def errors(degree: int) -> np.ndarray:
        fits = [Chebyshev.fit(_PLACES, u, degree) for u in many]
        off = [(fit(_PLACES) - truths[0], fit.deriv()(_PLACES) - truths[1]) for fit in fits]
        return np.sqrt(np.mean(np.square(off), axis=-1)).mean(axis=0)

    return np.array([errors(int(degree)) for degree in _DEGREES])


def _best_degrees() -> np.ndarray:
    return _DEGREES[_errors_by_degree().argmin(axis=0)]


def _surely_nonzero(spread: float = 1.96) -> set[str]:
    values, stds = taylor_from_data.estimated_derivatives(
        taylor_from_data.series(0.1, seed=3), _MOMENT
    )
    return {
        name
        for name, value, std in zip(_NAMES, values, stds, strict=True)
        if abs(value) > spread * std
    }


def _exchanged(one: str, other: str) -> list[str]:
    swap = {one: other, other: one}
    return [swap.get(name, name) for name in taylor_suspects.faults()]


def _explained(width: float) -> float:
    """Return the slope that a surrogate of a width finds for sin(3x) at 0."""
    return float(_FREQUENCY * np.exp(-((_FREQUENCY * width) ** 2) / 2))


def _half_width() -> float:
    """Return the width at which the surrogate's slope is half of the gradient."""
    return float(np.sqrt(2 * np.log(2)) / _FREQUENCY)


def _neurons(bend: float = _WAVE_BEND) -> int:
    return math.ceil(np.sqrt(bend / (8 * _NEURON_TOLERANCE)))


def _made(function: Callable[..., Any]) -> Callable[[], Callable[..., Any]]:
    """Return what makes a mistake of an exercise that asks for a function."""
    return lambda: function


EXERCISES = {
    "5.1": Exercise(
        Number(percent(1)),
        right=lambda: np.sqrt(2 * _TOLERANCE / _BEND),
        hint="Lagrange's bound of order 1 is M h²/2. Set it to the tolerance, with the largest "
        "second derivative for M, and solve for h.",
        then="It is a promise and no more: the sigmoid bends less near 0, so the line is in truth "
        "good for longer.",
        mistakes=[
            Mistake(
                "half forgotten",
                "The remainder of order 1 is divided by 2!, and that 2 is missing.",
                made=lambda: np.sqrt(_TOLERANCE / _BEND),
            ),
            Mistake(
                "largest slope",
                "M is the largest *second* derivative. The first is in the tangent already.",
                made=lambda: np.sqrt(2 * _TOLERANCE / 0.25),
            ),
            Mistake(
                "square root forgotten",
                "That is h². Take the root.",
                made=lambda: 2 * _TOLERANCE / _BEND,
            ),
            Mistake(
                "true radius",
                "So far the tangent is good in truth. Asked is how far the bound with this M "
                "guarantees it.",
                when=lambda h: 0.75 <= h <= 0.82,
            ),
        ],
        wrong=[(lambda: 0.79, "true radius")],
    ),
    "5.2": Exercise(
        Number(percent(1)),
        right=lambda: np.hypot(_CENTER, np.pi),
        hint="Where in the complex plane is 1 + eˣ zero? How far is the nearest such point from 2?",
        then="Farther from the bend the radius is larger.",
        mistakes=[
            Mistake(
                "about 0",
                "That is the radius about 0. Here the center is 2: draw the poles and measure.",
                made=lambda: np.pi,
            ),
            Mistake(
                "minus center",
                "Distances in the plane do not add and subtract: it is a right triangle.",
                made=lambda: np.pi - _CENTER,
            ),
            Mistake(
                "plus center",
                "Distances in the plane do not add: it is a right triangle.",
                made=lambda: np.pi + _CENTER,
            ),
        ],
        wrong=[(lambda: np.hypot(_CENTER, np.pi) ** 2, "squared")],
    ),
    "5.3": Exercise(
        Function(within(0.1), cases=_orders_asked),
        right=lambda: _order_needed,
        hint="Begin with order 0 and raise it while the bound |x|ⁿ⁺¹/(n + 1)! is too large.",
        then="For |x| = 6 the bound rises at first: a tolerance is met all the same, later.",
        mistakes=[
            Mistake(
                "terms counted",
                "One too many. Order n has n + 1 terms, and the bound is about the first term that "
                "is left out, not about the last that is kept.",
                made=_made(lambda x, tolerance: _order_needed(x, tolerance) + 1),
            ),
            Mistake(
                "factorial forgotten",
                "Without the factorial the bound never falls for |x| above 1.",
                when=lambda orders: orders[2] > 30 or orders[3] > 50,
            ),
        ],
        wrong=[
            (
                lambda: (
                    lambda x, tolerance: min(
                        (n for n in range(60) if abs(x) ** (n + 1) <= tolerance), default=99
                    )
                ),
                "factorial forgotten",
            )
        ],
    ),
    "5.4": Exercise(
        Function(percent(0.1), cases=_steps_asked),
        right=lambda: _change,
        hint="Two terms: gradient times step, and half of step times Hessian times step.",
        then="The same line predicts a training step and the effect of pruning a weight.",
        mistakes=[
            Mistake(
                "half forgotten",
                "The second-order term has the factor 1/2, from 2!.",
                made=_made(lambda g, H, step: g @ step + step @ H @ step),
            ),
            Mistake(
                "first order alone",
                "That is the first-order term alone.",
                made=_made(lambda g, H, step: g @ step),
            ),
            Mistake(
                "diagonal alone",
                "The mixed derivatives are missing: the whole Hessian takes part.",
                made=_made(lambda g, H, step: g @ step + np.sum(np.diag(H) * step**2) / 2),
            ),
            Mistake(
                "second order alone",
                "That is the second-order term alone.",
                made=_made(lambda g, H, step: step @ H @ step / 2),
            ),
        ],
    ),
    "5.5": Exercise(
        Number(percent(1)),
        right=lambda: 2 / _eigenvalues()[-1],
        hint="The Hessian of mean((X w - y)²) is 2 XᵀX/n. The limit is 2 over its largest "
        "eigenvalue.",
        then="Standardize the columns, and the limit is several times as large.",
        mistakes=[
            Mistake(
                "one over",
                "1/λ is the rate that lands best along that eigenvector. The limit is farther.",
                made=lambda: 1 / _eigenvalues()[-1],
            ),
            Mistake(
                "factor of the Hessian",
                "The square brings down a 2: the Hessian is twice XᵀX/n.",
                made=lambda: 4 / _eigenvalues()[-1],
            ),
            Mistake(
                "sum in place of mean",
                "That is the limit for the sum of squares. The loss here is their mean.",
                made=lambda: 2 / _eigenvalues()[-1] / len(_INPUTS),
            ),
            Mistake(
                "smallest eigenvalue",
                "That is the limit along the flattest direction. The steepest one breaks first.",
                made=lambda: 2 / _eigenvalues()[0],
            ),
            Mistake(
                "mean curvature",
                "All directions take part in a step. The mean eigenvalue protects none of them.",
                made=lambda: 2 / _eigenvalues().mean(),
            ),
        ],
    ),
    "5.6": Exercise(
        Number(within(0.5)),
        right=_neurons,
        hint="A piece of length h = 1/K is off by at most h² max|f″|/8. Set this to the tolerance.",
        then="For an error ten times smaller you need only three times as many: two orders.",
        mistakes=[
            Mistake(
                "eight forgotten",
                "Between two corners the product (x - a)(b - x)/2 is h²/8 at the most, not h².",
                made=lambda: math.ceil(np.sqrt(8) * np.sqrt(_WAVE_BEND / (8 * _NEURON_TOLERANCE))),
            ),
            Mistake(
                "largest value",
                "The largest second derivative of sin(2πx) is not 1: each derivative brings a 2π.",
                made=lambda: _neurons(1.0),
            ),
            Mistake(
                "one derivative",
                "That is with the largest slope. The bound has the second derivative.",
                made=lambda: _neurons(2 * np.pi),
            ),
            Mistake(
                "error of the slope",
                "That many would be needed if the error of the *slope* had this bound.",
                when=lambda neurons: neurons > 10_000,
            ),
            Mistake(
                "corners counted",
                "K pieces have K + 1 points, and K neurons: the first slope needs one, and each "
                "inner point one.",
                made=lambda: _neurons() + 1,
            ),
        ],
        wrong=[(lambda: 19_740, "error of the slope")],
    ),
    "5.7": Exercise(
        Function(percent(1), cases=_curves_asked),
        right=lambda: _bending,
        hint="The second derivative is a straight line on each piece; its square can be integrated "
        "exactly from the values at both ends.",
        then="No curve through the same points gives less: the number belongs to the points.",
        mistakes=[
            Mistake(
                "other ends",
                "This spline's second derivative does not vanish at the ends: `CubicSpline` needs "
                '`bc_type="natural"`.',
                made=_made(lambda x, u: _bending(x, u, "not-a-knot")),
            ),
            Mistake(
                "trapezoid at the points",
                "The square of a line is a parabola: the trapezoid rule with the points alone "
                "gives too much.",
                made=_made(_at_knots),
            ),
            Mistake(
                "square forgotten",
                "That is the integral of |f″|. Its square is asked.",
                made=_made(_total),
            ),
        ],
        wrong=[(lambda: lambda x, u: np.sqrt(_bending(x, u)), "root")],
    ),
    "5.8": Exercise(
        Array(percent(5, each=True), names=("for the value", "for the derivative")),
        right=_best_degrees,
        hint="For every degree, average the error over all twenty seeds, for value and derivative "
        "apart, and take the degree with the least.",
        then="A degree that suits the value follows too much noise at the ends for the derivative.",
        mistakes=[
            Mistake(
                "exchanged",
                "The two are exchanged: first the degree for the value.",
                made=lambda: _best_degrees()[::-1],
            ),
            Mistake(
                "error in place of degree",
                "Those are the least errors. Asked are the degrees at which they are reached.",
                made=lambda: _errors_by_degree().min(axis=0),
            ),
            Mistake(
                "place in the list",
                "Those are places in the list of degrees: look up the degrees that stand there.",
                made=lambda: _errors_by_degree().argmin(axis=0),
            ),
            Mistake(
                "one degree for both",
                "The value's best degree, twice. Measure the derivative's error by itself.",
                made=lambda: _best_degrees()[[0, 0]],
            ),
        ],
    ),
    "5.9": Exercise(
        Choice(_NAMES, several=True),
        right=_surely_nonzero,
        hint="A derivative surely differs from zero if zero lies outside of its band.",
        then="These are the terms that data can give you here; the others bring in more than they "
        "correct.",
        mistakes=[
            Mistake(
                "estimates without bands",
                "No estimate is exactly zero. Ask whether the band contains zero.",
                made=lambda: set(_NAMES),
            ),
            Mistake(
                "third derivative",
                "Look at the band of the third derivative: it is wide.",
                when=lambda chosen: "third derivative" in chosen and "slope" not in chosen,
            ),
            Mistake(
                "slope",
                "The sine is nearly level there. Is zero outside of the band of the slope?",
                when=lambda chosen: "slope" in chosen and "third derivative" not in chosen,
            ),
        ],
        wrong=[
            (lambda: ["value"], "incomplete"),
            (lambda: ["value", "slope", "curvature"], "slope"),
            (lambda: ["value", "curvature", "third derivative"], "third derivative"),
        ],
    ),
    "5.10": Exercise(
        Order(taylor_suspects.FAULTS),
        right=taylor_suspects.faults,
        hint="Halve the step and see by which factor the error falls: 1, 2, 4 or 8 names the order "
        "of the first wrong term. Then step along one axis.",
        then="How the error grows tells the place of a mistake, without reading the code.",
        mistakes=[
            Mistake(
                "two wrong second orders exchanged",
                "Two of them are wrong in the second order. One of them is right along each axis.",
                made=lambda: _exchanged("half forgotten", "mixed derivatives forgotten"),
            ),
            Mistake(
                "value and gradient exchanged",
                "One has an error that does not shrink with the step at all, another one that "
                "shrinks in proportion to it. Those two are exchanged.",
                made=lambda: _exchanged("value of another point", "gradient of another point"),
            ),
            Mistake(
                "sound one and forgotten mixed ones exchanged",
                "Along an axis two of them are right. Step aslant as well.",
                made=lambda: _exchanged("nothing", "mixed derivatives forgotten"),
            ),
        ],
    ),
    "5.11": Exercise(
        Number(percent(1)),
        right=_half_width,
        hint="The surrogate's slope is the mean of 3 cos(3wZ) for a standard normal Z, and the "
        "mean of cos(tZ) is exp(-t²/2).",
        then="A neighborhood of four tenths, and half of the gradient is gone.",
        mistakes=[
            Mistake(
                "two forgotten",
                "In the mean of cos(tZ) the exponent is -t²/2, and the 2 is missing.",
                made=lambda: np.sqrt(np.log(2)) / _FREQUENCY,
            ),
            Mistake(
                "frequency forgotten",
                "That is right for sin(x). The wave here is three times as fast.",
                made=lambda: np.sqrt(2 * np.log(2)),
            ),
            Mistake(
                "slope of half",
                "At that width the slope itself is a half. Asked is half of the gradient, which is "
                "3 at 0.",
                made=lambda: np.sqrt(2 * np.log(2 * _FREQUENCY)) / _FREQUENCY,
            ),
            Mistake(
                "no average",
                "There the gradient is half of that at 0. The surrogate *averages* the gradient.",
                made=lambda: np.arccos(0.5) / _FREQUENCY,
            ),
        ],
        wrong=[(lambda: _half_width() ** 2, "squared")],
    ),
}

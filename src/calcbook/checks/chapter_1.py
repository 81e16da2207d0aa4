"""The exercises of chapter 1, Functions and limits."""

from __future__ import annotations

import functools
import warnings
from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike
from scipy.optimize import brentq

from calcbook.checks.exercise import Exercise, Mistake
from calcbook.checks.kinds import Array, Choice, Function, Number, Order
from calcbook.checks.tolerance import percent, within
from calcbook.data.discount import THRESHOLD, discount
from calcbook.data.vibration import FREQUENCY
from calcbook.limit_suspects import FAULTS, faults
from calcbook.moons import probability
from calcbook.safe_radius import safe_radius, safe_radius_around
from calcbook.temperature import tempered
from pydelt import ExtrapolationWarning
from pydelt.interpolation import SplineInterpolator

# 1.1: the constant below the root.
_UNDER_ROOT = 9.0

# 1.3: numbers per token, and what each term of the cost is multiplied by.
_WIDTH, _PER_TOKEN, _PER_PAIR = 512, 12, 2

# 1.5: the square around this input, to within this tolerance.
_INPUT, _TOLERANCE = 3.0, 1.0

# 1.7: scores, and the probability that the largest of them is to have.
_SCORES, _WANTED = np.array([3.0, 2.0, 0.5]), 0.9

# 1.9: the rates of the two sensors, in Hz.
_RATES = 10, 13

# 1.11: the point, and how far the probability may move.
_POINT, _MOVE = np.array([0.95, 0.3]), 0.1

# 1.12: the four limits, from A to D.
_LIMITS = np.array([2 / 3, 5 / 2, 3.0, 1 / 2])


def _conjugate(x: ArrayLike) -> np.ndarray:
    x = np.asarray(x, dtype=float)
    return np.asarray(x * (x / (np.hypot(1, x) + 1)))


def _one_sided_difference() -> float:
    """Return the difference of the one-sided limits of spending at the threshold."""
    customers = discount()

    def at_threshold(side: np.ndarray) -> float:
        fit = SplineInterpolator(adaptive=False).fit(customers.score[side], customers.spend[side])
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ExtrapolationWarning)  # by less than one point
            return float(fit(THRESHOLD))

    above = customers.score >= THRESHOLD
    return at_threshold(above) - at_threshold(~above)


def _difference_of_means(width: float = 100.0) -> float:
    customers = discount()
    near = np.abs(customers.score - THRESHOLD) <= width
    above = customers.score >= THRESHOLD
    return float(customers.spend[near & above].mean() - customers.spend[near & ~above].mean())


def _temperature(scores: np.ndarray = _SCORES, wanted: float = _WANTED) -> float:
    return float(brentq(lambda t: tempered(scores, t)[0] - wanted, 0.01, 100))


def _seen_at(rate: int) -> float:
    """Return the frequency below half the rate that the samples seem to show."""
    rest = FREQUENCY % rate
    return min(rest, rate - rest)


@functools.cache
def _radius() -> float:
    return safe_radius_around(probability, _POINT, _MOVE)[0]


def _slope_at_point(h: float = 1e-5) -> np.ndarray:
    steps = h * np.eye(2)
    return np.array(
        [np.ptp(probability([_POINT - step, _POINT + step])) / (2 * h) for step in steps]
    )


def _radius_along_axes() -> float:
    def along(axis: np.ndarray) -> float:
        return safe_radius(lambda r: probability(_POINT + r[:, None] * axis), 0.0, _MOVE)

    return min(along(axis) for axis in np.eye(2))


def _with_limit(place: int, value: float) -> np.ndarray:
    """Return the four limits with another one at a place."""
    return np.where(np.arange(_LIMITS.size) == place, value, _LIMITS)


def _says(place: int, value: float) -> Callable[[np.ndarray], bool]:
    """Return a test for one limit of the four, whatever the others are."""
    return lambda limits: bool(abs(limits[place] - value) <= 0.005 * max(abs(value), 1))


def _exchanged(names: list[str], one: str, other: str) -> list[str]:
    swap = {one: other, other: one}
    return [swap.get(name, name) for name in names]


EXERCISES = {
    "1.1": Exercise(
        Number(percent(0.5)),
        right=lambda: 1 / (2 * np.sqrt(_UNDER_ROOT)),
        hint="Multiply numerator and denominator by the sum of the root and 3, and cancel x.",
        then="This quotient is a derivative: that of the square root at 9.",
        mistakes=[
            Mistake(
                "read off as 0/0",
                "Both parts tend to 0, and then the laws are silent: 0/0 may be anything. Find "
                "another form first.",
                made=lambda: 0.0,
            ),
            Mistake(
                "one root forgotten",
                "In the denominator stands the root plus 3, and the root tends to 3 as well.",
                made=lambda: 1 / np.sqrt(_UNDER_ROOT),
            ),
            Mistake(
                "limit of the denominator",
                "That is what the denominator of the new form tends to. The limit is 1 over it.",
                made=lambda: 2 * np.sqrt(_UNDER_ROOT),
            ),
        ],
    ),
    "1.2": Exercise(
        Choice(("A", "B", "C", "D", "E", "F"), several=True),
        right=lambda: ["B", "C", "E"],
        hint="Ask of each: do both sides agree, do the values stay bounded, do they settle?",
        then="B by the squeeze, C by canceling, E by an asymptote.",
        mistakes=[
            Mistake(
                "hole taken for a gap",
                "C is 0/0 at 2, but a limit does not ask for the value there: cancel x - 2.",
                made=lambda: ["B", "E"],
            ),
            Mistake(
                "squeeze overlooked",
                "B swings ever faster, but between two bounds that both approach 0.",
                made=lambda: ["C", "E"],
            ),
        ],
        wrong=[
            (lambda: ["B", "C"], "incomplete"),
            (lambda: ["A", "B", "C", "E"], "too many"),
        ],
    ),
    "1.3": Exercise(
        Number(percent(0.5)),
        right=lambda: _PER_TOKEN * _WIDTH / _PER_PAIR,
        hint="Set the two terms equal, and divide by n and d.",
        then="Below that many tokens, most of the work is not attention at all.",
        mistakes=[
            Mistake(
                "constants dropped",
                "That is where n²d = nd², with the constants dropped as O does. Here they decide.",
                made=lambda: float(_WIDTH),
            ),
            Mistake(
                "one constant dropped",
                "The 2 before n²d counts too: scores and weighted sums are two products.",
                made=lambda: float(_PER_TOKEN * _WIDTH),
            ),
            Mistake(
                "divided the wrong way",
                "Divide the other way round: the larger d, the later n² wins.",
                made=lambda: _PER_PAIR * _WIDTH / _PER_TOKEN,
            ),
        ],
    ),
    "1.4": Exercise(
        Function(
            percent(1e-8, each=True),
            cases=lambda: [(x,) for x in (1e-9, 1e-5, 0.01, 0.7, 3.0, 400.0, 1e100)],
            arrays=True,
        ),
        right=lambda: _conjugate,
        hint="Multiply and divide by the sum of the root and 1.",
        then="The subtraction is gone, and with it the loss of digits.",
        mistakes=[
            Mistake(
                "as written",
                "For small x the root is rounded to 1, and the difference to 0: this is the form "
                "to be mended.",
                made=lambda: lambda x: np.sqrt(1 + np.asarray(x) ** 2) - 1,
            ),
            Mistake(
                "first term only",
                "x²/2 is right for small x only. Find a form that is equal for all x.",
                made=lambda: lambda x: np.asarray(x) ** 2 / 2,
            ),
            Mistake(
                "reciprocal of the factor",
                "Multiplying by the sum leaves x² above and the sum below, and here the x² is "
                "missing.",
                made=lambda: lambda x: 1 / (np.sqrt(1 + np.asarray(x) ** 2) + 1),
            ),
        ],
    ),
    "1.5": Exercise(
        Number(percent(0.5)),
        right=lambda: np.sqrt(_INPUT**2 + _TOLERANCE) - _INPUT,
        hint="Solve x² = 9 + ε and x² = 9 - ε. Both sides have to keep the contract.",
        then="The square is steeper to the right, so that side breaks the contract first.",
        mistakes=[
            Mistake(
                "the wider side",
                "To the left there is that much room; to the right the square is steeper, and has "
                "already broken the contract.",
                made=lambda: _INPUT - np.sqrt(_INPUT**2 - _TOLERANCE),
            ),
            Mistake(
                "tangent",
                "ε divided by the slope is right for tiny ε only. This one is not tiny: solve for "
                "x.",
                made=lambda: _TOLERANCE / (2 * _INPUT),
            ),
        ],
        instead={"the input at which the contract breaks": lambda: np.sqrt(_INPUT**2 + _TOLERANCE)},
    ),
    "1.6": Exercise(
        Number(within(1.0, "euros")),
        right=_one_sided_difference,
        hint="Fit the customers below 700 and those from 700 on, each by themselves, and compare "
        "the two fits at 700.",
        then="Those just above and just below differ in the discount, and in little else.",
        mistakes=[
            Mistake(
                "difference of means",
                "That compares all customers on both sides. Those with higher scores spend more "
                "anyway: compare *at* 700.",
                made=_difference_of_means,
            ),
            Mistake(
                "wide window",
                "A mean over a window of 50 points still holds some of the trend. Fit, and go to "
                "the edge.",
                made=lambda: _difference_of_means(50.0),
            ),
        ],
        wrong=[(lambda: -_one_sided_difference(), "wrong sign")],
    ),
    "1.7": Exercise(
        Number(percent(0.5)),
        right=_temperature,
        hint="The largest probability is a continuous function of T that falls as T grows: enclose "
        "the goal, and bisect.",
        then="Below T = 1 the softmax is sharper than its scores.",
        mistakes=[
            Mistake(
                "two scores only",
                "That takes only the two largest scores into account. The third has a share too.",
                made=lambda: _temperature(_SCORES[:2]),
            ),
            Mistake(
                "wrong half kept",
                "That is an end of the interval. As T grows, the largest probability *falls*: keep "
                "the other half.",
                when=lambda t: t > 50 or 0 < t < 0.02,
            ),
        ],
        wrong=[(lambda: 1 / _temperature(), "reciprocal"), (lambda: 99.9, "wrong half kept")],
    ),
    "1.8": Exercise(
        Choice(("A", "B", "C", "D", "E"), several=True),
        right=lambda: ["B", "E"],
        hint="Try z = 800, 40, -40 and -800, and ask each time what is rounded away or overflows.",
        then="Libraries that take logits compute one of these two.",
        mistakes=[
            Mistake(
                "small constant trusted",
                "The 1e-12 in D hides the infinity and not the error: for z = -800 the loss is "
                "800, and D says less than 28.",
                when=lambda chosen: "D" in chosen,
            ),
            Mistake(
                "log(1 + exp) trusted",
                "For z = -800 the exponential in C overflows, and for z = 40 it is rounded away "
                "beside the 1.",
                when=lambda chosen: "C" in chosen,
            ),
        ],
        wrong=[
            (lambda: ["B", "D", "E"], "small constant trusted"),
            (lambda: ["B", "C", "E"], "log(1 + exp) trusted"),
            (lambda: ["B"], "incomplete"),
        ],
    ),
    "1.9": Exercise(
        Number(within(0.1, "Hz")),
        right=lambda: FREQUENCY,
        hint="Which frequencies would look to the first sensor as they do? And to the second? Only "
        "one below 40 Hz is in both lists.",
        then="Two rates with no common divisor have far fewer blind spots than either.",
        mistakes=[
            Mistake(
                "disguise of the first",
                "So it looks at 10 samples a second. At 13 a second it would look different.",
                made=lambda: _seen_at(_RATES[0]),
            ),
            Mistake(
                "disguise of the second",
                "So it looks at 13 samples a second. At 10 a second it would look different.",
                made=lambda: _seen_at(_RATES[1]),
            ),
            Mistake(
                "one sensor only",
                "One of the sensors would show this as it does, the other would not.",
                made=lambda: _RATES[0] - _seen_at(_RATES[0]),
            ),
        ],
    ),
    "1.10": Exercise(
        Order(FAULTS),
        right=faults,
        hint="Look from both sides, between the powers of ten, and at how fast the rows still "
        "change.",
        then="A table proves nothing about a limit; it only makes it more or less plausible.",
        mistakes=[
            Mistake(
                "slow taken for sound",
                "B has not settled: from row to row it still changes, and ever more slowly. And "
                "what changes in C?",
                made=lambda: _exchanged(faults(), "far from settled", "nothing"),
            ),
            Mistake(
                "rounding taken for oscillation",
                "Look at A and D between the powers of ten: which of them comes alive there?",
                made=lambda: _exchanged(faults(), "rounding", "it oscillates between the entries"),
            ),
        ],
    ),
    "1.11": Exercise(
        Number(percent(5)),
        right=_radius,
        hint="On each of many rays, find the first distance at which the probability has moved by "
        "more than the tolerance. The smallest of them counts.",
        then="In two dimensions 360 rays are enough. In a thousand, you follow the gradient.",
        mistakes=[
            Mistake(
                "along the axes only",
                "That is the radius along the two axes. Slanted directions break the contract "
                "earlier.",
                made=_radius_along_axes,
            ),
            Mistake(
                "tangent",
                "That is the tolerance divided by the slope at the point. It takes the slope for "
                "constant; look at the values.",
                made=lambda: _MOVE / float(np.linalg.norm(_slope_at_point())),
            ),
        ],
    ),
    "1.12": Exercise(
        Array(percent(0.5, each=True), names=("A", "B", "C", "D")),
        right=lambda: _LIMITS,
        hint="Where all pieces have limits, put them in. Where they fight, find another form "
        "first: sin(y)/y in B, division by the highest power in C.",
        then="A table at a small distance would have made you believe them; the laws prove them.",
        mistakes=[
            Mistake(
                "inner factor lost",
                "In B, it is sin(y)/y that tends to 1, with the same y in both places. Write the "
                "denominator as a multiple of 5x.",
                when=_says(1, 1 / 2),
            ),
            Mistake(
                "0/0 taken for zero",
                "Numerator and denominator both tend to 0 in B and inside the root in D: the laws "
                "are silent there, and 0/0 is not 0.",
                when=lambda limits: _says(1, 0.0)(limits) or _says(3, 0.0)(limits),
            ),
            Mistake(
                "infinite parts canceled",
                "In C, both parts run away, and that alone says nothing about their quotient. "
                "Divide both by the highest power first.",
                when=_says(2, 1.0),
            ),
            Mistake(
                "root not taken",
                "In D, you have the limit of what stands below the root. The root of it is asked "
                "for; it is continuous, so it may be taken last.",
                when=_says(3, 1 / 4),
            ),
        ],
        wrong=[
            (lambda: _with_limit(1, 1 / 2), "inner factor lost"),
            (lambda: _with_limit(3, 0.0), "0/0 taken for zero"),
            (lambda: _with_limit(1, 0.0), "0/0 taken for zero"),
            (lambda: _with_limit(2, 1.0), "infinite parts canceled"),
            (lambda: _with_limit(3, 1 / 4), "root not taken"),
            (lambda: _LIMITS[::-1], "reversed order"),
        ],
    ),
}
